"""Two items compared: the verdict of the rule, its reason, and the words that are alike."""

from itertools import combinations
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.model.press_item import PressItem
from pipeline.normalize.words import word_spans, words
from pipeline.query import stored_items
from pipeline.query.stored_stories import comparison
from pipeline.similarity.comparison import Comparison, SharedPassage, compare, merged
from pipeline.similarity.shingles import words_in
from pipeline.store.rows import item_from_row
from tests.pipeline.worlds.captures import kaz, new_database, page, prose, sen, take
from tests.pipeline.worlds.rows import item_row

_BODIES = st.lists(st.sampled_from("абвгд"), max_size=70).map(" ".join)
_OWN = prose("о", 60)
_RATES = (
    "Национальный банк установил официальный курс доллара на {} марта: {} тенге. Курс действует "
    "для целей бухгалтерского учёта, налогообложения и таможенных платежей, в банках и обменных "
    "пунктах он может быть другим, говорится в сообщении пресс-службы банка"
)


def item(number: int, body: str, **fields: Any) -> PressItem:
    return item_from_row(item_row(number, body=body, **fields))


def compared(one: str, other: str, **fields: Any) -> Comparison:
    return compare(item(1, one), item(2, other, **fields), frozenset())


def in_words(ranges: tuple[tuple[int, int], ...], body: str) -> list[list[str]]:
    return [list(words_in(body)[start:end]) for start, end in ranges]


def stored(db: Database) -> list[PressItem]:
    return [
        stored_items.item(db, row[0]) for row in db.conn.execute("SELECT id FROM items ORDER BY id")
    ]


@given(_BODIES, _BODIES)
def test_the_words_of_a_passage_are_the_same_in_both(one: str, other: str) -> None:
    result = compared(one, other)
    here, there = words_in(one), words_in(other)
    for passage in result.passages:
        for stretch in passage.stretches:
            own = here[stretch.start : stretch.start + stretch.words]
            assert own == there[stretch.other : stretch.other + stretch.words]
            assert len(own) == stretch.words > 0
    assert [passage.number for passage in result.passages] == [
        number for number, _ in enumerate(result.passages, 1)
    ]
    assert 0 <= result.words <= result.here.words


@given(_BODIES, _BODIES)
def test_the_other_way_round_it_is_the_same_verdict(one: str, other: str) -> None:
    result, turned = compared(one, other), compare(item(2, other), item(1, one), frozenset())
    assert (turned.here, turned.there) == (result.there, result.here)
    assert (turned.related, turned.rule) == (result.related, result.rule)
    assert bool(turned.passages) == bool(result.passages)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_word_has_its_place(text: str) -> None:
    composed = normalize("NFC", text)
    found = [composed[start:end] for start, end in word_spans(composed)]
    assert len(found) == len(words(text))
    assert all(len(words(word)) == 1 for word in found)


def test_what_stands_twice_in_one_text_alone_is_marked_twice() -> None:
    result = compared(_OWN, f"{_OWN} {prose('а', 20)} {_OWN}")
    ends = [(passage.here[0][0], passage.there) for passage in result.passages]
    assert ends == [(0, ((0, 60),)), (0, ((80, 140),))]
    assert (result.words, result.here.share) == (60, 1.0)


def test_words_put_in_between_are_not_marked() -> None:
    start, end = prose("н", 20), prose("к", 20)
    (passage,) = compared(f"{start} {end}", f"{start} ещё слово {end}").passages
    assert (passage.words, passage.here, passage.there) == (40, ((0, 40),), ((0, 20), (22, 42)))


@pytest.mark.parametrize(
    ("one", "other", "fields", "related", "rule"),
    [
        (_OWN, _OWN, {"id": f"{1:016x}"}, False, "same item"),
        (_OWN, _OWN, {"language": "kk"}, False, "languages"),
        (_OWN, _OWN.upper(), {}, True, "equal"),
        ("мало слов", "мало слов", {}, False, "short"),
        ("мало слов", "мало слов", {"title": "Заголовок 1"}, True, "equal"),
        ("", "", {"title": "Заголовок 1"}, False, "short"),
        (_OWN, prose("о", 29), {}, False, "short"),
        (_OWN, prose("а", 60), {}, False, "nothing shared"),
        (_OWN, prose("о", 50) + prose("а", 40), {}, True, "reaches R"),
        (_OWN, prose("о", 50) + prose("а", 40),
         {"published": "2026-03-09T10:00:00+05:00"}, False, "far apart"),
        (_OWN, prose("о", 59) + " а",
         {"published": "2026-03-09T10:00:00+05:00"}, True, "reaches R"),
        (_OWN, prose("о", 20) + prose("а", 60), {}, False, "opening"),
        (_OWN, prose("о", 36) + prose("а", 60), {}, False, "few words"),
        (_OWN, " ".join(w if n % 4 != 3 else f"а{n}" for n, w in enumerate(_OWN.split())), {},
         False, "few words"),
        (_OWN, prose("а", 60) + " " + " ".join(_OWN.split()[36:]), {}, True, "reaches R"),
        (_OWN, prose("а", 60) + " " + " ".join(_OWN.split()[38:]), {}, False, "few words"),
        (_OWN, prose("а", 60) + " " + " ".join(_OWN.split()[49:]), {}, False, "below R"),
        (_RATES.format(6, "512,3"), _RATES.format(7, "498,7"), {}, False, "particulars"),
        (_RATES.format(6, "512,3"), _RATES.format(6, "512,4"), {}, True, "reaches R"),
    ],
)  # fmt: skip
def test_the_rule_that_decided_is_told(
    one: str, other: str, fields: dict[str, Any], related: bool, rule: str
) -> None:
    result = compared(one, other, **fields)
    assert (result.related, result.rule) == (related, rule)


def test_formulae_are_told_from_what_is_shared() -> None:
    db = new_database()
    form = prose("ф", 40)
    take(db, *(page(kaz(f"x{n}"), n, f"{prose('щ' * (n + 1), 60)} {form}") for n in range(11)))
    one, other, *_ = stored(db)
    result = comparison(db, one, other)
    assert (result.related, result.rule) == (False, "formulae")
    assert result.here.formulae == ((60, 100),)
    assert (result.here.plain, result.here.share < 0.2) == (0.4, True)
    assert in_words(result.passages[0].here, one.body) == [form.split()]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(20, 80)), min_size=2, max_size=4))
def test_the_verdict_is_that_of_the_stored_pairs(cuts: list[tuple[int, int]]) -> None:
    whole = prose("о", 140).split()
    db = new_database()
    for number, (start, length) in enumerate(cuts):
        body = f"{' '.join(whole[start : start + length])} {prose('ю' * (number + 1), 40)}"
        take(db, page(sen(number + 1) if number % 2 else kaz(f"n{number}"), number, body))
    pairs = {
        (row[0], row[1]): row[2:]
        for row in db.conn.execute(
            "SELECT a, b, share_a, share_b, plain_a, plain_b, related FROM pairs"
        )
    }
    for one, other in combinations(stored(db), 2):
        result = comparison(db, one, other)
        here, there = result.here, result.there
        values = (here.share, there.share, here.plain, there.plain, int(result.related))
        assert pairs.get((one.id, other.id), values) == values
        assert not result.related or (one.id, other.id) in pairs


def test_ranges_are_merged_where_they_touch() -> None:
    passage = SharedPassage(number=1, stretches=())
    assert (passage.words, passage.here) == (0, ())
    assert merged([(5, 8), (0, 3), (3, 4), (6, 7)]) == ((0, 4), (5, 8))
