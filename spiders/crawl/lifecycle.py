"""A crawl's session from its lock to its row in `crawls`."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import Literal, Protocol

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import StoreError
from pipeline.archive.replay_index import Replay
from pipeline.clock import utc_now
from pipeline.frontier.backfills import (
    Backfill,
    finish_backfill,
    has_unanswered_of_any_day,
    open_backfill,
)
from pipeline.frontier.crawls import add_crawl, crawl_began, store_crawl_end
from pipeline.frontier.entry_points import note_way
from pipeline.frontier.linked_entry_points import forget_unlinked
from pipeline.frontier.rests import resting
from pipeline.ingest.open_sources import open_sources
from pipeline.items.address_states import visit_in_time
from pipeline.model.source import Site, Source
from pipeline.monitoring.baselines import idle_seconds
from pipeline.store.free_space import FreeBytes, free_bytes, scarcity
from spiders.crawl.counts import Counts, Limit
from spiders.crawl.health import CrawlHealth
from spiders.crawl.health_notes import count_boilerplate, judge
from spiders.crawl.plan import Plan
from spiders.crawl.plans import plan_for
from spiders.crawl.session import Session
from spiders.sources import all_sites

Outcome = Literal["done", "failed", "stopped", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that a backfill is asked for, both included; without `until` up to today."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What `crawl --json` tells of one source (docs/operations.md, "What `--json` prints")."""

    source: str
    crawl: int | None
    outcome: Outcome
    requests: int = 0
    captured: int = 0
    unchanged: int = 0
    new: int = 0
    updated: int = 0
    gone: int = 0
    failed: int = 0
    absent: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """A crawl's summary, with what a person should know of it."""

    summary: Summary
    reason: str | None = None
    notes: tuple[str, ...] = ()
    """What needs a look."""


@contextmanager
def open_session(
    config: Config,
    site: Site,
    *,
    limit: Limit | None = None,
    full: bool = False,
    only: tuple[str, ...] = (),
    replay: Replay | None = None,
    span: Span | None = None,
    plan: Plan | None = None,
    clock: Callable[[], datetime] = utc_now,
    free: FreeBytes = free_bytes,
) -> Iterator[Session]:
    """A session with the source's lock held and what an earlier crawl left ingested. With `span`
    it goes on with the backfill of these days, or begins one. A `plan` stands for `full`, `replay`
    and `span`. `free` tells the room on a disk: where it is scarce, nothing is asked.

    Raises SourceBusy, StoreError, ArchiveError.
    """
    source, now = site.source, clock()
    scarce = partial(scarcity, (config.db, config.archive), free=free)
    known = [one.source for one in all_sites(config)]
    with open_sources(config.db, config.archive, [site], "crawl", known=known, now=now) as db:
        try:
            idle = idle_seconds(db, source.name, now)
            visit_in_time(db, source.name, now)
            backfill = _backfill(db, source, span, now) if span else None
            plan = plan or plan_for(full=full, replay=replay, backfill=backfill)
            crawl = add_crawl(
                db, source.name, now, is_replay=plan.replay is not None, is_single=bool(only)
            )
            session = Session(
                site=site, db=db, archive=config.archive, crawl=crawl, clock=clock,
                idle_seconds=idle, limit=limit, only=only, plan=plan, scarce=scarce,
            )  # fmt: skip
            if plan.replay is None and (why := resting(db, source.name, now)):
                session.fail(why)
            if why := scarce():
                session.fail(why)
        except sqlite3.Error as error:
            raise StoreError(f"{config.db}: {error}") from error
        yield session


def _backfill(db: Database, source: Source, span: Span, now: datetime) -> Backfill:
    return open_backfill(db, source.name, max(span.since, source.first_day), span.until, now)


def end_session(session: Session) -> CrawlResult:
    """Close a session, judge the crawl and write its row. A crawl that was told to stop leaves
    stories that wait to whoever opens the database next.
    """
    try:
        session.queue.close()
        if not session.health.stopped:
            session.queue.settle()
    except (OSError, sqlite3.Error) as error:
        session.fail(f"what was captured can't be written: {error}; the next crawl looks for it")
    count_boilerplate(session)
    session.counts.remove_missing(session.frontier.missing_numbers())
    judge(session)
    try:
        _note_finding(session)
        summary = summary_of(session, session.frontier.absent())
        store_row(
            session, summary,
            from_stored="\n".join(session.health.stored_notes) or None,
            asked=session.counts.asked_first,
            backfill=session.backfill and session.backfill.id,
        )  # fmt: skip
    except sqlite3.Error as error:
        raise StoreError(f"the database can't be written: {error}") from error
    health = session.health
    return CrawlResult(summary=summary, reason=health.failure, notes=tuple(health.notes))


def _note_finding(session: Session) -> None:
    """What each way of finding gave, and that a backfill has nothing left to ask."""
    if not session.plan.remembers or session.only:
        return
    now = session.clock()
    for way, addresses in session.counts.named_by.items():
        note_way(session.db, session.source.name, way, now, addresses)
    if session.is_over:
        return
    forget_unlinked(session.db, session.source.name, session.started)
    if session.backfill is None or session.limit.is_reached:
        return
    progress, name = session.progress, session.source.name
    complete = progress.found_all and not has_unanswered_of_any_day(
        session.db, name, session.source.base_url, now, covered=progress.languages_by_day
    )
    finish_backfill(
        session.db, name, session.backfill, now,
        complete=complete, unproven=progress.unproven_days,
    )  # fmt: skip


class Counted(Protocol):
    """What a crawl of a site and a search of web archives have for their row in `crawls`."""

    source: Source
    crawl: int
    db: Database
    clock: Callable[[], datetime]
    counts: Counts
    health: CrawlHealth


def summary_of(session: Counted, absent: int) -> Summary:
    """What came of it, if it ends now; `absent` addresses were not there."""
    began = crawl_began(session.db, session.crawl)
    counts = session.counts
    return Summary(
        source=session.source.name,
        crawl=session.crawl,
        outcome=session.health.outcome,
        requests=counts.requests,
        captured=counts.captured,
        unchanged=counts.unchanged,
        new=len(counts.new),
        updated=len(counts.updated),
        gone=len(counts.gone),
        failed=len(counts.failed),
        absent=absent,
        seconds=round((session.clock() - began).total_seconds(), 3),
    )


def store_row(session: Counted, summary: Summary, **more: object) -> None:
    """Write its row in `crawls`, with what else is known of it, by column."""
    facts = {name: value for name, value in asdict(summary).items() if name != "source"}
    del facts["crawl"]
    facts |= {
        "reason": session.health.failure,
        "needs_look": "\n".join(session.health.notes) or None,
        "looked_at": session.counts.looked_at,
        "unreadable": session.counts.unreadable,
        "by_layout": session.counts.by_layout,
    }
    store_crawl_end(session.db, session.crawl, session.clock(), facts | more)
