"""The edits between an item's revisions follow from its captures, in whatever order they come."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.edits.between import Text, edits_between
from pipeline.ingest.afresh import derive_again
from pipeline.model.capture import ClassifiedCapture
from pipeline.store.database import dict_rows, value
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import (
    NOW,
    batches,
    derived,
    kaz,
    missing,
    moved,
    new_database,
    page,
    prose,
    take,
    unchanged,
    world,
)

URL, OTHER = kaz("odin"), kaz("drugoy")
FIRST = f"Сенат принял 146 законов. {prose('и', 12)}."
SECOND = FIRST.replace("146", "147")
THIRD = f"{SECOND}\n\nЗаседание продлится до вечера."
STATES = (FIRST, SECOND, THIRD)


def _rows(db: Database) -> list[dict[str, Any]]:
    return dict_rows(db.conn.execute("SELECT * FROM edits ORDER BY item, revision, number"))


def _counts(db: Database) -> list[int | None]:
    rows = db.conn.execute("SELECT edits FROM revisions ORDER BY item, revision").fetchall()
    return [count for (count,) in rows]


def _three_states() -> list[ClassifiedCapture]:
    return [page(URL, 10 * number, body) for number, body in enumerate(STATES)]


def test_each_later_revision_has_the_edits_since_the_one_before() -> None:
    db = world(*_three_states())
    rows = _rows(db)
    texts = [Text(title="Заголовок", body=body, language="ru") for body in STATES]
    expected = [edits_between(texts[0], texts[1]), edits_between(texts[1], texts[2])]
    assert [len(edits) for edits in expected] == _counts(db)[1:]
    assert [
        (row["revision"], row["number"], row["kind"], row["field"], row["before"], row["after"],
         row["was"], row["now"])
        for row in rows
    ] == [
        (revision, number, one.kind, one.field, one.before, one.after, one.was, one.now)
        for revision, edits in enumerate(expected, start=2)
        for number, one in enumerate(edits, start=1)
    ]  # fmt: skip
    assert {(row["source"], row["language"]) for row in rows} == {("kazpravda", "ru")}
    assert [row["at"] for row in rows][:: len(rows) - 1] == [
        "2026-03-02T16:00:00Z", "2026-03-03T02:00:00Z",
    ]  # fmt: skip


def test_an_item_that_never_changed_has_none() -> None:
    db = world(page(URL, 0, FIRST), unchanged(URL, 1, 0), page(URL, 2, FIRST))
    assert (_rows(db), _counts(db)) == ([], [0])


def test_the_order_of_captures_does_not_matter() -> None:
    captures = [*_three_states(), page(URL, 40, FIRST)]
    expected = derived(world(*captures))
    assert len(expected["edits"]) > 3
    for order in permutations(captures):
        db = new_database()
        for capture in order:
            take(db, capture)
        assert derived(db) == expected


_SEEN = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 2), st.sampled_from("ab")),
    max_size=8, unique_by=lambda one: one[0],
)  # fmt: skip


@given(_SEEN)
def test_neither_does_how_they_were_cut_into_batches(seen: list[tuple[int, int, str]]) -> None:
    captures = [page(URL, hours, STATES[state], tags=(tag,)) for hours, state, tag in seen]
    at_once, one_by_one = world(*captures), new_database()
    for capture in captures:
        take(one_by_one, capture)
    assert derived(one_by_one)["edits"] == derived(at_once)["edits"]
    assert derived(one_by_one)["revisions"] == derived(at_once)["revisions"]


def test_reading_again_gives_the_same() -> None:
    captures = _three_states()
    db = world(*captures)
    before = derived(db)
    with writing(db):
        derive_again(db, batches(reversed(captures)), now=NOW)
    assert derived(db) == before


def test_what_did_not_change_is_not_written_again() -> None:
    db = world(*_three_states())
    rows = "SELECT rowid, * FROM edits ORDER BY rowid"
    before = db.conn.execute(rows).fetchall()
    take(db, unchanged(URL, 30, 20))
    assert db.conn.execute(rows).fetchall() == before
    take(db, page(URL, 40, FIRST))
    assert db.conn.execute(rows).fetchall()[: len(before)] == before
    assert len(_rows(db)) > len(before)


def test_other_fields_that_change_are_no_edits() -> None:
    db = world(page(URL, 0, FIRST), page(URL, 10, SECOND))
    before = _rows(db)
    take(db, page(URL, 20, SECOND, tags=("выборы",)))
    assert (_rows(db), _counts(db)) == (before, [0, len(before)])


@pytest.mark.parametrize("late", [missing(URL, 15), page(OTHER, 15, FIRST)])
def test_what_is_no_state_of_the_item_changes_nothing(late: ClassifiedCapture) -> None:
    db = world(*_three_states())
    before = _rows(db)
    take(db, late)
    assert _rows(db) == before


def test_an_item_that_is_no_more_takes_its_edits_with_it() -> None:
    db = world(*_three_states(), page(OTHER, -5, THIRD))
    former = {row["item"] for row in _rows(db)}
    take(db, moved(URL, 50, OTHER))
    assert value(db, "SELECT count(*) FROM items") == 1
    assert former.isdisjoint(row["item"] for row in _rows(db))
    assert {row["item"] for row in _rows(db)} == {value(db, "SELECT id FROM items")}


def test_those_of_revisions_from_before_edits_were_told_are_told_when_the_item_is_seen_again() -> (
    None
):
    db = world(*_three_states())
    expected = derived(db)["edits"]
    with writing(db):
        db.conn.execute("DELETE FROM edits")
        db.conn.execute("UPDATE revisions SET edits = NULL WHERE revision > 1")
    take(db, missing(URL, 60))
    assert derived(db)["edits"] == expected
    assert None not in _counts(db)
