"""How a source stands: items, crawls, failures."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.store.database import dict_rows, value
from pipeline.store.rows import to_json

_RECENT_CRAWLS = 50
_WHAT = (
    "CASE WHEN f.stage != 'listing' THEN 'pages' WHEN p.url IS NOT NULL AND p.day IS NULL"
    " AND coalesce(p.usual, 0) = 0 AND p.news_at IS NULL"
    " AND p.url NOT IN (SELECT value FROM json_each(?)) THEN 'guesses' ELSE 'places' END"
)
"""SQL for what a failure `f` is of, whose place, if it is one, is `p`, with a list of those places
that are no guesses.
"""
_OWN = "source = ? AND replay = 0 AND single = 0"
"""SQL for the crawls of a source itself: not of files, nor of single articles."""


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
    asked: int | None
    """Articles that it asked for and that had not failed before."""
    from_stored: str | None
    """Those sentences of `needs_look` that followed from what was stored then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunCrawl:
    """A crawl of a source itself, as it began, and how it ended, if somebody has noted that."""

    started: str
    finished: str | None
    outcome: str | None
    reason: str | None


FailedWhat = Literal["pages", "places", "guesses"]
"""Articles; pages where articles are found; those of them that have never led to an article, such
as feeds that are guessed and rubrics without any.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCount:
    """How many addresses of one kind are on the list of failures for one reason."""

    what: FailedWhat
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Addresses that are still to be asked."""

    news: int
    """Found and never asked."""
    backfills: int
    """Found by backfills and never asked, nor to be asked by any other crawl."""
    again: int
    """Failed, and due to be asked again."""
    visits: int
    """Of articles that are stored, and due to be looked at again."""


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
    what: FailedWhat


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOverview:
    """What the operator sees of one source."""

    source: str
    items: int
    stories: int
    unsettled: int
    """Items whose stories are still to be settled."""
    addresses: dict[str, int]
    """Number of addresses by state."""
    failures: int
    failures_by_cause: tuple[FailureCount, ...]
    waiting: Waiting
    last_crawl: EndedCrawl | None
    """The newest crawl that has ended, with its summary."""
    recent: tuple[BegunCrawl, ...]
    """The newest crawls of the source itself, the newest first."""
    judged: EndedCrawl | None
    """The newest of them that came to its end, well or not."""
    of_last_day: tuple[EndedCrawl, ...]
    """Those of a day for news that came to their end and asked for articles, the newest first."""
    crawls: dict[str, int]
    """Number of crawls by outcome, of all kinds."""
    last_request: str | None
    """When the source was last sent a request, UTC."""
    last_published: str | None
    """The latest publication of an item, as in a record."""
    last_new_item: str | None
    """When an item was last seen for the first time, UTC."""
    rest_until: str | None
    unreadable: int
    """Number of failures that are pages whose readers died."""


def source_overview(
    db: Database, source: str, now: datetime, *, base_url: str, sure_places: Collection[str] = ()
) -> SourceOverview:
    """A source's state, from its rows. `base_url` is its public address, for others are not asked
    any more; `sure_places` are the addresses of listings that are no guesses.
    """
    return SourceOverview(
        source=source,
        items=value(db, "SELECT count(*) FROM items WHERE source = ?", source),
        stories=value(db, "SELECT count(DISTINCT story) FROM items WHERE source = ?", source),
        unsettled=value(
            db,
            "SELECT count(*) FROM unsettled u JOIN items i ON i.id = u.id"
            " WHERE u.kind = 'item' AND i.source = ?",
            source,
        ),
        addresses=_counts(
            db, "SELECT state, count(*) FROM addresses WHERE source = ? GROUP BY state", source
        ),
        failures=value(db, "SELECT count(*) FROM failures WHERE source = ?", source),
        failures_by_cause=tuple(_failures_by_cause(db, source, sure_places)),
        waiting=_waiting(db, source, now, base_url),
        last_crawl=_newest_crawl(db, "source = ? AND finished IS NOT NULL", source),
        recent=_recent_crawls(db, source),
        judged=_newest_crawl(db, f"{_OWN} AND outcome IN ('done', 'failed')", source),
        of_last_day=_crawls(
            db,
            f"{_OWN} AND outcome = 'done' AND asked > 0 AND backfill IS NULL AND started >= ?"
            " ORDER BY id DESC",
            source,
            stamp(now - timedelta(days=1)),
        ),
        crawls=_counts(
            db,
            "SELECT outcome, count(*) FROM crawls WHERE source = ? AND outcome IS NOT NULL"
            " GROUP BY outcome",
            source,
        ),
        last_request=value(
            db,
            "SELECT last_request FROM politeness WHERE source = ? ORDER BY day DESC LIMIT 1",
            source,
        ),
        last_published=value(db, "SELECT max(published) FROM items WHERE source = ?", source),
        last_new_item=value(db, "SELECT max(first_seen) FROM items WHERE source = ?", source),
        rest_until=value(db, "SELECT rest_until FROM sources WHERE name = ?", source),
        unreadable=value(
            db, "SELECT count(*) FROM failures WHERE source = ? AND reason = 'reader-died'", source
        ),
    )


def failures(db: Database, source: str, sure_places: Collection[str] = ()) -> list[ListedFailure]:
    """The ten newest failures of a source, those of guesses last."""
    return _listed(
        db, "f.source = ? ORDER BY what = 'guesses', f.last_seen DESC, f.url LIMIT 10", source,
        sure_places,
    )  # fmt: skip


def failure(db: Database, url: str) -> ListedFailure | None:
    """The failure of an address, if it is on the list."""
    return next(iter(_listed(db, "f.url = ?", url, ())), None)


def _listed(
    db: Database, where: str, asked_for: str, sure_places: Collection[str]
) -> list[ListedFailure]:
    names = ", ".join(f"f.{one.name}" for one in fields(ListedFailure) if one.name != "what")
    rows = db.conn.execute(
        f"SELECT {names}, {_WHAT} AS what FROM failures f LEFT JOIN places p ON p.url = f.url"
        f" WHERE {where}",
        (to_json(list(sure_places)), asked_for),
    )
    return [ListedFailure(**row) for row in dict_rows(rows)]


def _counts(db: Database, sql: str, source: str) -> dict[str, int]:
    return dict(db.conn.execute(sql, (source,)).fetchall())


def _newest_crawl(db: Database, where: str, source: str) -> EndedCrawl | None:
    return next(iter(_crawls(db, f"{where} ORDER BY id DESC LIMIT 1", source)), None)


def _crawls(db: Database, where: str, *values: str) -> tuple[EndedCrawl, ...]:
    rows = db.conn.execute(f"SELECT {_names(EndedCrawl)} FROM crawls WHERE {where}", values)
    return tuple(EndedCrawl(**row) for row in dict_rows(rows))


def _recent_crawls(db: Database, source: str) -> tuple[BegunCrawl, ...]:
    rows = db.conn.execute(
        f"SELECT {_names(BegunCrawl)} FROM crawls WHERE {_OWN} ORDER BY id DESC LIMIT ?",
        (source, _RECENT_CRAWLS),
    )
    return tuple(BegunCrawl(**row) for row in dict_rows(rows))


def _failures_by_cause(
    db: Database, source: str, sure_places: Collection[str]
) -> list[FailureCount]:
    """The largest number first."""
    rows = db.conn.execute(
        f"SELECT {_WHAT} AS what, f.reason, count(*) AS count"
        " FROM failures f LEFT JOIN places p ON p.url = f.url"
        " WHERE f.source = ? GROUP BY what, f.reason ORDER BY count DESC, what, f.reason",
        (to_json(list(sure_places)), source),
    )
    return [FailureCount(**row) for row in dict_rows(rows)]


def _waiting(db: Database, source: str, now: datetime, base_url: str) -> Waiting:
    row = db.conn.execute(
        "SELECT coalesce(sum(state = 'found' AND backfill IS NULL), 0),"
        " coalesce(sum(state = 'found' AND backfill IS NOT NULL), 0),"
        " coalesce(sum(state IN ('failed', 'refused')), 0),"
        " coalesce(sum(state = 'stored'), 0) FROM addresses WHERE source = ? AND url LIKE ?"
        " AND (state = 'found' OR next_try <= ?)",
        (source, f"{base_url}/%", stamp(now)),
    ).fetchone()
    return Waiting(news=row[0], backfills=row[1], again=row[2], visits=row[3])


def _names(record: type[EndedCrawl | BegunCrawl]) -> str:
    """The columns that a record is made of."""
    return ", ".join(field.name for field in fields(record))
