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
from kazpress.work.crawl_progress import archives_so_far, crawls_so_far
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
    check_contact_for,
    configured_site,
    crawlable_site,
)
from spiders.web_archives.archives import configured_archives
from spiders.web_archives.search_lifecycle import (
    end_archive_session,
    open_archive_session,
    search_for,
)
from spiders.web_archives.search_session import ArchiveSession

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
    archives: tuple[str, ...] = ()
    """Web archives that are asked instead of the sources, by name. `since` and `until` then bound
    the days of capture."""
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
    if options.archives:
        return _crawl_archives(config, options, tasks)
    span = _span(options, tasks)
    if not options.replay:
        check_contact(config, [task.site for task in tasks])
    limit = Limit(options.limit)
    results: dict[str, CrawlResult] = {}
    sessions: list[Session] = []
    with ExitStack() as opened:
        replay = (
            opened.enter_context(Replay.over(options.replay, all_sites(config)))
            if options.replay
            else None
        )
        _name_new_database(config)
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


def _crawl_archives(config: Config, options: CrawlOptions, tasks: list[_Task]) -> list[CrawlResult]:
    """Ask web archives for the sources' past. An archive has one pace for all sources and
    processes.
    """
    _check_days_of_capture(options)
    known = configured_archives(config)
    archives = [known[name] for name in dict.fromkeys(options.archives)]
    check_contact_for(config, [url for one in archives for url in one.hosts])
    limit = Limit(options.limit)
    results: list[CrawlResult] = []
    with ExitStack() as opened:
        _name_new_database(config)
        stop = opened.enter_context(stop_signal(by_end_of_stdin=options.ends_with_stdin))
        sessions: list[ArchiveSession] = []
        for task in tasks:
            search = search_for(
                task.site, since=options.since, until=options.until,
                only=[address.url for address in task.addresses],
            )  # fmt: skip
            opening = open_archive_session(
                config, task.site, archives, search, limit=limit, full=options.full
            )
            try:
                sessions.append(opened.enter_context(opening))
            except SourceBusy as busy:
                results.append(_held(task.site, busy))
        crawls = {session.source.name: session.crawl for session in sessions}
        opened.enter_context(lines_of_crawls(crawls))
        running = [session for session in sessions if not session.health.failure]
        if running:
            with progress(lambda: archives_so_far(running)):
                run_spiders(running, stop, agent=user_agent(config.contact))
        results += [end_archive_session(session) for session in sessions]
    order = [task.site.source.name for task in tasks]
    return sorted(results, key=lambda one: order.index(one.summary.source))


def _check_days_of_capture(options: CrawlOptions) -> None:
    """Raises UsageError where the days make no span."""
    since, until = options.since, options.until
    if since is not None and since > (until or almaty_day(utc_now())):
        raise UsageError(
            f"--since {since} is later than {f'--until {until}' if until else 'today'}"
        )


def _name_new_database(config: Config) -> None:
    """Say which database is made, where no configuration says so: in another folder than was meant
    all would be asked again.
    """
    if not config.file.exists() and not config.db.exists():
        _log.info(
            "there is no %s; a new database is made: %s, with its archive in %s",
            config.file, config.db.absolute(), config.archive.absolute(),
        )  # fmt: skip


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
    """What is crawled of which sources. Files are read of any source, and web archives asked for
    any; the site itself is asked only where it is crawled. Raises UsageError.
    """
    if options.archives and options.replay:
        raise UsageError("--from asks web archives, and --replay reads files: give one of them")
    if options.archives and not options.targets:
        raise UsageError(
            "--from goes with a source, such as kazpress crawl senate --from "
            + ",".join(options.archives)
        )
    if not options.targets:
        return [_Task(site=site) for site in active_sites(config)]
    is_elsewhere = bool(options.replay or options.archives)
    site_of = configured_site if is_elsewhere else crawlable_site
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
