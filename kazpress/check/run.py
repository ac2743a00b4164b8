"""`kazpress check`: where the fault is, if there is any, from what the live site answers now."""

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from kazpress.check.connection import look_at_connection
from kazpress.check.past import past_of
from kazpress.check.verdict import Status, verdict
from kazpress.config import Config
from kazpress.errors import ExitStatus, SourceBusy
from kazpress.progress import progress
from pipeline.archive.lock import source_lock
from pipeline.archive.replay_index import Replay
from pipeline.clock import utc_now
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from spiders.check.look import Check
from spiders.check.replayed import replay_checks
from spiders.check.report import NO_PAST, CheckedPage, CheckStep, Looked
from spiders.network.user_agent import user_agent
from spiders.sources import active_sites, all_sites, configured_site

_log = logging.getLogger(__name__)


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


@dataclass(slots=True)
class _Task:
    check: Check
    before: list[CheckStep]
    """The steps before the first request."""

    @property
    def name(self) -> str:
        return self.check.site.source.name

    @property
    def may_ask(self) -> bool:
        return all(step.word != "failed" for step in self.before)


def check_sources(
    config: Config, names: Sequence[str], replay_files: Sequence[Path]
) -> list[SourceCheck]:
    """Check the sources asked for, all active ones where none is named. Raises UsageError,
    ArchiveError.
    """
    sites = [configured_site(config, name) for name in dict.fromkeys(names)]
    sites = sites or list(active_sites(config))
    if replay_files:
        return _replayed(config, sites, replay_files, named=bool(names))
    checked: dict[str, SourceCheck] = {}
    tasks: list[_Task] = []
    with ExitStack() as beside_no_crawl:
        for site in sites:
            name = site.source.name
            try:
                lock = source_lock(config.archive, name, "check", utc_now(), create=False)
                beside_no_crawl.enter_context(lock)
            except SourceBusy as busy:
                sentence = (
                    f"{busy}: another process asks the site now; check it when that has ended"
                )
                checked[name] = SourceCheck(source=name, status="held", verdict=sentence)
            else:
                tasks.append(_task(config, site))
        _run([task.check for task in tasks if task.may_ask], config)
    for task in tasks:
        checked[task.name] = _checked(task)
    return [checked[site.source.name] for site in sites]


def exit_status(checked: Sequence[SourceCheck]) -> ExitStatus:
    """What the checks say to a script."""
    statuses = {one.status for one in checked}
    if statuses == {"held"}:
        return ExitStatus.HELD
    if "failed" in statuses:
        return ExitStatus.FAILED
    return ExitStatus.NEEDS_LOOK if "look" in statuses else ExitStatus.OK


def _replayed(
    config: Config, sites: Sequence[Site], files: Sequence[Path], *, named: bool
) -> list[SourceCheck]:
    """Check over WARC files; where no source is named, those that the files hold something of."""
    replay = Replay.over(files, all_sites(config))
    if not named:
        sites = [site for site in sites if _holds(replay, site)] or sites
    tasks = [_Task(Check(site=site, past=NO_PAST, clock=utc_now), []) for site in sites]
    replay_checks([task.check for task in tasks], replay)
    return [_checked(task, is_replay=True) for task in tasks]


def _holds(replay: Replay, site: Site) -> bool:
    source = site.source
    return any(
        urlsplit(url).netloc == source.host or article_address(url, source) is not None
        for url in replay.newest
    )


def _run(checks: Sequence[Check], config: Config) -> None:
    """Ask the sources. Raises KeyboardInterrupt where this is told to stop."""
    if not checks:
        return
    from spiders.check.spider import run_checks
    from spiders.run import stop_signal

    def so_far() -> dict[str, str]:
        return {check.site.source.name: f"{check.requests} requests" for check in checks}

    with stop_signal(by_end_of_stdin=False) as stop, progress(so_far):
        run_checks(checks, stop, agent=user_agent(config.contact))
    if stop.is_set:
        raise KeyboardInterrupt


def _checked(task: _Task, *, is_replay: bool = False) -> SourceCheck:
    check = task.check
    if check.error is not None:
        _log.error("%s: the check broke off", task.name, exc_info=check.error)
        sentence = f"{task.name}: the check broke off: {check.error!r}; tell who maintains kazpress"
        return SourceCheck(source=task.name, status="failed", verdict=sentence)
    seen = check.looked or Looked(steps=())
    looked = replace(seen, steps=(*task.before, *seen.steps))
    said = verdict(check.site.source, looked, check.past, is_replay=is_replay)
    return SourceCheck(
        source=task.name, status=said.status, verdict=said.sentence, requests=check.requests,
        steps=looked.steps, pages=looked.pages,
    )  # fmt: skip


def _task(config: Config, site: Site) -> _Task:
    now = utc_now()
    past, rest, idle_seconds = past_of(config, site.source.name, now)
    before = look_at_connection(site.base_url, now)
    if rest:
        before.append(
            CheckStep(
                step="rest", target=site.source.base_url, word="failed", detail=rest, reason="rest"
            )
        )
    check = Check(site=site, past=past, clock=utc_now, idle_seconds=idle_seconds)
    return _Task(check=check, before=before)
