"""Runs of words, with the addresses and imported texts whose readings ever held them.

All runs of four words are kept, none is sampled: their frequencies have to be exact, and so has
what hangs on them when one becomes a formula. Sampled fingerprints (winnowing: Schleimer,
Wilkerson, Aiken 2003) would make a smaller index, but can't tell either. A run that is no formula
stands in fewer addresses than make one, so asking for an item's neighbours reads no long lists.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlite_utils import Database

from pipeline.similarity.index_cache import RunIndex
from pipeline.similarity.shares import OWN_RUNS, is_formula
from pipeline.similarity.shingles import held_runs
from pipeline.store.database import column

NO_RUN = 0
"""Stands for the runs of an imported text of too few words to have one."""

_AT_ONCE = 500
_T = TypeVar("_T")


def store_runs(index: RunIndex, holder: str, body: str) -> set[str]:
    """Note that an address's or text's readings have held these runs, for ever; all holders of
    runs that have become formulae by it.
    """
    db, held = index.db, held_runs(body)
    if holder.startswith("text:"):
        db.conn.executemany(
            "INSERT OR IGNORE INTO text_runs (run, text) VALUES (?, ?)",
            [(run, holder) for run in sorted(held or {NO_RUN})],
        )
    number = _number(db, holder)
    common = formulae_among(db, held)
    own = held - common
    by = index.holders(own)
    new = own - {run for run, others in by.items() if number in others}
    index.hold(number, new | (common - index.held_by(number, common)))
    crossed = {run for run in by.keys() & new if is_formula(len(by[run]) + 1)}
    db.conn.executemany("INSERT INTO formulae (run) VALUES (?)", [(r,) for r in sorted(crossed)])
    told = {one for run in crossed for one in by[run]}
    return _names(db, told | {number} if crossed else told)


def formulae_among(db: Database, runs: Iterable[int]) -> set[int]:
    """Those of these runs that are formulae."""
    return {
        row[0]
        for part in _parts(sorted(runs))
        for row in db.conn.execute(f"SELECT run FROM formulae WHERE run IN ({_marks(part)})", part)
    }


def rarest(index: RunIndex, runs: Iterable[int]) -> int | None:
    """The run that fewest hold, any of them where all are formulae; None of none."""
    held = set(runs)
    own = held - formulae_among(index.db, held)
    holders = index.holders(own)
    return min(own or held, key=lambda run: (len(holders.get(run, ())), run), default=None)


def neighbours(index: RunIndex, runs: Collection[int]) -> set[str]:
    """The addresses and texts that hold as many of these runs as two items need in common."""
    counts = Counter(holder for held in index.holders(runs).values() for holder in held)
    return _names(index.db, (holder for holder, count in counts.items() if count >= OWN_RUNS))


def holders_with(index: RunIndex, runs: Collection[int]) -> set[str]:
    """The addresses and texts that hold any of these runs, formulae too."""
    return _names(index.db, index.all_holders(runs))


def items_of(db: Database, holders: Iterable[str], language: str | None = None) -> set[str]:
    """The items, of one language or all, of these addresses, and these texts that are items."""
    return {
        row[0]
        for part in _parts(sorted(holders))
        for row in db.conn.execute(
            "SELECT i.id FROM items i WHERE i.language = coalesce(?, i.language) AND i.id IN"
            f" (SELECT item FROM addresses WHERE id IN ({_marks(part)})"
            f" UNION SELECT id FROM texts WHERE id IN ({_marks(part)}))",
            (language, *part, *part),
        )
    }


def texts_with(db: Database, runs: Iterable[int]) -> set[str]:
    """The imported texts, folded ones too, that hold any of these runs."""
    found: set[str] = set()
    for part in _parts(sorted(runs)):
        found |= column(
            db.conn.execute(f"SELECT text FROM text_runs WHERE run IN ({_marks(part)})", part)
        )
    return found


def forget_runs(index: RunIndex) -> None:
    """Empty the index, for counting afresh."""
    index.clear()
    for table in ("formulae", "text_runs", "holders"):
        index.db.conn.execute(f"DELETE FROM {table}")


def _number(db: Database, holder: str) -> int:
    db.conn.execute("INSERT OR IGNORE INTO holders (id) VALUES (?)", (holder,))
    row = db.conn.execute("SELECT number FROM holders WHERE id = ?", (holder,)).fetchone()
    return int(row[0])


def _names(db: Database, numbers: Iterable[int]) -> set[str]:
    found: set[str] = set()
    for part in _parts(sorted(numbers)):
        found |= column(
            db.conn.execute(f"SELECT id FROM holders WHERE number IN ({_marks(part)})", part)
        )
    return found


def _parts(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
