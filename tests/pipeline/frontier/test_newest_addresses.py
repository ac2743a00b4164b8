"""Which of the known addresses are the newest, by what the ways of finding tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.newest_addresses import (
    asked_addresses,
    highest_number,
    newest_days,
    newest_known,
)
from pipeline.frontier.next_addresses import mark_asked
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Found, FoundBy
from pipeline.normalize.addresses import article_address
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.senate import SENATE

_NOON = datetime(2026, 3, 4, 7, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield db
    db.close()


def _found(number: int, by: FoundBy, day: date | None = None, *, language: str = "ru-RU") -> Found:
    url = f"https://senate.parlam.kz/{language}/news/details/{number}"
    address = article_address(url, SENATE)
    assert address is not None
    return Found(address=address, by=by, on=None, latest=day)


def _add(db: Database, *found: Found) -> None:
    ingest(db, SENATE, Batch(found=list(found)), now=_NOON)


def _numbers(urls: list[str]) -> list[int]:
    return [int(url.rpartition("/")[2]) for url in urls]


def test_days_go_before_numbers_and_what_no_way_names_comes_last(db: Database) -> None:
    _add(db, _found(9, "files"), _found(8, "files"), _found(7, "files"))
    _add(db, _found(5, "listing"), _found(6, "listing"), _found(3, "feed", date(2026, 3, 1)))
    _add(db, _found(4, "sitemap", date(2026, 3, 2)), _found(7, "listing"))
    newest = [url for url, _ in newest_known(db, "senate")]
    assert _numbers(newest) == [4, 3, 7, 6, 5, 9, 8]


def test_the_two_newest_days_up_to_one_are_told(db: Database) -> None:
    days = (date(2026, 3, 1), date(2026, 3, 9), date(2026, 3, 3), date(2026, 2, 3))
    _add(db, *(_found(number, "feed", day) for number, day in enumerate(days, 1)))
    assert newest_days(db, "senate", date(2026, 3, 4)) == [date(2026, 3, 3), date(2026, 3, 1)]


def test_the_highest_number_is_told_by_language(db: Database) -> None:
    assert highest_number(db, "senate", "ru") is None
    _add(db, _found(5, "listing"), _found(7, "listing"), _found(9, "listing", language="kk-KZ"))
    assert highest_number(db, "senate", "ru") == 7
    assert highest_number(db, "senate", "kk") == 9


def test_what_was_asked_is_told_with_how_it_was_found(db: Database) -> None:
    _add(db, _found(5, "listing"), _found(6, "number"), _found(4, "listing"), _found(3, "files"))
    _add(db, _found(5, "number"))
    with writing(db):
        mark_asked(db, 1, [_found(number, "files").address.url for number in (3, 5, 6)])
    told = {_numbers([one.url])[0]: one for one in asked_addresses(db, 1)}
    assert {number: one.found_by for number, one in told.items()} == {
        6: "number", 5: "listing", 3: "files",
    }  # fmt: skip
    assert [told[number].is_numbered for number in (3, 5, 6)] == [False, True, True]
    assert [told[number].is_only_numbered for number in (3, 5, 6)] == [False, False, True]
