"""Normalising text: one form, whatever came in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.characters import clean_characters, one_line, paragraphs
from pipeline.normalize.digests import content_sha256, imported_text_id
from pipeline.normalize.languages import language_by_letters
from pipeline.normalize.words import words

any_text = st.text(st.characters(exclude_categories=())) | st.text(
    alphabet="абеёйӘі aeoT.,«»-\u00a0\u00ad\u200b\u0301\n\r\t\x1e\u2028\ud800", max_size=60
)


@given(any_text)
@example("e\u200b\u0301")  # what is left must be composed after the unseen is gone
@example("\ufeff \u00a0")
def test_one_line_twice_is_once(text: str) -> None:
    once = one_line(text)
    assert one_line(once) == once
    assert once == once.strip()
    assert "\n" not in once
    assert "  " not in once


@given(any_text)
@example("a\n \nb\r\n\r\nc\u2029d")
def test_paragraphs_twice_is_once(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert all(line == one_line(line) != "" for line in once.split("\n\n") if once)


@given(any_text)
def test_clean_characters_can_always_be_written_as_utf_8(text: str) -> None:
    clean = clean_characters(text)
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode("utf-8")


@given(any_text)
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
        ("", []),
    ],
)
def test_words_of_known_texts(text: str, found: list[str]) -> None:
    assert words(text) == found


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


def test_an_imported_texts_id_does_not_see_white_space() -> None:
    assert imported_text_id("а  б\n\nв") == imported_text_id("\nа б в ") == "text:21eaf6ceb70f0e5f"


def test_the_content_digest_sees_title_and_body() -> None:
    digests = {content_sha256(None, "б"), content_sha256("т", "б"), content_sha256("т", "в")}
    assert len(digests) == 3
