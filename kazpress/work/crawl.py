"""`kazpress crawl`: a session for each source, one reactor for all of them."""

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kazpress.config import Config
from kazpress.errors import ExitStatus, SourceBusy, UsageError
from kazpress.logs import lines_of_crawls
from kazpress.progress import progress
from kazpress.work.crawl_progress import crawls_so_far
from pipeline.archive.replay_index import Replay
from pipeline.clock import almaty_day, utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Address, Found
from pipeline.model.source import Site
from spiders.crawl.counts import Limit
from spiders.crawl.lifecycle import CrawlResult, Span, Summary, end_session, open_session
from spiders.crawl.session import Session
from spiders.network.user_agent import user_agent
from spiders.run import run_spiders, stop_signal
from spiders.sources import (
    active_sites,
    all_sites,
    article_at,
    check_contact,
    configured_site,
    crawlable_site,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOptions:
    """The options of the command line."""

    targets: tuple[str, ...] = ()
    """Names of sources, or addresses of articles; all active sources where there are none."""
    limit: int | None = None
    full: bool = False
    replay: tuple[Path, ...] = ()
    since: date | None = None
    """First day of publication of a backfill, in Almaty."""
    until: date | None = None
    """Last day of the backfill, included; None is today."""
    ends_with_stdin: bool = False
    """Whether the crawl ends at the end of standard input: the daemon has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    site: Site
    addresses: tuple[Address, ...] = ()


def crawl(config: Config, options: CrawlOptions) -> list[CrawlResult]:
    """Crawl the sources; the results in the order of the targets. Raises UsageError, StoreError,
    ArchiveError.
    """
    tasks = _tasks(config, options)
    if not options.replay:
        check_contact(config, [task.site for task in tasks])
    span = _span(options, tasks)
    if not config.file.exists() and not config.db.exists():
        _log.info(
            "there is no %s; a new database is made: %s, with its archive in %s",
            config.file, config.db.absolute(), config.archive.absolute(),
        )  # fmt: skip
    limit = Limit(options.limit)
    results: dict[str, CrawlResult] = {}
    sessions: list[Session] = []
    with ExitStack() as opened:
        replay = (
            opened.enter_context(Replay.over(options.replay, all_sites(config)))
            if options.replay
            else None
        )
        stop = opened.enter_context(stop_signal(by_end_of_stdin=options.ends_with_stdin))
        for task in tasks:
            try:
                opening = open_session(
                    config, task.site, limit=limit, full=options.full, replay=replay, span=span,
                    only=tuple(address.url for address in task.addresses),
                )  # fmt: skip
                session = opened.enter_context(opening)
            except SourceBusy as busy:
                results[task.site.source.name] = _held(task.site, busy)
                continue
            _add_addresses(session, task.addresses)
            sessions.append(session)
        crawls = {session.source.name: session.crawl for session in sessions}
        opened.enter_context(lines_of_crawls(crawls))
        running = [session for session in sessions if not session.health.failure]
        if running:
            agent = user_agent(config.contact)
            with progress(lambda: crawls_so_far(running)):
                run_spiders(running, stop, agent=agent)
        for session in sessions:
            if replay is not None:
                session.health.notes += replay.notes
            results[session.source.name] = end_session(session)
    return [results[task.site.source.name] for task in tasks]


def exit_status(results: Sequence[CrawlResult]) -> ExitStatus:
    """The exit status of these crawls (docs/operations.md, "Exit statuses")."""
    outcomes = [one.summary.outcome for one in results]
    if outcomes and all(outcome == "held" for outcome in outcomes):
        return ExitStatus.HELD
    if "failed" in outcomes:
        return ExitStatus.FAILED
    return ExitStatus.NEEDS_LOOK if any(one.notes for one in results) else ExitStatus.OK


def _span(options: CrawlOptions, tasks: list[_Task]) -> Span | None:
    """The days of a backfill, None without one. Raises UsageError where they make no span."""
    since, until = options.since, options.until
    if since is None:
        if until is not None:
            raise UsageError("--until goes with --since: they name a backfill's days")
        return None
    if any(task.addresses for task in tasks):
        raise UsageError("--since goes with sources, not with the address of an article")
    today = almaty_day(utc_now())
    if since > (until or today):
        raise UsageError(
            f"--since {since} is later than {f'--until {until}' if until else 'today'}"
        )
    return Span(since=since, until=until)


def _held(site: Site, busy: SourceBusy) -> CrawlResult:
    summary = Summary(source=site.source.name, crawl=None, outcome="held")
    return CrawlResult(summary=summary, reason=str(busy))


def _tasks(config: Config, options: CrawlOptions) -> list[_Task]:
    """What is crawled of which sources. Files are read of any source, the network is asked only of
    one that is crawled. Raises UsageError.
    """
    if not options.targets:
        return [_Task(site=site) for site in active_sites(config)]
    site_of = configured_site if options.replay else crawlable_site
    tasks: dict[str, _Task] = {}
    for target in dict.fromkeys(options.targets):
        if "://" in target or "." in target:
            article = article_at(config, target)
            if article is None:
                raise UsageError(
                    f"{target}: is no article's address of any source that kazpress knows"
                )
            source, address = article
            site = site_of(config, source.source.name)
            before = tasks.get(site.source.name)
            addresses = (*(before.addresses if before else ()), address)
            tasks[site.source.name] = _Task(site=site, addresses=addresses)
        else:
            site = site_of(config, target)
            tasks[target] = _Task(site=site)
    return list(tasks.values())


def _add_addresses(session: Session, addresses: tuple[Address, ...]) -> None:
    found = [Found(address=address, by="asked", on=None) for address in addresses]
    if found:
        ingest(session.db, session.source, Batch(found=found), now=session.clock())
