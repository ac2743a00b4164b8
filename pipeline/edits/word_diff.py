"""Two texts compared word by word, for showing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.edits.as_seen import as_seen
from pipeline.edits.common_runs import common_runs

_TOKEN = re.compile(r"([^\W_]+(?:[’'ʼ-][^\W_]+)*|_+|[^\w\s]|\s+\Z|\A\s+)(\s*)")
_LINE_END = re.compile(r"\n")

Op = Literal["equal", "removed", "added"]
_OPS: tuple[Op, ...] = get_args(Op)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both texts have, or one of them alone."""

    op: Op
    text: str
    """An equal one's as the second text has it."""


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as pieces: the equal and added ones make the second text; the equal and removed
    ones the first, but for what is no edit (`as_seen`).

    >>> [(piece.op, piece.text) for piece in word_diff("Принят закон.", "Принят кодекс.")]
    [('equal', 'Принят '), ('removed', 'закон'), ('added', 'кодекс'), ('equal', '.')]
    """
    here, there = _TOKEN.findall(before), _TOKEN.findall(after)
    runs = common_runs([as_seen(word) for word, _ in here], [as_seen(word) for word, _ in there])
    return tuple(_joined(_pieces(here, there, [*runs, (len(here), len(there), 0)])))


_Token = tuple[str, str]
"""A word or mark, and the white space behind it."""


def _pieces(
    here: list[_Token], there: list[_Token], runs: list[tuple[int, int, int]]
) -> Iterator[Piece]:
    last = last_other = 0
    for at, at_other, length in runs:
        yield Piece("removed", _text(here[last:at]))
        yield Piece("added", _text(there[last_other:at_other]))
        last, last_other = at + length, at_other + length
        for (_, space), (word, space_now) in zip(
            here[at:last], there[at_other:last_other], strict=True
        ):
            if _space(space) == _space(space_now):
                yield Piece("equal", word + space_now)
            else:
                yield Piece("equal", word)
                yield Piece("removed", space)
                yield Piece("added", space_now)


def _space(space: str) -> str:
    """White space as a reader sees it: none, a space, or the end of a line."""
    return "\n" if _LINE_END.search(space) else space and " "


def _text(tokens: list[_Token]) -> str:
    return "".join(word + space for word, space in tokens)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one, what is removed before what is added in its place."""
    texts: dict[Op, list[str]] = {op: [] for op in _OPS}
    for piece in pieces:
        if not piece.text:
            continue
        is_equal = piece.op == "equal"
        if (texts["removed"] or texts["added"]) if is_equal else texts["equal"]:
            yield from _taken(texts)
        texts[piece.op].append(piece.text)
    yield from _taken(texts)


def _taken(texts: dict[Op, list[str]]) -> Iterator[Piece]:
    for op in _OPS:
        if texts[op]:
            yield Piece(op, "".join(texts[op]))
            texts[op] = []
