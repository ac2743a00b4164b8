"""What ends a crawl, and what it says of its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.frontier.rests import resting
from pipeline.store.database import open_for_writing
from spiders.crawl.health import CrawlHealth
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def health(tmp_path: Path) -> Iterator[CrawlHealth]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield CrawlHealth(db, "senate", lambda: _NOW)
    db.close()


def test_a_crawl_goes_on_until_it_fails_or_is_stopped(health: CrawlHealth) -> None:
    assert (health.is_over, health.outcome) == (False, "done")
    health.stopped = True
    assert (health.is_over, health.outcome) == (True, "stopped")
    health.fail("the first reason")
    health.fail("the second reason")
    assert (health.failure, health.outcome) == ("the first reason", "failed")


def test_five_requests_in_a_row_without_an_answer_end_it(health: CrawlHealth) -> None:
    for _ in range(4):
        health.note_unanswered("no answer in time")
    health.note_answered()
    for _ in range(4):
        health.note_unanswered("no answer in time")
    assert not health.is_over
    health.note_unanswered("no answer in time")
    assert health.failure == "5 requests in a row brought no answer (no answer in time)"


def test_a_note_is_said_once(health: CrawlHealth) -> None:
    for sentence in ("one", "two", "one"):
        health.note(sentence)
    assert health.notes == ["one", "two"]


def test_a_source_that_asks_for_a_pause_is_left_alone_for_it(
    health: CrawlHealth, tmp_path: Path
) -> None:
    health.back_off_for(3600, "the front page asks for a pause of 3600 s")
    said = "the front page asks for a pause of 3600 s; it is left alone until 2026-03-04 18:00"
    assert health.failure == said
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    assert resting(db, "senate", _NOW) == said
    db.close()
