"""What is asked of the index: formulae, candidates, the rarest shingle."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.similarity import index_levels, shingle_index
from pipeline.similarity.shares import FORMULA_ADDRESSES, OWN_SHINGLES
from pipeline.similarity.shingle_index import (
    NO_SHINGLE,
    add_documents,
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
        return add_documents(db, [(document, body)])


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
    assert documents_with(db, shingles(body)) == set(names)


@given(
    st.lists(st.tuples(st.integers(1, 12), st.sets(st.integers(0, 5), min_size=1)), max_size=25),
    st.data(),
)
def test_in_whatever_batches_they_come_frequencies_are_those_of_all_documents(
    read: list[tuple[int, set[int]]], data: st.DataObject
) -> None:
    """A document of a few sentences may be read again with others; what it had once it keeps."""
    db = new_database()
    held: defaultdict[int, set[str]] = defaultdict(set)
    waiting = read
    while waiting:
        size = data.draw(st.integers(1, len(waiting)))
        batch, waiting = waiting[:size], waiting[size:]
        formulae = _formulae(held)
        with writing(db), pytest.MonkeyPatch.context() as patch:
            patch.setattr(shingle_index, "MOST_STAGED", data.draw(st.integers(1, 90)))
            told = add_documents(db, ((str(number), _body(has)) for number, has in batch))
        for number, has in batch:
            for sentence in has:
                held[sentence].add(str(number))
        new = _formulae(held) - formulae
        assert told == {document for sentence in new for document in held[sentence]}
    for sentence in range(6):
        own = shingles(_SENTENCES[sentence])
        assert documents_with(db, own) == held[sentence]
        assert formulae_among(db, own) == (own if sentence in _formulae(held) else set())
    asked = {str(number): shingles(_SENTENCES[number]) for number in held}
    assert candidates(db, asked) == {
        str(number): found if len(found) > 1 else set() for number, found in held.items()
    }


_SENTENCES = [prose(letter, 9) for letter in "абвгде"]


def _body(sentences: set[int]) -> str:
    """These sentences, with nothing in common where they meet."""
    return " ".join(_SENTENCES[one] for one in sorted(sentences))


def _formulae(held: dict[int, set[str]]) -> set[int]:
    return {one for one, documents in held.items() if len(documents) >= FORMULA_ADDRESSES}


def test_candidates_have_as_many_of_the_shingles_as_are_asked_for() -> None:
    db = new_database()
    words = prose("о", 40).split()
    for name, count in (("few", OWN_SHINGLES + 2), ("enough", OWN_SHINGLES + 3), ("all", 40)):
        _add(db, name, " ".join(words[:count]))
    asked = shingles(" ".join(words))
    assert candidates(db, {"all": asked}) == {"all": {"enough", "all"}}
    assert documents_with(db, asked) == {"few", "enough", "all"}


def test_the_rarest_shingle_is_no_formula_where_there_is_another() -> None:
    db = new_database()
    form, own = prose("ф", 20), prose("о", 8)
    for number in range(FORMULA_ADDRESSES):
        _add(db, f"{number:016x}", form)
    _add(db, "own", f"{form} {own}")
    both = shingles(f"{form} {own}")
    assert rarest_shingle(db, both) in both - shingles(form)
    assert rarest_shingle(db, shingles(form)) in shingles(form)
    assert rarest_shingle(db, ()) is None


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
        add_documents(
            db, [(f"text:{number}", prose("ф", 20)) for number in range(FORMULA_ADDRESSES)]
        )
        clear_index(db)
    tables = (
        "runs",
        "holders",
        "formulae",
        "text_runs",
        "run_levels",
        index_levels.FURTHER,
        *index_levels.LEVELS,
    )
    for table in tables:
        assert db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
