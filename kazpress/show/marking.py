"""A text with what it shares marked in it: [1]…[/1] a passage, [f]…[/f] a formula.

The marks are part of the text, so nothing depends on colour. Pure.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.normalize.words import word_spans
from pipeline.similarity.comparison import Words

FORMULA = "f"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """A part of a marked text; the marks are spans of their own."""

    text: str
    passages: tuple[int, ...]
    """The numbers of the passages that it is in."""
    formula: bool
    """Whether it is in a formula."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    order: int
    name: str


def marked(
    body: str, passages: Iterable[tuple[int, Sequence[Words]]], formulae: Iterable[Words]
) -> list[MarkedSpan]:
    """A body in spans, with marks around the words of its passages and formulae."""
    text = unicodedata.normalize("NFC", body)
    spans = word_spans(text)
    marks = [
        _Mark(spans[start][0], spans[end - 1][1], number, str(number))
        for number, ranges in passages
        for start, end in ranges
    ]
    last = max((mark.order for mark in marks), default=0) + 1
    marks += [_Mark(spans[start][0], spans[end - 1][1], last, FORMULA) for start, end in formulae]
    return _spans(text, marks)


def texts_between(body: str, ranges: Iterable[Words]) -> list[str]:
    """For each of these ranges of words the text from its first word to its last."""
    text = unicodedata.normalize("NFC", body)
    spans = word_spans(text)
    return [text[spans[start][0] : spans[end - 1][1]] for start, end in ranges]


def _spans(text: str, marks: Sequence[_Mark]) -> list[MarkedSpan]:
    opening: dict[int, list[_Mark]] = {}
    closing: dict[int, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda one: one.order):
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).insert(0, mark)
    found: list[MarkedSpan] = []
    within: list[_Mark] = []
    cuts = sorted({0, len(text), *opening, *closing})
    for at, end in pairwise([*cuts, len(text)]):
        for mark in closing.get(at, ()):
            found.append(_span(f"[/{mark.name}]", within))
            within.remove(mark)
        for mark in opening.get(at, ()):
            within.append(mark)
            found.append(_span(f"[{mark.name}]", within))
        if end > at:
            found.append(_span(text[at:end], within))
    return found


def _span(text: str, within: Sequence[_Mark]) -> MarkedSpan:
    numbers = tuple(mark.order for mark in within if mark.name != FORMULA)
    return MarkedSpan(text=text, passages=numbers, formula=len(numbers) < len(within))
