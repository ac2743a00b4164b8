"""`kazpress check`: what is wrong with a source, judged by what the live site answers now."""

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from kazpress.check.connection import connection_steps
from kazpress.check.verdict import Status, verdict
from kazpress.config import Config
from kazpress.errors import ExitStatus, SourceBusy
from kazpress.progress import progress
from pipeline.archive.lock import source_lock
from pipeline.archive.replay_index import Replay
from pipeline.clock import utc_now
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from spiders.check.check_crawl import CheckCrawl, open_check
from spiders.check.findings import findings
from spiders.check.report import NO_PAST, CheckedPage, CheckStep, Findings, SelectorMatch
from spiders.crawl.lifecycle import end_session
from spiders.network.user_agent import user_agent
from spiders.run import run_spiders, stop_signal
from spiders.sources import active_sites, all_sites, check_contact, configured_site

_log = logging.getLogger(__name__)
_ASKS_COLUMNS = 44
"""As many as a terminal of 80 has beside the rest; an address stands to the left of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """One source as a check found it."""

    source: str
    status: Status
    verdict: str
    """One sentence: what is wrong, where, what to do next."""
    requests: int = 0
    steps: tuple[CheckStep, ...] = ()
    pages: tuple[CheckedPage, ...] = ()
    selectors: tuple[SelectorMatch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    site: Site
    before: list[CheckStep]
    """The steps before the first request."""
    crawl: CheckCrawl | None
    """None where the site can't be reached."""


def check_sources(
    config: Config, names: Sequence[str], replay_files: Sequence[Path]
) -> list[SourceCheck]:
    """Check the sources asked for, all active ones where none is named. Raises UsageError,
    ArchiveError.
    """
    sites = [configured_site(config, name) for name in dict.fromkeys(names)]
    sites = sites or list(active_sites(config))
    checked: dict[str, SourceCheck] = {}
    tasks: list[_Task] = []
    with ExitStack() as opened:
        replay = (
            opened.enter_context(Replay.over(replay_files, all_sites(config)))
            if replay_files
            else None
        )
        if replay is None:
            check_contact(config, sites)
        elif not names:
            sites = [site for site in sites if _holds(replay, site)] or sites
        for site in sites:
            try:
                tasks.append(_task(config, site, replay, opened))
            except SourceBusy as busy:
                name = site.source.name
                sentence = (
                    f"{busy}: another process asks the site now; check it when that has ended"
                )
                checked[name] = SourceCheck(source=name, status="held", verdict=sentence)
        _run([task.crawl for task in tasks if task.crawl], config)
        for task in tasks:
            checked[task.site.source.name] = _checked(task, is_replay=replay is not None)
    return [checked[site.source.name] for site in sites]


def exit_status(checked: Sequence[SourceCheck]) -> ExitStatus:
    """The exit status of these checks (docs/operations/check.md)."""
    statuses = {one.status for one in checked}
    if statuses == {"held"}:
        return ExitStatus.HELD
    if "failed" in statuses:
        return ExitStatus.FAILED
    return ExitStatus.NEEDS_LOOK if "look" in statuses else ExitStatus.OK


def _task(config: Config, site: Site, replay: Replay | None, opened: ExitStack) -> _Task:
    """One source with its crawl, both open until the check ends. Raises SourceBusy."""
    steps: list[CheckStep] = []
    if replay is None:
        now = utc_now()
        _log.info("%s: looks up %s and connects", site.source.name, site.base_url)
        lock = source_lock(config.archive, site.source.name, "check", now, create=False)
        opened.enter_context(lock)
        steps = connection_steps(site.base_url, now)
    if any(step.status == "failed" for step in steps):
        return _Task(site=site, before=steps, crawl=None)
    crawl = opened.enter_context(open_check(config, site, replay))
    return _Task(site=site, before=steps, crawl=crawl)


def _holds(replay: Replay, site: Site) -> bool:
    source = site.source
    return any(
        urlsplit(url).netloc == source.host or article_address(url, source) is not None
        for url in replay.newest
    )


def _run(crawls: Sequence[CheckCrawl], config: Config) -> None:
    """Ask the sources. Raises KeyboardInterrupt where this is told to stop."""
    sessions = [crawl.session for crawl in crawls if crawl.session.health.failure is None]
    if not sessions:
        return

    def so_far() -> dict[str, tuple[str, str]]:
        return {
            one.source.name: (f"{one.counts.requests} requests", f"{one.asks:{_ASKS_COLUMNS}}")
            for one in sessions
        }

    with stop_signal(by_end_of_stdin=False) as stop, progress(so_far):
        run_spiders(sessions, stop, agent=user_agent(config.contact))
    if stop.is_set:
        raise KeyboardInterrupt


def _checked(task: _Task, *, is_replay: bool) -> SourceCheck:
    source, crawl = task.site.source, task.crawl
    seen = Findings(steps=())
    if crawl is not None:
        ended = end_session(crawl.session)
        seen = findings(crawl, ended)
    seen = replace(seen, steps=(*task.before, *seen.steps))
    said = verdict(source, seen, crawl.past if crawl else NO_PAST, is_replay=is_replay)
    return SourceCheck(
        source=source.name, status=said.status, verdict=said.sentence, steps=seen.steps,
        requests=crawl.session.counts.requests if crawl else 0, pages=seen.pages,
        selectors=seen.selectors,
    )  # fmt: skip
