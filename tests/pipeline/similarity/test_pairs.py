"""Which items are weighed against each other at all: found through the index, kept in `pairs`."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from tests.pipeline.worlds.captures import derived, kaz, new_database, page, prose, sen, take

_OWN = st.integers(0, 300)


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
