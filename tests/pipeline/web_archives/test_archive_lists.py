"""What is asked of lists: once, on from where it was, and again when it is old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.store.database import open_for_writing
from pipeline.web_archives.archive_lists import (
    OpenQuestion,
    next_question,
    open_lists,
    questions_left,
    store_answer,
)
from pipeline.web_archives.listed_capture import ListQuestion
from spiders.senate import SENATE

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ROOT = ListQuestion(kind="rows", path="/a", root="/a", lasts=DAY)
MORE = ListQuestion(kind="rows", path="/a&key=1", root="/a")
FOR_EVER = ListQuestion(kind="page", path="/b", root="/b")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_for_writing(tmp_path / "k.db", [SENATE])
    yield opened
    opened.close()


def _next(db: Database, crawl: int) -> OpenQuestion | None:
    return next_question(db, "senate", "wayback", crawl)


def _answered(db: Database, crawl: int, *further: ListQuestion, at: datetime = NOW) -> int:
    asked = _next(db, crawl)
    assert asked is not None
    return store_answer(db, "senate", asked, "wayback", [], further, at).questions


def _open(db: Database, at: datetime, *, again: bool = False) -> None:
    open_lists(db, "senate", "wayback", [ROOT], at, again=again)


def test_a_list_goes_on_until_its_end(db: Database) -> None:
    _open(db, NOW)
    assert _answered(db, 1, MORE) == 1
    assert questions_left(db, "senate", "wayback") == 1
    assert _answered(db, 1, ROOT) == 0
    assert _next(db, 1) is None


def test_a_question_without_an_answer_is_asked_by_the_next_crawl(db: Database) -> None:
    _open(db, NOW)
    assert _next(db, 1) is not None
    assert _next(db, 1) is None
    _open(db, NOW + 9 * DAY)
    asked = _next(db, 2)
    assert asked is not None
    assert asked.question.path == "/a"


def test_a_whole_list_is_asked_again_when_it_is_old(db: Database) -> None:
    _open(db, NOW)
    _answered(db, 1, MORE, FOR_EVER)
    _answered(db, 1)
    _answered(db, 1, at=NOW + DAY / 2)
    _open(db, NOW + DAY)
    assert _next(db, 2) is None
    _open(db, NOW + 3 * DAY)
    assert _answered(db, 3, MORE, FOR_EVER) == 1
    assert _answered(db, 3) == 0
    assert _next(db, 3) is None


def test_everything_may_be_asked_again_at_once(db: Database) -> None:
    _open(db, NOW)
    _answered(db, 1, FOR_EVER)
    _answered(db, 1)
    _open(db, NOW, again=True)
    assert _answered(db, 2, FOR_EVER) == 1


def test_other_sources_and_archives_have_lists_of_their_own(db: Database) -> None:
    _open(db, NOW)
    assert next_question(db, "senate", "commoncrawl", 1) is None
    assert questions_left(db, "senate", "commoncrawl") == 0
