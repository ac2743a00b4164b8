"""The tables of who holds which run, which hundreds of millions of rows leave quick.

Runs are as good as random, so every row of an item would go to a page of its own. Rows therefore
enter a short table in the order that they come in, and sink sorted to larger ones, so that a page
is written once for many rows: a log-structured merge-tree (O'Neil, Cheng, Gawlick, O'Neil 1996).
The newest rows sink all at once, the recent ones part by part of their range (its "rolling
merge"), so that no batch waits for the whole of the largest table.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import repeat

from sqlite_utils import Database

from pipeline.similarity.bloom import PARTS, part_of, range_of

NEWEST, RECENT, SETTLED = range(3)
TABLES = ("runs_new", "runs_recent", "runs_settled")
ROWS = [200_000, 5_000_000]
"""From so many rows on a table's sink to the one below."""

_AT_ONCE = 900


def append(db: Database, holder: int, runs: Collection[int]) -> None:
    """Note that a holder holds these runs, which it has not held before."""
    db.conn.executemany(
        f"INSERT INTO {TABLES[NEWEST]} (run, holder) VALUES (?, ?)", zip(runs, repeat(holder))
    )
    _grow(db, NEWEST, len(runs))


def newest(db: Database) -> Iterator[tuple[int, int]]:
    """All rows of the table that rows enter first: run and holder."""
    yield from db.conn.execute(f"SELECT run, holder FROM {TABLES[NEWEST]}")


def holders(db: Database, level: int, runs: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each of these runs with each of its holders, by one of the tables below the first."""
    for part in _parts(runs):
        yield from db.conn.execute(
            f"SELECT run, holder FROM {TABLES[level]} WHERE run IN ({_marks(part)})", part
        )


def all_holders(db: Database, level: int, runs: Iterable[int]) -> set[int]:
    """The holders of any of these runs, by one of the tables below the first."""
    return {
        row[0]
        for part in _parts(runs)
        for row in db.conn.execute(
            f"SELECT DISTINCT holder FROM {TABLES[level]} WHERE run IN ({_marks(part)})", part
        )
    }


def held_by(db: Database, level: int, holder: int, runs: Iterable[int]) -> set[int]:
    """Those of these runs that a holder holds, by one of the tables below the first."""
    return {
        row[0]
        for part in _parts(runs)
        for row in db.conn.execute(
            f"SELECT run FROM {TABLES[level]} WHERE holder = ? AND run IN ({_marks(part)})",
            (holder, *part),
        )
    }


def is_over_full(db: Database, level: int) -> bool:
    """Whether rows of a table have to sink."""
    row = db.conn.execute("SELECT rows FROM run_levels WHERE level = ?", (level,)).fetchone()
    return bool(row) and row[0] > ROWS[level]


def sink_newest(db: Database) -> None:
    """Move all newest rows to the recent ones."""
    db.conn.execute(
        f"INSERT INTO {TABLES[RECENT]} (run, holder) SELECT run, holder FROM {TABLES[NEWEST]}"
        " ORDER BY run, holder"
    )
    moved = db.conn.execute(f"DELETE FROM {TABLES[NEWEST]}").rowcount
    _grow(db, NEWEST, -moved)
    _grow(db, RECENT, moved)


def next_part(db: Database) -> int:
    """The part of the range whose recent rows sink next: round and round, empty ones left out."""
    (after,) = db.conn.execute("SELECT next FROM run_levels WHERE level = ?", (RECENT,)).fetchone()
    first, _ = range_of(after)
    query = f"SELECT min(run) FROM {TABLES[RECENT]} WHERE run >= ?"
    (run,) = db.conn.execute(query, (first,)).fetchone()
    if run is None:
        (run,) = db.conn.execute(query, (range_of(0)[0],)).fetchone()
    return part_of(run)


def sink_part(db: Database, part: int) -> None:
    """Move the recent rows of one part to the settled ones."""
    bounds = range_of(part)
    db.conn.execute(
        f"INSERT INTO {TABLES[SETTLED]} (run, holder) SELECT run, holder FROM {TABLES[RECENT]}"
        " WHERE run BETWEEN ? AND ? ORDER BY run, holder",
        bounds,
    )
    moved = db.conn.execute(
        f"DELETE FROM {TABLES[RECENT]} WHERE run BETWEEN ? AND ?", bounds
    ).rowcount
    _grow(db, RECENT, -moved)
    _grow(db, SETTLED, moved)
    db.conn.execute("UPDATE run_levels SET next = ? WHERE level = ?", ((part + 1) % PARTS, RECENT))


def runs_of_part(db: Database, level: int, part: int) -> list[int]:
    """The runs of one part of a table, once for each holder."""
    rows = db.conn.execute(
        f"SELECT run FROM {TABLES[level]} WHERE run BETWEEN ? AND ?", range_of(part)
    )
    return [row[0] for row in rows]


def last_change(db: Database) -> int:
    """The mark of the last change to the tables; two changes have different ones."""
    row = db.conn.execute("SELECT change FROM run_levels WHERE level = ?", (NEWEST,)).fetchone()
    return int(row[0]) if row else 0


def mark_change(db: Database, change: int) -> None:
    """Leave this change's mark."""
    _grow(db, NEWEST, 0)
    db.conn.execute("UPDATE run_levels SET change = ? WHERE level = ?", (change, NEWEST))


def clear(db: Database) -> None:
    """Forget everything."""
    for name in (*TABLES, "run_levels", "run_filters"):
        db.conn.execute(f"DELETE FROM {name}")


def _grow(db: Database, level: int, rows: int) -> None:
    db.conn.execute(
        "INSERT INTO run_levels (level, rows, next) VALUES (?, ?, 0)"
        " ON CONFLICT (level) DO UPDATE SET rows = rows + excluded.rows",
        (level, rows),
    )


def _parts(runs: Iterable[int]) -> Iterator[Sequence[int]]:
    """In order, so that neighbouring pages are asked for one after another."""
    wanted = sorted(runs)
    return (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
