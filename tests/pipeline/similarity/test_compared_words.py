"""Attributions stay in a body, and count in no comparison."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.normalize.words import word_spans, words
from pipeline.query.stored_stories import comparison
from pipeline.similarity.compared_words import compared_words, word_numbers
from tests.pipeline.similarity.test_comparison import compared, stored
from tests.pipeline.similarity.test_same_words import CHANGES, Change
from tests.pipeline.worlds.captures import (
    exported,
    imported,
    items,
    kaz,
    page,
    prose,
    sen,
    world,
)

_RU = "Сенат одобрил поправки к закону об архивах"
_KK = "Сенат мұрағат туралы заңға түзетулерді мақұлдады"
_EN = "The Senate has approved amendments to the law on archives"
ATTRIBUTED = [
    *(
        (_RU, f"{_RU}{clause}")
        for clause in (
            ", сообщает Kazpravda.kz.",
            ", сообщает Kazpravda.kz",
            " сообщает Kazpravda.kz.",
            ", передает корреспондент Kazpravda.kz.",
            ", – передаёт Kazpravda.kz.",
            " — информирует корр. Kazpravda.kz.",
            ", информирует Kazpravda.kz со ссылкой на пресс-службу Сената.",
            ", сообщает Kazpravda.kz, ссылаясь на Министерство культуры.",
            ", сообщают в пресс-службе Сената РК.",
            ', передает газета "Вечерний Алматы".',
            ", передаёт наш корреспондент со ссылкой на inform.kz.",
            ". Об этом сообщает Kazpravda.kz.",
        )
    ),
    (_RU, f"{_RU[:5]}, как сообщает Kazpravda.kz, {_RU[6:]}."),
    (_RU, f"{_RU[:5]}, сообщает пресс-служба, {_RU[6:]}."),
    (_KK, f"{_KK[:5]}, деп хабарлайды Kazpravda.kz, {_KK[6:]}."),
    (_EN, f"{_EN[:10]}, according to Kazpravda.kz, {_EN[11:]}."),
    *(
        (_KK, f"{_KK}{clause}")
        for clause in (
            ", деп хабарлайды Kazpravda.kz.",
            ", – деп хабарлайды Kazpravda.kz тілшісі",
            ", деп хабарлады Сенаттың баспасөз қызметі.",
            ", деп жазады «Егемен Қазақстан».",
            ", Kazpravda.kz хабарлайды.",
            ", деп хабарлайды Kazpravda.kz Сенаттың баспасөз қызметіне сілтеме жасап.",
            ", деп хабарлайды Сенаттың баспасөз қызметіне сілтеме жасап Kazpravda.kz.",
        )
    ),
    *(
        (_EN, f"{_EN}{clause}")
        for clause in (
            ", reports Kazpravda.kz.",
            ", Kazpravda.kz reports",
            ", the Senate Press Service reports.",
            ", Kazpravda.kz reports citing the Senate press service.",
            ", the Kazpravda.kz correspondent reports, citing inform.kz.",
            ", according to Kazpravda.kz.",
        )
    ),
]  # fmt: skip
COUNTED = [
    "Министр сообщает, что закон принят.",
    "Мастер передает опыт сыну Марату.",
    "Старший мастер, передает опыт сыну Марату.",
    "Комитет информирует Сенат о ходе работ.",
    "Министр сообщает Kazpravda.kz, что закон принят.",
    "Закон, сообщает министр, принят в двух чтениях.",
    "Стало известно, сообщает пресс-служба, что закон принят.",
    "Закон, о котором сообщает пресс-служба Сената, принят в двух чтениях.",
    "Подробности сообщает сайт egov.kz в разделе новостей.",
    "Министрлік бұл туралы Сенатқа хабарлайды.",
    "Ол ауылдан хат жазады.",
    "Kazpravda.kz тілшісі Сенаттағы жиынға қатысты.",
    "Мастерская, передает 5 книг библиотеке.",
    "Комитет передает агентству документы.",
    "The committee reports to the Senate every year.",
    "The committee reports pressing problems.",
    "He came home, the Minister reports to Parliament.",
    "According to the law on archives it is free.",
]
_OPENING, _END = prose("н", 40), prose("к", 40)
_TEXTS = st.lists(st.sampled_from(["Сенат", "закон", "Kazpravda.kz", ",", ".", "«", "\n\n", "ё"]))


def _in(text: str) -> str:
    """A text amid a body."""
    return f"{_OPENING}. {text} {_END[0].upper()}{_END[1:]}."


@pytest.mark.parametrize(("plain", "attributed"), ATTRIBUTED)
def test_attributions_are_no_words_to_compare(plain: str, attributed: str) -> None:
    assert compared_words(attributed) == words(plain)
    assert compared_words(f"{attributed}\n\nДалее.") == words(f"{plain} Далее")
    if attributed.endswith("."):
        assert compared_words(_in(attributed)) == words(_in(plain))


@pytest.mark.parametrize("text", COUNTED)
def test_what_only_looks_like_one_counts(text: str) -> None:
    assert compared_words(text) == words(text)
    assert compared_words(_in(text)) == words(_in(text))


@given(_TEXTS.map(" ".join))
def test_without_a_verb_of_saying_all_words_count(text: str) -> None:
    assert compared_words(text) == words(text)
    assert word_numbers(text) == list(range(len(words(text))))


@given(st.lists(st.sampled_from([text for _, text in ATTRIBUTED] + COUNTED), max_size=6))
def test_what_is_left_out_depends_on_the_paragraph_alone(lines: list[str]) -> None:
    body = "\n\n".join(lines)
    assert compared_words(body) == [word for line in lines for word in compared_words(line)]


@given(st.lists(st.sampled_from([text for _, text in ATTRIBUTED] + COUNTED), max_size=6))
def test_each_compared_word_has_the_number_that_it_has_in_the_body(lines: list[str]) -> None:
    body = "\n\n".join(lines)
    numbers, every = word_numbers(body), words(body)
    assert [every[number] for number in numbers] == compared_words(body)
    assert all(one < other for one, other in pairwise(numbers))


@pytest.mark.parametrize("change", [one for one in CHANGES if one.__name__ in {
    "_upper", "_quotes", "_without_quotes", "_yo", "_decomposed", "_spaces", "_dashes",
}])  # fmt: skip
@pytest.mark.parametrize("text", [text for _, text in ATTRIBUTED])
def test_what_nobody_reads_makes_no_other_attribution(change: Change, text: str) -> None:
    assert compared_words(change(text)) == compared_words(text)


def _stories(db: Database) -> int:
    return len({one["story"] for one in items(db).values()})


def _release(language: str) -> tuple[str, str, Callable[[str], str]]:
    first = sen(1, language), kaz("a", language)
    return (*first, lambda sentence: f"{prose('а', 45)}.\n\n{sentence}\n\n{prose('б', 45)}.")


@pytest.mark.parametrize(
    ("language", "plain", "attributed"),
    [
        *(("ru", *one) for one in ATTRIBUTED if one[0] == _RU),
        *(("kk", *one) for one in ATTRIBUTED if one[0] == _KK),
        *(("en", *one) for one in ATTRIBUTED if one[0] == _EN),
    ],
)
def test_a_reprint_shares_as_much_with_one_as_without(
    language: str, plain: str, attributed: str
) -> None:
    release, reprint, body = _release(language)
    db = world(page(release, 0, body(f"{plain}.")), page(reprint, 1, body(attributed)))
    assert db.conn.execute("SELECT share_a, share_b, plain_a, plain_b FROM pairs").fetchall() == [
        (1.0, 1.0, 1.0, 1.0)
    ]
    assert items(db)[reprint]["relation"] == "reprint"
    assert items(db)[reprint]["body"] == body(attributed)
    assert items(db)[reprint]["words"] == len(words(body(attributed)))


@pytest.mark.parametrize(("plain", "attributed"), ATTRIBUTED)
def test_a_short_text_is_the_same_with_one(plain: str, attributed: str) -> None:
    db = world(page(sen(1), 0, f"{plain}."), page(kaz("a"), 1, attributed))
    assert _stories(db) == 1
    db = world(page(sen(1), 0, f"{plain}."), page(kaz("a"), 1, attributed, title="Другой"))
    assert _stories(db) == 2


def test_a_text_is_short_by_the_words_that_are_compared() -> None:
    text = prose("о", 29)
    attributed = f"{text}, сообщает Kazpravda.kz."
    result = compared(f"{text}.", attributed)
    assert (result.related, result.rule) == (False, "short")


def test_the_similarity_is_that_of_the_shorter_text_by_the_words_that_are_compared() -> None:
    whole = [f"{prose('о', 60)}.", f"{prose('у', 60)}.", f"{prose('я', 2)}."]
    shorter = [f"{prose('о', 60)}, сообщает Kazpravda.kz.", whole[1]]
    db = world(
        page(sen(1), 0, "\n\n".join(whole)),
        page(kaz("a"), 1, "\n\n".join(shorter)),
    )
    assert items(db)[kaz("a")]["words"] > items(db)[sen(1)]["words"]
    assert items(db)[kaz("a")]["similarity"] == 1.0


def test_an_imported_text_folds_into_an_article_that_says_who_reports() -> None:
    lines = [f"{prose('о', 30)}, сообщает Kazpravda.kz.", f"{prose('у', 30)}."]
    article = "\n\n".join(["Лид новости.", *lines])
    for text in (lines, [f"{prose('о', 30)}.", lines[1]]):
        db = world(page(kaz("a"), 0, article), imported("\n\n".join(text), date(2026, 3, 2)))
        assert list(items(db)) == [kaz("a")]


def test_ten_reprints_do_not_depend_on_their_order() -> None:
    clauses = (".", ", сообщает Kazpravda.kz.", ", передает Kazpravda.kz со ссылкой на inform.kz.")
    pages = [
        page(kaz(f"x{n}"), n, f"{prose('о', 50)}{clause}\n\n{prose('у', 50)}.")
        for n, clause in enumerate(clauses)
    ]
    first, *others = (exported(world(*order)) for order in permutations(pages))
    assert all(other == first for other in others)
    assert _stories(world(*pages)) == 1


class TestShown:
    """What is shared is told by the numbers that words have in the body."""

    ONE = f"{_OPENING}, сообщает Kazpravda.kz. {_END}."
    OTHER = f"{_OPENING}. {_END}."

    def test_passages_leave_the_attribution_out(self) -> None:
        for one, other in ((self.ONE, self.OTHER), (f"{self.ONE} А", f"{self.OTHER} Я")):
            (passage,) = compared(one, other).passages
            assert passage.here == ((0, 40), (43, 83))
            assert passage.there == ((0, 80),)
            assert passage.words == 80

    def test_the_other_way_round_too(self) -> None:
        (passage,) = compared(self.OTHER, self.ONE).passages
        assert (passage.here, passage.there) == (((0, 80),), ((0, 40), (43, 83)))

    def test_two_that_stand_in_two_places(self) -> None:
        other = f"{_OPENING}. {_END}, сообщает Kazpravda.kz."
        (passage,) = compared(self.ONE, other).passages
        assert (passage.here, passage.there) == (((0, 40), (43, 83)), ((0, 80),))

    def test_the_words_are_those_of_the_text(self) -> None:
        (passage,) = compared(self.ONE, self.OTHER).passages
        spans = word_spans(self.ONE)
        texts = [self.ONE[spans[start][0] : spans[end - 1][1]] for start, end in passage.here]
        assert texts == [_OPENING, _END]

    def test_formulae_leave_it_out(self) -> None:
        form = f"{prose('ф', 20)}, сообщает Kazpravda.kz. {prose('Х', 20)}"
        db = world(
            *(page(kaz(f"x{n}"), n, f"{prose('щ' * (n + 1), 60)} {form}") for n in range(11))
        )
        one, other, *_ = stored(db)
        assert comparison(db, one, other).here.formulae == ((60, 80), (83, 103))
