"""The index: which documents have which shingle, on whatever level it lies, whoever wrote it."""

import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.index_cache import IndexBounds, ShingleIndex, index_of
from pipeline.store.database import Store
from pipeline.store.migrations import MIGRATIONS
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import new_database

_SHINGLE = st.integers(-(2**63), 2**63 - 1)
_SHINGLES = st.sets(_SHINGLE | st.integers(0, 9), max_size=12)
_STEP = st.tuples(st.integers(0, 1), st.integers(1, 4), _SHINGLES, st.booleans())
"""Which connection, which document, its shingles, and whether the transaction is committed."""
_SMALL = IndexBounds(
    most_rows=(8, 20), most_remembered=5, load_after_shingles=25, most_filter_bytes=1000
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_database(tmp_path / "kazpress.db").close()
    return tmp_path / "kazpress.db"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEP, max_size=30))
def test_what_was_added_is_found_whoever_wrote_it_and_where_it_lies(
    path: Path, steps: list[tuple[int, int, set[int], bool]]
) -> None:
    stores = [new_database(path) for _ in range(2)]
    indexes = [ShingleIndex(store, _SMALL) for store in stores]
    with writing(stores[0]):
        indexes[0].begin()
        indexes[0].clear()
    expected: defaultdict[int, set[int]] = defaultdict(set)
    for at, document, wanted, kept in steps:
        new = {shingle for shingle in wanted if document not in expected[shingle]}
        try:
            with writing(stores[at]):
                index = indexes[at]
                index.begin()
                _check(index, expected, wanted)
                index.add(document, new)
                written = expected | {shingle: expected[shingle] | {document} for shingle in new}
                _check(index, defaultdict(set, written), wanted)
                if not kept:
                    raise _NotKeptError
            expected = defaultdict(set, written)
        except _NotKeptError:
            pass
        _check_rows(stores[1 - at], sum(map(len, expected.values())))
    for store, index in zip(stores, indexes, strict=True):
        with writing(store):
            index.begin()
            _check(index, expected, set(expected))
        store.close()


class _NotKeptError(Exception):
    pass


def _check(index: ShingleIndex, expected: dict[int, set[int]], wanted: set[int]) -> None:
    found = index.postings(wanted)
    assert {shingle: set(found_in) for shingle, found_in in found.items()} == {
        shingle: expected[shingle] for shingle in wanted if expected[shingle]
    }
    assert all(len(found_in) == len(set(found_in)) for found_in in found.values())
    assert index.documents(wanted) == {one for shingle in wanted for one in expected[shingle]}
    for document in range(1, 5):
        assert index.shingles_of(document, wanted) == {r for r in wanted if document in expected[r]}


def _check_rows(db: Database, rows: int) -> None:
    """No table but the last is larger than its bound, and rows are counted rightly."""
    sizes = [
        db.conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in index_levels.TABLES
    ]
    counted = dict(db.conn.execute("SELECT level, rows FROM run_levels").fetchall())
    assert sum(sizes) == rows
    assert all(counted.get(level, 0) == size for level, size in enumerate(sizes))
    assert all(size <= most for size, most in zip(sizes, _SMALL.most_rows, strict=False))


_EARLIER = """
INSERT INTO holders (number, id) VALUES (1, 'one'), (2, 'two');
INSERT INTO runs_new (run, holder) VALUES (5, 1);
INSERT INTO runs_recent (run, holder) VALUES (5, 2);
INSERT INTO runs_settled (run, holder) VALUES (7, 1);
INSERT INTO run_levels (level, rows, next) VALUES (0, 1, 31), (1, 1, 1000), (2, 1, 0);
"""


def test_an_index_of_an_earlier_version_is_taken_over() -> None:
    connection = sqlite3.connect(":memory:")
    store = Store(connection)
    for step in MIGRATIONS.pending(store):
        if step.name == "m012_filters_of_runs":
            connection.executescript(_EARLIER)
        step.fn(store)
    index = index_of(store)
    assert {shingle: set(found) for shingle, found in index.postings({5, 7, 9}).items()} == {
        5: {1, 2},
        7: {1},
    }
    assert store.execute("SELECT count(*) FROM runs").fetchone() == (3,)
