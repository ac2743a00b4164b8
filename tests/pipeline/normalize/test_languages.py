"""The language of a text, where its letters tell it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.languages import clear_language, language_by_letters
from tests.pipeline.reading.page_fields import article, reading

RUSSIAN = (
    "Депутаты обсудили проект закона о дорогах и мостах, который правительство внесло зимой. "
    "Рабочая группа провела девять заседаний и учла предложения областей."
)
KAZAKH = (
    "Депутаттар жолдар мен көпірлер туралы заң жобасын талқылады, оны үкімет қыста енгізген. "
    "Жұмыс тобы тоғыз отырыс өткізіп, облыстардың ұсыныстарын ескерді."
)
ENGLISH = (
    "Deputies discussed the bill on roads and bridges that the government put forward in winter. "
    "The working group held nine meetings and heard the regions."
)


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN, "ru"), (KAZAKH, "kk"), (ENGLISH, "en")])
def test_plain_texts(text: str, language: str) -> None:
    assert clear_language(text) == language


def test_a_russian_text_with_kazakh_names_stays_russian() -> None:
    names = " Выступили Әли Ғалым и Күләш Өтегенова из организации «Халық кеңесі»."
    assert clear_language(RUSSIAN + names) == "ru"


def test_a_kazakh_text_that_quotes_russian_stays_kazakh() -> None:
    assert clear_language(KAZAKH + " «Дороги будут», – деді министр орыс тілінде.") == "kk"


def test_what_is_not_clear_is_not_told() -> None:
    assert clear_language("Сенат") is None
    assert clear_language("") is None
    assert clear_language(RUSSIAN + ENGLISH) is None


@given(st.text(max_size=200))
def test_any_text_has_one_of_our_languages_or_none(text: str) -> None:
    assert clear_language(text) in {"ru", "kk", "en", None}


def test_a_page_in_another_language_than_its_address_says_is_noted() -> None:
    found = reading(article(body=f"<p>{KAZAKH}</p>"))
    assert found.language == "kk"
    assert "language" in found.disagreements
    assert reading(article(body=f"<p>{RUSSIAN}</p>")).disagreements == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Спикер Сената провёл встречу. На неё пришли Әли Ғалым и члены Халық кеңесі.", "ru"),
        ("Спикер отырысты ашып, күн тәртібін жариялады", "kk"),
        ("The Speaker received Dana Almas", "en"),
        ("Референдум прошёл на BBC", "ru"),
        ("", "ru"),
    ],
)
def test_the_language_of_known_texts(text: str, language: str) -> None:
    assert language_by_letters(text) == language
