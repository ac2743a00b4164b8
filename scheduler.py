"""The scheduler: crawls each source when its schedule says so, each crawl in a child process.

`python scheduler.py` is the same as `kazpress daemon`. Schedules are read in
`kazpress/daemon/schedule.py`, processes started and ended in `kazpress/daemon/children.py`.
"""

import logging
import runpy
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor as SchedulerPool
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from kazpress.config import Config
from kazpress.daemon.children import Children
from kazpress.daemon.due import last_crawls, next_crawls
from kazpress.daemon.schedule import Schedule, read_schedule
from pipeline.archive.lock import Lock
from pipeline.clock import utc_now
from spiders.sources import active_sites, check_contact

_TICK_SECONDS = 30
_log = logging.getLogger(__name__)


class ScheduleTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """A schedule in the form that APScheduler wants. Due times are UTC, so they stay in order when
    Almaty's clocks go back.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The due time after the previous one."""
        return self._schedule.after(previous_fire_time or now)


def run_daemon(config: Config, config_file: Path | None) -> None:
    """Crawl on schedule until SIGTERM or Ctrl-C; then end the crawls within five seconds.

    Raises SourceBusy where another daemon serves this database, ConfigError where a public host
    would be asked without a contact.
    """
    now = utc_now()
    sites = active_sites(config)
    check_contact(config, sites)
    schedules = {site.source.name: read_schedule(site.source.schedule) for site in sites}
    lock = config.db.with_name(f"{config.db.name}.daemon.lock")
    with (
        Lock(lock, f"the daemon's place on {config.db}", "daemon", now),
        _stop_signals() as stopped,
    ):
        children = Children(_command(config, config_file))
        scheduler = _scheduler(schedules, children, last_crawls(config), now)
        scheduler.start()
        for one in next_crawls(config, now):
            _log.info("%s: next crawl %s", one.source, one.at.strftime("%a %Y-%m-%d %H:%M %z"))
        stopped.wait()
        _log.info("stopping")
        scheduler.pause()
        children.end()
        scheduler.shutdown(wait=False)


def first_run(schedule: Schedule, now: datetime, last: datetime | None) -> datetime:
    """When a scheduler that starts `now` crawls a source for the first time: at once where a due
    time has passed without a crawl since the last one.
    """
    return now if last is None else max(now, schedule.after(last))


def _scheduler(
    schedules: dict[str, Schedule], children: Children, last: dict[str, datetime], now: datetime
) -> BackgroundScheduler:
    """One thread for each source. A due time that comes while its source is still being crawled is
    skipped. Due times that passed while the machine slept are made up for by one crawl.
    """
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": SchedulerPool(max(1, len(schedules)))},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for source, schedule in schedules.items():
        scheduler.add_job(
            children.crawl, ScheduleTrigger(schedule), args=[source], id=source,
            next_run_time=first_run(schedule, now, last.get(source)),
        )  # fmt: skip
    # The scheduler waits on a clock that stops while the machine is suspended: a tick makes it
    # look at the time again afterwards.
    scheduler.add_job(lambda: None, "interval", seconds=_TICK_SECONDS, id="tick")
    return scheduler


def _command(config: Config, config_file: Path | None) -> list[str]:
    """The command for one crawl, without the source."""
    command = [sys.executable, "-m", "kazpress", "crawl", "--db", str(config.db)]
    command += ["--archive", str(config.archive), "--json", "--ends-with-stdin"]
    return command + (["--config", str(config_file)] if config_file else [])


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


if __name__ == "__main__":  # importing the command, which imports this file, would be a circle
    sys.argv[1:1] = ["daemon"]
    runpy.run_module("kazpress", run_name="__main__", alter_sys=True)
