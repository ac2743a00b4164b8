"""The newest articles that are known, as far as the ways of finding tell, for a sample of them."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from pipeline.store.database import value

_WITH_DAY = "addresses a LEFT JOIN items i ON i.id = a.item"
_NEWEST_FIRST = (
    "a.ways = '', iif(a.ways = '', a.rowid, 0), a.kind = 'old',"
    " coalesce(i.day, a.latest_day) DESC, a.number DESC, a.rowid"
)


def newest_known(db: Database, source: str) -> list[tuple[str, str]]:
    """The known addresses of articles, each with its language, without the absent ones. The newest
    come first; those that no way of finding has named come last, in the order of their discovery.
    """
    rows = db.conn.execute(
        f"SELECT a.url, a.language FROM {_WITH_DAY} WHERE a.source = ? AND a.state != 'absent'"
        f" ORDER BY {_NEWEST_FIRST}",
        (source,),
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
    sql = "SELECT max(number) FROM addresses WHERE source = ? AND language = ? AND kind = 'news'"
    highest: int | None = value(db, sql, source, language)
    return highest


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
        "SELECT a.url, a.language, a.ways, a.found_by, a.item IS NULL"
        f" FROM {_WITH_DAY} WHERE a.asked_in = ? ORDER BY {_NEWEST_FIRST}",
        (crawl,),
    )
    return [
        AskedAddress(
            url=url, language=language, found_by=ways.split(",")[0] or found_by,
            is_numbered="number" in ways, is_only_numbered=ways == "number" and bool(without_item),
        )
        for url, language, ways, found_by, without_item in rows
    ]  # fmt: skip
