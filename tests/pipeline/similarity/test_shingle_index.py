"""What is asked of the index of runs: formulae, neighbours, the rarest run."""

from pipeline.similarity import index_levels
from pipeline.similarity.index_cache import run_index
from pipeline.similarity.shares import FORMULA_ADDRESSES, OWN_RUNS
from pipeline.similarity.shingle_index import (
    NO_RUN,
    forget_runs,
    formulae_among,
    holders_with,
    neighbours,
    rarest,
    store_runs,
    texts_with,
)
from pipeline.similarity.shingles import long_runs, runs_of
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import new_database, prose


def runs(body: str) -> set[int]:
    return set(long_runs(runs_of(body.split())))


def test_a_run_is_a_formula_from_its_tenth_address_on_and_all_holders_are_told() -> None:
    db = new_database()
    body = prose("ф", 20)
    names = [f"{number:016x}" for number in range(FORMULA_ADDRESSES + 1)]
    for name in names[: FORMULA_ADDRESSES - 1]:
        assert store_runs(run_index(db), name, body) == set()
        assert store_runs(run_index(db), name, f"{body} {prose('а', 9)}") == set()
    assert formulae_among(db, runs(body)) == set()
    tenth = store_runs(run_index(db), names[FORMULA_ADDRESSES - 1], body)
    assert tenth == set(names[:FORMULA_ADDRESSES])
    assert formulae_among(db, runs(body)) == runs(body)
    assert store_runs(run_index(db), names[-1], body) == set()
    assert holders_with(run_index(db), runs(body)) == set(names)


def test_neighbours_hold_as_many_of_the_runs_as_are_asked_for() -> None:
    db = new_database()
    words = prose("о", 40).split()
    for name, count in (("few", OWN_RUNS + 2), ("enough", OWN_RUNS + 3), ("all", 40)):
        store_runs(run_index(db), name, " ".join(words[:count]))
    asked = runs(" ".join(words))
    assert neighbours(run_index(db), asked) == {"enough", "all"}
    assert holders_with(run_index(db), asked) == {"few", "enough", "all"}


def test_the_rarest_run_is_no_formula_where_there_is_another() -> None:
    db = new_database()
    form, own = prose("ф", 20), prose("о", 8)
    for number in range(FORMULA_ADDRESSES):
        store_runs(run_index(db), f"{number:016x}", form)
    store_runs(run_index(db), "own", f"{form} {own}")
    assert rarest(run_index(db), runs(f"{form} {own}")) in runs(f"{form} {own}") - runs(form)
    assert rarest(run_index(db), runs(form)) in runs(form)
    assert rarest(run_index(db), ()) is None


def test_imported_texts_are_found_by_their_runs_and_tiny_ones_by_none() -> None:
    db = new_database()
    store_runs(run_index(db), "text:one", prose("о", 20))
    store_runs(run_index(db), "text:tiny", "раз два")
    store_runs(run_index(db), "address", prose("о", 20))
    assert texts_with(db, runs(prose("о", 20))) == {"text:one"}
    assert texts_with(db, (NO_RUN,)) == {"text:tiny"}


def test_forgetting_leaves_nothing() -> None:
    db = new_database()
    with writing(db):
        for number in range(FORMULA_ADDRESSES):
            store_runs(run_index(db), f"text:{number}", prose("ф", 20))
        forget_runs(run_index(db))
    tables = (
        "runs",
        "holders",
        "formulae",
        "text_runs",
        "run_levels",
        "run_filters",
        *index_levels.TABLES,
    )
    for table in tables:
        assert db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
