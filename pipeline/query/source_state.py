"""How a source stands: items, crawls, failures."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.store.database import dict_rows, value
from pipeline.store.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the operator sees of one source."""

    source: str
    items: int
    stories: int
    addresses: dict[str, int]
    """Number of addresses by state."""
    failures: int
    last_crawl: Row | None
    """The newest crawl that has ended, with its summary."""
    last_live_crawl: str | None
    """When the newest crawl of the site itself was started; replays are none."""
    last_new_item: str | None
    """When an item was last seen for the first time, UTC."""
    rest_until: str | None


def source_state(db: Database, source: str) -> SourceState:
    """A source's state, from its rows."""
    crawls = dict_rows(
        db.conn.execute(
            "SELECT * FROM crawls WHERE source = ? AND finished IS NOT NULL"
            " ORDER BY id DESC LIMIT 1",
            (source,),
        )
    )
    return SourceState(
        source=source,
        items=value(db, "SELECT count(*) FROM items WHERE source = ?", source),
        stories=value(db, "SELECT count(DISTINCT story) FROM items WHERE source = ?", source),
        addresses=dict(
            db.conn.execute(
                "SELECT state, count(*) FROM addresses WHERE source = ? GROUP BY state", (source,)
            ).fetchall()
        ),
        failures=value(db, "SELECT count(*) FROM failures WHERE source = ?", source),
        last_crawl=crawls[0] if crawls else None,
        last_live_crawl=value(
            db, "SELECT max(started) FROM crawls WHERE source = ? AND replay = 0", source
        ),
        last_new_item=value(db, "SELECT max(first_seen) FROM items WHERE source = ?", source),
        rest_until=value(db, "SELECT rest_until FROM sources WHERE name = ?", source),
    )


def last_crawls(db: Database) -> dict[str, datetime]:
    """When each source's last crawl was started, replays included."""
    rows = db.conn.execute("SELECT source, max(started) FROM crawls GROUP BY source")
    return {source: moment(started) for source, started in rows}


def failures(db: Database, source: str, limit: int = 10) -> list[Row]:
    """The newest failures of a source."""
    return dict_rows(
        db.conn.execute(
            "SELECT url, stage, reason, detail, first_seen, last_seen, times FROM failures"
            " WHERE source = ? ORDER BY last_seen DESC, url LIMIT ?",
            (source, limit),
        )
    )


def failure(db: Database, url: str) -> Row | None:
    """The failure of an address, if it is on the list."""
    rows = dict_rows(db.conn.execute("SELECT * FROM failures WHERE url = ?", (url,)))
    return rows[0] if rows else None
