"""Which listed captures are asked, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.store.database import open_for_writing
from pipeline.web_archives.listed_capture import ListedCapture, Wanted
from pipeline.web_archives.listed_captures import (
    NotHad,
    add_other,
    ask_unusable_again,
    count_listed,
    not_had,
    note_listed,
    take_listed,
    take_variant,
)
from spiders.senate import SENATE

NOW = datetime(2022, 5, 16, tzinfo=UTC)
ALL = Wanted()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_for_writing(tmp_path / "k.db", [SENATE])
    yield opened
    opened.close()


def _one(number: int, *, days: int = 0, is_variant: bool = False) -> ListedCapture:
    return ListedCapture(
        archive="wayback", place=f"/{number}/{days}", url=f"https://a.kz/{number}",
        target=f"http://a.kz/{number}", time=NOW + timedelta(days=days), digest="", status=200,
        is_variant=is_variant,
    )  # fmt: skip


def _take(db: Database, crawl: int, wanted: Wanted = ALL) -> list[str]:
    return [one.place for one in take_listed(db, "senate", "wayback", crawl, wanted)]


def test_the_oldest_comes_first_and_each_once_a_crawl(db: Database) -> None:
    for one in (_one(2, days=5), _one(1), _one(1, days=9), _one(1)):
        add_other(db, "senate", one)
    assert count_listed(db, "senate", "wayback", 1, ALL) == 3
    assert _take(db, 1) == ["/1/0", "/2/5", "/1/9"]
    assert _take(db, 1) == []
    assert len(_take(db, 2)) == 3


def test_a_capture_comes_back_as_it_was_listed(db: Database) -> None:
    one = replace(_one(1), digest="sha1:X", status=404)
    add_other(db, "senate", one)
    assert take_listed(db, "senate", "wayback", 1, ALL) == [one]


def test_only_what_is_wanted_is_asked(db: Database) -> None:
    for days in range(5):
        add_other(db, "senate", _one(1, days=days))
        add_other(db, "senate", _one(2, days=days))
    day = timedelta(days=1)
    wanted = Wanted(since=NOW + day, before=NOW + 3 * day, only=frozenset({"https://a.kz/2"}))
    assert _take(db, 1, wanted) == ["/2/1", "/2/2"]


def test_what_may_pass_is_asked_again_and_the_rest_is_not(db: Database) -> None:
    stored, failed, unusable = (_one(number) for number in range(3))
    for one in (stored, failed, unusable):
        add_other(db, "senate", one)
    take_listed(db, "senate", "wayback", 1, ALL)
    note_listed(db, "senate", stored, "stored")
    note_listed(db, "senate", failed, "failed", "http-500")
    note_listed(db, "senate", unusable, "unusable", "truncated")
    assert not_had(db, "senate", "wayback", 1) == [
        NotHad(reason="http-500", captures=1),
        NotHad(reason="truncated", captures=1),
    ]
    assert not_had(db, "senate", "wayback", 2) == []
    assert _take(db, 2) == [failed.place]
    ask_unusable_again(db, "senate", "wayback")
    assert _take(db, 3) == [failed.place, unusable.place]


def test_a_variant_is_asked_by_itself(db: Database) -> None:
    add_other(db, "senate", _one(1, is_variant=True))
    assert _take(db, 1) == []
    assert take_variant(db, "senate", "wayback", 1, ALL) == _one(1, is_variant=True)
    assert take_variant(db, "senate", "wayback", 1, ALL) is None
