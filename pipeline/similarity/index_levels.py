"""The tables of the index: of each shingle its first document, and all further ones.

Most shingles have one document for ever, so their tables have a row for each shingle, found by an
integer key, and the few further documents stand in a table of their own, which tells frequencies
and what items have in common.

Shingles are as good as random, so every new row of an item would go to a page of its own. New rows
therefore enter a small table, and are merged into larger ones, so that a page is written once for
many rows: a log-structured merge-tree (O'Neil, Cheng, Gawlick, O'Neil 1996). They are merged piece
by piece of the shingles' range (a "rolling merge"), so that no transaction waits for the whole of
the largest table. `INSERT OR FAIL` saves SQLite a copy of every page before it is changed, which it
makes to be able to undo one statement alone.

In the tables a shingle is `run`, and a document's number `holder`.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import repeat

from sqlite_utils import Database

from pipeline.store.database import in_batches, value
from pipeline.store.transactions import write, write_many

LEVELS = ("runs_new", "runs_recent", "runs_settled")
"""Tables of first documents. A shingle stands in one of them."""
FURTHER = "runs_shared"
"""The table of all other documents."""
MOST_ROWS = (100_000, 5_000_000)
"""Of each level but the last; with more, rows are merged into the next."""
MERGED_ROWS = 5_000
"""So many at a time."""

_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1
_STAGED = {
    "staged_rows": "run INTEGER NOT NULL, holder INTEGER NOT NULL",
    "staged_runs": "run INTEGER PRIMARY KEY, holder INTEGER NOT NULL, is_new INTEGER NOT NULL",
}
"""Temporary tables: rows as they came, and each shingle of them with its first document."""
_STAGED_KIB = 24_576
"""Of them in memory: as much as is added at once."""


def begin_staging(db: Database) -> None:
    """Make room for rows to be added, with nothing in it."""
    db.conn.execute(f"PRAGMA temp.cache_size = -{_STAGED_KIB}")
    for name, columns in _STAGED.items():
        write(db, f"CREATE TEMP TABLE IF NOT EXISTS {name} ({columns})")
        write(db, f"DELETE FROM {name}")


def stage(db: Database, document: int, shingles: Collection[int]) -> None:
    """Note these shingles of a document for `add_staged`."""
    write_many(
        db, "INSERT INTO staged_rows (run, holder) VALUES (?, ?)", zip(shingles, repeat(document))
    )


def add_staged(db: Database) -> set[int]:
    """Add what was staged, all of it in the shingles' order, so that each page is looked at once;
    the shingles that have become further documents' by it.
    """
    write(db, "INSERT INTO staged_runs SELECT run, min(holder), 1 FROM staged_rows GROUP BY run")
    for level in LEVELS:
        write(
            db,
            "UPDATE staged_runs SET holder = l.holder, is_new = 0"
            f" FROM {level} l WHERE l.run = staged_runs.run AND is_new",
        )
    added = write(
        db,
        f"INSERT OR IGNORE INTO {FURTHER} (run, holder)"
        " SELECT staged_rows.run, staged_rows.holder"
        " FROM staged_rows CROSS JOIN staged_runs ON staged_runs.run = staged_rows.run"
        " WHERE staged_rows.holder != staged_runs.holder ORDER BY 1, 2 RETURNING run",
    )
    further = {row[0] for row in added}
    _add_new(db)
    begin_staging(db)
    return further


def first_documents(db: Database, shingles: Collection[int]) -> dict[int, int]:
    """Those of these shingles that any document has, each with the first."""
    found: dict[int, int] = {}
    for level in LEVELS:
        for marks, batch in in_batches(shingles):
            rows = db.conn.execute(f"SELECT run, holder FROM {level} WHERE run IN ({marks})", batch)
            found.update(rows)
    return found


def further_documents(db: Database, shingles: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each of these shingles with each of its documents but the first."""
    for marks, batch in in_batches(shingles):
        yield from db.conn.execute(
            f"SELECT run, holder FROM {FURTHER} WHERE run IN ({marks})", batch
        )


def clear(db: Database) -> None:
    """Empty all tables."""
    for name in (*LEVELS, FURTHER, "run_levels"):
        write(db, f"DELETE FROM {name}")


def _add_new(db: Database) -> None:
    """Add the staged shingles that no document had to the first level that has room for as many."""
    rows = value(db, "SELECT count(*) FROM staged_runs WHERE is_new")
    level = next((at for at, most in enumerate(MOST_ROWS) if rows <= most), len(MOST_ROWS))
    write(
        db, f"INSERT OR FAIL INTO {LEVELS[level]} SELECT run, holder FROM staged_runs WHERE is_new"
    )
    _grow(db, level, rows)
    for upper, most in enumerate(MOST_ROWS):
        while _row_count(db, upper) > most:
            _merge_next(db, upper)


def _merge_next(db: Database, level: int) -> None:
    """Move the next rows of a level to the next level, round and round through the range."""
    first = value(db, "SELECT next FROM run_levels WHERE level = ?", level)
    last = value(
        db,
        f"SELECT run FROM {LEVELS[level]} WHERE run >= ? ORDER BY run LIMIT 1 OFFSET ?",
        first, MERGED_ROWS - 1,
    )  # fmt: skip
    bounds = (first, _HIGHEST if last is None else last)
    write(
        db,
        f"INSERT OR FAIL INTO {LEVELS[level + 1]} (run, holder)"
        f" SELECT run, holder FROM {LEVELS[level]} WHERE run BETWEEN ? AND ?",
        bounds,
    )
    moved = write(db, f"DELETE FROM {LEVELS[level]} WHERE run BETWEEN ? AND ?", bounds).rowcount
    _grow(db, level, -moved)
    _grow(db, level + 1, moved)
    following = _LOWEST if bounds[1] == _HIGHEST else bounds[1] + 1
    write(db, "UPDATE run_levels SET next = ? WHERE level = ?", (following, level))


def _row_count(db: Database, level: int) -> int:
    return value(db, "SELECT rows FROM run_levels WHERE level = ?", level) or 0


def _grow(db: Database, level: int, rows: int) -> None:
    write(
        db,
        "INSERT INTO run_levels (level, rows, next) VALUES (?, ?, ?)"
        " ON CONFLICT (level) DO UPDATE SET rows = rows + excluded.rows",
        (level, rows, _LOWEST),
    )
