"""What is asked of the index: formulae, candidates, the rarest shingle."""

from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.index_cache import index_of
from pipeline.similarity.shares import FORMULA_ADDRESSES, OWN_SHINGLES
from pipeline.similarity.shingle_index import (
    NO_SHINGLE,
    add_document,
    candidates,
    clear_index,
    documents_with,
    formulae_among,
    rarest_shingle,
    texts_with,
)
from pipeline.similarity.shingles import four_word_shingles, shingles_of
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import new_database, prose


def shingles(body: str) -> set[int]:
    return set(four_word_shingles(shingles_of(body.split())))


def _add(db: Database, document: str, body: str) -> set[str]:
    with writing(db):
        return add_document(index_of(db), document, body)


def test_a_shingle_is_a_formula_from_its_tenth_address_on_and_its_documents_are_told() -> None:
    db = new_database()
    body = prose("ф", 20)
    names = [f"{number:016x}" for number in range(FORMULA_ADDRESSES + 1)]
    for name in names[: FORMULA_ADDRESSES - 1]:
        assert _add(db, name, body) == set()
        assert _add(db, name, f"{body} {prose('а', 9)}") == set()
    assert formulae_among(db, shingles(body)) == set()
    tenth = _add(db, names[FORMULA_ADDRESSES - 1], body)
    assert tenth == set(names[:FORMULA_ADDRESSES])
    assert formulae_among(db, shingles(body)) == shingles(body)
    assert _add(db, names[-1], body) == set()
    assert documents_with(index_of(db), shingles(body)) == set(names)


def test_candidates_have_as_many_of_the_shingles_as_are_asked_for() -> None:
    db = new_database()
    words = prose("о", 40).split()
    for name, count in (("few", OWN_SHINGLES + 2), ("enough", OWN_SHINGLES + 3), ("all", 40)):
        _add(db, name, " ".join(words[:count]))
    asked = shingles(" ".join(words))
    assert candidates(index_of(db), asked) == {"enough", "all"}
    assert documents_with(index_of(db), asked) == {"few", "enough", "all"}


def test_the_rarest_shingle_is_no_formula_where_there_is_another() -> None:
    db = new_database()
    form, own = prose("ф", 20), prose("о", 8)
    for number in range(FORMULA_ADDRESSES):
        _add(db, f"{number:016x}", form)
    _add(db, "own", f"{form} {own}")
    both = shingles(f"{form} {own}")
    assert rarest_shingle(index_of(db), both) in both - shingles(form)
    assert rarest_shingle(index_of(db), shingles(form)) in shingles(form)
    assert rarest_shingle(index_of(db), ()) is None


def test_imported_texts_are_found_by_their_runs_and_tiny_ones_by_none() -> None:
    db = new_database()
    _add(db, "text:one", prose("о", 20))
    _add(db, "text:tiny", "раз два")
    _add(db, "address", prose("о", 20))
    assert texts_with(db, shingles(prose("о", 20))) == {"text:one"}
    assert texts_with(db, (NO_SHINGLE,)) == {"text:tiny"}


def test_forgetting_leaves_nothing() -> None:
    db = new_database()
    with writing(db):
        for number in range(FORMULA_ADDRESSES):
            add_document(index_of(db), f"text:{number}", prose("ф", 20))
        clear_index(index_of(db))
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
