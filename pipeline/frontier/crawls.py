"""The rows of crawls: when each began, and how it ended."""

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment, stamp


def add_crawl(db: Database, source: str, now: datetime, *, is_replay: bool) -> int:
    """Note that a crawl of a source begins; its number."""
    crawl = db.execute(
        "INSERT INTO crawls (source, started, replay) VALUES (?, ?, ?)",
        (source, stamp(now), int(is_replay)),
    ).lastrowid
    assert crawl is not None
    return crawl


def crawl_began(db: Database, crawl: int) -> datetime:
    """When a crawl began."""
    row = db.conn.execute("SELECT started FROM crawls WHERE id = ?", (crawl,)).fetchone()
    return moment(row[0])


def store_crawl_end(
    db: Database, crawl: int, finished: datetime, columns: Mapping[str, object]
) -> None:
    """Note how a crawl ended: its summary and what was counted, by their columns."""
    db.table("crawls").update(crawl, {**columns, "finished": stamp(finished)})
