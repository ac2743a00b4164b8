"""Outages: days in Almaty on which articles were missing because the source was at fault."""

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from pipeline.items.article_redirects import is_soft_404_target
from pipeline.items.history import is_faulty_day
from pipeline.store.database import column, value
from pipeline.store.transactions import write


def derive_faulty_days(db: Database, days: Iterable[tuple[str, str]]) -> set[str]:
    """Count the captures of these days of a source again; the addresses of items that were missing
    on a day whose verdict has changed.
    """
    touched: set[str] = set()
    for source, day in sorted(set(days)):
        captures, misses = _counts(db, source, day)
        fault = is_faulty_day(captures, misses)
        before = _is_known_faulty(db, source, day)
        write(
            db,
            "INSERT INTO days (source, day, captures, misses, at_fault) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (source, day) DO UPDATE SET captures = excluded.captures,"
            " misses = excluded.misses, at_fault = excluded.at_fault",
            (source, day, captures, misses, int(fault)),
        )
        if fault != before:
            touched |= _missing_items(db, source, day)
    return touched


def faulty_days(db: Database, source: str, days: Iterable[date]) -> frozenset[date]:
    """Those of the days on which the source was at fault."""
    return frozenset(day for day in set(days) if _is_known_faulty(db, source, day.isoformat()))


def _is_known_faulty(db: Database, source: str, day: str) -> bool:
    return bool(value(db, "SELECT at_fault FROM days WHERE source = ? AND day = ?", source, day))


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
