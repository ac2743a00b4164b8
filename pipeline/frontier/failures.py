"""The list of failures: pages and entry points that could not be fetched or read."""

from sqlite_utils import Database

from pipeline.model.capture import Failure
from pipeline.store.transactions import write, write_now


def store_failure(db: Database, failure: Failure, source: str, at: str) -> None:
    """Put a failure on the list; one row an address, with how often it has failed."""
    write(
        db,
        "INSERT INTO failures (url, source, stage, reason, detail, first_seen, last_seen, times)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (url) DO UPDATE SET stage = excluded.stage,"
        " reason = excluded.reason, detail = excluded.detail, last_seen = excluded.last_seen,"
        " times = times + (excluded.last_seen > last_seen)",
        (failure.url, source, failure.stage, failure.reason, failure.detail, at, at),
    )


def clear_failure(db: Database, url: str) -> None:
    """Take an address off the list of failures."""
    write(db, "DELETE FROM failures WHERE url = ?", (url,))


def failures_of(db: Database, source: str) -> dict[str, Failure]:
    """A source's list of failures, by address."""
    rows = db.conn.execute(
        "SELECT url, stage, reason, detail FROM failures WHERE source = ?", (source,)
    )
    return {row[0]: Failure(url=row[0], stage=row[1], reason=row[2], detail=row[3]) for row in rows}


def clear_listing_failure(db: Database, url: str, *, has_articles: bool) -> None:
    """A listing could be read: take it off the list of failures. If it is there for want of
    articles, it stays until it has some.
    """
    wanting = "" if has_articles else " AND reason != 'no-article'"
    write_now(
        db, f"DELETE FROM failures WHERE url = ? AND reason != 'foreign-addresses'{wanting}", (url,)
    )


def clear_foreign_addresses(db: Database, url: str) -> None:
    """A sitemap lists no other host's addresses: take it off the list of failures if it did."""
    write_now(db, "DELETE FROM failures WHERE url = ? AND reason = 'foreign-addresses'", (url,))
