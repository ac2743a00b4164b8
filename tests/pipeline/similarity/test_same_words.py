"""Texts that differ only in what nobody reads: case, quotes, ё, dashes, unseen characters, and
letters of another script that look alike. They are the same text.
"""

import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.words import word_spans, words
from tests.pipeline.worlds.captures import imported, items, kaz, page, sen, world

_RUSSIAN = (
    "Председатель Сената провёл встречу с послом. Всё-таки «Новый форум», по его словам, нужен"
    " всем: в нём примут участие учёные, врачи, юристы и депутаты из 20 стран — от Ёлкина до"
    " Марат-оглы. Он отметил, что объём торговли вырос на 15 процентов, а СНГ и ВТО помогут."
)
_KAZAKH = (
    "Қазақстан Парламенті Сенатының төрағасы Ұлттық кітапханада «Үздік кітап» көрмесін ашты."
    " Іс-шараға ғалымдар, жазушылар және қаһарман ардагерлер қатысты. Әділет, өркениет, бірлік"
    " туралы сөз болды: 20 кітап таныстырылды, һәм оның барлығы да оқырманға ұсынылды."
)
_ENGLISH = (
    'The Speaker of the Senate opened "The Book Fair" in Almaty on Monday, and the Committee has'
    " met the guests who came to the city. The Speaker's speech, he said, is about co-operation"
    " between houses of parliament, exports and the economy."
)
_TEXTS = (_RUSSIAN, _KAZAKH, _ENGLISH)
_TO_LATIN = str.maketrans("АВЕКМНОРСТХІҮасеорхуі", "ABEKMHOPCTXIYaceopxyi")
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTXIaceopxyi", "АВЕКМНОРСТХІасеорхуі")


Change = Callable[[str], str]


def _upper(text: str) -> str:
    return text.upper()


def _quotes(text: str) -> str:
    return text.translate(str.maketrans("«»\"'", "“”„’"))


def _without_quotes(text: str) -> str:
    return "".join(one for one in text if one not in '«»"“”')


def _yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def _latin(text: str) -> str:
    return text.translate(_TO_LATIN)


def _kazakh_h(text: str) -> str:
    return text.replace("һ", "h").replace("Ә", "Ə").replace("ә", "ə")


def _cyrillic(text: str) -> str:
    return text.translate(_TO_CYRILLIC)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _accents(text: str) -> str:
    return text.replace("а", "а\u0301")


def _latin_yo(text: str) -> str:
    return text.replace("ё", "\u00eb").replace("Ё", "\u00cb")


def _soft_hyphens(text: str) -> str:
    return text.replace("ст", "с\u00adт").replace("th", "t\u00adh")


def _zero_width(text: str) -> str:
    return text.replace("ар", "а\u200bр").replace("ст", "с\u200d\u2060т").replace("ee", "e\ufeffe")


def _spaces(text: str) -> str:
    return text.replace(" ", "\u00a0").replace("\u00a0в\u00a0", "\u202fв\u2009")


def _dashes(text: str) -> str:
    return text.replace("—", "-").replace("-", "\u2011").replace(" \u2011 ", "\u2013")


CHANGES = (
    _upper, _quotes, _without_quotes, _yo, _latin, _kazakh_h, _cyrillic, _decomposed, _accents,
    _latin_yo, _soft_hyphens, _zero_width, _spaces, _dashes,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_nobody_reads_makes_no_other_text(change: Change) -> None:
    for text in _TEXTS:
        assert words(change(text)) == words(text)
    assert any(change(text) != text for text in _TEXTS)


@given(st.sampled_from(_TEXTS), st.lists(st.sampled_from(CHANGES), max_size=4))
@example(_RUSSIAN, [_accents, _latin])  # a Latin «á» among Cyrillic letters
@example(_KAZAKH, [_accents, _latin])
@example(_ENGLISH, [_cyrillic, _accents, _latin])
def test_changes_together_make_none_either(text: str, changes: list[Change]) -> None:
    changed = text
    for change in changes:
        changed = change(changed)
    assert words(changed) == words(text)
    assert len(word_spans(unicodedata.normalize("NFC", changed))) == len(words(text))


def test_words_that_differ_in_letters_stay_apart() -> None:
    for one, other in combinations(("Сенат", "сонет", "совет", "Senate", "Sonata", "house"), 2):
        assert words(one) != words(other)


@pytest.mark.parametrize("change", CHANGES)
def test_two_such_texts_are_one_story_with_both_shares_whole(change: Change) -> None:
    other = change(_RUSSIAN)
    db = world(
        page(sen(1), 0, _RUSSIAN, title="Встреча в «Сенате»"),
        page(kaz("a"), 1, other, title="Другой заголовок"),
    )
    assert db.conn.execute("SELECT share_a, share_b, plain_a, plain_b FROM pairs").fetchall() == [
        (1.0, 1.0, 1.0, 1.0)
    ]
    assert {one["relation"] for one in items(db).values()} == {"canonical", "reprint"}


@pytest.mark.parametrize("change", CHANGES)
def test_a_short_text_and_its_title_are_the_same_too(change: Change) -> None:
    text, title = "Сенат принял закон о ёлках — «все за»", "Сенат: учёт ёлок"
    db = world(
        page(sen(1), 0, text, title=title), page(kaz("a"), 1, change(text), title=change(title))
    )
    assert len({one["story"] for one in items(db).values()}) == 1


@pytest.mark.parametrize("change", CHANGES)
def test_an_imported_text_folds_into_the_article_of_the_same_words(change: Change) -> None:
    body = change(_RUSSIAN)
    db = world(page(kaz("a"), 0, f"Лид новости.\n\n{_RUSSIAN}"), imported(body, date(2026, 3, 2)))
    assert list(items(db)) == [kaz("a")]
