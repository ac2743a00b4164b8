"""A diff of words as a person would make it: a sentence that was put in is marked from its begin to
its end, and no white space is marked that both sides have.

The texts that the pieces make stay the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from pipeline.edits.word_diff import Piece

_BREAK = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…][»”\"')]{0,3}\s+\Z")
_SENTENCE_END_LETTERS = 8
"""In which such an end is looked for."""


def readable_diff(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same diff with its pieces cut where a person would cut them."""
    return _joined(_without_shared_space(_slid(list(_joined(pieces)))))


def _slid(pieces: list[Piece]) -> list[Piece]:
    """With what was put in, or taken out, moved over words that stand before it and at its end, or
    at its begin and behind it, where it is whole sentences or paragraphs then.
    """
    for at in range(1, len(pieces) - 1):
        before, piece, after = pieces[at - 1 : at + 2]
        if piece.op != "equal" and before.op == after.op == "equal":
            pieces[at - 1 : at + 2] = _slid_between(before, piece, after)
    return pieces


def _slid_between(before: Piece, piece: Piece, after: Piece) -> list[Piece]:
    text, length, here = before.text + piece.text + after.text, len(piece.text), len(before.text)
    earliest = here - _common(reversed(before.text), reversed(piece.text))
    latest = here + _common(piece.text, after.text)
    places = (
        place
        for place in range(earliest, latest + 1)
        if _is_between_words(text, place) and _is_between_words(text, place + length)
    )
    best = max(places, key=lambda place: (_fitness(text, place), -abs(place - here)), default=here)
    return [
        Piece("equal", text[:best]),
        Piece(piece.op, text[best : best + length]),
        Piece("equal", text[best + length :]),
    ]


def _fitness(text: str, at: int) -> int:
    """How well a stretch may begin here, and so end where the same text stands again."""
    if at == 0 or text.endswith(_BREAK, 0, at) or text.startswith(_BREAK, at):
        return 2
    return int(bool(_SENTENCE_END.search(text, max(at - _SENTENCE_END_LETTERS, 0), at)))


def _is_between_words(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many letters two texts have in common from where they are read."""
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False)))


def _without_shared_space(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """With white space marked that one of the two alone has, of what was taken out and what was put
    in its place.
    """
    for is_equal, some in groupby(pieces, key=lambda piece: piece.op == "equal"):
        group = list(some)
        if is_equal or len(group) != 2:
            yield from group
        else:
            yield from _around_shared_break(*group) or _before_shared_space(*group)


def _around_shared_break(first: Piece, second: Piece) -> list[Piece]:
    """Where one is the end of a paragraph and no more, and the other has such an end within."""
    for bare, other in ((first, second), (second, first)):
        if bare.text == _BREAK:
            before, shared, after = other.text.partition(_BREAK)
            if shared:
                return [Piece(other.op, before), Piece("equal", shared), Piece(other.op, after)]
    return []


def _before_shared_space(first: Piece, second: Piece) -> list[Piece]:
    """Where both end in the same white space, or none."""
    common = _common(reversed(first.text), reversed(second.text))
    shared = first.text[len(first.text) - common :]
    space = shared[len(shared.rstrip()) :]
    cut = [Piece(one.op, one.text[: len(one.text) - len(space)]) for one in (first, second)]
    return [*cut, Piece("equal", space)]


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one, none empty."""
    kept = (piece for piece in pieces if piece.text)
    return tuple(
        Piece(op, "".join(piece.text for piece in some))
        for op, some in groupby(kept, key=lambda piece: piece.op)
    )
