"""Marks in a text: around the words meant, and nothing else is changed."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from kazpress.show.marking import marked, texts_between
from pipeline.normalize.words import words

_RANGES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=4)
BODY = "«Один, два», три.\n\nЧетыре пять"


def shown(
    body: str,
    passages: Iterable[tuple[int, Sequence[tuple[int, int]]]],
    formulae: Iterable[tuple[int, int]],
) -> str:
    return "".join(piece.text for piece in marked(body, passages, formulae))


def test_passages_are_marked_from_their_first_word_to_their_last() -> None:
    assert shown(BODY, [(1, [(0, 2), (4, 5)])], []) == (
        "«[1]Один, два[/1]», три.\n\nЧетыре [1]пять[/1]"
    )


def test_a_formula_within_a_passage_is_marked_as_such() -> None:
    assert shown(BODY, [(1, [(0, 4)])], [(0, 2)]) == (
        "«[1][f]Один, два[/f]», три.\n\nЧетыре[/1] пять"
    )
    pieces = marked(BODY, [(1, [(0, 4)])], [(0, 2)])
    assert [(p.passages, p.formula) for p in pieces if p.text == "Один, два"] == [((1,), True)]


def test_passages_may_cross() -> None:
    assert shown(BODY, [(1, [(0, 3)]), (2, [(1, 4)])], []) == (
        "«[1]Один, [2]два», три[/1].\n\nЧетыре[/2] пять"
    )


def test_the_words_between_are_told_as_they_stand() -> None:
    assert texts_between(BODY, [(0, 3), (4, 5)]) == ["Один, два», три", "пять"]


@given(st.text(st.sampled_from("абв e\u0301\u0308ё,_\n")), _RANGES, _RANGES)
def test_without_the_marks_it_is_the_text(
    body: str, passages: list[tuple[int, int]], formulae: list[tuple[int, int]]
) -> None:
    count = len(words(body))
    own, common = (
        [(start, start + length) for start, length in made if start + length <= count]
        for made in (passages, formulae)
    )
    text = shown(body, [(number, [one]) for number, one in enumerate(own, 1)], common)
    assert re.sub(r"\[/?[0-9f]\]", "", text) == normalize("NFC", body)
    assert text.count("[f]") == text.count("[/f]") == len(common)
    assert all(text.count(f"[{n}]") == text.count(f"[/{n}]") == 1 for n, _ in enumerate(own, 1))
