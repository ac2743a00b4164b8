"""Notes on rights, and sentences on them."""

from __future__ import annotations

import pytest

from pipeline.labels.rights_notes import is_copyright_note, is_legal_note


@pytest.mark.parametrize(
    "text",
    [
        "© Сенат Парламента РК",
        "Copyright 2026 Senate", "Copyright © Senate", "Copyright: Senate", "Copyright by Senate",
        "Все права защищены. 2026", "All rights reserved.",
        "Барлық құқықтар қорғалған", "Барлық құқықтары заң бойынша сақталған.",
        "Авторлық құқық заңмен қорғалады", "Авторлық құқықтар: Сенат",
    ],
)  # fmt: skip
def test_a_note_on_copyright_is_a_legal_note(text: str) -> None:
    assert is_copyright_note(text)
    assert is_legal_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Барлық құқықтар мен бостандықтар қорғалады, деді спикер.",
        "Барлық құқық қорғау органдары есеп берді.",
        "Авторлық құқық туралы заң жобасы қаралды.",
        "Copyright law amendments were discussed.",
        "Все права граждан должны соблюдаться, отметил депутат.",
    ],
)
def test_a_sentence_on_rights_is_no_legal_note(text: str) -> None:
    assert not is_copyright_note(text)
    assert not is_legal_note(text)
