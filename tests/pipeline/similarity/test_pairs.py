"""Which items are weighed against each other at all: found through the index, kept in `pairs`."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.similarity import shares
from pipeline.similarity.compared_text import Text, as_compared
from pipeline.similarity.relatedness import pair_to_keep, verdict
from pipeline.similarity.shingle_index import formulae_among
from tests.pipeline.worlds.captures import derived, kaz, new_database, page, prose, sen, take

_OWN = st.integers(0, 300)
_BLOCKS = [
    prose(seed, words)
    for seed, words in zip("абвгдежз", (4, 9, 25, 40, 40, 70, 340, 700), strict=True)
]
_PUT_TOGETHER = st.lists(st.sampled_from(_BLOCKS), min_size=1, max_size=5).map(" ".join)


def pairs(db: Database) -> list[tuple[float, float, int]]:
    return db.conn.execute("SELECT plain_a, plain_b, related FROM pairs").fetchall()


@settings(deadline=None, max_examples=40)
@given(st.integers(60, 90), _OWN, _OWN, _OWN, _OWN)
def test_a_shared_passage_of_sixty_words_is_kept_whatever_stands_around(
    length: int, before: int, after: int, other_before: int, other_after: int
) -> None:
    shared = prose("о", length)
    one = page(sen(1), 0, f"{prose('а', before)} {shared} {prose('б', after)}")
    other = page(kaz("a"), 1, f"{prose('в', other_before)} {shared} {prose('г', other_after)}")
    db = new_database()
    take(db, one)
    take(db, other)
    ((plain_a, plain_b, _),) = pairs(db)
    sizes = sorted((before + length + after, other_before + length + other_after))
    assert sorted((plain_a, plain_b)) == sorted(length / size for size in sizes)
    turned = new_database()
    take(turned, other)
    take(turned, one)
    assert derived(turned) == derived(db)


def test_a_shared_name_is_no_pair() -> None:
    name = prose("и", 8)
    db = new_database()
    take(db, page(sen(1), 0, f"{prose('а', 60)} {name} {prose('б', 60)}"))
    take(db, page(kaz("a"), 1, f"{prose('в', 60)} {name} {prose('г', 60)}"))
    assert pairs(db) == []


def test_a_text_that_is_nothing_but_a_formula_is_related_to_none_whichever_came_first() -> None:
    form = prose("ф", 60)
    series = [page(kaz(f"x{n}"), n, f"{form} {prose('щ' * (n + 1), 60)}") for n in range(11)]
    bare = page(sen(1), 50, form)
    first, last = new_database(), new_database()
    take(first, bare)
    take(first, *series)
    take(last, *series)
    take(last, bare)
    assert derived(first) == derived(last)
    assert not any(related for *_, related in pairs(first))


@pytest.fixture
def few_make_a_formula() -> Iterator[None]:
    """Four addresses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "FORMULA_ADDRESSES", 4)
        yield


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.tuples(_PUT_TOGETHER, st.integers(1, 9)), min_size=3, max_size=12))
@pytest.mark.usefixtures("few_make_a_formula")
def test_of_all_pairs_those_are_found_that_are_related(texts: list[tuple[str, int]]) -> None:
    db = new_database()
    for number, (body, day) in enumerate(texts):
        take(db, page(kaz(f"x{number}"), 0, body, published=f"2026-03-0{day}T10:00:00+05:00"))
    rows = db.conn.execute("SELECT id, source, day, title, body FROM items").fetchall()
    found = [_text(*row) for row in rows]
    formulae = formulae_among(db, {one for text in found for one in text.indexed_shingles})
    related = {
        (one.id, other.id)
        for one, other in combinations(sorted(found, key=lambda text: text.id), 2)
        if verdict(one, other, formulae).related
    }
    assert set(db.conn.execute("SELECT a, b FROM pairs WHERE related")) == related


@pytest.mark.parametrize(
    ("one", "other", "forms"),
    [
        (f"{prose('о', 340)} {prose('ф', 660)}", f"{prose('о', 340)} {prose('г', 660)}", "фг"),
        (" ".join([prose("ф", 40)] * 4), " ".join([*[prose("ф", 40)] * 4, "ещё одно"]), "ф"),
        (f"{prose('ф', 1200)} {prose('д', 22)} {prose('о', 22)} {prose('к', 2000)}",
         f"{prose('ф', 1200)} {prose('л', 20)} {prose('о', 22)}", "ф"),
    ],
    ids=["one text in two forms", "a form over and over", "many words of a form beside a few"],
)  # fmt: skip
def test_what_is_related_is_not_left_out_unweighed(one: str, other: str, forms: str) -> None:
    a, b, *written = (
        _text(name, "kazpravda", "2026-03-02", None, body)
        for name, body in [("a", one), ("b", other), *((form, prose(form, 1200)) for form in forms)]
    )
    of_forms = frozenset[int]().union(*(form.indexed_shingles for form in written))
    assert verdict(a, b, of_forms).related
    assert pair_to_keep(a, b, of_forms) is not None


def _text(item: str, source: str, day: str, title: str | None, body: str) -> Text:
    return as_compared(item, source, date.fromisoformat(day), title, body)
