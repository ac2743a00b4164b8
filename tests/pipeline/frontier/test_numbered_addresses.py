"""What is known of a numbered address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.numbered_addresses import (
    NumberState,
    ask_highest_again,
    number_state,
    present_numbers,
)
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Found
from pipeline.model.source import Way
from pipeline.normalize.addresses import article_address
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE
from tests.pipeline.worlds.captures import moved, page, prose, sen, take, world

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_DAY = date(2026, 3, 4)
_ITEM = "00" * 8


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield db
    db.close()


def _find(db: Database, number: int, state: str, *, by: Way = "number", day: date | None = None,
          item: str | None = None, kind: str = "news") -> None:  # fmt: skip
    url = f"https://senate.parlam.kz/ru-RU/{kind}/details/{number}"
    address = article_address(url, SENATE)
    assert address is not None
    ingest(db, SENATE, Batch(found=[Found(address=address, by=by, on=None, latest=day)]), now=_NOW)
    db.execute("UPDATE addresses SET state = ?, item = ? WHERE url = ?", (state, item, address.url))


def _known(db: Database, number: int, language: str = "ru") -> NumberState:
    return number_state(db, "senate", language, number)


@pytest.mark.parametrize(
    ("state", "known"),
    [
        ("found", NumberState("unasked")),
        ("absent", NumberState("absent")),
        ("captured", NumberState("present")),
        ("failed", NumberState("unclear")),
        ("refused", NumberState("unclear")),
    ],
)
def test_a_numbers_state_says_what_is_known_of_it(
    db: Database, state: str, known: NumberState
) -> None:
    assert _known(db, 7) == NumberState("unasked")
    _find(db, 7, state)
    assert _known(db, 7) == known
    assert _known(db, 7, "kk") == NumberState("unasked")


def test_one_that_a_list_names_with_its_day_is_present_and_not_asked_for_its_number(
    db: Database,
) -> None:
    _find(db, 7, "found", by="listing", day=_DAY)
    assert _known(db, 7) == NumberState("present", _DAY)


def test_a_page_that_has_the_number_stands_for_it(db: Database) -> None:
    _find(db, 7, "absent")
    _find(db, 7, "stored", kind="pages", item=_ITEM)
    assert _known(db, 7) == NumberState("present")


def test_nothing_is_present_without_an_item(db: Database) -> None:
    _find(db, 7, "captured")
    assert present_numbers(db, "senate") == {}


def test_absent_numbers_above_all_that_are_present_are_asked_again_in_the_next_backfill(
    db: Database,
) -> None:
    db.execute(
        "INSERT INTO backfills (id, source, since, until, open_end, started)"
        " VALUES (3, 'senate', '2026-03-01', '2026-03-04', 0, '2026-03-04T12:00:00.000000Z')"
    )
    for number in (5, 9, 10):
        _find(db, number, "absent")
    _find(db, 8, "stored", item=_ITEM)
    ask_highest_again(db, "senate", "ru", 3)
    rows = db.execute("SELECT number FROM addresses WHERE state = 'found' ORDER BY number")
    assert [row[0] for row in rows] == [9, 10]


def test_numbers_that_all_redirect_to_one_article_were_never_there() -> None:
    db = world(page(sen(1), 0, prose("а", 60)))
    for number in (7, 8, 9):
        _find(db, number, "found")
    take(db, *(moved(sen(number), number, sen(1)) for number in (7, 8, 9)))
    assert {_known(db, number).state for number in (7, 8, 9)} == {"absent"}
    assert db.execute("SELECT count(*) FROM failures").fetchone() == (0,)
