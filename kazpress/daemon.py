"""`kazpress daemon`: crawls on their schedules until told to stop."""

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor as SchedulerPool
from apscheduler.schedulers.background import BackgroundScheduler

from kazpress.config import Config
from pipeline.archive.lock import Lock
from pipeline.clock import ALMATY, utc_now
from pipeline.model.source import Site
from pipeline.query.source_state import last_crawls
from pipeline.store.database import open_for_reading
from scheduler import next_run, trigger
from spiders.sites import active_sites

_LAST_SECONDS = 4.0
_LONGEST_CRAWL_SECONDS = 6 * 3600.0
_TICK_SECONDS = 30
_MOST_OUTPUT = 1 << 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a source is crawled next, and by which schedule."""

    source: str
    schedule: str
    at: datetime


def next_crawls(config: Config, now: datetime) -> list[Due]:
    """The next crawl of each active source, the soonest first."""
    last = _last_crawls(config)
    due = [
        Due(
            source=site.source.name,
            schedule=site.source.schedule,
            at=next_run(site.source.schedule, now, last.get(site.source.name)),
        )
        for site in active_sites(config)
    ]
    return sorted(due, key=lambda one: (one.at, one.source))


def run_daemon(config: Config, config_file: Path | None) -> None:
    """Crawl on schedule until SIGTERM or Ctrl-C; then end the crawls within five seconds.

    Raises SourceBusy where another daemon serves this database.
    """
    now = utc_now()
    sites = active_sites(config)
    triggers = {site.source.name: trigger(site.source.schedule) for site in sites}
    lock = config.db.with_name(f"{config.db.name}.daemon.lock")
    with (
        Lock(lock, f"the daemon's place on {config.db}", "daemon", now),
        _stop_signals() as stopped,
    ):
        children = _Children(_command(config, config_file))
        scheduler = BackgroundScheduler(
            timezone=ALMATY,
            executors={"default": SchedulerPool(max(1, len(sites)))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for site in sites:
            _add(scheduler, site, triggers[site.source.name], children, _last_crawls(config))
        # The scheduler sleeps on a clock that stands still while the machine does: a tick makes
        # it look again after a suspend.
        scheduler.add_job(lambda: None, "interval", seconds=_TICK_SECONDS, id="tick")
        scheduler.start()
        for one in next_crawls(config, now):
            _log.info("%s: next crawl %s", one.source, one.at.strftime("%a %Y-%m-%d %H:%M %z"))
        stopped.wait()
        _log.info("stopping")
        scheduler.pause()
        children.end()
        scheduler.shutdown(wait=False)


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    stopped = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stopped.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _add(
    scheduler: BackgroundScheduler,
    site: Site,
    due: Any,
    children: "_Children",
    last: dict[str, datetime],
) -> None:
    """Schedule a source; at once where a due time has passed unserved since its last crawl."""
    name = site.source.name
    first: dict[str, Any] = {}
    now = utc_now()
    before = last.get(name)
    if before is None or next_run(site.source.schedule, before, before) <= now:
        first["next_run_time"] = now
    scheduler.add_job(children.crawl, due, args=[name], id=name, **first)


def _last_crawls(config: Config) -> dict[str, datetime]:
    """When each source's last crawl was started."""
    if not config.db.is_file():
        return {}
    db = open_for_reading(config.db)
    try:
        return last_crawls(db)
    finally:
        db.close()


def _command(config: Config, config_file: Path | None) -> list[str]:
    """The command that a person would type, less the source."""
    command = [sys.executable, "-m", "kazpress", "crawl", "--db", str(config.db)]
    command += ["--archive", str(config.archive), "--json", "--ends-with-stdin"]
    return command + (["--config", str(config_file)] if config_file else [])


class _Children:
    """The crawls that are running, each in a process of its own."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._guard = threading.Lock()
        self._ending = False

    def crawl(self, source: str) -> None:
        """Run one crawl to its end. The child ends by itself when our end of its standard input
        closes, so it does not outlive a daemon that was killed.
        """
        child = self._started(source)
        if child is None:
            return
        with child:
            try:
                output = _output(child)
            finally:
                with self._guard:
                    del self._running[source]
        said = " ".join(output.decode(errors="replace").split())
        _log.info("%s: crawl ended with status %s %s", source, child.returncode, said[:2000])

    def _started(self, source: str) -> "subprocess.Popen[bytes] | None":
        with self._guard:
            if self._ending:
                return None
            child = subprocess.Popen(
                [*self._command, source],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
            self._running[source] = child
            return child

    def end(self) -> None:
        """SIGTERM now, SIGKILL after four seconds."""
        with self._guard:
            self._ending = True
            running = list(self._running.values())
        for child in running:
            child.terminate()
        until = time.monotonic() + _LAST_SECONDS
        for child in running:
            try:
                child.wait(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


def _output(child: "subprocess.Popen[bytes]") -> bytes:
    """What a child writes until its end, the first megabyte of it; too long a crawl is ended."""
    assert child.stdout is not None
    watch = threading.Timer(_LONGEST_CRAWL_SECONDS, child.terminate)
    watch.daemon = True
    watch.start()
    try:
        output = child.stdout.read(_MOST_OUTPUT)
        while child.stdout.read(_MOST_OUTPUT):
            pass
        child.wait()
    finally:
        watch.cancel()
    return output
