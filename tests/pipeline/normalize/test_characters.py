"""One form of characters and white space, whatever came in."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given

from pipeline.normalize.characters import clean_characters, one_line, paragraphs
from tests.pipeline.normalize.any_text import ANY_TEXT


@given(ANY_TEXT)
@example("e\u200b\u0301")  # what is left must be composed after the unseen is gone
@example("\ufeff \u00a0")
def test_one_line_twice_is_once(text: str) -> None:
    once = one_line(text)
    assert one_line(once) == once
    assert once == once.strip()
    assert "\n" not in once
    assert "  " not in once


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
