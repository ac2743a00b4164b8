"""`kazpress status`: each source's state, its crawls, and what needs a look."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.daemon.due import next_crawl
from kazpress.daemon.schedule import read_schedule
from kazpress.errors import KazpressError
from kazpress.work.gap_sentences import gaps_sentence
from pipeline.clock import almaty_day, moment
from pipeline.frontier.backfills import OpenBackfill, open_backfills, proven_days
from pipeline.model.source import Source
from pipeline.monitoring import observations as seen
from pipeline.monitoring.drift import layout_falls, silence, stopped_ways, week_falls
from pipeline.monitoring.gaps import Gap, gaps
from pipeline.query.field_coverage import FieldCoverage, field_coverage
from pipeline.query.source_state import (
    EndedCrawl,
    ListedFailure,
    SourceOverview,
    failures,
    source_overview,
)
from pipeline.store.database import is_by_older_rules, reading
from spiders.sources import all_sites, configured_source

_REPARSE_DUE = (
    "its items were stored by the rules of an earlier version; `kazpress reparse` reads the "
    "archive again by those of this one"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source as `status` shows it. Times are UTC, RFC 3339."""

    source: str
    state: str
    enabled: bool
    items: int
    stories: int
    addresses: dict[str, int]
    failures: int
    newest_failures: tuple[ListedFailure, ...]
    last_crawl: EndedCrawl | None
    next_crawl: str | None
    last_new_item: str | None
    needs_look: tuple[str, ...]
    gaps: tuple[Gap, ...]
    """Days with far fewer articles than usual, the newest first."""
    backfills: tuple[OpenBackfill, ...]
    """Backfills that are not finished, or left days not proven complete; the newest first."""
    coverage: dict[str, FieldCoverage]
    """How many items have each field; empty where it was not asked for, or there are no items."""


def source_statuses(
    config: Config, now: datetime, *, with_coverage: bool = False
) -> list[SourceStatus]:
    """The state of every source; with the coverage of fields only where it is asked for, since that
    takes a pass over all items. Raises StoreError where there is no database.
    """
    with reading(config.db) as db:
        coverage = field_coverage(db) if with_coverage else {}
        return [
            _status(config, db, source, now, coverage.get(source.name, {}))
            for source in (configured_source(config, one.source.name) for one in all_sites(config))
        ]


def check_line(config: Config, now: datetime) -> tuple[str, int]:
    """One line for a monitor, and the exit status: 0 ok, 1 warning, 2 critical, 3 unknown."""
    try:
        statuses = [one for one in source_statuses(config, now) if one.enabled]
    except (KazpressError, sqlite3.Error) as error:
        return f"UNKNOWN: {error}", 3
    failed = [
        f"{one.source}: {one.last_crawl.reason or 'the last crawl failed'}"
        for one in statuses
        if one.last_crawl and one.last_crawl.outcome == "failed"
    ]
    if failed:
        return f"CRITICAL: {'; '.join(failed)}", 2
    looks = [f"{one.source}: {note}" for one in statuses for note in one.needs_look]
    if looks:
        return f"WARNING: {'; '.join(looks)}", 1
    counts = ", ".join(f"{one.source} {one.items} items" for one in statuses)
    return f"OK: {counts or 'no source is enabled'}", 0


def described_sources(config: Config) -> list[dict[str, Any]]:
    """The sources with their addresses, languages and schedules."""
    return [
        {
            "source": site.source.name,
            "title": site.source.title,
            "base_url": site.base_url,
            "languages": list(site.source.languages),
            "schedule": site.source.schedule,
            "delay": site.source.delay_seconds,
            "enabled": config.source(site.source.name).enabled,
            "state": site.source.state,
            "first_day": site.source.first_day.isoformat(),
        }
        for site in all_sites(config)
    ]


def _status(
    config: Config,
    db: Database,
    source: Source,
    now: datetime,
    coverage: dict[str, FieldCoverage],
) -> SourceStatus:
    state = source_overview(db, source.name)
    enabled = config.source(source.name).enabled and source.state != "gone"
    days = _gaps(db, source.name, now)
    looks = [
        _REPARSE_DUE if state.items and is_by_older_rules(db) else None,
        _unreadable(state.unreadable),
        *_crawl_looks(state, source.schedule if enabled else None, now),
        *_drift(db, source),
        gaps_sentence(source.name, days),
    ]
    return SourceStatus(
        source=state.source,
        state=source.state,
        enabled=enabled,
        items=state.items,
        stories=state.stories,
        addresses=state.addresses,
        failures=state.failures,
        newest_failures=tuple(failures(db, source.name)),
        last_crawl=state.last_crawl,
        next_crawl=_next_crawl(config, db, source, now) if enabled else None,
        last_new_item=state.last_new_item,
        needs_look=tuple(dict.fromkeys(look for look in looks if look)),
        gaps=tuple(days),
        backfills=tuple(open_backfills(db, source.name, now)),
        coverage=coverage,
    )


def _next_crawl(config: Config, db: Database, source: Source, now: datetime) -> str:
    return next_crawl(db, config.archive, source, now).at.isoformat(timespec="seconds")


def _unreadable(pages: int) -> str | None:
    """What is said of pages that are passed over because their readers died."""
    if not pages:
        return None
    return (
        f"the program was ended twice while it read each of {pages} pages, which are passed over "
        "(reader-died on the list of failures); they stay in the archive"
    )


def _gaps(db: Database, source: str, now: datetime) -> Sequence[Gap]:
    today = almaty_day(now)
    spans = seen.watched_spans(db, source, today)
    if not spans:
        return ()
    proven = set(map(date.fromisoformat, proven_days(db, source)))
    return gaps(seen.day_counts(db, source), spans, today, proven)


def _crawl_looks(state: SourceOverview, schedule: str | None, now: datetime) -> Iterator[str]:
    """What the last crawl noted, and whether a crawl is overdue."""
    if schedule and state.last_live_crawl and _is_overdue(state.last_live_crawl, schedule, now):
        yield (
            f"it was last crawled at {state.last_live_crawl[:16].replace('T', ' ')} UTC, which is "
            "longer ago than its schedule says; is the daemon running?"
        )
    crawl = state.last_crawl
    if crawl and crawl.outcome == "failed":
        yield f"the last crawl failed: {crawl.reason}"
    if crawl and crawl.needs_look:
        yield from crawl.needs_look.splitlines()
    if state.rest_until and moment(state.rest_until) > now:
        yield f"it rests until {state.rest_until[:16].replace('T', ' ')} UTC"


def _drift(db: Database, source: Source) -> Iterator[str | None]:
    """Where a source falls short of what is expected, as of the last crawl that could tell. Of a
    source that is frozen or gone, only how its pages are read.
    """
    yield layout_falls(seen.pages_read(db, source.name), source.expect)
    at = seen.last_good_crawl(db, source.name)
    if at is None or source.state != "active":
        return
    so_far = seen.watched(db, source.name, at)
    yield week_falls(so_far, source.expect, at)
    yield silence(so_far, at)
    yield from stopped_ways(seen.ways_used(db, source.name), seen.news(db, source.name, at))


def _is_overdue(last: str, schedule: str, now: datetime) -> bool:
    """Whether two due times and one more hour have passed since the last crawl began."""
    due_after = read_schedule(schedule).after
    return now > due_after(due_after(moment(last))) + timedelta(hours=1)
