"""When each source is crawled next: by its crawls so far, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.daemon.due import Begun, due_at, jitter, next_crawls, pause
from kazpress.daemon.schedule import read_schedule
from pipeline.archive.lock import source_lock
from pipeline.clock import ALMATY, moment, stamp
from pipeline.frontier.crawls import PastCrawls
from tests.kazpress.conftest import Store
from tests.pipeline.worlds.rows import crawl_row

NOW = datetime(2026, 3, 4, 12, 7, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATENCY = timedelta(seconds=1)
"""From the start of a process to that of its crawl."""
LEAST = timedelta(seconds=60)
"""Between two crawls of a schedule that is due each minute or less often: no jitter is longer."""


def row(minutes_ago: float, **facts: Any) -> dict[str, Any]:
    """A crawl of the Senate that began so long ago, and ended a minute later."""
    began = NOW - minutes_ago * MINUTE
    return crawl_row(started=stamp(began), finished=stamp(began + MINUTE), single=0) | facts


def senate_at(config: Config, schedule: str, now: datetime = NOW) -> datetime:
    """When the Senate is crawled next."""
    said = {"senate": SourceConfig(schedule=schedule), "kazpravda": SourceConfig(enabled=False)}
    (only,) = next_crawls(Config(db=config.db, archive=config.archive, sources=said), now)
    assert only.at.utcoffset() == timedelta(hours=5)
    return only.at


def test_a_source_that_was_never_crawled_is_due_at_once(config: Config) -> None:
    assert [(one.source, one.at) for one in next_crawls(config, NOW)] == [
        ("kazpravda", NOW), ("senate", NOW),
    ]  # fmt: skip
    assert not config.db.exists()


def test_an_interval_is_counted_from_the_last_crawls_start(config: Config, store: Store) -> None:
    store("crawls", row(77), row(7))
    assert senate_at(config, "every 10 minutes") == NOW + 3 * MINUTE
    assert senate_at(config, "every 5 minutes") == NOW


def test_the_soonest_comes_first(config: Config, store: Store) -> None:
    store("crawls", row(7))
    assert [one.source for one in next_crawls(config, NOW)] == ["kazpravda", "senate"]


def test_a_due_time_that_passed_without_a_crawl_is_made_up_for(
    config: Config, store: Store
) -> None:
    store("crawls", row(8))  # at 11:59 UTC, and now is 12:07
    assert senate_at(config, "0 * * * *") == NOW
    assert senate_at(config, "30 * * * *") > NOW


def test_cron_is_due_within_half_a_minute_of_its_time(config: Config, store: Store) -> None:
    store("crawls", row(7))
    late = senate_at(config, "0,30 * * * *") - (NOW + 23 * MINUTE)
    assert timedelta(0) <= late < 30 * timedelta(seconds=1)
    assert late == jitter("senate", NOW + 23 * MINUTE)


def test_jitter_differs_between_sources_and_due_times() -> None:
    sources = {jitter(name, NOW) for name in ("senate", "kazpravda", "other", "fourth")}
    times = {jitter("senate", NOW + n * MINUTE) for n in range(100)}
    assert len(sources) > 1
    assert len(times) > 10
    assert max(times) < timedelta(seconds=30)


@pytest.mark.parametrize(
    "other",
    [
        {"replay": 1},
        {"single": 1},
        {"outcome": "stopped"},
    ],
)
def test_what_is_no_whole_crawl_of_the_site_does_not_count(
    config: Config, store: Store, other: dict[str, Any]
) -> None:
    store("crawls", row(20), row(2, **other))
    assert senate_at(config, "every 30 minutes") == NOW + 10 * MINUTE


@pytest.mark.parametrize("outcome", ["done", "failed"])
def test_what_ended_by_itself_counts(config: Config, store: Store, outcome: str) -> None:
    store("crawls", row(20), row(2, outcome=outcome))
    assert senate_at(config, "every 30 minutes") == NOW + 28 * MINUTE


def test_a_crawl_that_runs_counts_and_is_named(config: Config, store: Store) -> None:
    store("crawls", row(200, outcome=None, finished=None))
    assert senate_at(config, "every 240 minutes") == NOW  # nobody holds the lock: it was killed
    with source_lock(config.archive, "senate", "crawl", NOW):
        assert senate_at(config, "every 240 minutes") == NOW + 40 * MINUTE
        senate = next(one for one in next_crawls(config, NOW) if one.source == "senate")
        assert senate.held_by is not None
        assert "(crawl, since 2026-03-04" in senate.held_by


def test_after_kills_the_pause_grows(config: Config, store: Store) -> None:
    store("crawls", row(200))
    for times, wait in enumerate((1, 2, 4, 8), start=1):
        store("crawls", row(2, outcome="killed", finished=stamp(NOW)))
        assert senate_at(config, "every 15 minutes") == NOW + wait * MINUTE, times
    store("crawls", row(0))
    assert senate_at(config, "every 15 minutes") == NOW + 15 * MINUTE


def test_a_kill_brings_no_crawl_forward(config: Config, store: Store) -> None:
    store("crawls", row(10), row(5, outcome="killed"))
    assert senate_at(config, "every 60 minutes") == NOW + 50 * MINUTE


def test_no_pause_is_longer_than_six_hours() -> None:
    pauses = [pause(times) for times in range(1, 2000)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (MINUTE, 6 * HOUR)


def test_a_disabled_or_gone_source_is_never_due(config: Config) -> None:
    said = {"senate": SourceConfig(enabled=False), "kazpravda": SourceConfig(state="gone")}
    assert next_crawls(Config(db=config.db, archive=config.archive, sources=said), NOW) == []


@dataclass
class Life:
    """A daemon's, on a clock that may be set: when it crawled, by a clock that is never set."""

    schedule: str
    clock: Callable[[datetime], datetime]
    """What the clock shows at a moment."""
    remembers: bool = True
    """Whether it was not started again since its last crawl."""
    step: timedelta = timedelta(seconds=30)
    """How often it looks."""
    crawled: list[datetime] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    """The same by the clock that may be set, as the table has it."""

    def run(self, begin: datetime, end: datetime) -> None:
        """Look from a moment to another."""
        at, schedule = begin, read_schedule(self.schedule)
        while at < end:
            now = self.clock(at)
            past = PastCrawls(started=self.starts[-1] if self.starts else None)
            begun = None
            if self.crawled and self.remembers:
                begun = Begun(at=self.starts[-1] - LATENCY, ago=at - self.crawled[-1])
            if due_at(schedule, "senate", past, now, begun) <= now:
                self.crawled.append(at)
                self.starts.append(now + LATENCY)
            at += self.step

    @property
    def waits(self) -> list[timedelta]:
        """The times between crawls."""
        return [later - earlier for earlier, later in pairwise(self.crawled)]


@pytest.mark.parametrize(
    ("schedule", "usual", "longest"),
    [
        ("* * * * *", MINUTE, MINUTE),
        ("every 2 minutes", 2 * MINUTE, 2 * MINUTE),
        ("every 15 minutes", 15 * MINUTE, 15 * MINUTE),
        ("*/15 * * * *", 15 * MINUTE, 15 * MINUTE),
        ("0 * * * *", HOUR, HOUR),
        ("0 */2 * * *", 2 * HOUR, 3 * HOUR),
        ("0 9 * * *", DAY, DAY + HOUR),
        ("every day", DAY, DAY + HOUR),
    ],
)
@pytest.mark.parametrize("minute", [0, 7, 59])
def test_a_clock_set_back_an_hour_neither_stops_crawls_nor_doubles_them(
    schedule: str, usual: timedelta, longest: timedelta, minute: int
) -> None:
    back = datetime(2026, 3, 3, 12, minute, 15, tzinfo=ALMATY)
    around, step = 2 * usual + 3 * HOUR, timedelta(seconds=30) if usual < HOUR else 5 * MINUTE
    life = Life(schedule, lambda at: at if at < back else at - HOUR, step=step)
    life.run(back - around, back + around)
    assert max(life.waits[1:]) <= longest + 2 * step
    assert min(life.waits[1:]) >= usual - step


def test_what_is_due_without_the_clock_keeps_its_minute_and_its_jitter() -> None:
    last, minute = NOW + timedelta(seconds=13), NOW + MINUTE
    begun = Begun(at=last - LATENCY, ago=timedelta(seconds=20))
    now = begun.at + begun.ago - HOUR
    past = PastCrawls(started=last)
    due = due_at(read_schedule("* * * * *"), "senate", past, now, begun)
    assert due + HOUR == minute + jitter("senate", minute)


@pytest.mark.parametrize("schedule", ["*/15 * * * *", "every 15 minutes", "0 9 * * *"])
def test_a_sleep_costs_one_crawl_at_most_and_brings_none_twice(schedule: str) -> None:
    begin = datetime(2026, 3, 2, 0, 3, tzinfo=ALMATY)
    life = Life(schedule, lambda at: at)
    life.run(begin, begin + DAY)
    before = len(life.crawled)
    wakes = begin + DAY + timedelta(hours=10, minutes=2)
    life.run(wakes, wakes + 2 * MINUTE)
    assert life.crawled[before:] == [wakes]
    life.run(wakes + 2 * MINUTE, wakes + DAY)
    assert min(life.waits[1:]) >= LEAST


def test_a_daemon_started_again_after_the_clock_was_set_back_crawls_at_once() -> None:
    begin = datetime(2026, 3, 3, 9, 3, tzinfo=ALMATY)
    back = begin + 4 * HOUR
    life = Life("*/15 * * * *", lambda at: at if at < back else at - HOUR, remembers=False)
    life.run(begin, begin + DAY)
    assert back in life.crawled
    assert sum(wait < 14 * MINUTE for wait in life.waits[1:]) <= 2
    assert max(life.waits) <= 16 * MINUTE


def test_a_clock_that_jumps_from_1970_costs_no_more() -> None:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    life = Life("every 15 minutes", lambda at: at if at < start + HOUR else at + 56 * 365 * DAY)
    life.run(start, start + 2 * HOUR)
    assert len(life.crawled) == 8
    assert moment(stamp(life.starts[-1])) == life.starts[-1]
