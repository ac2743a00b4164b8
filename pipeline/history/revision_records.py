"""Records of revisions: one a state of an item, each with what was edited since the one before."""

from collections.abc import Callable, Iterator
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
    names = [column.name for column in columns]
    for item_id, source, url in items.records:
        of_item = {"id": item_id, "source": source, "url": url}
        if url is None:  # an imported text
            of_item["reading"] = None
        for one in stored_revisions(db, item_id):
            yield tuple(_value(name, of_item, one) for name in names)


_OF_REVISION: dict[str, Callable[[StoredRevision], Any]] = {
    "day": lambda one: (one.reading.published or "")[:10],
    "seen_from": lambda one: one.first_seen,
    "seen_until": lambda one: one.last_seen,
    "revision": lambda one: one.revision,
    "reading": lambda one: one.reading.weakest,
    "words": lambda one: len(words(one.reading.body)),
    "content_sha256": lambda one: one.content_sha256,
    "edits": lambda one: [asdict(edit) for edit in one.edits],
}
"""What is no field of the reading itself."""


def _value(name: str, of_item: dict[str, Any], one: StoredRevision) -> Any:
    if name in of_item:
        return of_item[name]
    if name in _OF_REVISION:
        return _OF_REVISION[name](one)
    found = getattr(one.reading, name)
    return list(found) if isinstance(found, tuple) else found
