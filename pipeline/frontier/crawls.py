"""The rows of crawls: when each began, and how it ended."""

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment, stamp
from pipeline.store.database import value
from pipeline.store.transactions import write_now


def add_crawl(db: Database, source: str, now: datetime, *, is_replay: bool) -> int:
    """Note that a crawl of a source begins; its number."""
    crawl = write_now(
        db,
        "INSERT INTO crawls (source, started, replay) VALUES (?, ?, ?)",
        (source, stamp(now), int(is_replay)),
    )
    assert crawl is not None
    return crawl


def crawl_began(db: Database, crawl: int) -> datetime:
    """When a crawl began."""
    return moment(value(db, "SELECT started FROM crawls WHERE id = ?", crawl))


def began_between(db: Database, source: str, after: datetime, until: datetime) -> bool:
    """Whether a crawl of the source itself, not of files, began after one moment, up to another."""
    sql = (
        "SELECT 1 FROM crawls WHERE source = ? AND started > ? AND started <= ? AND replay = 0"
        " LIMIT 1"
    )
    return value(db, sql, source, stamp(after), stamp(until)) is not None


def store_crawl_end(
    db: Database, crawl: int, finished: datetime, columns: Mapping[str, object]
) -> None:
    """Note how a crawl ended: its summary and what was counted, by their columns."""
    columns = {**columns, "finished": stamp(finished)}
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    write_now(db, f"UPDATE crawls SET {assignments} WHERE id = :id", {**columns, "id": crawl})
