"""An item as it stood at a moment follows from the captures of its addresses."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.history.past_states import PastState, past_state
from tests.pipeline.worlds.captures import (
    at,
    item,
    kaz,
    missing,
    moved,
    page,
    prose,
    unchanged,
    world,
)

URL, MOVED = kaz("odin"), kaz("odin-novy")
FIRST, SECOND = f"Первое. {prose('и', 12)}.", f"Второе. {prose('и', 12)}."


def _state(db: Database, hours: float, url: str = URL) -> PastState:
    found = past_state(db, "x", url, at(hours))
    assert found is not None
    return found


def test_before_it_was_first_seen_there_is_none() -> None:
    db = world(page(URL, 5, FIRST))
    assert past_state(db, "x", URL, at(4.9)) is None
    assert _state(db, 5).revision == 1
    assert past_state(world(missing(URL, 1)), "x", URL, at(9)) is None
    assert past_state(world(), "x", URL, at(9)) is None


def test_the_newest_sighting_until_then_says_how_it_was() -> None:
    db = world(page(URL, 0, FIRST), unchanged(URL, 3, 0), page(URL, 10, SECOND, tags=("a",)),
               page(URL, 20, SECOND, tags=("b",)), page(URL, 30, FIRST))  # fmt: skip
    seen = [(hours, _state(db, hours)) for hours in (0, 2, 3, 9, 10, 19, 20, 29, 30, 99)]
    assert [(one.revision, one.reading.body, one.reading.tags) for _, one in seen] == [
        (1, FIRST, ()), (1, FIRST, ()), (1, FIRST, ()), (1, FIRST, ()),
        (2, SECOND, ("a",)), (2, SECOND, ("a",)), (2, SECOND, ("b",)), (2, SECOND, ("b",)),
        (3, FIRST, ()), (3, FIRST, ()),
    ]  # fmt: skip
    assert {(one.seen_from, one.seen_until) for _, one in seen[:4]} == {(at(0), at(3))}


@pytest.mark.parametrize(
    ("hours", "until", "following"), [(0, 3, 10), (2, 3, 10), (9, 3, 10), (10, 12, None)]
)
def test_the_captures_around_it_say_when_it_changed(
    hours: float, until: float, following: float | None
) -> None:
    db = world(page(URL, 0, FIRST), unchanged(URL, 3, 0), missing(URL, 4), page(URL, 10, SECOND),
               unchanged(URL, 12, 10))  # fmt: skip
    found = _state(db, hours)
    assert found.seen_until == at(until)
    assert found.next_seen_from == (None if following is None else at(following))


@pytest.mark.parametrize(
    ("hours", "gone"), [(9, None), (10, 10), (12, 10), (49, 10), (50, None), (60, None), (99, 70)]
)
def test_a_page_was_missing_from_the_first_miss_on_until_it_came_back(
    hours: float, gone: float | None
) -> None:
    db = world(
        *(page(URL, seen, FIRST) for seen in (0, 50, 57)),
        *(missing(URL, missed) for missed in (10, 40, 55, 70, 98)),
    )
    assert _state(db, hours).gone == (None if gone is None else at(gone))


@pytest.mark.parametrize("hours", [1, 10, 21, 23])
def test_what_a_304_says_that_proves_to_be_false_is_not_how_it_stood(hours: float) -> None:
    proof = (missing(URL, 30), unchanged(URL, 30.01, 0))
    db = world(page(URL, 0, FIRST), missing(URL, 1), unchanged(URL, 20, 0), *proof)
    found = _state(db, hours)
    assert (found.gone, found.seen_until, found.reading.body) == (at(1), at(0), FIRST)


def test_a_304_that_names_no_capture_shows_nothing() -> None:
    moves = (page(URL, 0, FIRST), moved(URL, 10, MOVED), page(MOVED, 11, SECOND))
    assert _state(world(*moves, unchanged(URL, 15, 14)), 20).url == MOVED


def test_a_304_may_show_an_older_capture() -> None:
    db = world(page(URL, 0, FIRST), page(URL, 9, SECOND), unchanged(URL, 20, 0))
    assert [_state(db, hours).reading.body for hours in (8, 9, 20, 99)] == [
        FIRST, SECOND, FIRST, FIRST
    ]  # fmt: skip


def test_an_item_that_moved_is_one() -> None:
    db = world(page(URL, 0, FIRST), moved(URL, 10, MOVED), page(MOVED, 11, SECOND))
    for url in (URL, MOVED):
        assert (_state(db, 5, url).reading.body, _state(db, 5, url).url) == (FIRST, URL)
        assert (_state(db, 20, url).reading.body, _state(db, 20, url).url) == (SECOND, MOVED)


_CAPTURES = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from((FIRST, SECOND, None))),
    min_size=1, max_size=8, unique_by=lambda one: one[0],
)  # fmt: skip


@given(_CAPTURES)
def test_the_newest_state_is_the_item_of_now(seen: list[tuple[int, str | None]]) -> None:
    captures = [
        missing(URL, hours) if body is None else page(URL, hours, body) for hours, body in seen
    ]
    db = world(*captures)
    found = past_state(db, "x", URL, at(1000))
    if all(body is None for _, body in seen):
        assert found is None
        return
    assert found is not None
    now = item(db)
    assert (found.revision, found.reading.body) == (now["revision"], now["body"])
    assert _stamp(found.seen_from) == now["last_changed"]
    assert (_stamp(found.gone) if found.gone else None) == now["gone"]


def _stamp(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
