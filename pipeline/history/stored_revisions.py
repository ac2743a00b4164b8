"""An item's revisions as they are stored, each with the edits that led to it."""

from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from pipeline.counted import counted
from pipeline.edits.between import Text, edits_between
from pipeline.edits.edit import Edit
from pipeline.model.reading import Reading
from pipeline.store.database import value
from pipeline.store.rows import reading_from_json

EDIT_FIELDS = tuple(field.name for field in fields(Edit))
"""The keys of an edit, wherever one is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRevision:
    """One state of an item's content. Moments are UTC."""

    revision: int
    """1 for the first."""
    first_seen: str
    last_seen: str
    content_sha256: str
    reading: Reading
    edits: tuple[Edit, ...]
    """What was edited since the revision before, in the order of the text."""


def stored_revisions(
    db: Database, item_id: str, only: tuple[int, int] | None = None
) -> list[StoredRevision]:
    """An item's revisions, oldest first, or only those from one number to another. The edits of one
    that was stored before edits were told are told now, unless it is the first of these. Raises
    StoreError where one is damaged.
    """
    first, last = only or (1, -1)
    rows = db.conn.execute(
        "SELECT v.revision, v.first_seen, v.last_seen, v.content_sha256, v.edits, r.fields"
        " FROM revisions v JOIN readings r ON r.id = v.reading"
        " WHERE v.item = ?1 AND v.revision >= ?2 AND (?3 < 0 OR v.revision <= ?3)"
        " ORDER BY v.revision",
        (item_id, first, last),
    ).fetchall()
    edits = _edits(db, item_id) if len(rows) > 1 else {}
    found: list[StoredRevision] = []
    for revision, first_seen, last_seen, content, count, fields_ in rows:
        reading = reading_from_json(fields_)
        told = edits.get(revision, ())
        if count is None and found:
            told = edits_between(_text(found[-1].reading), _text(reading))
        found.append(
            StoredRevision(
                revision=revision, first_seen=first_seen, last_seen=last_seen,
                content_sha256=content, reading=reading, edits=told,
            )
        )  # fmt: skip
    return found


def edits_from(before: StoredRevision, after: StoredRevision) -> tuple[Edit, ...]:
    """What was edited between two revisions of an item, whatever lies between them."""
    if after.revision == before.revision + 1:
        return after.edits
    return edits_between(_text(before.reading), _text(after.reading))


def count_without_edits(db: Database) -> int:
    """How many revisions were stored before edits were told; `reparse` tells them."""
    return int(value(db, "SELECT count(*) FROM revisions WHERE edits IS NULL"))


def said_without_edits(count: int) -> str:
    """What is said of so many, where edits of all revisions are asked for."""
    older = counted(count, "older revision")
    return f"what was edited is not told yet of {older}; kazpress reparse tells it"


def _edits(db: Database, item_id: str) -> dict[int, tuple[Edit, ...]]:
    """An item's edits by the later revision."""
    rows = db.conn.execute(
        f"SELECT revision, {', '.join(EDIT_FIELDS)} FROM edits WHERE item = ?"
        " ORDER BY revision, number",
        (item_id,),
    )
    return {
        revision: tuple(Edit(**dict(zip(EDIT_FIELDS, row[1:], strict=True))) for row in found)
        for revision, found in groupby(rows, key=itemgetter(0))
    }


def _text(reading: Reading) -> Text:
    return Text(title=reading.title, body=reading.body, language=reading.language)
