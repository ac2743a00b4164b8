"""An item's revisions as they are stored, each with the edits that led to it."""

from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from pipeline.counted import counted
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
    edits: tuple[Edit, ...] | None
    """What was edited since the revision before, in the order of the text; None of a revision that
    was stored before edits were told.
    """


def stored_revisions(db: Database, item_id: str) -> list[StoredRevision]:
    """An item's revisions, oldest first. Raises StoreError where one is damaged."""
    rows = db.conn.execute(
        "SELECT v.revision, v.first_seen, v.last_seen, v.content_sha256, v.edits, r.fields"
        " FROM revisions v JOIN readings r ON r.id = v.reading WHERE v.item = ?"
        " ORDER BY v.revision",
        (item_id,),
    ).fetchall()
    edits = _edits(db, item_id) if len(rows) > 1 else {}
    return [
        StoredRevision(
            revision=row[0], first_seen=row[1], last_seen=row[2], content_sha256=row[3],
            edits=None if row[4] is None else edits.get(row[0], ()),
            reading=reading_from_json(row[5]),
        )
        for row in rows
    ]  # fmt: skip


def count_without_edits(db: Database) -> int:
    """How many revisions were stored before edits were told; `reparse` tells them."""
    return int(value(db, "SELECT count(*) FROM revisions WHERE edits IS NULL"))


def said_without_edits(count: int) -> str:
    """What is said of so many, where edits of all revisions are asked for."""
    return (
        f"{counted(count, 'revision')} were stored before edits were told apart; kazpress reparse "
        "tells their edits"
    )


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
