"""A diff is cut where a person would cut it, and its texts stay the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits.word_diff import Piece, word_diff
from pipeline.history.readable_diff import readable_diff


def _marked(before: str, after: str) -> str:
    """A diff with its marks: `[-…-]` and `{+…+}`."""
    marks = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    pieces = readable_diff(word_diff(before, after))
    return "".join(marks[piece.op].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Их 146 человек.", "Их 147 человек.", "Их [-146-]{+147+} человек."),
        ("Встреча прошла.", "Встреча прошла.\n\nПрошла она хорошо.",
         "Встреча прошла.{+\n\nПрошла она хорошо.+}"),
        ("А идёт. Б идёт. В идёт.", "А идёт. В идёт.", "А идёт. [-Б идёт. -]В идёт."),
        ("А стоит.\n\nВ стоит.", "А стоит.\n\nБ стоит.\n\nВ стоит.",
         "А стоит.\n\n{+Б стоит.\n\n+}В стоит."),
        ("Он сказал нет.", "Он сказал нет.", "Он сказал нет."),
        ("А стоит.\n\nВ стоит.", "А стоит. Б стоит.\n\nВ стоит.",
         "А стоит.{+ Б стоит.+}\n\nВ стоит."),
        ("", "Слово", "{+Слово+}"),
    ],
)  # fmt: skip
def test_what_was_put_in_is_marked_as_a_whole(before: str, after: str, marked: str) -> None:
    assert _marked(before, after) == marked


_TEXT = st.lists(
    st.sampled_from(["а", "б", "146", ".", " ", "\n\n", "«", "-", "?"]), max_size=30
).map("".join)
_PIECES = st.lists(
    st.builds(Piece, st.sampled_from(["equal", "removed", "added"]), _TEXT), max_size=12
)


def _side(pieces: tuple[Piece, ...] | list[Piece], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op != without)


@given(_PIECES)
def test_both_texts_stay_the_same(pieces: list[Piece]) -> None:
    readable = readable_diff(pieces)
    for without in ("removed", "added"):
        assert _side(readable, without) == _side(pieces, without)
    assert all(piece.text for piece in readable)
    assert all(one.op != other.op for one, other in pairwise(readable))


@given(_TEXT, _TEXT)
def test_so_do_those_of_a_diff_of_words(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert _side(readable_diff(pieces), "removed") == _side(pieces, "removed")
    assert _side(readable_diff(pieces), "added") == _side(pieces, "added")
