"""`kazpress status`: each source's state, its crawls, and what somebody should know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.daemon.due import next_crawl
from kazpress.status.activity import Crawls, crawl_findings, crawls_of
from kazpress.status.disk import DiskSpace, disk_spaces
from kazpress.status.finding import Finding
from kazpress.status.stored import days_with_gaps, stored_findings
from pipeline.archive.lock import source_holder
from pipeline.frontier.backfills import OpenBackfill, open_backfills
from pipeline.model.source import Listings, Source
from pipeline.monitoring.gaps import Gap
from pipeline.query.field_coverage import FieldCoverage, field_coverage
from pipeline.query.politeness import PolitenessDay, politeness, politeness_totals
from pipeline.query.source_state import (
    EndedCrawl,
    FailureCount,
    ListedFailure,
    SourceOverview,
    Waiting,
    failures,
    source_overview,
)
from pipeline.store.database import reading
from pipeline.web_archives.open_searches import OpenSearch, open_searches
from spiders.sources import all_sites

_BUSY_SECONDS = 5.0
"""A monitor gives up after ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source as `status` shows it. Times are UTC, RFC 3339; the next crawl's is Almaty's."""

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
    """The sentences of `findings`."""
    gaps: tuple[Gap, ...]
    """Days with far fewer articles than usual, the newest first."""
    backfills: tuple[OpenBackfill, ...]
    """Backfills that are not finished, or left days not proven complete; the newest first."""
    coverage: dict[str, FieldCoverage]
    """How many items have each field; empty where it was not asked for, or there are no items."""
    findings: tuple[Finding, ...]
    crawls: Crawls
    crawls_by_outcome: dict[str, int]
    failures_by_cause: tuple[FailureCount, ...]
    """The largest number first."""
    waiting: Waiting
    unsettled: int
    """Items that a backfill has stored and not yet compared with the others: their stories."""
    last_published: str | None
    """As in a record: RFC 3339, or a date alone."""
    politeness: tuple[PolitenessDay, ...]
    """The newest day first."""
    politeness_totals: dict[str, int]
    disk: tuple[DiskSpace, ...]
    archives: tuple[OpenSearch, ...]
    """What searches of web archives have left to ask."""


def source_statuses(
    config: Config, now: datetime, *, with_coverage: bool = False
) -> list[SourceStatus]:
    """The state of every source; with the coverage of fields only where it is asked for, since that
    takes a pass over all items. Raises StoreError where there is no database, OSError.
    """
    disks = disk_spaces(config)
    sources = [site.source for site in all_sites(config)]
    # A crawl may begin or end while its row is looked at: it was killed only if nobody held its
    # lock before and nobody does after.
    before = {source.name: source_holder(config.archive, source.name) for source in sources}
    with reading(config.db, busy_seconds=_BUSY_SECONDS) as db:
        coverage = field_coverage(db) if with_coverage else {}
        return [
            _status(
                config, db, source, now, coverage.get(source.name, {}), disks, before[source.name]
            )
            for source in sources
        ]


def _status(
    config: Config,
    db: Database,
    source: Source,
    now: datetime,
    coverage: dict[str, FieldCoverage],
    disks: Sequence[DiskSpace],
    holder: str | None,
) -> SourceStatus:
    name = source.name
    enabled = config.source(name).enabled and source.state != "gone"
    sure = list(_sure_places(source))
    state = source_overview(db, name, now, base_url=source.base_url, sure_places=sure)
    crawls = crawls_of(state, holder or source_holder(config.archive, name), now)
    days = days_with_gaps(db, name, now)
    findings = tuple(_findings(db, source, state, crawls, days, now, enabled=enabled))
    return SourceStatus(
        source=name,
        state=source.state,
        enabled=enabled,
        items=state.items,
        stories=state.stories,
        addresses=state.addresses,
        failures=state.failures,
        newest_failures=tuple(failures(db, name, sure)),
        last_crawl=state.last_crawl,
        next_crawl=_next_crawl(config, db, source, now) if enabled else None,
        last_new_item=state.last_new_item,
        needs_look=tuple(one.sentence for one in findings),
        gaps=tuple(days),
        backfills=tuple(open_backfills(db, name, now)),
        coverage=coverage,
        findings=findings,
        crawls=crawls,
        crawls_by_outcome=state.crawls,
        failures_by_cause=state.failures_by_cause,
        waiting=state.waiting,
        unsettled=state.unsettled,
        last_published=state.last_published,
        politeness=tuple(politeness(db, name)),
        politeness_totals=politeness_totals(db, name),
        disk=tuple(disks),
        archives=tuple(open_searches(db, name, now)),
    )


def _findings(
    db: Database,
    source: Source,
    state: SourceOverview,
    crawls: Crawls,
    days: Sequence[Gap],
    now: datetime,
    *,
    enabled: bool,
) -> Iterator[Finding]:
    """Each sentence once. Of a source that is not crawled, nothing is said of its crawls."""
    found = [
        *(crawl_findings(state, crawls, source.schedule, now) if enabled else ()),
        *stored_findings(db, source, state, days),
    ]
    yield from {one.sentence: one for one in found}.values()


def _next_crawl(config: Config, db: Database, source: Source, now: datetime) -> str:
    return next_crawl(db, config.archive, source, now).at.isoformat(timespec="seconds")


def _sure_places(source: Source) -> Iterator[str]:
    """The listings of a source that are known to exist."""
    for way in source.finding:
        if isinstance(way, Listings):
            yield from (source.base_url + page.path for page in way.pages if page.sure)
