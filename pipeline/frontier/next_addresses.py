"""Which addresses are asked next: the table `addresses` is the frontier."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.store.database import value
from pipeline.store.transactions import write_many

_DAY = "coalesce((SELECT i.day FROM items i WHERE i.id = item), latest_day, ?)"
NEWEST_FIRST = "latest_day DESC, number DESC, found_at DESC, rowid"
"""The order of an index of `addresses`."""
_WITHOUT_ITEM_FIRST = "(item IS NOT NULL), found_at DESC, rowid"
_LAST_ASKED = "(SELECT max(c.time) FROM captures c WHERE c.url = addresses.url AND c.time <= ?)"
_MOST_OVERDUE_FIRST = (
    "(julianday(?) - julianday(next_try))"
    f" / max(julianday(next_try) - julianday(coalesce({_LAST_ASKED}, next_try)), 0.01) DESC, rowid"
)
"""By how much longer than it should a visit has waited: an hour is much for one of the first day,
and nothing for one that comes each half year. So the newest come first, and none waits for ever.
"""
_Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The crawl that asks: it gets each address once."""

    source: str
    crawl: int
    base_url: str | None = None
    """Only addresses of this host are asked; None where all may be (a replay)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillDays:
    """The days of publication that a backfill looks for, both included."""

    since: date
    until: date
    began: datetime | None = None
    """When the crawl began. News that it finds is asked for too, of whatever day."""
    with_modified_later: bool = False
    """Whether addresses of which only a later day of modification is known are asked for too."""


def never_asked(
    db: Database,
    asker: Asker,
    *,
    days: BackfillDays | None,
    with_backfills: bool = False,
    exclude_languages: Collection[str] = (),
) -> Iterator[tuple[str, bool]]:
    """The addresses that were never asked, the newest first, each with whether it has an item.

    Those of a backfill's days; or, without `days`, those that were found as news. With
    `with_backfills` what a backfill found is news too.
    """
    condition = _never_asked(days, with_backfills, exclude_languages)
    return _rows(db, asker, condition, NEWEST_FIRST)


def count_never_asked(
    db: Database, asker: Asker, *, days: BackfillDays | None, with_backfills: bool = False
) -> int:
    """How many addresses were never asked."""
    return _count(db, asker, _never_asked(days, with_backfills, ()))


def asked_before(
    db: Database, asker: Asker, *, days: BackfillDays | None
) -> Iterator[tuple[str, bool]]:
    """The addresses that were asked before, those without an item first, each with whether it has
    one.
    """
    return _rows(db, asker, _asked_before(days), _WITHOUT_ITEM_FIRST)


def count_asked_before(db: Database, asker: Asker, *, days: BackfillDays | None) -> int:
    """How many addresses were asked before."""
    return _count(db, asker, _asked_before(days))


def retries_due(
    db: Database, asker: Asker, now: datetime, *, days: BackfillDays | None
) -> Iterator[tuple[str, bool]]:
    """The addresses without an item that are to be asked again."""
    return _rows(db, asker, _due(now, days, with_item=False), _WITHOUT_ITEM_FIRST)


def visits_due(
    db: Database, asker: Asker, now: datetime, *, days: BackfillDays | None
) -> Iterator[tuple[str, bool]]:
    """The addresses of items that are to be looked at again, the most overdue first."""
    order = _MOST_OVERDUE_FIRST, [stamp(now)] * 2
    return _rows(db, asker, _due(now, days, with_item=True), *order)


def count_due(
    db: Database, asker: Asker, now: datetime, *, days: BackfillDays | None, with_item: bool
) -> int:
    """How many addresses with or without an item are to be asked again."""
    return _count(db, asker, _due(now, days, with_item=with_item))


def among(
    db: Database, asker: Asker, urls: Collection[str], *, days: BackfillDays | None
) -> Iterator[tuple[str, bool]]:
    """Those of these addresses that are known, each with whether it has an item."""
    condition = f"url IN ({', '.join('?' * len(urls))})", list(urls)
    return _rows(db, asker, _published_on(condition, days), _WITHOUT_ITEM_FIRST)


def mark_asked(db: Database, crawl: int, urls: Iterable[str]) -> None:
    """Note that a crawl asks for these addresses. The caller holds the transaction."""
    write_many(
        db, "UPDATE addresses SET asked_in = ? WHERE url = ?", [(crawl, url) for url in urls]
    )


def _never_asked(
    days: BackfillDays | None, with_backfills: bool, exclude_languages: Collection[str]
) -> _Condition:
    where, values = "1", list[Any]()
    if days is not None:
        where, values = _of_days(days)
    elif not with_backfills:
        where = "backfill IS NULL"
    marks = ", ".join("?" * len(exclude_languages))
    where = f"state = 'found' AND {where} AND language NOT IN ({marks})"
    return where, [*values, *sorted(exclude_languages)]


def _asked_before(days: BackfillDays | None) -> _Condition:
    return _published_on(("state NOT IN ('found', 'absent')", []), days)


def _due(now: datetime, days: BackfillDays | None, *, with_item: bool) -> _Condition:
    item = "item IS NOT NULL" if with_item else "item IS NULL"
    return _published_on((f"state != 'found' AND {item} AND next_try <= ?", [stamp(now)]), days)


def _of_days(days: BackfillDays) -> _Condition:
    """The condition for the addresses of a backfill's days, and for news found beside it."""
    is_past = days.began is not None and days.until < almaty_day(days.began)
    by_latest = is_past and not days.with_modified_later
    first = "coalesce(earliest_day, latest_day)" if by_latest else "earliest_day"
    where = (
        f"(latest_day IS NULL OR latest_day >= ?) AND ({first} IS NULL OR {first} <= ?"
        " OR (backfill IS NULL AND found_at >= ?))"
    )
    never = "9"  # after all moments
    began = stamp(days.began) if days.began else never
    return where, [days.since.isoformat(), days.until.isoformat(), began]


def _published_on(condition: _Condition, days: BackfillDays | None) -> _Condition:
    """A condition that holds for a backfill's days alone; an address without a day is of them."""
    if days is None:
        return condition
    where, values = condition
    since, until = days.since.isoformat(), days.until.isoformat()
    return f"{where} AND {_DAY} BETWEEN ? AND ?", [*values, since, since, until]


def _rows(
    db: Database, asker: Asker, condition: _Condition, order: str, order_values: Iterable[str] = ()
) -> Iterator[tuple[str, bool]]:
    where, values = _asked_by(asker, condition)
    rows = db.conn.execute(
        f"SELECT url, item IS NOT NULL FROM addresses WHERE {where} ORDER BY {order}",
        [*values, *order_values],
    )
    return ((row[0], bool(row[1])) for row in rows)


def _count(db: Database, asker: Asker, condition: _Condition) -> int:
    where, values = _asked_by(asker, condition)
    return int(value(db, f"SELECT count(*) FROM addresses WHERE {where}", *values))


def _asked_by(asker: Asker, condition: _Condition) -> _Condition:
    """The condition for those addresses that a crawl may ask for and has not yet."""
    where, values = condition
    host = "%" if asker.base_url is None else f"{asker.base_url}/%"
    return (
        f"source = ? AND {where} AND (asked_in IS NULL OR asked_in != ?) AND url LIKE ?",
        [asker.source, *values, asker.crawl, host],
    )
