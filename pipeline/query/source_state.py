"""How a source stands: items, crawls, failures."""

from dataclasses import dataclass, fields

from sqlite_utils import Database

from pipeline.store.database import dict_row, dict_rows, value


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedCrawl:
    """A crawl that has ended, as its row in `crawls` tells of it. Moments are UTC."""

    id: int
    source: str
    started: str
    finished: str
    outcome: str
    reason: str | None
    """Why it failed, if it did."""
    needs_look: str | None
    """Sentences, one a line."""
    replay: int
    requests: int | None
    captured: int | None
    unchanged: int | None
    new: int | None
    updated: int | None
    gone: int | None
    failed: int | None
    absent: int | None
    seconds: float | None
    backfill: int | None
    single: int
    """Whether it asked for single articles alone."""
    looked_at: int | None
    unreadable: int | None
    by_layout: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFailure:
    """An address on the list of failures. Moments are UTC."""

    url: str
    stage: str
    reason: str
    detail: str
    first_seen: str
    last_seen: str
    times: int
    """How often it has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOverview:
    """What the operator sees of one source."""

    source: str
    items: int
    stories: int
    addresses: dict[str, int]
    """Number of addresses by state."""
    failures: int
    last_crawl: EndedCrawl | None
    """The newest crawl that has ended, with its summary."""
    last_live_crawl: str | None
    """When the newest crawl of the site itself was started; replays are none."""
    last_new_item: str | None
    """When an item was last seen for the first time, UTC."""
    rest_until: str | None
    unreadable: int
    """Number of failures that are pages whose readers died."""


def source_overview(db: Database, source: str) -> SourceOverview:
    """A source's state, from its rows."""
    crawl = dict_row(
        db.conn.execute(
            f"SELECT {_names(EndedCrawl)} FROM crawls WHERE source = ?"
            " AND finished IS NOT NULL ORDER BY id DESC LIMIT 1",
            (source,),
        )
    )
    return SourceOverview(
        source=source,
        items=value(db, "SELECT count(*) FROM items WHERE source = ?", source),
        stories=value(db, "SELECT count(DISTINCT story) FROM items WHERE source = ?", source),
        addresses=dict(
            db.conn.execute(
                "SELECT state, count(*) FROM addresses WHERE source = ? GROUP BY state", (source,)
            ).fetchall()
        ),
        failures=value(db, "SELECT count(*) FROM failures WHERE source = ?", source),
        last_crawl=EndedCrawl(**crawl) if crawl else None,
        last_live_crawl=value(
            db, "SELECT max(started) FROM crawls WHERE source = ? AND replay = 0", source
        ),
        last_new_item=value(db, "SELECT max(first_seen) FROM items WHERE source = ?", source),
        rest_until=value(db, "SELECT rest_until FROM sources WHERE name = ?", source),
        unreadable=value(
            db, "SELECT count(*) FROM failures WHERE source = ? AND reason = 'reader-died'", source
        ),
    )


def failures(db: Database, source: str) -> list[ListedFailure]:
    """The ten newest failures of a source."""
    rows = db.conn.execute(
        f"SELECT {_names(ListedFailure)} FROM failures"
        " WHERE source = ? ORDER BY last_seen DESC, url LIMIT 10",
        (source,),
    )
    return [ListedFailure(**row) for row in dict_rows(rows)]


def failure(db: Database, url: str) -> ListedFailure | None:
    """The failure of an address, if it is on the list."""
    sql = f"SELECT {_names(ListedFailure)} FROM failures WHERE url = ?"
    row = dict_row(db.conn.execute(sql, (url,)))
    return ListedFailure(**row) if row else None


def _names(record: type[EndedCrawl | ListedFailure]) -> str:
    """The columns that a record is made of."""
    return ", ".join(field.name for field in fields(record))
