"""The database says of each crawl of the daemon how it ended, also where it was killed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kazpress.config import Config
from kazpress.daemon.children import ChildEnd
from kazpress.daemon.recorded_end import newest, recorded_end
from pipeline.archive.lock import source_lock
from pipeline.frontier.crawls import CrawlEnd
from tests.kazpress.conftest import Store
from tests.pipeline.worlds.rows import crawl_row

NOW = datetime(2026, 3, 4, 12, 7, tzinfo=UTC)


def _recorded(config: Config, end: ChildEnd, before: CrawlEnd | None = None) -> CrawlEnd | None:
    return recorded_end(config, "senate", end, before, NOW + timedelta(minutes=1))


def _open() -> dict[str, object]:
    return crawl_row(outcome=None, finished=None)


def test_one_that_ended_by_itself_is_as_it_says(config: Config, store: Store) -> None:
    store("crawls", crawl_row(new=3))
    crawl = _recorded(config, ChildEnd(status=0))
    assert crawl is not None
    assert (crawl.outcome, crawl.new) == ("done", 3)


def test_one_that_was_killed_is_noted(config: Config, store: Store) -> None:
    store("crawls", crawl_row(), _open())
    crawl = _recorded(config, ChildEnd(status=-9))
    assert crawl == newest(config, "senate")
    assert crawl is not None
    assert (crawl.id, crawl.outcome) == (2, "killed")
    assert crawl.reason == "killed by SIGKILL, out of memory?"


@pytest.mark.parametrize("row", [_open(), crawl_row(outcome="stopped")])
def test_one_that_was_ended_for_a_limit_was_killed_also_if_it_stopped(
    config: Config, store: Store, row: dict[str, object]
) -> None:
    store("crawls", row)
    crawl = _recorded(config, ChildEnd(status=0, limit="did not end within 6 hours"))
    assert crawl is not None
    assert (crawl.outcome, crawl.reason) == ("killed", "did not end within 6 hours")


def test_one_that_came_to_its_end_at_the_limit_was_not(config: Config, store: Store) -> None:
    store("crawls", crawl_row())
    crawl = _recorded(config, ChildEnd(status=0, limit="did not end within 6 hours"))
    assert crawl is not None
    assert crawl.outcome == "done"


def test_one_that_left_no_row_is_none(config: Config, store: Store) -> None:
    assert _recorded(config, ChildEnd(status=2)) is None
    store("crawls", crawl_row())
    assert _recorded(config, ChildEnd(status=2), newest(config, "senate")) is None
    store("crawls", _open())  # of the process that holds the source
    assert _recorded(config, ChildEnd(status=75)) is None


def test_where_another_process_has_the_source_it_notes_it_itself(
    config: Config, store: Store
) -> None:
    store("crawls", _open())
    with source_lock(config.archive, "senate", "crawl", NOW):
        crawl = _recorded(config, ChildEnd(status=-9))
    assert crawl is not None
    assert crawl.outcome is None


def test_without_a_database_there_is_no_crawl(config: Config) -> None:
    assert newest(config, "senate") is None
