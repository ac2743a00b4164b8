"""Outages: days in Almaty on which articles were missing because the source was at fault."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlite_utils import Database

from pipeline.items.article_redirects import is_soft_404_target
from pipeline.items.history import is_faulty, is_faulty_day, mostly_misses
from pipeline.store.database import column, value
from pipeline.store.transactions import write

_ONE_AFTER_ANOTHER = timedelta(days=7)
"""Days with captures that lie no further apart may be one outage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day of a source with captures of articles."""

    source: str
    day: date
    captures: int
    misses: int
    at_fault: bool

    @property
    def is_mostly_missed(self) -> bool:
        return mostly_misses(self.captures, self.misses)


def derive_faulty_days(db: Database, days: Iterable[tuple[str, str]]) -> set[str]:
    """Count the captures of these days of a source again; the addresses of items that were missing
    on a day whose verdict has changed: one of these, or of those beside them.
    """
    counted = sorted(set(days))
    for source, day in counted:
        write(
            db,
            "INSERT INTO days (source, day, captures, misses, at_fault) VALUES (?, ?, ?, ?, 0)"
            " ON CONFLICT (source, day) DO UPDATE SET captures = excluded.captures,"
            " misses = excluded.misses",
            (source, day, *_counts(db, source, day)),
        )
    touched: set[str] = set()
    judged: set[tuple[str, date]] = set()
    for source, day in counted:
        for outage in _outages_about(db, source, date.fromisoformat(day)):
            if (source, outage[0].day) not in judged:
                judged |= {(source, one.day) for one in outage}
                touched |= _judge(db, outage)
    return touched


def faulty_days(db: Database, source: str, days: Iterable[date]) -> frozenset[date]:
    """Those of the days on which the source was at fault."""
    return frozenset(day for day in set(days) if _is_known_faulty(db, source, day.isoformat()))


def _is_known_faulty(db: Database, source: str, day: str) -> bool:
    return bool(value(db, "SELECT at_fault FROM days WHERE source = ? AND day = ?", source, day))


def _judge(db: Database, outage: list[_Day]) -> set[str]:
    """Write down whether the source was at fault on days that lie one after another, where that
    has changed; the addresses of items that were missing then. Few may be asked for on a day, so
    that articles that are missing one after another count for all of the days together.
    """
    alone = [is_faulty_day(one.captures, one.misses) for one in outage]
    together = not all(alone) and _is_long_fault(db, outage)
    touched: set[str] = set()
    for one, is_faulty_alone in zip(outage, alone, strict=True):
        fault = together or is_faulty_alone
        if fault != one.at_fault:
            write(
                db,
                "UPDATE days SET at_fault = ? WHERE source = ? AND day = ?",
                (int(fault), one.source, one.day.isoformat()),
            )
            touched |= _missing_items(db, one.source, one.day.isoformat())
    return touched


def _is_long_fault(db: Database, outage: list[_Day]) -> bool:
    """Whether enough different articles were missed on these days, and hardly others seen."""
    is_enough = is_faulty(sum(one.misses for one in outage))
    if not is_enough or not all(one.is_mostly_missed for one in outage):
        return False
    missed: set[str] = set()
    for one in outage:
        missed |= _missed(db, one.source, one.day.isoformat())
        if is_faulty(len(missed)):
            return True
    return False


def _outages_about(db: Database, source: str, day: date) -> Iterator[list[_Day]]:
    """Days that are judged together with, beside, or apart from one: those before it, it, those
    after it, as far as they are mostly misses and lie one after another; others alone.
    """
    (middle,) = _days(db, source, day, "=")
    before, after = _beside(db, middle, "<"), _beside(db, middle, ">")
    if middle.is_mostly_missed:
        yield [*reversed(before), middle, *after]
        return
    yield from (one for one in (before[::-1], [middle], after) if one)


def _beside(db: Database, middle: _Day, side: Literal["<", ">"]) -> list[_Day]:
    """The days on one side of a day that are mostly misses, as far as they follow one another."""
    found: list[_Day] = []
    last = middle.day
    for one in _days(db, middle.source, middle.day, side):
        if not one.is_mostly_missed or abs(one.day - last) > _ONE_AFTER_ANOTHER:
            break
        found.append(one)
        last = one.day
    return found


def _days(db: Database, source: str, day: date, side: Literal["<", "=", ">"]) -> Iterator[_Day]:
    """The days on one side of a day, the nearest first, or that day."""
    order = "DESC" if side == "<" else "ASC"
    rows = db.conn.execute(
        "SELECT day, captures, misses, at_fault FROM days"
        f" WHERE source = ? AND day {side} ? ORDER BY day {order}",
        (source, day.isoformat()),
    )
    for found, captures, misses, at_fault in rows:
        yield _Day(
            source=source, day=date.fromisoformat(found), captures=captures, misses=misses,
            at_fault=bool(at_fault),
        )  # fmt: skip


def _counts(db: Database, source: str, day: str) -> tuple[int, int]:
    """How many captures of articles the source gave on a day, and how many missed theirs."""
    rows = db.conn.execute(
        "SELECT outcome IN ('gone', 'soft-404'), nullif(redirect_to, url), count(*) FROM captures"
        " WHERE source = ? AND day = ? AND article = 1 AND status != 0 GROUP BY 1, 2",
        (source, day),
    ).fetchall()
    misses = sum(
        count
        for missed, target, count in rows
        if missed or (target is not None and is_soft_404_target(db, target))
    )
    return sum(row[2] for row in rows), misses


def _missed(db: Database, source: str, day: str) -> set[str]:
    """The addresses of articles that were missed on a day."""
    rows = db.conn.execute(
        "SELECT DISTINCT url, outcome IN ('gone', 'soft-404'), nullif(redirect_to, url)"
        " FROM captures WHERE source = ? AND day = ? AND article = 1"
        " AND (outcome IN ('gone', 'soft-404') OR redirect_to IS NOT NULL)",
        (source, day),
    ).fetchall()
    return {
        url
        for url, missed, target in rows
        if missed or (target is not None and is_soft_404_target(db, target))
    }


def _missing_items(db: Database, source: str, day: str) -> set[str]:
    """The addresses of items that may have been missing on a day. There is nothing to derive for
    others, such as tens of thousands of numbers that a backfill counted in vain.
    """
    return column(
        db.conn.execute(
            "SELECT DISTINCT c.url FROM captures c JOIN addresses a ON a.url = c.url"
            " WHERE c.source = ? AND c.day = ? AND c.article = 1 AND a.item IS NOT NULL"
            " AND (c.outcome IN ('gone', 'soft-404') OR c.redirect_to IS NOT NULL)",
            (source, day),
        )
    )
