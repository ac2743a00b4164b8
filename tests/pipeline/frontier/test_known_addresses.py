"""Known addresses: found by what, since when, wanted by whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.known_addresses import (
    all_found_by,
    are_all_known,
    is_known,
    mark_refused,
    store_address,
    target_of,
)
from pipeline.model.capture import Found
from pipeline.normalize.addresses import article_address
from pipeline.store.database import dict_rows, open_for_writing
from pipeline.store.transactions import writing
from spiders.senate import SENATE

_URL = "https://senate.parlam.kz/ru-RU/news/details/7"
_PAGE = "https://senate.parlam.kz/ru-RU/news"
_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield db
    db.close()


def _found() -> Found:
    address = article_address(_URL, SENATE)
    assert address is not None
    return Found(address=address, by="listing", on=_PAGE)


def _store(db: Database, *found: Found) -> dict[str, object]:
    with writing(db):
        for one in found:
            store_address(db, "senate", one, now=_NOW)
    (row,) = dict_rows(db.conn.execute("SELECT * FROM addresses"))
    return row


def test_it_is_noted_by_what_an_address_was_found_each_way_once(db: Database) -> None:
    again = replace(_found(), by="feed", on=None)
    row = _store(db, _found(), again, again)
    assert (row["found_by"], row["found_on"], row["ways"]) == ("listing", _PAGE, "listing,feed")


def test_the_days_between_which_it_was_published_grow_narrower(db: Database) -> None:
    days = [date(2026, 3, day) for day in (4, 2, 3)]
    row = _store(db, *(replace(_found(), latest=day) for day in days))
    assert row["latest_day"] == "2026-03-02"


def test_a_day_of_publication_says_more_than_that_of_a_change(db: Database) -> None:
    published = replace(_found(), earliest=date(2026, 3, 4), latest=date(2026, 3, 4))
    for order in ((published, _changed(2)), (_changed(2), published)):
        db.execute("DELETE FROM addresses")
        db.conn.commit()
        row = _store(db, *order, _changed(1))
        assert (row["earliest_day"], row["latest_day"]) == ("2026-03-04", "2026-03-04")


def _changed(day: int) -> Found:
    return replace(_found(), by="sitemap", latest=date(2026, 3, day))


def test_what_a_backfill_found_is_not_known_until_it_is_asked_or_news(db: Database) -> None:
    assert not is_known(db, _URL)
    _store(db, replace(_found(), backfill=1))
    assert not is_known(db, _URL)
    _store(db, _found())
    assert is_known(db, _URL)


def test_an_address_that_may_not_be_asked_is_known(db: Database) -> None:
    _store(db, replace(_found(), backfill=1))
    mark_refused(db, _URL)
    assert is_known(db, _URL)


def test_it_is_told_what_was_known_when(db: Database) -> None:
    assert are_all_known(db, [])
    assert not are_all_known(db, [_URL])
    _store(db, replace(_found(), target=f"{_URL}?lang=ru"))
    assert are_all_known(db, [_URL])
    assert not are_all_known(db, [_URL, _PAGE])
    assert all_found_by(db, [_URL, _URL], _NOW)
    assert not all_found_by(db, [_URL], _NOW - timedelta(seconds=1))
    assert not all_found_by(db, [_URL, _PAGE], _NOW)
    assert (target_of(db, _URL), target_of(db, _PAGE)) == (f"{_URL}?lang=ru", _PAGE)
