"""What is wrong with a source, by its rows in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.config import Config, SourceConfig
from kazpress.operations.troubles import subject, troubles
from pipeline.frontier.crawls import add_crawl, store_crawl_end
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_SILENCE = "nothing new was published since 2026-03-01; usually there is something every 2 hours"
_DAILY = {"senate": SourceConfig(schedule="every day"), "kazpravda": SourceConfig(enabled=False)}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "k.db", [SENATE])
    yield db
    db.close()


def _crawl(
    db: Database, outcome: str | None, *, ago: timedelta = timedelta(minutes=10),
    needs_look: str | None = None, reason: str | None = None, replay: bool = False,
    single: int = 0,
) -> int:  # fmt: skip
    crawl = add_crawl(db, "senate", _NOW - ago, is_replay=replay)
    if outcome is not None:
        columns = {
            "outcome": outcome, "needs_look": needs_look, "reason": reason, "single": single,
        }  # fmt: skip
        store_crawl_end(db, crawl, _NOW - ago + timedelta(minutes=1), columns)
    return crawl


def _found(db: Database, config: Config, now: datetime = _NOW) -> list[tuple[str, str, int | None]]:
    return [(one.kind, one.sentence, one.crawl) for one in troubles(db, config, now)]


@pytest.fixture
def daily(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "k.db", archive=tmp_path / "archive", sources=_DAILY)


def test_a_source_that_is_well_or_was_never_crawled_has_none(db: Database, daily: Config) -> None:
    assert _found(db, daily) == []
    _crawl(db, "failed", reason="no answer", ago=timedelta(minutes=30))
    _crawl(db, "done")
    _crawl(db, "failed", reason="a bad file", replay=True)
    _crawl(db, "stopped")
    assert _found(db, daily) == []


@pytest.mark.parametrize("outcome", ["failed", "killed"])
def test_the_last_crawl_failed_or_was_killed(db: Database, daily: Config, outcome: str) -> None:
    _crawl(db, "done", ago=timedelta(minutes=30))
    crawl = _crawl(db, outcome, reason="no listing could be read")
    assert _found(db, daily) == [("failure", "no listing could be read", crawl)]
    _crawl(db, "stopped", ago=timedelta(minutes=5))
    assert _found(db, daily) == [("failure", "no listing could be read", crawl)], "still"


def test_what_the_last_whole_crawl_noted_stays_until_the_next(db: Database, daily: Config) -> None:
    noted = _crawl(db, "done", needs_look=f"a listing is empty\n{_SILENCE}")
    expected = [("drift", "a listing is empty", noted), ("silence", _SILENCE, noted)]
    assert _found(db, daily) == expected
    _crawl(db, "done", ago=timedelta(minutes=5), single=1)
    assert _found(db, daily) == expected
    failed = _crawl(db, "failed", reason="no answer", ago=timedelta(minutes=4))
    assert _found(db, daily) == [("failure", "no answer", failed), *expected]
    _crawl(db, "done", ago=timedelta(minutes=3))
    assert _found(db, daily) == []


def test_a_source_that_nobody_crawls_is_overdue_unless_it_is_being_crawled(
    db: Database, daily: Config
) -> None:
    _crawl(db, "done", ago=timedelta(minutes=1))
    assert _found(db, daily, _NOW + timedelta(hours=48)) == []
    late = _NOW + timedelta(hours=50)
    sentence = (
        "the last crawl ended at 2026-03-04 17:00, which is longer ago than the schedule says"
    )
    assert _found(db, daily, late) == [("silence", sentence, None)]
    _crawl(db, None, ago=timedelta())
    assert _found(db, daily, late) == []


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("only 3 of 5 pages were read by the source's own layout, of the 20 before them 18",
         "only 12 of 15 pages were read by the source's own layout; 80% are expected", True),
        ("https://s.kz/2 links to no article", "https://s.kz/3 links to no article", False),
        ("https://s.kz/2 links to 3 articles, usually to 12",
         "https://s.kz/2 links to 4 articles, usually to 11", True),
        ("5 of 8 articles asked for gave none; see the list of failures",
         "50 of 80 articles asked for gave none; see the list of failures", True),
        ("feed: has named no article since 2026-03-01, as it did before",
         "listing: has named no article since 2026-03-01, as it did before", False),
    ],
)  # fmt: skip
def test_a_trouble_is_the_same_whatever_its_numbers(first: str, second: str, is_same: bool) -> None:
    assert (subject(first) == subject(second)) is is_same
