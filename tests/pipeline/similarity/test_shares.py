"""Section 5, "Pairs": shares, formulae, equal and short texts, days far apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.digests import words_sha256
from pipeline.normalize.words import words
from pipeline.similarity.compared_text import Text
from pipeline.similarity.relatedness import FAR_APART_BOTH, HIGH_FROM, RELATED_FROM, Pair, verdict
from pipeline.similarity.shares import is_formula
from pipeline.similarity.shingles import FORMULA_WORDS, four_word_shingles, shingles_of
from tests.pipeline.worlds.captures import (
    derived,
    imported,
    items,
    kaz,
    moved,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)

_DAY = date(2026, 3, 2)


def text(
    name: str, body: str, *, source: str = "kazpravda", days: int = 0, title: str = ""
) -> Text:
    found = words(body)
    return Text(
        id=name, source=source, day=_DAY + timedelta(days=days), title=tuple(words(title)),
        words=len(found), digest=words_sha256(found), shingles=shingles_of(found),
    )  # fmt: skip


def pair_between(one: Text, other: Text, formulae: frozenset[int]) -> Pair | None:
    return verdict(one, other, formulae).pair


def weighed(one: Text, other: Text, formulae: frozenset[int] = frozenset()) -> Pair:
    found = pair_between(one, other, formulae)
    assert found == pair_between(other, one, formulae)
    assert found is not None
    return found


def test_bounds_stand_in_their_order() -> None:
    assert FORMULA_WORDS > 3
    assert 0.5 < HIGH_FROM < FAR_APART_BOTH
    assert RELATED_FROM < HIGH_FROM
    assert not is_formula(9)
    assert is_formula(12)


def test_nothing_shared_is_no_pair() -> None:
    assert pair_between(text("a", prose("а", 40)), text("b", prose("б", 40)), frozenset()) is None


def test_a_share_is_that_of_the_words_in_shared_passages() -> None:
    common = prose("о", 20)
    found = weighed(text("b", common), text("a", f"{prose('а', 60)} {common}"))
    assert (found.a, found.b) == ("a", "b")
    assert (found.share_a, found.share_b) == (0.25, 1.0)
    assert (found.plain_a, found.plain_b) == (0.25, 1.0)


def test_a_shared_opening_weighs_a_half_above_and_below_the_line() -> None:
    common = prose("о", 40)
    found = weighed(text("a", f"{common} {prose('а', 60)}"), text("b", common))
    assert (found.share_a, found.share_b) == (25 / 85, 1.0)
    assert (found.plain_a, found.plain_b) == (0.4, 1.0)
    turned = weighed(text("a", f"{prose('а', 60)} {common}"), text("b", common))
    assert turned.share_a == turned.plain_a == 0.4


def test_a_text_doubled_by_others_does_not_stand_in_its_half() -> None:
    one, own = prose("о", 60), prose("а", 60)
    for doubled in (f"{one} {own}", f"{own} {one}"):
        found = weighed(text("a", one), text("b", doubled))
        assert found.share_b <= 0.5 < HIGH_FROM
        assert found.share_a == 1.0


def test_formulae_weigh_little_above_and_below_the_line() -> None:
    form = prose("ф", 120)
    one, other = (text(name, f"{form} {prose(name * 2, 30)}") for name in "аб")
    formulae = frozenset(four_word_shingles(shingles_of(words(form))))
    assert weighed(one, other).related
    found = weighed(one, other, formulae)
    assert found.share_a < RELATED_FROM
    assert found.plain_a == 0.8
    assert not found.related


def test_equal_texts_are_one_whatever_the_weights() -> None:
    body = prose("о", 30)
    one, other = text("a", body, title="Один"), text("b", body.upper(), title="Два", days=30)
    found = weighed(one, other, frozenset(one.four_word_shingles))
    assert (found.share_a, found.share_b, found.related) == (1.0, 1.0, True)


def test_a_text_under_thirty_words_is_related_only_to_its_equal_of_the_same_title() -> None:
    short = text("a", prose("о", 29), title="Один")
    assert weighed(short, text("b", prose("о", 29), title="«ОДИН»")).related
    assert not weighed(short, text("b", prose("о", 29), title="Два")).related
    assert not weighed(short, text("b", prose("о", 40), title="Один")).related


def test_a_text_of_three_words_is_related_to_its_equal() -> None:
    assert weighed(text("a", "раз два три"), text("b", "Раз, два — три")).related
    assert pair_between(text("a", ""), text("b", ""), frozenset()).related is False  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("days", "source", "own", "related"),
    [(3, "kazpravda", 40, True), (4, "kazpravda", 40, False), (4, "senate", 40, True),
     (4, "kazpravda", 4, True), (-4, "kazpravda", 40, False)],
)  # fmt: skip
def test_items_of_one_source_far_apart_need_both_shares(
    days: int, source: str, own: int, related: bool
) -> None:
    common = prose("о", 60)
    one = text("a", f"{common} {prose('а', own)}")
    other = text("b", common, source=source, days=days)
    assert weighed(one, other).related is related


@given(
    st.lists(st.sampled_from("абвгдежз"), max_size=40),
    st.lists(st.sampled_from("абвг"), max_size=40),
    st.sets(st.integers(0, 30)),
)
def test_shares_lie_between_none_and_all(
    one: list[str], other: list[str], formulaic: set[int]
) -> None:
    first, second = text("a", " ".join(one)), text("b", " ".join(other))
    formulae = frozenset(one for at, one in enumerate(first.four_word_shingles) if at in formulaic)
    found = pair_between(first, second, formulae)
    assert found == pair_between(second, first, formulae)
    if found:
        for share in (found.share_a, found.share_b, found.plain_a, found.plain_b):
            assert 0.0 <= share <= 1.0
        assert replace(found, related=True) == replace(
            weighed(second, first, formulae), related=True
        )


_FORM = prose("ф", 60)


def _one_of_a_series(number: int) -> str:
    return f"{_FORM} {prose('щ' * (number + 1), 25)}"


def _stories(db: Database) -> int:
    return len({one["story"] for one in items(db).values()})


def test_a_series_comes_apart_with_its_twelfth_item_at_the_latest() -> None:
    db = new_database()
    pages = [page(kaz(f"x{n}"), n, _one_of_a_series(n)) for n in range(12)]
    for one in pages:
        take(db, one)
    assert _stories(db) == 12
    assert derived(db) == derived(world(*reversed(pages)))
    assert _stories(world(*pages[:9])) == 1


def test_a_release_with_five_prints_never_comes_apart() -> None:
    release = prose("р", 120)
    prints = [page(sen(1), 0, release)]
    prints += [page(kaz(f"x{n}"), n + 1, f"{release} {prose('щ' * (n + 1), 10)}") for n in range(5)]
    db = world(*prints)
    assert _stories(db) == 1
    assert {one["relation"] for one in items(db).values()} == {"canonical", "reprint"}


def test_a_shingle_is_counted_by_addresses_ever_redirected_and_folded_ones_too() -> None:
    pair = [page(kaz("a"), 0, _one_of_a_series(0)), page(kaz("b"), 1, _one_of_a_series(1))]
    once = [page(kaz(f"x{n}"), n, _one_of_a_series(n + 2)) for n in range(6)]
    later = [page(kaz(f"x{n}"), n + 20, prose("ю" * (n + 1), 60)) for n in range(6)]
    moves = [moved(kaz("x0"), 50, kaz("x1"))]
    db = world(*pair, *once, *later, *moves)
    assert items(db)[kaz("a")]["story"] == items(db)[kaz("b")]["story"]
    take(db, imported(_FORM, date(2026, 3, 1)))
    assert items(db)[kaz("a")]["story"] == items(db)[kaz("b")]["story"]
    take(db, imported(_FORM.upper(), date(2026, 3, 1)))
    assert len(items(db)) == 7
    assert items(db)[kaz("a")]["story"] != items(db)[kaz("b")]["story"]


def test_an_address_counts_a_shingle_once_however_often_it_is_captured() -> None:
    pages = [
        page(kaz("a"), n, f"{_one_of_a_series(0)} {prose('э' * (n + 1), 5)}") for n in range(15)
    ]
    db = world(*pages, page(kaz("b"), 1, _one_of_a_series(1)))
    assert _stories(db) == 1


def test_texts_of_two_languages_are_no_pair() -> None:
    db = world(page(kaz("a"), 0, _FORM), page(kaz("a", "kk"), 0, _FORM))
    assert _stories(db) == 2
    assert db.conn.execute("SELECT count(*) FROM pairs").fetchone() == (0,)


def test_an_own_piece_that_quotes_a_passage_is_not_in_the_story_of_what_it_quotes() -> None:
    release = prose("р", 200)
    own = f"{prose('с', 80)} {' '.join(release.split()[:25])} {prose('т', 80)}"
    db = world(page(sen(1), 0, release), page(kaz("a"), 1, own))
    assert _stories(db) == 2
    assert db.conn.execute("SELECT count(*) FROM pairs").fetchone() == (1,)


def test_pairs_follow_the_exported_revision() -> None:
    db = world(page(sen(1), 0, _FORM), page(kaz("a"), 1, _FORM))
    assert _stories(db) == 1
    take(db, page(kaz("a"), 2, prose("с", 60)))
    assert _stories(db) == 2
    assert db.conn.execute("SELECT count(*) FROM pairs").fetchone() == (0,)
