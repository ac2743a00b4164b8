"""The bounds of spreadsheets, and what goes beyond them."""

import pytest

from kazpress.errors import UsageError
from pipeline.formats.spreadsheets import (
    MAX_UNITS,
    LongTexts,
    cut,
    is_too_long,
    known_delimiter,
)


def test_length_counts_in_utf_16_units_as_excel_counts() -> None:
    assert not is_too_long("ы" * MAX_UNITS)
    assert is_too_long("ы" * (MAX_UNITS + 1))
    assert not is_too_long("😀" * (MAX_UNITS // 2))
    assert is_too_long("😀" * (MAX_UNITS // 2 + 1))


def test_a_cut_text_says_so_and_keeps_its_characters_whole() -> None:
    for text in ("ы" * 40_000, "😀" * 40_000, "a" + "😀" * 40_000):
        short = cut(text)
        assert not is_too_long(short)
        assert len(short.encode("utf-16-le")) // 2 in {MAX_UNITS - 1, MAX_UNITS}
        beginning, mark = short.split(" … ")
        assert mark == f"[cut here, of {len(text):,} characters]"
        assert text.startswith(beginning)


def test_long_texts_are_told_in_a_sentence() -> None:
    long = LongTexts()
    long.note(None)
    assert str(long) == "1 text is longer than 32,767 characters"
    long = LongTexts()
    for one in "abb":
        long.note(one)
    assert str(long) == "3 texts are longer than 32,767 characters (in a, b)"
    for one in "bcd":
        long.note(one)
    assert str(long) == "6 texts are longer than 32,767 characters (in a, b, c, …)"


@pytest.mark.parametrize(
    ("written", "meant"), [(";", ";"), ("|", "|"), ("\t", "\t"), ("\\t", "\t"), ("tab", "\t")]
)
def test_a_delimiter_is_one_character(written: str, meant: str) -> None:
    assert known_delimiter(written) == meant


@pytest.mark.parametrize(
    "text", ["", ";;", "a", "ы", "5", '"', "'", "\n", "\r", " ", "=", "-", "\0"]
)
def test_what_cells_are_made_of_is_no_delimiter(text: str) -> None:
    with pytest.raises(UsageError, match="can't stand between cells"):
        known_delimiter(text)
