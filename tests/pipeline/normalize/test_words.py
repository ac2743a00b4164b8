"""The words of a text are the same, whatever its form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given

from pipeline.normalize.characters import one_line
from pipeline.normalize.words import words
from tests.pipeline.normalize.any_text import ANY_TEXT


@given(ANY_TEXT)
@example("İ")  # its lower case has two characters
def test_words_are_the_same_whatever_the_form_of_the_text(text: str) -> None:
    found = words(text)
    assert found == words(unicodedata.normalize("NFC", text))
    assert words(one_line(" ".join(found))) == [w for word in found for w in words(word)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cенат", ["сенат"]),  # the first letter is Latin
        ("Всё-таки ЕЛКА", ["все", "таки", "елка"]),
        ("Covid-19 в Қазақстан", ["covid", "19", "в", "қазақстан"]),
        ("и\u0306", ["й"]),
        ("стрáны ѝ ɵнер", ["страны", "и", "өнер"]),  # Latin á and ɵ
        ("Senáte, cafè", ["senate", "cafe"]),
        ("naïve Señor", ["naïve", "señor"]),
        ("", []),
    ],
)
def test_words_of_known_texts(text: str, found: list[str]) -> None:
    assert words(text) == found
