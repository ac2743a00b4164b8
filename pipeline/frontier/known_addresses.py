"""Addresses that are known: found by what, since when, published when."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def is_known(db: Database, url: str) -> bool:
    """Whether an address is known other than to a backfill that has not asked it yet."""
    row = db.conn.execute(
        "SELECT 1 FROM addresses WHERE url = ? AND (state != 'found' OR backfill IS NULL)", (url,)
    ).fetchone()
    return row is not None


def has_led_to_addresses(db: Database, url: str) -> bool:
    """Whether addresses of articles were found on a page."""
    row = db.conn.execute("SELECT 1 FROM addresses WHERE found_on = ? LIMIT 1", (url,)).fetchone()
    return row is not None


def target_of(db: Database, url: str) -> str:
    """What is asked for an article: its address, with the query that it needs."""
    row = db.conn.execute("SELECT target FROM addresses WHERE url = ?", (url,)).fetchone()
    return str(row[0]) if row and row[0] else url


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
    db.execute("UPDATE addresses SET state = 'refused' WHERE url = ? AND state = 'found'", (url,))


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


def newest_known(db: Database, source: str, host: str) -> list[tuple[str, str]]:
    """The addresses of articles that are known under an origin, each with its language, the newest
    first; those known only from files last, as they became known.
    """
    rows = db.conn.execute(
        "SELECT a.url, a.language FROM addresses a LEFT JOIN items i ON i.id = a.item"
        " WHERE a.source = ? AND a.state != 'absent' AND a.url LIKE ? || '/%'"
        " ORDER BY a.found_by = 'files', iif(a.found_by = 'files', a.rowid, 0), a.kind = 'old',"
        " coalesce(i.day, a.latest_day) DESC, a.number DESC, a.rowid",
        (source, host),
    )
    return rows.fetchall()


def newest_days(db: Database, source: str, until: date) -> list[date]:
    """The two newest days up to `until` of which the ways of finding name articles."""
    rows = db.conn.execute(
        "SELECT DISTINCT latest_day FROM addresses WHERE source = ? AND latest_day <= ?"
        " ORDER BY latest_day DESC LIMIT 2",
        (source, until.isoformat()),
    )
    return [date.fromisoformat(row[0]) for row in rows]


def highest_number(db: Database, source: str, language: str) -> int | None:
    """The highest number of a news article that is known in a language."""
    row = db.conn.execute(
        "SELECT max(number) FROM addresses WHERE source = ? AND language = ? AND kind = 'news'",
        (source, language),
    ).fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAddress:
    """An article's address that a crawl has asked."""

    url: str
    language: str
    found_by: str
    is_numbered: bool
    """Whether it was counted to."""
    is_only_numbered: bool
    """Whether no other way of finding names it, and it has no item."""


def asked_addresses(db: Database, crawl: int) -> list[AskedAddress]:
    """The addresses of articles that a crawl has asked, the newest first."""
    rows = db.conn.execute(
        "SELECT a.url, a.language, a.found_by, instr(a.ways, 'number') > 0,"
        " a.ways = 'number' AND a.item IS NULL FROM addresses a"
        " LEFT JOIN items i ON i.id = a.item WHERE a.asked_in = ?"
        " ORDER BY a.found_by = 'files', a.kind = 'old',"
        " coalesce(i.day, a.latest_day) DESC, a.number DESC, a.rowid",
        (crawl,),
    )
    return [
        AskedAddress(
            url=row[0], language=row[1], found_by=row[2], is_numbered=bool(row[3]),
            is_only_numbered=bool(row[4]),
        )
        for row in rows
    ]  # fmt: skip
