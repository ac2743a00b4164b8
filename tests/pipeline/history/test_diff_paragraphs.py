"""A diff is shown by paragraphs; what did not change is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits.word_diff import Piece
from pipeline.history.diff_html import html_paragraphs
from pipeline.history.diff_paragraphs import DiffParagraph, changed_part, diff_paragraphs


def _html(*pieces: Piece) -> list[str]:
    return html_paragraphs(diff_paragraphs(pieces)).splitlines()


def test_each_paragraph_stands_by_itself() -> None:
    assert _html(
        Piece("equal", "а\n\nб "), Piece("removed", "в\n\nг"), Piece("added", "д"),
        Piece("equal", ".\n\nе"), Piece("added", "\n\nж"),
    ) == ["<p>а</p>", "<p>б <del>в</del></p>", "<p><del>г</del><ins>д</ins>.</p>", "<p>е</p>",
          "<p><ins>ж</ins></p>"]  # fmt: skip


def test_the_end_of_a_paragraph_that_alone_changed_is_seen() -> None:
    end, space = "\n\n", " "
    one, other = Piece("equal", "а"), Piece("equal", "б")
    assert _html(one, Piece("removed", end), Piece("added", space), other) == [
        "<p>а<del>¶</del> б</p>"
    ]
    assert _html(one, Piece("removed", space), Piece("added", end), other) == [
        "<p>а<ins>¶</ins></p>", "<p>б</p>",
    ]  # fmt: skip
    assert _html(one, Piece("removed", space), other) == ["<p>а<del> </del>б</p>"]
    assert _html(one, Piece("added", end), other) == ["<p>а<ins>¶</ins></p>", "<p>б</p>"]


def test_what_is_no_markup_stays_none() -> None:
    assert _html(Piece("added", "<b>&'\x1b[2J\u202e\x00\ufffe")) == [
        "<p><ins>&lt;b&gt;&amp;&#x27;\ufffd</ins></p>"
    ]


def _paragraphs(changed: str) -> list[DiffParagraph]:
    ops = {"x": "added", ".": "equal"}
    return [DiffParagraph((Piece(ops[one], str(n)),)) for n, one in enumerate(changed)]  # type: ignore[arg-type]


def _shown(changed: str) -> list[str | int]:
    return [
        one if isinstance(one, int) else one.pieces[0].text
        for one in changed_part(_paragraphs(changed))
    ]


def test_changed_paragraphs_are_shown_with_one_beside_them() -> None:
    assert _shown("....x....") == [3, "3", "4", "5", 3]
    assert _shown("..x.") == ["0", "1", "2", "3"]
    assert _shown("x.....x") == ["0", "1", 3, "5", "6"]
    assert _shown("....") == [4]
    assert _shown("") == []


@given(st.text(".x", max_size=20))
def test_every_paragraph_is_shown_or_counted(changed: str) -> None:
    shown = _shown(changed)
    assert sum(one if isinstance(one, int) else 1 for one in shown) == len(changed)
    for number, one in enumerate(changed):
        assert (one == ".") or str(number) in shown


_TEXT = st.lists(st.sampled_from(["а", "б", " ", "\n\n", "."]), max_size=8).map("".join)
_PIECES = st.lists(
    st.builds(Piece, st.sampled_from(["equal", "removed", "added"]), _TEXT), max_size=10
)


@given(_PIECES)
def test_no_word_is_lost_or_told_otherwise(pieces: list[Piece]) -> None:
    def told(shown: list[Piece], op: str) -> str:
        return "".join("".join(one.text.split()) for one in shown if one.op == op).replace("¶", "")

    shown = [piece for paragraph in diff_paragraphs(pieces) for piece in paragraph.pieces]
    for op in ("equal", "removed", "added"):
        assert told(shown, op) == told(pieces, op)
    assert not any("\n" in piece.text for piece in shown)
