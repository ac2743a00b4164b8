"""Every normaliser takes any text, and what it gave it gives again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.labels.error_reports import is_error_report
from pipeline.labels.invitations import is_invitation
from pipeline.labels.rights_notes import is_legal_note
from pipeline.labels.site_labels import site_label
from pipeline.labels.tags import labelled_tags
from pipeline.normalize.attribution import (
    attribution,
    attribution_spans,
    is_press_line,
    press_line_parts,
)
from pipeline.normalize.authors import author_names, is_author_line, is_name
from pipeline.normalize.characters import clean_characters, one_line, paragraphs
from pipeline.normalize.credits import image_credit, is_credit_line
from pipeline.normalize.homoglyphs import repaired
from pipeline.normalize.languages import clear_language, fits_script, language_by_letters
from pipeline.normalize.lost_letters import with_lost_letters
from pipeline.normalize.networks import network_place
from pipeline.normalize.sentences import has_finite_verb, is_sentence
from pipeline.normalize.words import words
from pipeline.times.dated_lines import dated_line, is_time_note
from pipeline.times.dates import has_impossible_date, machine_date, printed_dates
from pipeline.times.time_labels import time_kind, time_label
from tests.pipeline.normalize.any_text import ANY_TEXT

_PARTS = st.sampled_from([
    "странá", "iс-шара", "CEНАТ", "Сенат", "Cенат", "праvила",
    "Қазақстан", "сообщает", "хабарлайды", "reports", "Kazpravda.kz",
    "Поделиться", "Бөлісу", "Share", "14", "1 345", "просмотров", "Фото", ":", ",", "(", ")", "[",
    "]", "«", "»", "#", "©", "2026", "31.02.2026", "4 марта", "18+", "\x1b[31m", "\x00", "\u200d",
    "👨", "\ud800", "\u202e", "\u0301", "\n", " ", "Айгуль Омарова", "пресс-служба", "https://t.me/",
])  # fmt: skip
_STRESS = re.compile("[\u0300\u0301]")
"""A Latin «á» among Cyrillic letters becomes two characters."""
_TEXTS = ANY_TEXT | st.lists(_PARTS, max_size=12).map(" ".join) | st.lists(_PARTS).map("".join)


@given(_TEXTS)
@example("")
@example(" \t\u00a0\n")
@example("\x00\ud800\x1b[")
@settings(max_examples=300)
def test_no_text_makes_a_normalizer_fail(text: str) -> None:
    asked: tuple[Callable[[str], object], ...] = (
        clean_characters, one_line, paragraphs, repaired, words, with_lost_letters, is_name,
        is_author_line, author_names, is_credit_line, is_press_line, press_line_parts, site_label,
        labelled_tags, is_error_report, is_legal_note, network_place, clear_language,
        language_by_letters, has_finite_verb, machine_date, printed_dates, has_impossible_date,
        dated_line, is_time_note, time_kind, time_label,
    )  # fmt: skip
    for one in asked:
        one(text)
    attribution((text,))
    attribution_spans(text)
    is_invitation(text, ("kazpravda.kz",), is_linked=True)
    fits_script(text, "ru")
    line = one_line(text)
    if line:
        image_credit(line)
        is_sentence(line)


@pytest.mark.parametrize("normalize", [clean_characters, one_line, paragraphs])
@given(text=_TEXTS)
def test_normalizing_twice_is_normalizing_once(normalize: Callable[[str], str], text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(_TEXTS)
def test_repairs_are_made_once_and_keep_every_letter(text: str) -> None:
    once, found = repaired(text)
    assert repaired(once) == (once, ())
    assert len(_STRESS.sub("", once)) == len(_STRESS.sub("", text))
    assert (once == text) == (not found)


@given(_TEXTS)
def test_words_of_words_are_themselves(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once


@given(_TEXTS)
def test_names_and_tags_are_parts_of_their_line(text: str) -> None:
    line = one_line(text)
    assert all(tag in line for tag in labelled_tags(line))
    assert all(name in line for name in attribution((line,)))
    assert all(part in line for part in press_line_parts(line))
