"""The index of runs: who holds what, whatever table it lies in and whoever wrote it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.similarity import index_cache as run_index_module
from pipeline.similarity import index_levels, stored_blooms
from pipeline.similarity.bloom import PARTS, add, empty_bits, has_room, part_of, passing, range_of
from pipeline.similarity.index_cache import RunIndex, run_index
from pipeline.similarity.index_levels import NEWEST, RECENT, SETTLED
from pipeline.store.database import Store
from pipeline.store.migrations import MIGRATIONS
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import new_database

_RUN = st.integers(-(2**63), 2**63 - 1)
_RUNS = st.sets(_RUN | st.integers(0, 9), max_size=12)
_STEP = st.tuples(st.integers(0, 1), st.integers(1, 4), _RUNS, st.booleans())
"""Which connection, which holder, its runs, and whether the transaction is committed."""


@pytest.fixture
def _small_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_levels, "ROWS", [8, 20])
    monkeypatch.setattr(stored_blooms, "_WORTH_LOADING", 25)


@pytest.fixture
def _little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_blooms, "_MOST_BYTES", 1000)
    monkeypatch.setattr(run_index_module, "_MOST_REMEMBERED", 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_database(tmp_path / "kazpress.db").close()
    return tmp_path / "kazpress.db"


@pytest.mark.usefixtures("_small_tables", "_little_memory")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEP, max_size=30))
def test_what_is_held_is_found_whoever_wrote_it_and_where_it_lies(
    path: Path, steps: list[tuple[int, int, set[int], bool]]
) -> None:
    stores = [new_database(path) for _ in range(2)]
    with writing(stores[0]):
        run_index(stores[0]).clear()
    expected: defaultdict[int, set[int]] = defaultdict(set)
    for at, holder, wanted, kept in steps:
        new = {run for run in wanted if holder not in expected[run]}
        try:
            with writing(stores[at]):
                index = run_index(stores[at])
                _check(index, expected, wanted)
                index.hold(holder, new)
                written = expected | {run: expected[run] | {holder} for run in new}
                _check(index, defaultdict(set, written), wanted)
                if not kept:
                    raise _NotKeptError
            expected = defaultdict(set, written)
        except _NotKeptError:
            pass
        _check_rows(stores[1 - at], sum(map(len, expected.values())))
    for store in stores:
        with writing(store):
            _check(run_index(store), expected, set(expected))
        store.close()


class _NotKeptError(Exception):
    pass


def _check(index: RunIndex, expected: dict[int, set[int]], wanted: set[int]) -> None:
    found = index.holders(wanted)
    assert {run: set(held) for run, held in found.items()} == {
        run: expected[run] for run in wanted if expected[run]
    }
    assert all(len(held) == len(set(held)) for held in found.values())
    assert index.all_holders(wanted) == {one for run in wanted for one in expected[run]}
    for holder in range(1, 5):
        assert index.held_by(holder, wanted) == {r for r in wanted if holder in expected[r]}


def _check_rows(db: Database, rows: int) -> None:
    """No table but the last is larger than its bound, and rows are counted rightly."""
    sizes = [
        db.conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in index_levels.TABLES
    ]
    counted = dict(db.conn.execute("SELECT level, rows FROM run_levels").fetchall())
    assert sum(sizes) == rows
    assert all(counted.get(level, 0) == size for level, size in enumerate(sizes))
    assert all(size <= most for size, most in zip(sizes, index_levels.ROWS, strict=False))


@given(st.sets(_RUN), st.sets(_RUN), st.integers(0, 200))
def test_a_filter_lets_all_that_it_holds_pass(held: set[int], others: set[int], room: int) -> None:
    filters: list[bytearray | None] = [empty_bits(room) for _ in range(PARTS)]
    assert passing(held, filters) == []
    for run in held:
        bits = filters[part_of(run)]
        assert bits is not None
        assert has_room(bits, room)
        add(bits, [run])
    assert held <= set(passing(held | others, filters))
    assert set(passing(others, [None] * PARTS)) == others


@given(_RUN)
def test_every_run_lies_in_the_range_of_its_part(run: int) -> None:
    first, last = range_of(part_of(run))
    assert first <= run <= last
    assert 0 <= part_of(run) < PARTS


def test_the_parts_cover_the_whole_range() -> None:
    bounds = [range_of(part) for part in range(PARTS)]
    assert bounds[0][0] == -(2**63)
    assert bounds[-1][1] == 2**63 - 1
    assert all(one[1] + 1 == next_[0] for one, next_ in pairwise(bounds))


@pytest.mark.usefixtures("_small_tables")
def test_a_large_index_answers_what_it_surely_does_not_hold_from_filters_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = new_database()
    index = run_index(store)
    held = {(1 << 62) // 70 * number for number in range(60)}
    for holder in range(1, 7):
        index.hold(holder, {run + holder for run in held})
    asked: list[int] = []

    def ask(_db: Database, _level: int, runs: Iterable[int]) -> Iterator[tuple[int, int]]:
        asked.extend(runs)
        return iter(())

    monkeypatch.setattr(index_levels, "holders", ask)
    unheld = {run + 1000 * number for run in held for number in range(1, 10)}
    assert run_index(store).holders(unheld) == {}
    assert len(asked) < len(unheld) / 2


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
    index = run_index(store)
    assert {run: set(held) for run, held in index.holders({5, 7, 9}).items()} == {
        5: {1, 2},
        7: {1},
    }
    assert store.execute("SELECT count(*) FROM runs").fetchone() == (3,)
    assert {NEWEST, RECENT, SETTLED} == set(range(len(index_levels.TABLES)))
