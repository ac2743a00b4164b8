"""Addresses that are known: found by what, since when, published when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import get_args

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.model.capture import Found
from pipeline.model.source import Way
from pipeline.normalize.addresses import address_id
from pipeline.store.database import column, value
from pipeline.store.rows import Row
from pipeline.store.transactions import write, write_now


def all_found_by(db: Database, urls: Sequence[str], at: datetime) -> bool:
    """Whether all these addresses were known at a moment."""
    marks = ", ".join("?" * len(urls))
    sql = f"SELECT count(*) FROM addresses WHERE url IN ({marks}) AND found_at <= ?"
    return bool(value(db, sql, *urls, stamp(at)) == len(set(urls)))


def item_days(db: Database, urls: Sequence[str]) -> dict[str, date]:
    """The days of publication of those of the addresses that have an item."""
    marks = ", ".join("?" * len(urls))
    rows = db.conn.execute(
        "SELECT a.url, i.day FROM addresses a JOIN items i ON i.id = a.item"
        f" WHERE a.url IN ({marks})",
        tuple(urls),
    )
    return {row[0]: date.fromisoformat(row[1]) for row in rows}


def days_of(db: Database, ids: Iterable[str]) -> dict[str, date]:
    """The days of publication of those of the addresses with these ids that have an item."""
    known = {}
    for one in ids:
        day = value(
            db, "SELECT i.day FROM addresses a JOIN items i ON i.id = a.item WHERE a.id = ?", one
        )
        if day is not None:
            known[one] = date.fromisoformat(day)
    return known


def is_known(db: Database, url: str) -> bool:
    """Whether an address is known other than to a backfill that has not asked it yet."""
    sql = "SELECT 1 FROM addresses WHERE url = ? AND (state != 'found' OR backfill IS NULL)"
    return value(db, sql, url) is not None


def has_address(db: Database, url: str) -> bool:
    """Whether an address is known, whatever has become of it."""
    return value(db, "SELECT 1 FROM addresses WHERE url = ?", url) is not None


def are_all_known(db: Database, urls: Iterable[str]) -> bool:
    """Whether `is_known` holds for all these addresses."""
    return all(is_known(db, url) for url in urls)


def languages_of(db: Database, source: str, way: Way) -> frozenset[str]:
    """The languages of the articles that a way of finding has named."""
    rows = db.conn.execute(
        "SELECT DISTINCT language FROM addresses WHERE source = ?"
        " AND instr(',' || ways || ',', ',' || ? || ',')",
        (source, way),
    )
    return frozenset(column(rows))


def target_of(db: Database, url: str) -> str:
    """What is asked for an article: its address, with the query that it needs."""
    return value(db, "SELECT target FROM addresses WHERE url = ?", url) or url


def absent_addresses(db: Database, source: str, crawl: int) -> list[str]:
    """The numbered addresses that a crawl asked for and that were never there."""
    rows = db.conn.execute(
        "SELECT url FROM addresses WHERE source = ? AND state = 'absent' AND asked_in = ?",
        (source, crawl),
    )
    return [row[0] for row in rows]


def addresses_without_item(db: Database, source: str) -> list[str]:
    """The addresses of a source that have no item."""
    rows = db.conn.execute("SELECT url FROM addresses WHERE source = ? AND item IS NULL", (source,))
    return [row[0] for row in rows]


def mark_refused(db: Database, url: str) -> None:
    """Note that an address that was never asked may not be asked."""
    write_now(
        db, "UPDATE addresses SET state = 'refused' WHERE url = ? AND state = 'found'", (url,)
    )


def store_address(db: Database, source: str, found: Found, *, now: datetime) -> None:
    """Make an address known, or note by what else it was found."""
    address = found.address
    facts = {
        "id": address_id(address.url), "url": address.url, "source": source,
        "language": address.language, "kind": address.kind, "number": address.number,
        "by": found.by, "on": found.on, "at": stamp(now), "backfill": found.backfill,
        "way": found.by if found.by in get_args(Way) else "",
        "earliest": found.earliest and found.earliest.isoformat(),
        "latest": found.latest and found.latest.isoformat(), "target": found.target,
    }  # fmt: skip
    added = write(
        db,
        "INSERT OR IGNORE INTO addresses (id, url, source, language, kind, number, state, found_by,"
        " found_on, found_at, ways, earliest_day, latest_day, backfill, target) VALUES (:id, :url,"
        " :source, :language, :kind, :number, 'found', :by, :on, :at, :way, :earliest, :latest,"
        " :backfill, :target)",
        facts,
    )
    if not added.rowcount:
        _note_found_again(db, facts)


def _note_found_again(db: Database, facts: Row) -> None:
    """Note by which way a known address was found again, which days this says, and that it is news,
    if it was known to a backfill alone.

    A day of publication says more than the day of a change, which may be untrue; of two that say
    the same kind of thing, the earlier holds.
    """
    if not facts["way"]:
        return
    write(
        db,
        "UPDATE addresses SET ways = trim(ways || ',' || :way, ',')"
        " WHERE url = :url AND instr(',' || ways || ',', ',' || :way || ',') = 0",
        facts,
    )
    write(
        db,
        "UPDATE addresses SET earliest_day = coalesce(earliest_day, :earliest),"
        " latest_day = CASE WHEN earliest_day IS NULL AND :earliest IS NOT NULL THEN :latest"
        " WHEN earliest_day IS NOT NULL AND :earliest IS NULL THEN latest_day"
        " ELSE min(coalesce(latest_day, :latest), coalesce(:latest, latest_day)) END,"
        " backfill = CASE WHEN :backfill IS NULL THEN NULL ELSE backfill END WHERE url = :url"
        " AND ((earliest_day IS NULL AND :earliest IS NOT NULL)"
        " OR (coalesce(latest_day, '9') > :latest AND (earliest_day IS NULL) = (:earliest IS NULL))"
        " OR (backfill IS NOT NULL AND :backfill IS NULL))",
        facts,
    )
