"""The rows of an item's revisions, and of the edits that led from each to the next."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.clock import seconds_stamp
from pipeline.edits.between import Text, edits_between
from pipeline.items.history import ItemHistory
from pipeline.items.item_captures import load_reading
from pipeline.store.transactions import write, write_many


class _Row(NamedTuple):
    """A row of `revisions`, less its title and its count of edits."""

    item: str
    revision: int
    first_seen: str
    last_seen: str
    content_sha256: str
    reading: str


def write_revisions(db: Database, item: str, source: str, history: ItemHistory) -> bool:
    """Write the item's revisions, all of them anew, and the edits of those that are others than
    before; whether their contents are others.
    """
    rows = [
        _Row(
            item, one.number, seconds_stamp(one.first_seen), seconds_stamp(one.last_seen),
            one.content_sha256, one.reading,
        )
        for one in history.revisions
    ]  # fmt: skip
    before, counts = _stored(db, item)
    if rows == before and None not in counts:
        return False
    kept = _kept(rows, before, counts)
    if len(before) > max(kept, 1):  # the first has none
        write(db, "DELETE FROM edits WHERE item = ? AND revision > ?", (item, kept))
    counts = [*counts[:kept], *_write_edits(db, source, rows, kept)]
    write(db, "DELETE FROM revisions WHERE item = ?", (item,))
    write_many(
        db,
        "INSERT INTO revisions (item, revision, first_seen, last_seen, content_sha256, reading,"
        " edits, title) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, title FROM readings WHERE id = ?6",
        [(*row, count) for row, count in zip(rows, counts, strict=True)],
    )
    return [row.content_sha256 for row in rows] != [row.content_sha256 for row in before]


def remove_revisions(db: Database, item: str) -> None:
    """Take out the revisions and edits of an item that there is no more."""
    write(db, "DELETE FROM revisions WHERE item = ?", (item,))
    write(db, "DELETE FROM edits WHERE item = ?", (item,))


def _stored(db: Database, item: str) -> tuple[list[_Row], list[int | None]]:
    """An item's revisions as they are stored, and how many edits each has; None where that is not
    told yet.
    """
    found = db.conn.execute(
        "SELECT item, revision, first_seen, last_seen, content_sha256, reading, edits"
        " FROM revisions WHERE item = ? ORDER BY revision",
        (item,),
    ).fetchall()
    return [_Row(*row[:-1]) for row in found], [row[-1] for row in found]


def _kept(rows: Sequence[_Row], before: Sequence[_Row], counts: Sequence[int | None]) -> int:
    """How many revisions, from the first on, keep their edits: these follow from the two readings,
    and are told with the time of the later revision.
    """
    for kept, (row, old, count) in enumerate(zip(rows, before, counts, strict=False)):
        if count is None or (row.first_seen, row.reading) != (old.first_seen, old.reading):
            return kept
    return min(len(rows), len(before))


def _write_edits(db: Database, source: str, rows: Sequence[_Row], kept: int) -> Iterator[int]:
    """Write the edits of all revisions after those that keep theirs; how many each has."""
    if kept == 0:
        yield 0
    texts = (_text(db, row) for row in rows[max(kept - 1, 0) :])
    for row, (before, after) in zip(rows[max(kept, 1) :], pairwise(texts), strict=False):
        edits = edits_between(before, after)
        write_many(
            db,
            "INSERT INTO edits (item, revision, number, source, language, at, kind, field, was,"
            " now, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    row.item, row.revision, number, source, after.language, row.first_seen,
                    one.kind, one.field, one.was, one.now, one.before, one.after,
                )
                for number, one in enumerate(edits, start=1)
            ],
        )  # fmt: skip
        yield len(edits)


def _text(db: Database, row: _Row) -> Text:
    reading = load_reading(db, row.reading)
    return Text(title=reading.title, body=reading.body, language=reading.language)
