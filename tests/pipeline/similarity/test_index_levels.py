"""The index: which documents have which shingle, on whatever level it lies, whoever wrote it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.index_levels import (
    add_staged,
    begin_staging,
    clear,
    first_documents,
    further_documents,
    stage,
)
from pipeline.store.database import Store
from pipeline.store.migrations import MIGRATIONS
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import new_database

_SHINGLE = st.integers(-(2**63), 2**63 - 1)
_SHINGLES = st.sets(_SHINGLE | st.integers(0, 9), max_size=12)
_ADDED = st.lists(st.tuples(st.integers(1, 4), _SHINGLES), max_size=6)
_STEP = st.tuples(st.integers(0, 1), _ADDED, st.booleans())
"""Which connection, documents with shingles, and whether the transaction is committed."""
_Index = dict[int, set[int]]
"""Each shingle with its documents."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_database(tmp_path / "kazpress.db").close()
    return tmp_path / "kazpress.db"


@pytest.fixture(autouse=True)
def _low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_levels, "MOST_ROWS", (8, 20))
    monkeypatch.setattr(index_levels, "MERGED_ROWS", 3)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEP, max_size=12))
def test_what_was_added_is_found_whoever_wrote_it_and_where_it_lies(
    path: Path, steps: list[tuple[int, list[tuple[int, set[int]]], bool]]
) -> None:
    stores = [new_database(path) for _ in range(2)]
    with writing(stores[0]):
        clear(stores[0])
    expected: _Index = {}
    for at, added, kept in steps:
        written = _with(expected, added)
        with writing(stores[at], keep=kept):
            assert _add(stores[at], added) == _risen(expected, written)
            _check(stores[at], written)
        expected = written if kept else expected
        _check(stores[1 - at], expected)
    for store in stores:
        store.close()


@given(_ADDED, st.data())
def test_how_rows_were_cut_into_batches_does_not_matter(
    added: list[tuple[int, set[int]]], data: st.DataObject
) -> None:
    db = new_database()
    expected = _with({}, added)
    shuffled = data.draw(st.permutations(added))
    with writing(db):
        while shuffled:
            size = data.draw(st.integers(1, len(shuffled)))
            batch, shuffled = shuffled[:size], shuffled[size:]
            _add(db, batch)
        _check(db, expected)


def test_what_was_staged_and_rolled_back_is_not_added() -> None:
    db = new_database()
    with writing(db, keep=False):
        begin_staging(db)
        stage(db, 1, {5})
    with writing(db):
        _add(db, [(2, {7})])
    _check(db, {7: {2}})


def _with(index: _Index, added: list[tuple[int, set[int]]]) -> _Index:
    found = defaultdict(set, {shingle: set(held) for shingle, held in index.items()})
    for document, shingles in added:
        for shingle in shingles:
            found[shingle].add(document)
    return dict(found)


def _risen(before: _Index, after: _Index) -> set[int]:
    """The shingles that have become further documents'."""
    return {
        shingle
        for shingle, held in after.items()
        if len(held) > max(1, len(before.get(shingle, ())))
    }


def _add(db: Database, added: list[tuple[int, set[int]]]) -> set[int]:
    begin_staging(db)
    for document, shingles in added:
        stage(db, document, shingles)
    return add_staged(db)


def _check(db: Database, expected: _Index) -> None:
    """All is found, in tables that are no larger than they may be, with their rows counted."""
    asked = expected.keys() | set(range(10))
    found: _Index = {one: {document} for one, document in first_documents(db, asked).items()}
    for shingle, document in further_documents(db, asked):
        assert document not in found[shingle]
        found[shingle].add(document)
    assert found == expected
    sizes = [*_sizes(db)]
    counted = dict(db.conn.execute("SELECT level, rows FROM run_levels").fetchall())
    assert sum(sizes) == len(expected)
    assert all(counted.get(level, 0) == size for level, size in enumerate(sizes))
    bounds = index_levels.MOST_ROWS
    assert all(size <= most for size, most in zip(sizes, bounds, strict=False))


def _sizes(db: Database) -> Iterator[int]:
    for name in index_levels.LEVELS:
        yield db.conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]


_EARLIER = """
INSERT INTO holders (number, id) VALUES (1, 'one'), (2, 'two'), (3, 'three');
INSERT INTO runs_new (run, holder) VALUES (5, 1), (8, 1), (-3, 2);
INSERT INTO runs_recent (run, holder) VALUES (5, 2), (8, 3);
INSERT INTO runs_settled (run, holder) VALUES (7, 1), (7, 3), (8, 2);
INSERT INTO run_levels (level, rows, next, change) VALUES (0, 3, 0, 9), (1, 2, 3, 0), (2, 3, 0, 0);
INSERT INTO run_filters (level, part, runs, change, bits) VALUES (1, 0, 2, 9, x'00');
"""


def test_an_index_of_an_earlier_version_is_taken_over() -> None:
    connection = sqlite3.connect(":memory:")
    store = Store(connection)
    for step in MIGRATIONS.pending(store):
        if step.name == "m026_first_documents":
            connection.executescript(_EARLIER)
            connection.commit()
            before = _runs(store)
        step.fn(store)
    connection.commit()
    assert _runs(store) == before
    with writing(store):
        assert _add(store, [(3, {5, 7, 9})]) == {5}
    _check(store, {5: {1, 2, 3}, 7: {1, 3}, 8: {1, 2, 3}, -3: {2}, 9: {3}})


def _runs(db: Database) -> list[tuple[int, str]]:
    return db.conn.execute("SELECT run, holder FROM runs ORDER BY run, holder").fetchall()
