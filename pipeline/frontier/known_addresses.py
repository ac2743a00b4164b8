"""Addresses that are known: found by what, since when, published when."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import get_args

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.model.capture import Found
from pipeline.model.source import Way
from pipeline.normalize.addresses import address_id
from pipeline.store.rows import Row


def known_since(db: Database, urls: Sequence[str], at: datetime) -> bool:
    """Whether all these addresses were found by then."""
    marks = ", ".join("?" * len(urls))
    row = db.conn.execute(
        f"SELECT count(*) FROM addresses WHERE url IN ({marks}) AND found_at <= ?",
        (*urls, stamp(at)),
    ).fetchone()
    return bool(row[0] == len(set(urls)))


def item_days(db: Database, urls: Sequence[str]) -> dict[str, date]:
    """The days of publication of those of the addresses that have an item."""
    marks = ", ".join("?" * len(urls))
    rows = db.conn.execute(
        "SELECT a.url, i.day FROM addresses a JOIN items i ON i.id = a.item"
        f" WHERE a.url IN ({marks})",
        tuple(urls),
    )
    return {row[0]: date.fromisoformat(row[1]) for row in rows}


def store_address(db: Database, source: str, found: Found, *, now: datetime) -> bool:
    """Make an address known, or note by what else it was found; whether it was new."""
    address = found.address
    facts = {
        "id": address_id(address.url), "url": address.url, "source": source,
        "language": address.language, "kind": address.kind, "number": address.number,
        "by": found.by, "on": found.on, "at": stamp(now), "backfill": found.backfill,
        "way": found.by if found.by in get_args(Way) else "",
        "earliest": found.earliest and found.earliest.isoformat(),
        "latest": found.latest and found.latest.isoformat(), "target": found.target,
    }  # fmt: skip
    added = db.conn.execute(
        "INSERT OR IGNORE INTO addresses (id, url, source, language, kind, number, state, found_by,"
        " found_on, found_at, ways, earliest_day, latest_day, backfill, target) VALUES (:id, :url,"
        " :source, :language, :kind, :number, 'found', :by, :on, :at, :way, :earliest, :latest,"
        " :backfill, :target)",
        facts,
    )
    if not added.rowcount:
        _note_found_again(db, facts)
    return added.rowcount == 1


def _note_found_again(db: Database, facts: Row) -> None:
    """The ways that found an address, the narrowest days, and that it is wanted as news, too."""
    if not facts["way"]:
        return
    db.conn.execute(
        "UPDATE addresses SET ways = trim(ways || ',' || :way, ',')"
        " WHERE url = :url AND instr(',' || ways || ',', ',' || :way || ',') = 0",
        facts,
    )
    db.conn.execute(
        "UPDATE addresses SET earliest_day = coalesce(earliest_day, :earliest),"
        " latest_day = min(coalesce(latest_day, :latest), coalesce(:latest, latest_day)),"
        " backfill = CASE WHEN :backfill IS NULL THEN NULL ELSE backfill END WHERE url = :url"
        " AND ((earliest_day IS NULL AND :earliest IS NOT NULL)"
        " OR coalesce(latest_day, '9') > :latest OR (backfill IS NOT NULL AND :backfill IS NULL))",
        facts,
    )
