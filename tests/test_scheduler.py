"""The scheduler starts what is due, and nothing twice, by a clock that the test sets."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kazpress.daemon.children import ChildEnd, Children
from kazpress.daemon.live_config import LiveConfig
from kazpress.options import configuration
from pipeline.archive.lock import source_lock
from pipeline.frontier.crawls import add_crawl, store_crawl_end
from pipeline.store.database import open_for_writing
from scheduler import CrawlScheduler
from spiders.senate import SENATE
from tests.sites.replica import Replica
from tests.workspace import Workspace

_START = datetime(2096, 3, 7, 12, tzinfo=UTC)
"""In the future, so that no due time comes by itself while a test sets the clock."""
MINUTE = timedelta(minutes=1)
_LOGGERS = ("scheduler", "kazpress.daemon.source_crawl")


def until(happened: Callable[[], bool]) -> None:
    """Wait for something that another thread or process does."""
    given_up = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < given_up
        time.sleep(0.01)


class Crawls(Children):
    """Crawls that are rows of `crawls` alone, each as the test says."""

    def __init__(self, db: Path) -> None:
        super().__init__()
        self._db = db
        self.real = _START
        """The time by a clock that nobody sets."""
        self.set_back = timedelta(0)
        self.begun: list[datetime] = []
        """When crawls began, by that clock."""
        self.outcome: str | None = "done"
        """How they end; None for one that leaves nothing in the database."""
        self.may_end = threading.Event()
        self.may_end.set()

    def clock(self) -> datetime:
        return self.real - self.set_back

    def timer(self) -> float:
        return (self.real - _START).total_seconds()

    def run(self, source: str, command: Sequence[str], keep_open: Sequence[int]) -> ChildEnd | None:
        self.begun.append(self.real)
        self.may_end.wait()
        if self.outcome:
            with closing(open_for_writing(self._db, [SENATE])) as db:
                crawl = add_crawl(db, source, self.clock(), is_replay=False)
                store_crawl_end(db, crawl, self.clock(), {"outcome": self.outcome, "seconds": 1.0})
        return ChildEnd(status=0 if self.outcome else 2)


class Daemon:
    """A scheduler that looks when the test says so."""

    def __init__(self, live: LiveConfig, crawls: Crawls) -> None:
        self.crawls = crawls
        self.looks = 0
        self.told: list[datetime] = []
        self.scheduler = CrawlScheduler(
            live, crawls, clock=crawls.clock, timer=crawls.timer, looked=self._looked,
            tidy=lambda *_: None, tell=lambda _, now: self.told.append(now),
        )  # fmt: skip

    def _looked(self) -> None:
        self.looks += 1

    def look(self, *, begins: bool) -> None:
        """Look; whether a crawl began, and if so, wait for its end."""
        count = len(self.crawls.begun)
        self._look_to_its_end()
        assert len(self.crawls.begun) == count + begins

    def _look_to_its_end(self) -> None:
        count, looks = len(self.crawls.begun), self.looks
        self.scheduler.look()
        until(lambda: not self.scheduler.crawling)
        if len(self.crawls.begun) > count:
            until(lambda: self.looks >= looks + 2)  # it looks again at the end of a crawl

    def let_pass(self, span: timedelta, *, begins: int) -> None:
        """Look each 30 seconds of a span of time."""
        count = len(self.crawls.begun)
        end = self.crawls.real + span
        while self.crawls.real < end:
            self.crawls.real += timedelta(seconds=30)
            self._look_to_its_end()
        assert len(self.crawls.begun) == count + begins


@pytest.fixture(autouse=True)
def threads_end() -> Iterator[None]:
    """What a scheduler has begun ends in its own test: a later one would read its log lines."""
    before = set(threading.enumerate())
    yield
    # A thread that begins just now is counted and can't be joined; one may still begin another.
    until(lambda: before.issuperset(threading.enumerate()))


@pytest.fixture
def live(workspace: Workspace) -> LiveConfig:
    workspace.point_at(senate={"enabled": True, "schedule": "every 15 minutes"})
    file = workspace.path / "kazpress.toml"
    return LiveConfig(lambda: configuration(None, None, file), file)


@pytest.fixture
def daemon(live: LiveConfig) -> Iterator[Daemon]:
    daemon = Daemon(live, Crawls(live.config.db))
    daemon.scheduler.start()
    until(lambda: len(daemon.crawls.begun) == 1 and daemon.looks >= 2)
    yield daemon
    daemon.scheduler.stop()


@pytest.fixture
def said(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[str]]:
    """What the scheduler has logged."""
    for name in _LOGGERS:
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        caplog.set_level(logging.INFO, name)
    return lambda: [one.getMessage() for one in caplog.records if one.name in _LOGGERS]


def test_receivers_are_told_at_its_start_after_each_crawl_and_each_five_minutes(
    daemon: Daemon,
) -> None:
    assert daemon.told == [_START, _START]
    daemon.let_pass(timedelta(minutes=16), begins=1)
    assert [at - _START for at in daemon.told[2:]] == [n * 5 * MINUTE for n in (1, 2, 3, 3)]


def test_what_was_never_crawled_is_crawled_at_once_and_then_on_schedule(daemon: Daemon) -> None:
    daemon.let_pass(timedelta(hours=2), begins=8)
    assert {(at - _START) % (15 * MINUTE) for at in daemon.crawls.begun} == {timedelta(0)}


def test_a_clock_set_back_neither_stops_nor_doubles_crawls(daemon: Daemon) -> None:
    daemon.let_pass(20 * MINUTE, begins=1)
    daemon.crawls.set_back = timedelta(hours=1)
    daemon.let_pass(timedelta(hours=2), begins=8)
    assert {(at - _START) % (15 * MINUTE) for at in daemon.crawls.begun} == {timedelta(0)}


def test_a_crawl_that_is_due_when_the_last_one_ends_begins_whatever_its_thread_does(
    live: LiveConfig,
) -> None:
    class LongCrawls(Crawls):
        def run(
            self, source: str, command: Sequence[str], keep_open: Sequence[int]
        ) -> ChildEnd | None:
            end = super().run(source, command, keep_open)
            if len(self.begun) == 1:
                self.real += 20 * MINUTE
            else:
                second.set()
            return end

    crawls, second, in_time = LongCrawls(live.config.db), threading.Event(), list[bool]()

    def looked() -> None:
        if crawls.real > _START and not in_time:
            in_time.append(second.wait(60))

    scheduler = CrawlScheduler(
        live, crawls, clock=crawls.clock, timer=crawls.timer, looked=looked
    )  # fmt: skip
    scheduler.start()
    until(lambda: bool(in_time))
    scheduler.stop()
    assert all(in_time)


def test_it_looks_again_when_told_to_while_it_still_looks(live: LiveConfig) -> None:
    looks, again = list[bool](), threading.Event()

    def looked() -> None:
        looks.append(True)
        if len(looks) > 1:
            again.set()
        again.wait(10)

    crawls = Crawls(live.config.db)
    crawls.may_end.clear()
    scheduler = CrawlScheduler(
        live, crawls, clock=crawls.clock, timer=crawls.timer, looked=looked, tidy=lambda *_: None
    )  # fmt: skip
    scheduler.start()
    until(lambda: bool(looks))
    scheduler.look_soon()
    in_time = again.wait(5)
    crawls.may_end.set()
    again.set()
    scheduler.stop()
    assert in_time


def test_a_sleep_is_made_up_for_by_one_crawl(daemon: Daemon) -> None:
    daemon.crawls.real += timedelta(hours=9)
    daemon.look(begins=True)
    daemon.look(begins=False)


def test_a_source_is_never_crawled_twice_at_once(daemon: Daemon) -> None:
    daemon.crawls.may_end.clear()
    daemon.crawls.real += timedelta(hours=1)
    daemon.scheduler.look()
    until(lambda: len(daemon.crawls.begun) == 2)
    daemon.crawls.real += timedelta(hours=1)
    daemon.scheduler.look()
    assert len(daemon.crawls.begun) == 2
    looks = daemon.looks
    daemon.crawls.may_end.set()
    until(lambda: daemon.looks > looks)
    assert len(daemon.crawls.begun) == 2


@pytest.mark.parametrize("outcome", ["killed", "stopped", None])
def test_what_does_not_end_by_itself_is_tried_again_after_pauses(
    daemon: Daemon, outcome: str | None
) -> None:
    daemon.crawls.outcome = outcome
    daemon.let_pass(timedelta(minutes=80), begins=7)
    waits = [later - earlier for earlier, later in pairwise(daemon.crawls.begun)]
    assert waits == [minutes * MINUTE for minutes in (15, 1, 2, 4, 8, 16, 32)]
    daemon.crawls.outcome = "done"
    daemon.crawls.real += timedelta(hours=6)
    daemon.look(begins=True)
    daemon.let_pass(timedelta(hours=1), begins=4)


def test_the_next_crawl_is_said_once(daemon: Daemon, said: Callable[[], list[str]]) -> None:
    daemon.let_pass(timedelta(hours=1), begins=4)
    assert [line for line in said() if "next crawl" in line] == [
        f"senate: next crawl Wed 2096-03-07 {time}:00 +0500"
        for time in ("17:30", "17:45", "18:00", "18:15")
    ]
    assert "crawl 2 senate: done in 1 s: nothing new" in said()


def test_a_database_that_can_not_be_read_is_said_once_and_read_when_it_can(
    daemon: Daemon, said: Callable[[], list[str]], live: LiveConfig
) -> None:
    aside = live.config.db.with_name("aside.db")
    live.config.db.rename(aside)
    live.config.db.write_text("no database at all, as one sees at once")
    daemon.let_pass(timedelta(hours=1), begins=0)
    (sentence,) = [line for line in said() if "what is due" in line]
    assert "is no SQLite database" in sentence
    live.config.db.unlink()
    aside.rename(live.config.db)
    daemon.look(begins=True)


def test_a_source_that_another_process_works_on_waits_for_it(
    daemon: Daemon, said: Callable[[], list[str]], live: LiveConfig
) -> None:
    with source_lock(live.config.archive, "senate", "reparse", _START):
        daemon.let_pass(timedelta(hours=1), begins=0)
    assert len([line for line in said() if "its next crawl waits for process" in line]) == 1
    daemon.look(begins=True)


def test_a_crawl_that_takes_too_long_is_killed_noted_and_tried_again_later(
    workspace: Workspace, senate: Replica, monkeypatch: pytest.MonkeyPatch,
    said: Callable[[], list[str]],
) -> None:  # fmt: skip
    for name, value in workspace.environment().items():
        monkeypatch.setenv(name, value)
    workspace.point_at(senate, senate={"schedule": "every 15 minutes"})
    senate.hold("/ru-RU")
    file = workspace.path / "kazpress.toml"
    live = LiveConfig(lambda: configuration(None, None, file), file)
    scheduler = CrawlScheduler(live, Children(max_seconds=3.6))
    scheduler.start()
    try:
        senate.wait_for("/ru-RU")
        until(lambda: any("next crawl" in line for line in said()))
    finally:
        scheduler.stop()
    reason = "did not end within 0.001 hours"
    assert workspace.rows("SELECT outcome, reason FROM crawls") == [("killed", reason)]
    assert said()[0] == f"crawl 1 senate: {reason}"
    ended = workspace.rows("SELECT finished FROM crawls")[0][0]
    again = (datetime.fromisoformat(ended) + MINUTE).astimezone(UTC) + timedelta(hours=5)
    assert said()[1] == f"senate: next crawl {again:%a %Y-%m-%d %H:%M:%S} +0500"


def test_where_no_source_is_crawled_the_log_says_so_once(
    workspace: Workspace, said: Callable[[], list[str]]
) -> None:
    workspace.point_at()  # disables both
    file = workspace.path / "kazpress.toml"
    live = LiveConfig(lambda: configuration(None, None, file), file)
    scheduler = CrawlScheduler(live, Children())
    scheduler.look()
    scheduler.look()
    assert said() == ["no source is crawled; each is disabled or gone"]


def test_database_and_archive_are_tidied_once_a_day(live: LiveConfig) -> None:
    crawls, tidied = Crawls(live.config.db), list[datetime]()
    scheduler = CrawlScheduler(
        live, crawls, clock=crawls.clock, timer=crawls.timer,
        tidy=lambda config, now: tidied.append(now),
    )  # fmt: skip
    scheduler.start()
    for days in range(3):
        crawls.real = _START + timedelta(days=days)
        for _ in range(3):
            scheduler.look()
        until(lambda: len(tidied) == days + 1)  # noqa: B023
    scheduler.stop()
    assert [(at - _START).days for at in tidied] == [0, 1, 2]
