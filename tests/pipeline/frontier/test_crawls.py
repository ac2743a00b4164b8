"""What the rows of crawls tell of a source's crawls so far, and which of them were killed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.crawls import (
    CrawlEnd,
    PastCrawls,
    add_crawl,
    newest_crawl,
    note_killed,
    past_crawls,
    store_crawl_end,
)
from pipeline.store.database import open_for_writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_for_writing(tmp_path / "k.db", (SENATE, KAZPRAVDA))
    yield opened
    opened.close()


def began(db: Database, minutes: int, *, replay: bool = False, single: bool = False) -> int:
    return add_crawl(db, "senate", NOW + minutes * MINUTE, is_replay=replay, is_single=single)


def ended(db: Database, minutes: int, outcome: str) -> int:
    crawl = began(db, minutes)
    store_crawl_end(db, crawl, NOW + (minutes + 1) * MINUTE, {"outcome": outcome, "new": 3})
    return crawl


def past(db: Database, *, is_held: bool = False) -> PastCrawls:
    return past_crawls(db, "senate", is_held=is_held)


def test_there_may_be_none(db: Database) -> None:
    add_crawl(db, "kazpravda", NOW, is_replay=False)
    assert past(db) == PastCrawls()
    assert newest_crawl(db, "senate") is None


def test_the_newest_is_the_one_that_began_last_whatever_the_clock_showed(db: Database) -> None:
    ended(db, 60, "done")
    ended(db, 5, "failed")
    assert past(db) == PastCrawls(started=NOW + 5 * MINUTE)


def test_replays_single_articles_and_stopped_ones_do_not_count(db: Database) -> None:
    ended(db, 0, "done")
    began(db, 1, replay=True)
    began(db, 2, single=True)
    ended(db, 3, "stopped")
    assert past(db, is_held=True) == PastCrawls(started=NOW)


def test_one_without_an_end_runs_or_was_killed(db: Database) -> None:
    ended(db, 0, "done")
    began(db, 5)
    assert past(db, is_held=True) == PastCrawls(started=NOW + 5 * MINUTE)
    began_at = NOW + 5 * MINUTE
    assert past(db) == PastCrawls(started=NOW, killed=1, killed_at=began_at)


def test_kills_are_counted_since_the_last_that_ended_by_itself(db: Database) -> None:
    ended(db, 0, "killed")
    ended(db, 10, "done")
    for minutes in (20, 30, 40):
        ended(db, minutes, "killed")
    killed_at = NOW + 41 * MINUTE
    assert past(db) == PastCrawls(started=NOW + 10 * MINUTE, killed=3, killed_at=killed_at)


def test_what_was_killed_is_noted_once_with_its_reason(db: Database) -> None:
    done, left, other = ended(db, 0, "done"), began(db, 5), began(db, 6, replay=True)
    kazpravda = add_crawl(db, "kazpravda", NOW, is_replay=False)
    note_killed(db, "senate", NOW + 9 * MINUTE, "killed by SIGKILL, out of memory?")
    note_killed(db, "senate", NOW + 20 * MINUTE)
    rows = db.conn.execute("SELECT id, outcome, reason, substr(finished, 12, 5) FROM crawls")
    killed = ("killed", "killed by SIGKILL, out of memory?", "12:09")
    assert rows.fetchall() == [
        (done, "done", None, "12:01"), (left, *killed), (other, *killed),
        (kazpravda, None, None, None),
    ]  # fmt: skip


def test_one_that_was_told_to_stop_keeps_the_time_of_its_end(db: Database) -> None:
    ended(db, 0, "stopped")
    crawl = ended(db, 5, "stopped")
    note_killed(db, "senate", NOW + 9 * MINUTE, "did not end within 6 hours", stopped=crawl)
    assert newest_crawl(db, "senate") == CrawlEnd(
        id=crawl, outcome="killed", reason="did not end within 6 hours", needs_look=None,
        seconds=None, new=3, updated=None, gone=None, failed=None,
    )  # fmt: skip
    assert past(db) == PastCrawls(killed=1, killed_at=NOW + 6 * MINUTE)
