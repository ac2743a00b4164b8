"""Promises 1, 3 and 4: the same set of captures gives the same, whatever the way."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.ingest.afresh import derive_again
from pipeline.ingest.ingest import ingest_all
from pipeline.model.capture import ClassifiedCapture
from pipeline.query.stored_items import resolve
from pipeline.store.database import dict_rows
from pipeline.store.transactions import writing
from pipeline.translations import entity_links
from pipeline.translations.matching import Bounds
from tests.pipeline.worlds.bounds import low_bounds
from tests.pipeline.worlds.captures import (
    NOW,
    SOURCES,
    batches,
    derived,
    exported,
    new_database,
    take,
    world,
)
from tests.pipeline.worlds.pieces import check_pieces
from tests.pipeline.worlds.random_worlds import told_world, worlds

_SIZE = settings(
    max_examples=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _low_bounds() -> Iterator[None]:
    """A world of some twenty captures crosses every bound."""
    with low_bounds() as patch:
        patch.setattr(entity_links, "BOUNDS", Bounds(enough_items=1, score_from=2.5))
        yield


@_SIZE
@given(worlds(), st.data())
def test_any_order_in_any_batches_gives_the_same(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    _check_any_order(captures, data)


@_SIZE
@given(worlds(decisions=5), st.data())
def test_decisions_in_any_order_give_the_same(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    _check_any_order(captures, data)


@settings(_SIZE, max_examples=15)
@given(worlds(smallest=1, largest=3, told=10), st.data())
def test_translations_by_numbers_and_names_in_any_order_are_the_same(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    _check_any_order(captures, data)


def test_translations_come_and_go_with_what_stands_around_them() -> None:
    for seed in range(25):
        captures = told_world(seed)
        at_once = world(*captures)
        db = new_database()
        for one in Random(seed).sample(captures, len(captures)):
            take(db, one)
            check_pieces(db)
        assert exported(db) == exported(at_once)
        assert derived(db) == derived(at_once)


@_SIZE
@given(worlds(decisions=5))
def test_decisions_taken_in_at_once_give_the_same(captures: list[ClassifiedCapture]) -> None:
    live = world(*captures)
    before = exported(live), derived(live), _numbered(live), _story_ids(live)
    db = new_database()
    with writing(db):
        ingest_all(db, batches(captures), now=NOW)
    assert exported(db) == exported(live)
    with writing(live):
        derive_again(live, batches(reversed(captures)), now=NOW)
    assert (exported(live), derived(live), _numbered(live), _story_ids(live)) == before


def _check_any_order(captures: list[ClassifiedCapture], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(captures))
    db = new_database()
    while shuffled:
        size = data.draw(st.integers(1, 5))
        batch, shuffled = shuffled[:size], shuffled[size:]
        for source in SOURCES:
            before = _numbered(db)
            take(db, *(one for one in batch if one.capture.source == source))
            check_pieces(db)
            _check_numbers(before, _numbered(db))
    at_once = world(*captures)
    assert exported(db) == exported(at_once)
    assert derived(db) == derived(at_once)
    _check_ids(db, captures)
    _check_joined(db)


@_SIZE
@given(worlds())
def test_an_archive_taken_in_at_once_gives_the_same(captures: list[ClassifiedCapture]) -> None:
    live = world(*captures)
    db = new_database()
    with writing(db):
        ingest_all(db, batches(captures), now=NOW)
    assert exported(db) == exported(live)
    assert derived(db) == derived(live)


@_SIZE
@given(worlds())
def test_deriving_again_in_place_changes_nothing(captures: list[ClassifiedCapture]) -> None:
    db = world(*captures)
    before = exported(db), derived(db), _numbered(db), _story_ids(db)
    with writing(db):
        derive_again(db, batches(reversed(captures)), now=NOW)
    assert (exported(db), derived(db), _numbered(db), _story_ids(db)) == before


@_SIZE
@given(worlds(), worlds(smallest=1, largest=8))
def test_deriving_again_from_other_captures_equals_deriving_from_nothing(
    captures: list[ClassifiedCapture], others: list[ClassifiedCapture]
) -> None:
    db = world(*captures)
    before = _numbered(db)
    with writing(db):
        derive_again(db, batches(others), now=NOW)
    _check_numbers(before, _numbered(db))
    assert exported(db) == exported(world(*others))


@_SIZE
@given(worlds())
def test_the_same_captures_again_change_nothing(captures: list[ClassifiedCapture]) -> None:
    db = world(*captures)
    before = _everything(db)
    result = take(db, *captures)
    assert result.captures == 0
    assert _everything(db) == before


def _numbered(db: Database) -> dict[str, tuple[str, int]]:
    """Each item's exported record and its `changed_seq`."""
    seqs = dict(db.conn.execute("SELECT id, changed_seq FROM items").fetchall())
    return {row["id"]: (json.dumps(row), seqs[row["id"]]) for row in exported(db)[0]}


def _check_numbers(before: dict[str, tuple[str, int]], after: dict[str, tuple[str, int]]) -> None:
    """`changed_seq` rose above all others exactly where the record is another."""
    highest = max((seq for _, seq in before.values()), default=0)
    for item, (record, seq) in after.items():
        if item in before and before[item][0] == record:
            assert seq == before[item][1]
        else:
            assert seq > highest


def _check_ids(db: Database, captures: list[ClassifiedCapture]) -> None:
    """The hash of every address that gave a reading, and every text's id, leads to its item."""
    items = {row["id"]: row for row in exported(db)[0]}
    for url, address, item in db.conn.execute(
        "SELECT url, id, item FROM addresses WHERE item IS NOT NULL"
    ):
        assert resolve(db, address) == item
        assert resolve(db, url) == item
        assert item in items
    for one in captures:
        if one.text_id:
            assert resolve(db, one.text_id) in items
    stories = {row[0]: row[1] for row in db.conn.execute("SELECT id, items FROM stories")}
    members: dict[str, int] = {}
    for row in items.values():
        members[row["story"]] = members.get(row["story"], 0) + 1
    assert stories == members


def _check_joined(db: Database) -> None:
    """Without a similarity are those alone that are not related to their canonical item; and of
    these there are none where nobody decided.
    """
    related = {frozenset(row) for row in db.conn.execute("SELECT a, b FROM pairs WHERE related")}
    canonical = dict(db.conn.execute("SELECT id, canonical FROM stories").fetchall())
    joined = {one["id"] for one in exported(db)[0] if one["relation"] == "joined"}
    assert joined == {one["id"] for one in exported(db)[0] if one["similarity"] is None}
    assert joined == {
        one["id"]
        for one in exported(db)[0]
        if one["id"] != canonical[one["story"]]
        and {one["id"], canonical[one["story"]]} not in related
    }
    decided = db.conn.execute("SELECT count(*) FROM decisions WHERE verb = 'join'").fetchone()[0]
    assert decided or not joined


def _story_ids(db: Database) -> list[dict[str, Any]]:
    return dict_rows(db.conn.execute("SELECT * FROM story_ids"))


def _everything(db: Database) -> list[str]:
    return list(db.conn.iterdump())
