"""One form of characters and white space, whatever came in."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.characters import clean_characters, one_line, paragraphs
from pipeline.normalize.words import words
from tests.pipeline.normalize.any_text import ANY_TEXT


@given(ANY_TEXT)
@example("e\u200b\u0301")  # what is left must be composed after the unseen is gone
@example("\ufeff \u00a0")
@example("\u0344" * 40)  # each of these marks is two in NFC
@example("a" + "\u0316\u0300" * 40 + "b")
def test_one_line_twice_is_once(text: str) -> None:
    once = one_line(text)
    assert one_line(once) == once
    assert once == once.strip()
    assert "\n" not in once
    assert "  " not in once


@given(ANY_TEXT)
@example(" K  \u00a0a\u0301\u205fb\x1f ")
def test_one_line_is_clean_and_without_other_white_space(text: str) -> None:
    assert one_line(text) == " ".join(clean_characters(text).split())


@given(ANY_TEXT)
@example("a\n \nb\r\n\r\nc\u2029d")
def test_paragraphs_twice_is_once(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert all(line == one_line(line) != "" for line in once.split("\n\n") if once)


@given(ANY_TEXT)
def test_clean_characters_can_always_be_written_as_utf_8(text: str) -> None:
    clean = clean_characters(text)
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode("utf-8")


@given(ANY_TEXT)
@example("\x1b\x00[31m")
@example("\U0001f468\u200d\u200d\U0001f469")
def test_no_letter_is_lost(text: str) -> None:
    def letters(text: str) -> list[str]:
        return [one for one in unicodedata.normalize("NFC", text) if one.isalnum()]

    if "\x1b" not in text:
        unseen = [one for one in text if unicodedata.category(one)[0] == "C"]
        kept = "".join(one for one in text if one not in unseen)
        assert letters(clean_characters(text)) == letters(kept)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        (" \t\u00a0\n\u3000", ""),
        ("Сенат\x00 РК", "Сенат РК"),
        ("Се\u00adнат", "Сенат"),
        ("Қазақ\u200bстан", "Қазақстан"),
        ("Prime\u00a0\u2009Minister", "Prime Minister"),
        ("\ufeffSenate\u200e, \u202bПарламент\u202c\u061c", "Senate, Парламент"),
        ("Йога и\u0306од", "Йога йод"),
        ("\ud800Мәжіліс\udfff", "Мәжіліс"),
        ("\x1b[31mКрасное\x1b[0m и \x1b[2J\x1b[1;1Hчистое", "Красное и чистое"),
        ("\x1b]0;title\x07Тақырып", "Тақырып"),
        ("Семья 👨\u200d👩\u200d👧", "Семья 👨\u200d👩\u200d👧"),
        ("Победа \U0001f3c6 ❤\ufe0f", "Победа \U0001f3c6 ❤\ufe0f"),
        ("a\u200dб", "aб"),
        ("Строка\u2028другая", "Строка другая"),
        ("Сена\ufe0fт \ufe0e1", "Сенат \ufe0e1"),
        ("Се\U000e0041\U000e0042нат", "Сенат"),
        ("Қа\u180bзақ", "Қазақ"),
    ],
)  # fmt: skip
def test_what_no_reader_sees_goes(text: str, clean: str) -> None:
    assert one_line(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "«Сенат» — “палата” „парламента‟ – да",
        "Ұлы Дала: өткені мен бүгіні, әңгіме",
        "It's a “senator’s” co-operation [31m] № 5",
        "Naïve café, Ёлка, Йошкар-Ола",
        "5 °C, 10 м², CO₂, ½, №",
        "🇰🇿 Қазақстан",
        "☎\ufe0f 1\ufe0f\u20e3 🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_what_a_reader_sees_stays(text: str) -> None:
    assert one_line(text) == text


@given(st.text(alphabet="а\u0300\u0316\u0344\u0f73\U0001d160\U0001d15f\u0489 ", max_size=200))
def test_of_combining_marks_those_above_thirty_in_a_row_go_and_nothing_else(text: str) -> None:
    clean = clean_characters(text)
    assert clean_characters(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert unicodedata.normalize("NFD", clean).count("а") == text.count("а")
    if re.search("[^а ]{31}", text) is None:
        assert clean == unicodedata.normalize("NFC", text)


def test_a_million_combining_marks_are_sorted_soon() -> None:
    marks = "\u0300\u0316" * 500_000
    assert len(one_line(f"а{marks} б{marks}")) <= 2 * 31 + 1
    assert words(f"а{marks}б") == ["аб"]


def test_every_character_that_has_parts_is_composed_alone_and_in_parts() -> None:
    every = (chr(number) for number in range(0x30000))
    for one in every:
        if unicodedata.decomposition(one)[:1] not in ("", "<"):  # "<": of another form
            once = unicodedata.normalize("NFC", one)
            assert clean_characters(one) == once
            assert clean_characters(unicodedata.normalize("NFD", one)) == once
