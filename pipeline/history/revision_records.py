"""Records of revisions: one a state of an item, each with what was edited since the one before."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from sqlite_utils import Database

from pipeline.export.columns import Column, Record, Table, columns_among
from pipeline.export.selection import Selection, read_any_text, select
from pipeline.history.stored_revisions import StoredRevision, stored_revisions
from pipeline.model.press_item import FIELDS
from pipeline.normalize.words import words

_OF_ITEMS_ALONE = (
    "gone", "story", "piece", "relation", "similarity", "translations",
)  # fmt: skip
"""What a record of an item has and a revision can't have: it follows from other pages, or later."""
_TIMES = {"first_seen": "seen_from", "last_changed": "seen_until"}
"""Other names, for these say something else of an item."""
REVISION_FIELDS = (
    *(_TIMES.get(name, name) for name in FIELDS if name not in _OF_ITEMS_ALONE), "edits",
)  # fmt: skip


def select_revisions(db: Database, selection: Selection) -> Table:
    """The revisions of the selected items: by the item's `published` as a string, then `id`, then
    `revision`. A sample is one of items. Raises UsageError for an unknown field, StoreError where a
    row is damaged.
    """
    columns = columns_among(REVISION_FIELDS, selection.fields, with_body=selection.with_body)
    read_any_text(db)
    items = replace(selection, every_item=True, fields=("id", "source", "url"), with_body=True)
    return Table(columns, _records(db, select(db, items), columns))


def _records(db: Database, items: Table, columns: tuple[Column, ...]) -> Iterator[Record]:
    for item in items.records:
        of_item = dict(zip(("id", "source", "url"), item, strict=True))
        for one in stored_revisions(db, of_item["id"]):
            record = of_item | _of_revision(one)
            if of_item["url"] is None:
                record["reading"] = None
            yield tuple(record[column.name] for column in columns)


def _of_revision(one: StoredRevision) -> dict[str, Any]:
    reading = one.reading
    fields = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(reading).items()
    }
    return fields | {
        "day": (reading.published or "")[:10],
        "seen_from": one.first_seen,
        "seen_until": one.last_seen,
        "revision": one.revision,
        "reading": reading.weakest,
        "words": len(words(reading.body)),
        "content_sha256": one.content_sha256,
        "edits": [asdict(edit) for edit in one.edits],
    }
