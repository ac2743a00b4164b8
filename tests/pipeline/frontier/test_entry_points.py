"""Entry points: how far each was walked, in a backfill and as news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier import entry_points
from pipeline.frontier.entry_points import EntryPoint, typical_count
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE

_URL = "https://senate.parlam.kz/ru-RU/news"
_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_LATER = _NOW + timedelta(hours=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    entry_points.add_entry_point(db, "senate", "listing", _URL, on=None)
    yield db
    db.close()


def _place(db: Database, backfill: int | None = None) -> EntryPoint:
    place = entry_points.entry_point(db, _URL, backfill)
    assert place is not None
    return place


def test_a_place_is_complete_until_it_is_asked_again(db: Database) -> None:
    assert not _place(db).is_complete
    entry_points.note_asked(db, _URL, _NOW)
    assert not _place(db).is_complete
    entry_points.note_complete(db, _URL, None, _NOW, {"a"})
    assert _place(db).is_complete
    entry_points.note_asked(db, _URL, _LATER)
    assert not _place(db).is_complete
    entry_points.note_unchanged(db, _URL, _LATER)
    assert _place(db).is_complete


def test_an_empty_first_page_leaves_the_head_that_the_next_walk_goes_on_to(db: Database) -> None:
    entry_points.note_complete(db, _URL, None, _NOW, {"a", "b"})
    entry_points.note_complete(db, _URL, None, _LATER, set())
    place = _place(db)
    assert (place.head, place.complete_at) == (frozenset({"a", "b"}), _LATER)


def test_a_backfill_that_left_something_out_says_nothing_of_what_is_news(db: Database) -> None:
    entry_points.note_complete(db, _URL, 7, _NOW, None)
    place = _place(db, 7)
    assert (place.done, place.complete_at, place.head) == (True, None, frozenset())


def test_progress_is_that_of_one_backfill(db: Database) -> None:
    entry_points.note_progress(db, _URL, 7, f"{_URL}?p=2", {"a"})
    assert _place(db, 7).next_page == f"{_URL}?p=2"
    assert _place(db, 7).walk_head == {"a"}
    for other in (8, None):
        assert _place(db, other).next_page is None
    entry_points.note_complete(db, _URL, None, _NOW, {"b"})
    assert _place(db, 7).next_page == f"{_URL}?p=2"
    entry_points.note_complete(db, _URL, 7, _NOW, {"a"})
    assert (_place(db, 7).next_page, _place(db, 7).done, _place(db, 8).done) == (None, True, False)


def test_the_typical_count_falls_slowly_and_rises_at_once(db: Database) -> None:
    def counted(articles: int) -> int | None:
        entry_points.note_first_page(db, _URL, _NOW, articles)
        return _place(db).typical_count

    assert [counted(n) for n in (24, 30, 0, 0, 25)] == [24, 30, 26, 22, 25]


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [(None, 0, 0), (None, 7, 7), (0, 5, 5), (24, 30, 30), (24, 12, 12), (24, 11, 22), (24, 0, 21),
     (1, 0, 0), (8, 0, 7)],
)  # fmt: skip
def test_a_count_of_half_the_typical_one_is_typical(
    before: int | None, now: int, after: int
) -> None:
    assert typical_count(before, now) == after
