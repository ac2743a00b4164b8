"""What the operator sees: each source's state, its crawls, and what needs a look."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kazpress.config import Config
from kazpress.errors import KazpressError
from pipeline import query
from pipeline.clock import moment
from pipeline.store import open_for_reading
from scheduler import next_run
from spiders.sites import all_sites, configured_source


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
    newest_failures: tuple[dict[str, Any], ...]
    last_crawl: dict[str, Any] | None
    next_crawl: str | None
    last_new_item: str | None
    needs_look: tuple[str, ...]


def source_statuses(config: Config, now: datetime) -> list[SourceStatus]:
    """The state of every source that we know. Raises StoreError where there is no database."""
    db = open_for_reading(config.db)
    try:
        return [
            _status(config, query.source_state(db, name), query.failures(db, name), now)
            for name in (site.source.name for site in all_sites(config))
        ]
    finally:
        db.close()


def check_line(config: Config, now: datetime) -> tuple[str, int]:
    """One line for a monitor, and its status: 0 ok, 1 warning, 2 critical, 3 unknown."""
    try:
        statuses = [one for one in source_statuses(config, now) if one.enabled]
    except (KazpressError, sqlite3.Error) as error:
        return f"UNKNOWN: {error}", 3
    failed = [one for one in statuses if one.last_crawl and one.last_crawl["outcome"] == "failed"]
    if failed:
        return f"CRITICAL: {'; '.join(f'{one.source}: {_reason(one)}' for one in failed)}", 2
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
    config: Config, state: query.SourceState, failures: list[dict[str, Any]], now: datetime
) -> SourceStatus:
    source = configured_source(config, state.source)
    enabled = config.source(state.source).enabled and source.state != "gone"
    last = moment(state.last_crawl["started"]) if state.last_crawl else None
    return SourceStatus(
        source=state.source,
        state=source.state,
        enabled=enabled,
        items=state.items,
        stories=state.stories,
        addresses=state.addresses,
        failures=state.failures,
        newest_failures=tuple(failures),
        last_crawl=state.last_crawl,
        next_crawl=next_run(source.schedule, now, last).isoformat() if enabled else None,
        last_new_item=state.last_new_item,
        needs_look=_needs_look(state, source.schedule if enabled else None, now),
    )


def _needs_look(state: query.SourceState, schedule: str | None, now: datetime) -> tuple[str, ...]:
    looks: list[str] = []
    if schedule and state.last_live_crawl and _is_overdue(state.last_live_crawl, schedule, now):
        looks.append(
            f"it was last crawled at {state.last_live_crawl[:16].replace('T', ' ')} UTC, which is "
            "longer ago than its schedule says; does the daemon run?"
        )
    crawl = state.last_crawl
    if crawl and crawl["outcome"] == "failed":
        looks.append(f"the last crawl failed: {crawl['reason']}")
    if crawl and crawl["needs_look"]:
        looks += crawl["needs_look"].splitlines()
    if state.rest_until and moment(state.rest_until) > now:
        looks.append(f"it rests until {state.rest_until[:16].replace('T', ' ')} UTC")
    return tuple(looks)


def _is_overdue(last: str, schedule: str, now: datetime) -> bool:
    """Whether two due times and an hour more have passed since a crawl's start."""
    due = next_run(schedule, moment(last), moment(last))
    after = due + timedelta(seconds=1)
    return now > next_run(schedule, after, due) + timedelta(hours=1)


def _reason(status: SourceStatus) -> str:
    assert status.last_crawl is not None
    return status.last_crawl["reason"] or "the last crawl failed"
