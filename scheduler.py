"""The scheduler: crawls each source when its schedule says so, each crawl in a child process.

`python scheduler.py` is the same as `kazpress daemon`. What is due is decided in
`kazpress/daemon/due.py`, processes are started and ended in `kazpress/daemon/children.py`.
"""

import logging
import os
import runpy
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor as SchedulerPool
from apscheduler.schedulers.background import BackgroundScheduler

from kazpress.config import Config
from kazpress.daemon.children import Children
from kazpress.daemon.due import Begun, NextCrawl, next_crawls, pause
from kazpress.daemon.live_config import LiveConfig
from kazpress.daemon.notify_socket import NotifySocket
from kazpress.daemon.signals import Asked, Signals, heard_signals, kept_hang_ups
from kazpress.daemon.source_crawl import crawl_source
from kazpress.errors import ConfigError, KazpressError
from kazpress.operations.notify import tell_in_background
from kazpress.operations.tidy import tidy_daily
from pipeline.archive.lock import Lock
from pipeline.clock import utc_now
from pipeline.store.database import open_for_writing
from pipeline.store.permissions import shared_with_owner
from spiders.sources import SOURCES, all_sites

_BEAT_SECONDS = 30.0
_TELL_SECONDS = 300.0
_NO_SOURCE = "no source is crawled; each is disabled or gone"
_LOOKS = 2
"""One look at work, and one that waits for its end and sees what is new since it began."""
_log = logging.getLogger(__name__)


def run_daemon(
    load: Callable[[], Config], config_file: Path | None, options: Sequence[str] = ()
) -> None:
    """Crawl on schedule until SIGTERM or Ctrl-C; then end the crawls within five seconds. `load`
    reads the configuration, at SIGHUP again. `options` stand before `crawl` in a child's command.

    Raises SourceBusy where another daemon serves this database; StoreError, ArchiveError.
    """
    with kept_hang_ups():
        _run_daemon(LiveConfig(load, config_file), options)


def _run_daemon(live: LiveConfig, options: Sequence[str]) -> None:
    service = NotifySocket(os.environ)
    db = live.config.db.resolve()  # one database, by whatever name
    place = f"the daemon's place on {live.config.db}"
    with (
        shared_with_owner(db, live.config.archive) as give_away,
        Lock(db.with_name(f"{db.name}.daemon.lock"), place, "daemon", utc_now()),
    ):
        known = [site.source for site in all_sites(live.config)]
        open_for_writing(live.config.db, known).close()  # an older version's is brought up to date
        give_away()

        with heard_signals() as signals:
            scheduler = CrawlScheduler(
                live, Children(), options=options, looked=lambda: service.tell("WATCHDOG=1")
            )
            scheduler.start()
            service.tell("READY=1")
            _until_told_to_stop(scheduler, live, signals, service)
            service.tell("STOPPING=1")
            _log.info("stopping")
            scheduler.stop()


class CrawlScheduler:
    """Starts the crawls that are due by what the database says, each in a thread that waits for its
    process; once a day it has database and archive tidied. It looks at its start, when a crawl has
    ended, at the next due time, and whenever it is told to. What it finds for the receivers of
    notifications is told then, at most once in five minutes where no crawl has ended.
    """

    def __init__(
        self,
        live: LiveConfig,
        children: Children,
        *,
        options: Sequence[str] = (),
        clock: Callable[[], datetime] = utc_now,
        timer: Callable[[], float] = time.monotonic,
        looked: Callable[[], object] = lambda: None,
        tidy: Callable[[Config, datetime], object] = tidy_daily,
        tell: Callable[[Config, datetime], object] = tell_in_background,
    ) -> None:
        self._live = live
        self._children = children
        self._options = options
        self._clock = clock
        self._timer = timer
        self._looked = looked
        self._tidy = tidy
        self._tell = tell
        self._tell_at = timer()
        """By the timer, when the receivers are told next."""
        self._tidied: date | None = None
        """The day, UTC, on which this was done last."""
        self._guard = threading.Lock()
        self._crawling: set[str] = set()
        self._pauses: dict[str, tuple[int, float]] = {}
        """How many crawls in a row left nothing in the database to count by; by the timer, when the
        next may begin."""
        self._begun: dict[str, tuple[datetime, float]] = {}
        """When each source's last crawl began, by the clock and by the timer."""
        self._said: dict[str, str] = {}
        # One-time jobs alone: a repeated one would make up for each time that it missed. One that
        # is due while the clock is set back comes late, so whoever runs us has us look regularly.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": SchedulerPool(len(SOURCES) + 2)},
            job_defaults={"misfire_grace_time": None, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin, with what is due."""
        self._scheduler.start()
        self.look_soon()

    def look_soon(self) -> None:
        """Look at what is due, in a thread of the scheduler's."""
        self._scheduler.add_job(self.look, id="look", max_instances=_LOOKS, replace_existing=True)

    def stop(self) -> None:
        """End the crawls, and start no more."""
        self._scheduler.pause()
        self._children.end()
        self._scheduler.shutdown(wait=False)

    @property
    def crawling(self) -> frozenset[str]:
        """The sources that are being crawled."""
        with self._guard:
            return frozenset(self._crawling)

    def look(self) -> None:
        """Start what is due; for the rest, look again when it is."""
        with self._guard:
            try:
                now = self._clock()
                crawls = next_crawls(self._live.config, now, self._begun_ago())
                for one in crawls:
                    if one.source not in self._crawling:
                        self._plan(one, now)
                self._said.pop("", None) if crawls else self._say("", _NO_SOURCE)
                self._tidy_daily(now)
            except KazpressError as error:
                self._say("", f"what is due can't be told: {error}")
            self._tell_changes()
        self._looked()

    def _tell_changes(self) -> None:
        """Seldom, since what there is to tell takes up to a second to find in a large database."""
        if self._timer() >= self._tell_at:
            self._tell_at = self._timer() + _TELL_SECONDS
            self._tell(self._live.config, self._clock())

    def _tidy_daily(self, now: datetime) -> None:
        if self._tidied != now.date():
            self._tidied = now.date()
            self._scheduler.add_job(
                self._tidy, args=[self._live.config, now], id="tidy", replace_existing=True
            )

    def _begun_ago(self) -> dict[str, Begun]:
        now = self._timer()
        return {
            source: Begun(at=at, ago=timedelta(seconds=now - began))
            for source, (at, began) in self._begun.items()
        }

    def _plan(self, crawl: NextCrawl, now: datetime) -> None:
        source = crawl.source
        _, not_before = self._pauses.get(source, (0, 0.0))
        at = max(crawl.at, now + timedelta(seconds=not_before - self._timer()))
        if at > now:
            self._scheduler.add_job(
                self.look, "date", run_date=at, id=source, max_instances=_LOOKS,
                replace_existing=True,
            )  # fmt: skip
            if at == crawl.at:
                self._say(source, f"next crawl {at:%a %Y-%m-%d %H:%M:%S %z}")
        elif crawl.held_by:
            self._say(source, f"its next crawl waits for {crawl.held_by}")
        else:
            self._crawling.add(source)
            self._begun[source] = (now, self._timer())
            # Without an id: the crawl that looks is still a job, and two of one id run one alone.
            self._scheduler.add_job(self._crawl, args=[source])

    def _crawl(self, source: str) -> None:
        """Crawl a source, to the end of the child process, and look what is due then."""
        counts = False
        try:
            counts = crawl_source(
                self._live, self._children, source, options=self._options, clock=self._clock
            )
        except (KazpressError, OSError) as error:
            _log.error("%s: its crawl can't be started or noted: %s", source, error)
        finally:
            with self._guard:
                self._crawling.discard(source)
                self._pause(source, needed=not counts)
                self._tell_at = self._timer()
        if not self._children.ending:
            self.look()

    def _pause(self, source: str, *, needed: bool) -> None:
        """Wait after a crawl that the database does not count, longer each time."""
        times, _ = self._pauses.pop(source, (0, 0.0))
        if needed and not self._children.ending:
            wait = pause(times + 1)
            self._pauses[source] = (times + 1, self._timer() + wait.total_seconds())
            _log.info("%s: tried again in %d min", source, wait.total_seconds() / 60)

    def _say(self, about: str, what: str) -> None:
        """Log what is new about a source."""
        if self._said.get(about) != what:
            self._said[about] = what
            _log.info("%s: %s", about, what) if about else _log.error("%s", what)


def _until_told_to_stop(
    scheduler: CrawlScheduler, live: LiveConfig, signals: Signals, service: NotifySocket
) -> None:
    """Have the scheduler look every 30 seconds, counted by a clock that is never set, or as often
    as the service manager wants to hear of it.
    """
    beat = min(_BEAT_SECONDS, (service.watchdog_seconds or 2 * _BEAT_SECONDS) / 2)
    while Asked.STOP not in (asked := signals.wait(beat)):
        if Asked.RELOAD in asked:
            service.tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")
            _reload(live)
            service.tell("READY=1")
        scheduler.look_soon()


def _reload(live: LiveConfig) -> None:
    try:
        live.reload()
    except ConfigError as error:
        _log.error("%s; the configuration stays as it was", error)
    else:
        _log.info("the configuration was read again")


if __name__ == "__main__":  # importing the command, which imports this file, would be a circle
    sys.argv[1:1] = ["daemon"]
    runpy.run_module("kazpress", run_name="__main__", alter_sys=True)
