"""Which holder holds which run, in a table that hundreds of millions of rows leave quick.

Runs are as good as random, so every row of an item would go to a page of its own. Rows therefore
enter a small table and sink to larger ones in sorted slices, so that a page is written once for
many rows: a log-structured merge-tree (O'Neil, Cheng, Gawlick, O'Neil 1996), merged slice by
slice (its "rolling merge"), so that no batch waits for a whole table. What is asked is all tables
at once.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlite_utils import Database

LEVELS = ("runs_new", "runs_recent", "runs_settled")
ROWS = [200_000, 4_000_000]
"""From so many rows on a table's next slice sinks to the one below."""
SLICES = [32, 1024]
"""In so many slices of its range a table sinks once round."""

_AT_ONCE = 900
_LOWEST = -(1 << 63)
_RANGE = 1 << 64


def hold(db: Database, holder: int, runs: Collection[int]) -> None:
    """Note that a holder holds these runs, which it has not held before."""
    db.conn.executemany(
        f"INSERT INTO {LEVELS[0]} (run, holder) VALUES (?, ?)",
        [(run, holder) for run in sorted(runs)],
    )
    _grow(db, 0, len(runs))
    for level in range(len(ROWS)):
        while _rows(db, level) > ROWS[level]:
            _sink(db, level)


def holders(db: Database, runs: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each of these runs with each of its holders."""
    for part in _parts(runs):
        for level in LEVELS:
            yield from db.conn.execute(
                f"SELECT run, holder FROM {level} WHERE run IN ({_marks(part)})", part
            )


def all_holders(db: Database, runs: Iterable[int]) -> set[int]:
    """The holders of any of these runs."""
    return {
        row[0]
        for part in _parts(runs)
        for level in LEVELS
        for row in db.conn.execute(
            f"SELECT DISTINCT holder FROM {level} WHERE run IN ({_marks(part)})", part
        )
    }


def held_by(db: Database, holder: int, runs: Iterable[int]) -> set[int]:
    """Those of these runs that a holder holds."""
    return {
        row[0]
        for part in _parts(runs)
        for level in LEVELS
        for row in db.conn.execute(
            f"SELECT run FROM {level} WHERE holder = ? AND run IN ({_marks(part)})",
            (holder, *part),
        )
    }


def clear(db: Database) -> None:
    """Forget everything."""
    for name in LEVELS:
        db.conn.execute(f"DELETE FROM {name}")
    db.conn.execute("DELETE FROM run_levels")


def _sink(db: Database, level: int) -> None:
    """Move the next slice of a table to the one below."""
    slices = SLICES[level]
    (at,) = db.conn.execute("SELECT next FROM run_levels WHERE level = ?", (level,)).fetchone()
    first = _LOWEST + at * _RANGE // slices
    last = _LOWEST + (at + 1) * _RANGE // slices - 1
    db.conn.execute(
        f"INSERT INTO {LEVELS[level + 1]} (run, holder) SELECT run, holder FROM {LEVELS[level]}"
        " WHERE run BETWEEN ? AND ? ORDER BY run, holder",
        (first, last),
    )
    moved = db.conn.execute(
        f"DELETE FROM {LEVELS[level]} WHERE run BETWEEN ? AND ?", (first, last)
    ).rowcount
    _grow(db, level, -moved)
    _grow(db, level + 1, moved)
    db.conn.execute("UPDATE run_levels SET next = ? WHERE level = ?", ((at + 1) % slices, level))


def _grow(db: Database, level: int, rows: int) -> None:
    db.conn.execute(
        "INSERT INTO run_levels (level, rows, next) VALUES (?, ?, 0)"
        " ON CONFLICT (level) DO UPDATE SET rows = rows + excluded.rows",
        (level, rows),
    )


def _rows(db: Database, level: int) -> int:
    row = db.conn.execute("SELECT rows FROM run_levels WHERE level = ?", (level,)).fetchone()
    return int(row[0]) if row else 0


def _parts(runs: Iterable[int]) -> Iterator[Sequence[int]]:
    """In order, so that neighbouring pages are asked for one after another."""
    wanted = sorted(runs)
    return (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
