"""The rows of crawls: when each began, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment, stamp
from pipeline.store.database import dict_row, value
from pipeline.store.transactions import write_now

_KILLED = "it was killed, or the machine went down"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCrawls:
    """A source's own crawls so far, as far as the next one depends on them."""

    started: datetime | None = None
    """When the newest began, of those that came to an end by themselves, or are running."""
    killed: int = 0
    """How many have been killed since."""
    killed_at: datetime | None = None
    """When the last of these was, or else when it had begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlEnd:
    """How a crawl ended, for a line in the log."""

    id: int
    outcome: str | None
    """None where nobody has written down how."""
    reason: str | None
    needs_look: str | None
    seconds: float | None
    new: int | None
    updated: int | None
    gone: int | None
    failed: int | None


def add_crawl(
    db: Database, source: str, now: datetime, *, is_replay: bool, is_single: bool = False
) -> int:
    """Note that a crawl of a source begins; its number."""
    crawl = write_now(
        db,
        "INSERT INTO crawls (source, started, replay, single) VALUES (?, ?, ?, ?)",
        (source, stamp(now), int(is_replay), int(is_single)),
    )
    assert crawl is not None
    return crawl


def note_killed(
    db: Database, source: str, now: datetime, reason: str = _KILLED, *, stopped: int | None = None
) -> None:
    """Note that the crawls of a source that did not write down their end were killed, and the one
    with the number `stopped` too, which was told to stop for this reason. Only for the holder of
    the source's lock: nobody else can tell them from one that runs.
    """
    killed = "source = ? AND (finished IS NULL OR id = ?)"
    if value(db, f"SELECT 1 FROM crawls WHERE {killed}", source, stopped):
        write_now(
            db,
            "UPDATE crawls SET outcome = 'killed', reason = ?, finished = coalesce(finished, ?)"
            f" WHERE {killed}",
            (reason, stamp(now), source, stopped),
        )


def past_crawls(db: Database, source: str, *, is_held: bool) -> PastCrawls:
    """A source's own crawls so far: not those of files, nor of single articles. One without an end
    runs if the source's lock is held, else it was killed.
    """
    rows = db.conn.execute(
        "SELECT started, finished, outcome FROM crawls"
        " WHERE source = ? AND replay = 0 AND single = 0 ORDER BY id DESC",
        (source,),
    )
    killed, killed_at, started = 0, None, None
    for at, finished, outcome in rows:
        if outcome in ("done", "failed") or (finished is None and is_held):
            started = moment(at)
            break
        if outcome != "stopped":
            killed += 1
            killed_at = killed_at or moment(finished or at)
    return PastCrawls(started=started, killed=killed, killed_at=killed_at)


def newest_crawl(db: Database, source: str) -> CrawlEnd | None:
    """The newest crawl of a source, of whatever kind, also where it has not ended."""
    row = db.conn.execute(
        "SELECT id, outcome, reason, needs_look, seconds, new, updated, gone, failed FROM crawls"
        " WHERE source = ? ORDER BY id DESC LIMIT 1",
        (source,),
    )
    found = dict_row(row)
    return CrawlEnd(**found) if found else None


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
