"""A session rests, wakes and judges by the clock that it is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kazpress.config import Config
from pipeline.clock import almaty_minute
from pipeline.model.capture import Failure
from pipeline.model.source import Site
from spiders.crawl.lifecycle import end_session, open_session
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_SITE = Site(SENATE, SENATE.base_url)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})


def test_a_source_rests_longer_after_each_refusal(config: Config) -> None:
    now = _NOW
    for hours in (1, 6, 24, 168, 168):
        with open_session(config, _SITE, clock=lambda at=now: at) as session:  # type: ignore[misc]  # mypy can't infer a lambda with a default
            assert session.health.failure is None
            session.health.back_off("the front page refuses us with status 403")
            until = now + timedelta(hours=hours)
            reason = end_session(session).reason
            assert reason == (
                "the front page refuses us with status 403; "
                f"it is left alone until {almaty_minute(until)}"
            )
        with open_session(config, _SITE, clock=lambda: until - timedelta(seconds=1)) as session:  # noqa: B023
            assert session.health.failure == reason
            assert end_session(session).summary.outcome == "failed"
        now = until
    with open_session(config, _SITE, clock=lambda: now) as session:
        session.health.end_backoff()
        session.health.back_off("again")
    with open_session(config, _SITE, clock=lambda: now + timedelta(hours=1)) as session:
        assert session.health.failure is None


def test_a_crawl_knows_how_long_ago_the_last_one_ended(config: Config) -> None:
    for now, idle in ((_NOW, float("inf")), (_NOW + timedelta(seconds=7), 7.0)):
        with open_session(config, _SITE, clock=lambda at=now: at) as session:  # type: ignore[misc]
            assert session.idle_seconds == idle
            end_session(session)


def test_few_failures_are_borne_and_many_need_a_look(config: Config) -> None:
    for failing, noted in ((4, False), (5, True)):
        with open_session(config, _SITE, clock=lambda: _NOW) as session:
            session.listings.answered = session.listings.with_articles = 1
            for number in range(20 + failing):
                session.counts.add_asked(f"https://senate.parlam.kz/ru-RU/news/details/{number}")
            for number in range(failing):
                url = f"https://senate.parlam.kz/ru-RU/news/details/{number}"
                failure = Failure(url=url, stage="fetch", reason="timeout", detail="no answer")
                session.queue.add_failure(failure)
            assert bool(end_session(session).notes) is noted
