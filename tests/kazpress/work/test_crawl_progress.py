"""How far a crawl is, as a few words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kazpress.config import Config
from kazpress.work.crawl_progress import crawls_so_far, duration
from pipeline.model.source import Site
from spiders.crawl.lifecycle import Span, open_session
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_SITE = Site(SENATE, SENATE.base_url)


def test_what_came_is_counted_by_source(config: Config) -> None:
    with open_session(config, _SITE, clock=lambda: _NOW) as session:
        session.counts.captured = 3
        session.counts.unchanged = 1
        assert crawls_so_far([session]) == {
            "senate": (
                "", "3 captured", "0 new", "0 failed", "0 updated", "1 unchanged",
            )
        }  # fmt: skip


def test_a_crawl_says_what_is_left_and_about_how_long(config: Config) -> None:
    now = _NOW
    span = Span(since=date(2025, 1, 1))
    with open_session(config, _SITE, span=span, clock=lambda: now) as session:
        session.counts.add_asked("before")
        session.progress.count(entry_points_left=10, addresses_left=91, asked=1)
        session.counts.add_asked("one")
        session.counts.requests = 2
        ((left, *_),) = crawls_so_far([session]).values()
        assert left == "100 left", "too early to say when"
        session.counts.requests = 20
        now += timedelta(minutes=2)
        ((left, *_),) = crawls_so_far([session]).values()
        assert left == "100 left, about 10 min"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 min"), (89, "1 min"), (3_599, "1 h 0 min"), (93_784, "1 d 2 h"), (90_000, "1 d 1 h")],
)
def test_a_length_of_time_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
