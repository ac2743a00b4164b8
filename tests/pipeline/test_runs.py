"""The index of runs: who holds what, whatever table it lies in; formulae; neighbours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline import run_levels
from pipeline.link import FORMULA_ADDRESSES, OWN_RUNS
from pipeline.runs import (
    NO_RUN,
    forget_runs,
    formulae_among,
    holders_with,
    neighbours,
    rarest,
    store_runs,
    texts_with,
)
from pipeline.shingles import long_runs, runs_of
from pipeline.store import writing
from tests.pipeline.building import new_database, prose

_RUN = st.integers(-(2**63), 2**63 - 1)
_HELD = st.lists(st.tuples(st.integers(1, 4), st.sets(_RUN | st.integers(0, 9), max_size=12)))


@pytest.fixture
def _small_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_levels, "ROWS", [8, 20])
    monkeypatch.setattr(run_levels, "SLICES", [3, 7])


def runs(body: str) -> set[int]:
    return set(long_runs(runs_of(body.split())))


@pytest.mark.usefixtures("_small_tables")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_HELD)
def test_what_is_held_is_found_in_whatever_table_it_lies(held: list[tuple[int, set[int]]]) -> None:
    db = new_database()
    expected: set[tuple[int, int]] = set()
    for holder, wanted in held:
        new = {run for run in wanted if (run, holder) not in expected}
        run_levels.hold(db, holder, new)
        expected |= {(run, holder) for run in new}
    every = {run for run, _ in expected}
    found = list(run_levels.holders(db, every))
    assert set(found) == expected
    assert len(found) == len(expected)
    for holder in range(1, 5):
        assert run_levels.held_by(db, holder, every) == {r for r, h in expected if h == holder}
    _check_levels(db, len(expected))


def _check_levels(db: Database, rows: int) -> None:
    """No table but the last is larger than its bound, and rows are counted rightly."""
    sizes = [
        db.conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in run_levels.LEVELS
    ]
    counted = dict(db.conn.execute("SELECT level, rows FROM run_levels").fetchall())
    assert sum(sizes) == rows
    assert all(counted.get(level, 0) == size for level, size in enumerate(sizes))
    assert all(size <= most for size, most in zip(sizes, run_levels.ROWS, strict=False))


def test_a_run_is_a_formula_from_its_tenth_address_on_and_all_holders_are_told() -> None:
    db = new_database()
    body = prose("ф", 20)
    names = [f"{number:016x}" for number in range(FORMULA_ADDRESSES + 1)]
    for name in names[: FORMULA_ADDRESSES - 1]:
        assert store_runs(db, name, body, {}) == set()
        assert store_runs(db, name, f"{body} {prose('а', 9)}", {}) == set()
    assert formulae_among(db, runs(body)) == set()
    tenth = store_runs(db, names[FORMULA_ADDRESSES - 1], body, {})
    assert tenth == set(names[:FORMULA_ADDRESSES])
    assert formulae_among(db, runs(body)) == runs(body)
    assert store_runs(db, names[-1], body, {}) == set()
    assert holders_with(db, runs(body)) == set(names)


def test_neighbours_hold_as_many_of_the_runs_as_are_asked_for() -> None:
    db = new_database()
    words = prose("о", 40).split()
    for name, count in (("few", OWN_RUNS + 2), ("enough", OWN_RUNS + 3), ("all", 40)):
        store_runs(db, name, " ".join(words[:count]), {})
    asked = runs(" ".join(words))
    assert neighbours(db, asked, {}) == {"enough", "all"}
    assert holders_with(db, asked) == {"few", "enough", "all"}


def test_the_rarest_run_is_no_formula_where_there_is_another() -> None:
    db = new_database()
    form, own = prose("ф", 20), prose("о", 8)
    for number in range(FORMULA_ADDRESSES):
        store_runs(db, f"{number:016x}", form, {})
    store_runs(db, "own", f"{form} {own}", {})
    assert rarest(db, runs(f"{form} {own}")) in runs(f"{form} {own}") - runs(form)
    assert rarest(db, runs(form)) in runs(form)
    assert rarest(db, ()) is None


def test_imported_texts_are_found_by_their_runs_and_tiny_ones_by_none() -> None:
    db = new_database()
    store_runs(db, "text:one", prose("о", 20), {})
    store_runs(db, "text:tiny", "раз два", {})
    store_runs(db, "address", prose("о", 20), {})
    assert texts_with(db, runs(prose("о", 20))) == {"text:one"}
    assert texts_with(db, (NO_RUN,)) == {"text:tiny"}


def test_forgetting_leaves_nothing() -> None:
    db = new_database()
    with writing(db):
        for number in range(FORMULA_ADDRESSES):
            store_runs(db, f"text:{number}", prose("ф", 20), {})
        forget_runs(db)
    tables = ("runs", "holders", "formulae", "text_runs", "run_levels", *run_levels.LEVELS)
    for table in tables:
        assert db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
