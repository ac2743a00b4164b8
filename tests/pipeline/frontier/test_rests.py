"""A source that refuses us is left alone, longer each time, until it answers again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.rests import end_rest, rest_after_refusal, rest_until, resting
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield db
    db.close()


def test_it_rests_longer_after_each_refusal(db: Database) -> None:
    for hours in (1, 6, 24):
        said = rest_after_refusal(db, "senate", "it refuses us", _NOW)
        assert resting(db, "senate", _NOW) == said
        assert resting(db, "senate", _NOW + timedelta(hours=hours, seconds=-1)) == said
        assert resting(db, "senate", _NOW + timedelta(hours=hours)) is None


def test_a_rest_that_the_source_asked_for_is_no_refusal(db: Database) -> None:
    said = rest_until(db, "senate", "it asks for a pause", _NOW + timedelta(hours=3))
    assert said == "it asks for a pause; it is left alone until 2026-03-04 20:00"
    rest_after_refusal(db, "senate", "it refuses us", _NOW)
    assert resting(db, "senate", _NOW + timedelta(hours=1)) is None


def test_a_source_that_answers_begins_anew(db: Database) -> None:
    rest_after_refusal(db, "senate", "it refuses us", _NOW)
    end_rest(db, "senate")
    assert resting(db, "senate", _NOW) is None
    rest_after_refusal(db, "senate", "it refuses us", _NOW)
    assert resting(db, "senate", _NOW + timedelta(hours=1)) is None
