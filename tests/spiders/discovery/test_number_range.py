"""Numbered addresses become known by and by, and counting ends whatever becomes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kazpress.config import Config
from pipeline.archive.replay_index import Replay
from pipeline.model.capture import Found
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from spiders.crawl.lifecycle import Span, open_session
from spiders.crawl.session import Session
from spiders.discovery.number_range import NumberRange
from spiders.senate import SENATE

_SITE = Site(SENATE, SENATE.base_url)
_NOON = datetime(2026, 3, 4, 7, tzinfo=UTC)
_SPAN = Span(since=date(2021, 10, 18), until=date(2021, 10, 18))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})


def _counted(session: Session, state: str | None) -> set[int]:
    """The Russian numbers that are found, each in this state afterwards if it is told."""
    numbered = NumberRange(session)
    for _ in range(100):
        if not numbered.find():
            rows = session.db.execute("SELECT number FROM addresses WHERE language = 'ru'")
            return {row[0] for row in rows}
        if state is not None:
            session.db.execute("UPDATE addresses SET state = ? WHERE state = 'found'", (state,))
    raise AssertionError("counts for ever")


@pytest.mark.parametrize("state", ["absent", "failed", "refused", None])
def test_counting_ends_whatever_becomes_of_the_numbers(config: Config, state: str | None) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_SPAN) as session:
        around = {n for one in (3232, 5468, 5850) for n in range(one - 49, one + 50)}
        assert _counted(session, state) == around


@pytest.mark.parametrize(("state", "is_known"), [("absent", True), ("failed", False)])
def test_numbers_that_could_not_be_read_prove_nothing_and_are_told(
    config: Config, state: str, is_known: bool
) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_SPAN) as session:
        numbered = NumberRange(session)
        while numbered.find():
            session.db.execute("UPDATE addresses SET state = ? WHERE state = 'found'", (state,))
        assert numbered.is_complete is is_known
        assert len(session.health.notes) == (0 if is_known else 3), session.health.notes


def test_numbers_of_other_days_that_a_list_names_are_passed_over(config: Config) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_SPAN) as session:
        named = [
            Found(address=address, by="listing", on=None, earliest=day, latest=day)
            for number in range(5470, 5475)
            for day in (date(2021, 10, 20),)
            if (
                address := article_address(f"{SENATE.base_url}/ru-RU/news/details/{number}", SENATE)
            )
        ]
        session.queue.add_found(named)
        session.db.execute("UPDATE addresses SET state = 'found'")
        counted = _counted(session, None)
        assert not counted & set(range(5468 + 26, 5700))
        assert counted >= set(range(5468 - 49, 5470))


def test_a_replay_of_a_backfill_counts_what_the_files_hold(config: Config) -> None:
    held = {5400, 5430, 5468, 5469, 5519, 5569}
    urls = [f"{SENATE.base_url}/ru-RU/news/details/{number}" for number in held]
    replay = Replay(_records={url: [] for url in urls})
    with open_session(config, _SITE, clock=lambda: _NOON, span=_SPAN, replay=replay) as session:
        assert _counted(session, "absent") == {5430, 5468, 5469}
    with open_session(config, _SITE, clock=lambda: _NOON, replay=replay) as session:
        assert not NumberRange(session).find()


def test_news_counts_nothing(config: Config) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON) as session:
        assert _counted(session, None) == set()
