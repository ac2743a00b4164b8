"""Question marks that stand for lost letters, and those that end sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.languages import clear_language
from pipeline.normalize.lost_letters import LOST_CHARACTER, with_lost_letters
from pipeline.normalize.text_encoding import is_garbled, is_garbled_text

RUSSIAN = (
    "Депутаты отметили, что документ направлен на бережное использование воды в хозяйстве.",
    "Закон передан на подпись Главе государства и вступит в силу через шестьдесят дней.",
    "В южных областях потери воды доходят до сорока процентов, пояснил докладчик.",
)
KAZAKH = (
    "Сенаторлар жалпы отырыста су ресурстары туралы заңға түзетулерді қарады.",
    "Депутаттар құжаттың ауыл шаруашылығында суды үнемдеп пайдалануға бағытталғанын атап өтті.",
)


def _lost(text: str) -> str:
    """A text out of a database in Windows-1251, or in one without Cyrillic letters."""
    return text.encode("cp1251", "replace").decode("cp1251")


def _all_lost(text: str) -> str:
    return text.encode("ascii", "replace").decode()


@pytest.mark.parametrize("text", ["\n".join(KAZAKH), KAZAKH[0], KAZAKH[1].upper()])
def test_kazakh_without_its_own_letters_is_garbled(text: str) -> None:
    assert is_garbled(_lost(text))
    assert clear_language(with_lost_letters(_lost(text))) is None


@pytest.mark.parametrize("text", [*RUSSIAN, *KAZAKH, "Сенат одобрил закон о воде"])
def test_words_of_question_marks_are_garbled(text: str) -> None:
    assert is_garbled(_all_lost(text))


@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from([*RUSSIAN, *KAZAKH]))
def test_a_paragraph_of_them_is_evidence_against_any_text(
    before: int, after: int, text: str
) -> None:
    assert is_garbled_text([*RUSSIAN[:1] * before, _all_lost(text), *RUSSIAN[:1] * after])


def test_a_few_lost_letters_are_marked_in_a_sound_text() -> None:
    text = " ".join(RUSSIAN * 3) + " Закон – «Су туралы за?», ?ол ?ойылды."
    marked = with_lost_letters(text)
    assert marked.count(LOST_CHARACTER) == 2
    assert not is_garbled(text)
    assert clear_language(marked) == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "Кто? Где? Когда? Зачем?? – спрашивали жители.", "Зачем??? Почему??!", "Зачем ???",
        "Кто ??? Где ??? Когда ???", "«Что?» – «Ничего?» – «Ну?..»", "(?) и [?] – знаки",
        "Что?Где?Когда? – клуб знатоков", "Адрес: https://kazpravda.kz/?a=b&c=?d и /n/?page=2",
        "Сколько? 5? 6? 7?", "? ? ?", "Да?! Нет?! Да?? Нет??", "Как-то раз… ? – и всё",
        "Why? How?? Who???", "Не за?ди", "Неужели это так ?! ? «Так ?»", "",
    ],
)  # fmt: skip
def test_question_marks_of_sentences_stay(text: str) -> None:
    assert with_lost_letters(text) == text


@given(st.lists(st.sampled_from(["Кто", "где", "и", "«Сенат", "воду»", "???", "?", "??", "!"])))
def test_a_sentence_with_its_marks_behind_its_words_stays(parts: list[str]) -> None:
    text = " ".join(f"{part}?" for part in parts if part[-1].isalpha())
    assert with_lost_letters(text) == text


@given(st.text(alphabet="аБқ? ?!«a1\n"))
def test_nothing_but_question_marks_is_marked(text: str) -> None:
    marked = with_lost_letters(text)
    assert len(marked) == len(text)
    assert marked.replace(LOST_CHARACTER, "?") == text
