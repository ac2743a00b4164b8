"""How often an archive is asked, and until when it is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.store.database import open_for_writing
from pipeline.web_archives.turns import note_answered, rest, resting, take_turn

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
GAP = timedelta(seconds=2.5)
HOUR = timedelta(hours=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_for_writing(tmp_path / "k.db", [])
    yield opened
    opened.close()


def test_no_more_than_24_lists_are_asked_in_a_minute(db: Database) -> None:
    now, asked = NOW, 0
    while now < NOW + timedelta(minutes=1):
        wait = take_turn(db, "wayback", "list", GAP, now)
        asked += not wait
        now += wait or timedelta(milliseconds=1)
    assert asked == 24


def test_another_process_waits_too_and_another_archive_does_not(db: Database) -> None:
    assert take_turn(db, "wayback", "list", GAP, NOW) == timedelta()
    second = NOW + timedelta(seconds=1)
    assert take_turn(db, "wayback", "list", GAP, second) == timedelta(seconds=1.5)
    assert take_turn(db, "wayback", "capture", GAP, second) == timedelta()
    assert take_turn(db, "commoncrawl", "list", GAP, second) == timedelta()


def test_the_gap_begins_with_the_answer(db: Database) -> None:
    take_turn(db, "wayback", "list", GAP, NOW)
    note_answered(db, "wayback", "list", NOW + timedelta(seconds=30))
    assert take_turn(db, "wayback", "list", GAP, NOW + timedelta(seconds=31)) == GAP - timedelta(
        seconds=1
    )


def test_a_clock_that_was_set_back_holds_nobody(db: Database) -> None:
    take_turn(db, "wayback", "list", GAP, NOW + timedelta(days=300))
    assert take_turn(db, "wayback", "list", GAP, NOW) == timedelta()


def test_a_rest_lasts_an_hour_and_twice_as_long_each_time(db: Database) -> None:
    now, lengths = NOW, []
    for _ in range(4):
        said = rest(db, "wayback", "answers 429", timedelta(), now)
        assert said.startswith("answers 429; it is left alone until ")
        until = now
        while resting(db, "wayback", until):
            until += HOUR
        lengths.append(until - now)
        now = until
    assert lengths == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert resting(db, "commoncrawl", NOW) is None
    rest(db, "wayback", "answers 429", timedelta(), now + timedelta(days=3))
    assert resting(db, "wayback", now + timedelta(days=3) + HOUR) is None


def test_a_rest_lasts_as_long_as_is_asked_and_a_week_at_most(db: Database) -> None:
    rest(db, "wayback", "answers 503", 5 * HOUR, NOW)
    assert resting(db, "wayback", NOW + 4 * HOUR)
    rest(db, "commoncrawl", "answers 503", timedelta(days=900), NOW)
    assert resting(db, "commoncrawl", NOW + timedelta(days=7)) is None
