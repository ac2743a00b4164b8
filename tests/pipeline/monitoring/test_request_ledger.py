"""The politeness ledger, as it is kept and as it is read."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.monitoring.request_ledger import RequestLedger
from pipeline.query.politeness import PolitenessDay, politeness, politeness_totals
from tests.pipeline.worlds.rows import database

NOON = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)
"""Noon in Almaty."""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = database(tmp_path / "k.db")
    yield db
    db.close()


def _at(*moments: datetime) -> Callable[[], datetime]:
    times = iter(moments)
    return lambda: next(times)


def test_a_day_holds_what_was_asked_and_what_came(db: Database) -> None:
    ledger = RequestLedger(db, "senate", lambda: NOON)
    ledger.note_robots(opened=True)
    for waited in (None, 2.04, 2.0, 7.5):
        ledger.note_request(waited, delay=2.0)
    ledger.note_answer(1000, not_modified=False, refused=False)
    ledger.note_answer(0, not_modified=True, refused=False)
    ledger.note_answer(99, not_modified=False, refused=True)
    ledger.note_unanswered()
    ledger.note_pause()
    ledger.note_forbidden()
    assert politeness(db, "senate") == [], "nothing is written before it is told to"
    ledger.write()
    expected = PolitenessDay(
        day="2026-03-04", requests=4, unanswered=1, bytes=1099, not_modified=1,
        not_modified_share=0.3333, refusals=1, pauses=1, robots_asked=1, robots_closed=0,
        robots_forbidden=1, due_seconds=2.0, least_wait_seconds=2.0, median_wait_seconds=2.0,
        too_early=0,
    )  # fmt: skip
    assert politeness(db, "senate") == [expected]
    assert politeness(db, "kazpravda") == []
    assert politeness_totals(db, "senate")["requests"] == 4
    assert politeness_totals(db, "kazpravda")["requests"] == 0


def test_several_crawls_add_to_one_day(db: Database) -> None:
    for waits, delay in (((900.0, 2.1), 2.0), ((1.5, 1.2, 1.2), 1.0)):
        ledger = RequestLedger(db, "senate", lambda: NOON)
        for waited in waits:
            ledger.note_request(waited, delay=delay)
        ledger.write()
        ledger.write()
    (day,) = politeness(db, "senate")
    assert (day.requests, day.due_seconds, day.least_wait_seconds) == (5, 2.0, 1.2)
    assert (day.median_wait_seconds, day.too_early) == (1.5, 0)


def test_days_are_those_of_almaty_the_newest_first(db: Database) -> None:
    before, after = NOON.replace(hour=18, minute=59), NOON.replace(hour=19, minute=1)
    ledger = RequestLedger(db, "senate", _at(before, after))
    ledger.note_request(None, delay=1.0)
    ledger.note_request(1.0, delay=1.0)
    ledger.write()
    new, old = politeness(db, "senate")
    assert (new.day, new.requests, new.median_wait_seconds) == ("2026-03-05", 1, 1.0)
    assert (old.day, old.requests, old.median_wait_seconds) == ("2026-03-04", 1, None)


def test_a_request_before_its_time_is_told_against_the_delay_and_the_pause(db: Database) -> None:
    ledger = RequestLedger(db, "senate", lambda: NOON)
    ledger.note_request(0.9, delay=1.0)
    ledger.note_request(1.1, delay=1.0, pause=30.0)
    ledger.note_request(1.0 - 1e-9, delay=1.0, pause=float("-inf"))
    ledger.write()
    (day,) = politeness(db, "senate")
    assert (day.too_early, day.due_seconds) == (2, 1.0)


def test_what_robots_txt_decided_is_counted(db: Database) -> None:
    ledger = RequestLedger(db, "senate", lambda: NOON)
    ledger.note_robots(opened=False)
    ledger.note_robots(opened=True)
    ledger.note_refusal()
    ledger.write()
    (day,) = politeness(db, "senate")
    assert (day.robots_asked, day.robots_closed, day.refusals) == (2, 1, 1)
    assert (day.requests, day.least_wait_seconds, day.not_modified_share) == (0, None, 0.0)
