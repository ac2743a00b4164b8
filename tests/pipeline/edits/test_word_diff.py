"""Two texts compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits.as_seen import as_seen
from pipeline.edits.word_diff import word_diff

_TEXTS = st.text(st.sampled_from("аб вг.,—-«»\"'\n 12"), max_size=60) | st.text(max_size=40)


@given(_TEXTS, _TEXTS)
def test_gives_both_texts_back(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == after
    without_added = "".join(piece.text for piece in pieces if piece.op != "added")
    assert as_seen(without_added) == as_seen(before)


@given(_TEXTS)
def test_one_piece_of_equal_texts(text: str) -> None:
    assert [piece.text for piece in word_diff(text, text)] == [text] * bool(text)
