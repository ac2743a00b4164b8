"""A diff of two bodies by paragraphs, so that each can be shown by itself, or left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.edits.word_diff import Piece

_BREAK = "\n\n"
_SHOWN_BREAK = "¶"
"""Stands for the end of a paragraph that was itself put in or taken out."""
_KEPT_BESIDE = 1
"""So many unchanged paragraphs are shown before and after a changed one."""


@dataclass(frozen=True, slots=True)
class DiffParagraph:
    """A paragraph of either text, or of both."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether a part of it is in one text alone."""
        return any(piece.op != "equal" for piece in self.pieces)


def diff_paragraphs(pieces: Iterable[Piece]) -> list[DiffParagraph]:
    """The paragraphs of a diff, as the second text has them, with what was taken out between. The
    end of a paragraph that alone was put in or taken out is shown as «¶».
    """
    found: list[list[Piece]] = [[]]
    for piece in _with_breaks_shown(list(pieces)):
        first, *more = piece.text.split(_BREAK)
        found[-1].append(Piece(piece.op, first))
        found += [[Piece(piece.op, one)] for one in more]
    kept = ([piece for piece in paragraph if piece.text] for paragraph in found)
    return [DiffParagraph(tuple(paragraph)) for paragraph in kept if paragraph]


def _with_breaks_shown(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Where an end of a paragraph became a space, or the other way, that end alone is told."""
    for number, piece in enumerate(pieces):
        if piece.op == "equal" or piece.text.strip():
            yield piece
        elif _BREAK in piece.text:
            yield Piece(piece.op, _SHOWN_BREAK + (_BREAK if piece.op == "added" else ""))
        elif not any(map(_is_changed_break, pieces[max(number - 1, 0) : number + 2])):
            yield piece
        elif piece.op == "added":
            yield Piece("equal", piece.text)


def _is_changed_break(piece: Piece) -> bool:
    return piece.op != "equal" and piece.text.isspace() and _BREAK in piece.text


def changed_part(paragraphs: Sequence[DiffParagraph]) -> Iterator[DiffParagraph | int]:
    """The changed paragraphs with those beside them; in the place of others, how many they are."""
    shown = {
        near
        for number, one in enumerate(paragraphs)
        if one.is_changed
        for near in range(number - _KEPT_BESIDE, number + _KEPT_BESIDE + 1)
    }
    by_place = groupby(enumerate(paragraphs), key=lambda numbered: numbered[0] in shown)
    for is_shown, some in by_place:
        group = [one for _, one in some]
        if is_shown or len(group) == 1:  # to say that one is left out takes as much room
            yield from group
        else:
            yield len(group)
