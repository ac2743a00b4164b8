"""Runs of words, with the addresses and imported texts whose readings ever held them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlite_utils import Database

from pipeline import link
from pipeline.link import is_formula
from pipeline.shingles import long_runs, runs_in

NO_RUN = 0
"""Stands for the runs of a text of too few words to have one."""

_AT_ONCE = 500
_T = TypeVar("_T")


def store_runs(db: Database, holder: str, body: str) -> set[int]:
    """Note that an address's readings have held these runs, for ever; the runs that have become
    formulae by it.
    """
    held = long_runs(runs_in(body)) or (NO_RUN,)
    new = sorted(set(held) - _held_by(db, holder, held))
    db.conn.executemany("INSERT INTO runs (run, holder) VALUES (?, ?)", [(r, holder) for r in new])
    counts = frequencies(db, new)
    return {run for run in new if is_formula(counts[run]) and not is_formula(counts[run] - 1)}


def frequencies(db: Database, runs: Iterable[int]) -> dict[int, int]:
    """In how many addresses each run stands, counted no further than a formula needs."""
    enough = link.FORMULA_ADDRESSES + 1
    return {
        run: db.conn.execute(
            "SELECT count(*) FROM (SELECT 1 FROM runs WHERE run = ? LIMIT ?)", (run, enough)
        ).fetchone()[0]
        for run in runs
    }


def items_with(db: Database, runs: Iterable[int], language: str | None = None) -> set[str]:
    """The items, of one language or all, whose addresses, or who themselves, hold any of these
    runs.
    """
    return {
        row[0]
        for part in _parts(sorted(_holders(db, runs)))
        for row in db.conn.execute(
            "SELECT i.id FROM items i WHERE i.language = coalesce(?, i.language) AND i.id IN"
            f" (SELECT item FROM addresses WHERE id IN ({_marks(part)})"
            f" UNION SELECT id FROM texts WHERE id IN ({_marks(part)}))",
            (language, *part, *part),
        )
    }


def texts_with(db: Database, runs: Iterable[int]) -> set[str]:
    """The imported texts, folded ones too, that hold any of these runs."""
    return {holder for holder in _holders(db, runs) if holder.startswith("text:")}


def _holders(db: Database, runs: Iterable[int]) -> set[str]:
    return {
        row[0]
        for part in _parts(list(runs))
        for row in db.conn.execute(
            f"SELECT DISTINCT holder FROM runs WHERE run IN ({_marks(part)})", part
        )
    }


def _held_by(db: Database, holder: str, runs: Sequence[int]) -> set[int]:
    return {
        row[0]
        for part in _parts(runs)
        for row in db.conn.execute(
            f"SELECT run FROM runs WHERE run IN ({_marks(part)}) AND holder = ?", (*part, holder)
        )
    }


def _parts(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
