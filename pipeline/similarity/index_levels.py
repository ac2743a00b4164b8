"""The tables of the index, a row for each shingle of each document, which hundreds of millions of
rows leave quick.

Shingles are as good as random, so every row of an item would go to a page of its own. Rows
therefore enter a short table, level 0, in the order in which they come, and are merged sorted into
larger ones, so that a page is written once for many rows: a log-structured merge-tree (O'Neil,
Cheng, Gawlick, O'Neil 1996). Level 0 is merged whole; level 1 part by part of its range (a "rolling
merge"), so that no batch waits for the whole of the largest table, level 2.

In the tables a shingle is `run`, and a document's number `holder`.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import repeat

from sqlite_utils import Database

from pipeline.similarity.bloom import PARTS, part_of, range_of
from pipeline.store.database import in_batches, value
from pipeline.store.transactions import write, write_many

TABLES = ("runs_new", "runs_recent", "runs_settled")
"""By level."""


def append(db: Database, document: int, shingles: Collection[int]) -> None:
    """Add these shingles of a document, which the index has not of it yet, to level 0."""
    write_many(
        db, f"INSERT INTO {TABLES[0]} (run, holder) VALUES (?, ?)", zip(shingles, repeat(document))
    )
    _grow(db, 0, len(shingles))


def rows_of_level_0(db: Database) -> Iterator[tuple[int, int]]:
    """All rows of level 0: shingle and document."""
    yield from db.conn.execute(f"SELECT run, holder FROM {TABLES[0]}")


def postings(db: Database, level: int, shingles: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each of these shingles with each of its documents, by level 1 or 2."""
    for marks, batch in in_batches(shingles):
        yield from db.conn.execute(
            f"SELECT run, holder FROM {TABLES[level]} WHERE run IN ({marks})", batch
        )


def documents(db: Database, level: int, shingles: Iterable[int]) -> set[int]:
    """The documents with any of these shingles, by level 1 or 2."""
    return {
        row[0]
        for marks, batch in in_batches(shingles)
        for row in db.conn.execute(
            f"SELECT DISTINCT holder FROM {TABLES[level]} WHERE run IN ({marks})", batch
        )
    }


def shingles_of(db: Database, level: int, document: int, among: Iterable[int]) -> set[int]:
    """Those among these shingles that a document has, by level 1 or 2."""
    return {
        row[0]
        for marks, batch in in_batches(among)
        for row in db.conn.execute(
            f"SELECT run FROM {TABLES[level]} WHERE holder = ? AND run IN ({marks})",
            (document, *batch),
        )
    }


def row_count(db: Database, level: int) -> int:
    """How many rows a level has."""
    return value(db, "SELECT rows FROM run_levels WHERE level = ?", level) or 0


def merge_level_0(db: Database) -> None:
    """Move all rows of level 0 to level 1."""
    write(
        db,
        f"INSERT INTO {TABLES[1]} (run, holder) SELECT run, holder FROM {TABLES[0]}"
        " ORDER BY run, holder",
    )
    moved = write(db, f"DELETE FROM {TABLES[0]}").rowcount
    _grow(db, 0, -moved)
    _grow(db, 1, moved)


def next_part(db: Database) -> int:
    """The part of the range that is merged next: round and round, empty parts left out."""
    first, _ = range_of(value(db, "SELECT next FROM run_levels WHERE level = 1"))
    shingle = value(db, f"SELECT min(run) FROM {TABLES[1]} WHERE run >= ?", first)
    if shingle is None:
        shingle = value(db, f"SELECT min(run) FROM {TABLES[1]}")
    return part_of(shingle)


def merge_part(db: Database, part: int) -> None:
    """Move the rows of one part from level 1 to level 2."""
    bounds = range_of(part)
    write(
        db,
        f"INSERT INTO {TABLES[2]} (run, holder) SELECT run, holder FROM {TABLES[1]}"
        " WHERE run BETWEEN ? AND ? ORDER BY run, holder",
        bounds,
    )
    moved = write(db, f"DELETE FROM {TABLES[1]} WHERE run BETWEEN ? AND ?", bounds).rowcount
    _grow(db, 1, -moved)
    _grow(db, 2, moved)
    write(db, "UPDATE run_levels SET next = ? WHERE level = 1", ((part + 1) % PARTS,))


def shingles_of_part(db: Database, level: int, part: int) -> list[int]:
    """The shingles of one part of a level, once for each document."""
    rows = db.conn.execute(
        f"SELECT run FROM {TABLES[level]} WHERE run BETWEEN ? AND ?", range_of(part)
    )
    return [row[0] for row in rows]


def last_change(db: Database) -> int:
    """The mark of the last change to the tables, another one for each change; 0 before any."""
    return value(db, "SELECT change FROM run_levels WHERE level = 0") or 0


def mark_change(db: Database, change: int) -> None:
    """Leave this change's mark."""
    _grow(db, 0, 0)
    write(db, "UPDATE run_levels SET change = ? WHERE level = 0", (change,))


def clear(db: Database) -> None:
    """Empty all tables."""
    for name in (*TABLES, "run_levels", "run_filters"):
        write(db, f"DELETE FROM {name}")


def _grow(db: Database, level: int, rows: int) -> None:
    write(
        db,
        "INSERT INTO run_levels (level, rows, next) VALUES (?, ?, 0)"
        " ON CONFLICT (level) DO UPDATE SET rows = rows + excluded.rows",
        (level, rows),
    )
