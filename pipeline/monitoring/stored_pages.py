"""How the pages that crawls asked for are read, by what is stored now: after a `reparse` it is what
today's code makes of them.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.monitoring.drift import PagesRead
from pipeline.store.rows import reading_from_json

_NEWEST_CRAWLS = 50
_NEWEST_PAGES = 500
"""Enough to take a share of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedArticle:
    """An article that gives nothing."""

    since: str
    """When it gave nothing for the first time, UTC."""
    reason: str


def pages_read(db: Database, source: str, before: int | None = None) -> list[PagesRead]:
    """How the pages of the newest crawls for news are read, the newest crawl first; with `before`
    those before this crawl.
    """
    crawls = db.conn.execute(
        "SELECT started, finished FROM crawls WHERE source = ?1 AND replay = 0 AND single = 0"
        " AND outcome = 'done' AND backfill IS NULL AND looked_at > 0 AND (?2 IS NULL OR id < ?2)"
        " ORDER BY id DESC LIMIT ?3",
        (source, before, _NEWEST_CRAWLS),
    ).fetchall()
    found: list[PagesRead] = []
    left = _NEWEST_PAGES
    for started, finished in crawls:
        if left <= 0:
            break
        pages = _pages(db, source, started, finished, left)
        if pages.read:
            found.append(pages)
            left -= pages.read
    return found


def failed_first(db: Database, source: str, since: str) -> list[FailedArticle]:
    """The articles that gave nothing for the first time since a moment, and give nothing now."""
    rows = db.conn.execute(
        # CROSS JOIN: the list of failures first, for it is the shorter one.
        "SELECT coalesce(a.failing_since, f.first_seen) AS since, f.reason"
        " FROM failures f CROSS JOIN addresses a ON a.url = f.url"
        " WHERE f.source = ?1 AND f.stage IN ('read', 'fetch')"
        " AND coalesce(a.failing_since, f.first_seen) >= ?2",
        (source, since),
    )
    return [FailedArticle(since=row[0], reason=row[1]) for row in rows]


def boilerplate_addresses(db: Database, crawl: int) -> list[tuple[str, str]]:
    """The addresses, each with its id, that a crawl asked for and that gave no item because many
    others give the same body.
    """
    rows = db.conn.execute(
        "SELECT a.id, a.url FROM failures f CROSS JOIN addresses a ON a.url = f.url"
        " WHERE f.reason = 'boilerplate' AND a.asked_in = ? AND a.item IS NULL",
        (crawl,),
    )
    return [(row[0], row[1]) for row in rows]


def why_no_item(db: Database, url: str) -> str | None:
    """Why an address that was asked for has no item; None where it has one, or is not known."""
    row = db.conn.execute(
        "SELECT a.item, f.detail FROM addresses a LEFT JOIN failures f ON f.url = a.url"
        " WHERE a.url = ?",
        (url,),
    ).fetchone()
    return None if row is None or row[0] else row[1] or "gave no item"


def _pages(db: Database, source: str, began: str, ended: str, most: int) -> PagesRead:
    rows = db.conn.execute(
        "SELECT r.fields FROM captures c JOIN readings r ON r.id = c.reading"
        " WHERE c.source = ? AND c.time BETWEEN ? AND ? ORDER BY c.time DESC LIMIT ?",
        (source, began, ended, most),
    )
    steps = [reading_from_json(row[0]).weakest for row in rows]
    return PagesRead(read=len(steps), by_layout=steps.count("layout"))
