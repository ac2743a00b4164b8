"""The words of a body that are compared: all but its attributions.

«…, сообщает Kazpravda.kz» is what a reprint adds to a release, and says nothing of what it is
about. A word's number is its place among all words of the body; a place is that among those that
are compared.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from pipeline.normalize.attribution import attribution_spans
from pipeline.normalize.characters import composed
from pipeline.normalize.words import word_spans, words

_T = TypeVar("_T")


def compared_words(body: str) -> list[str]:
    """The words of a body, less those of its attributions.

    >>> compared_words("Сенат принял закон, сообщает Kazpravda.kz. Его подпишут.")
    ['сенат', 'принял', 'закон', 'его', 'подпишут']
    """
    return _compared(words(body), body)


def word_numbers(body: str) -> list[int]:
    """The numbers of the words that are compared.

    >>> word_numbers("Сенат принял закон, сообщает Kazpravda.kz. Его подпишут.")
    [0, 1, 2, 6, 7]
    """
    return _compared(range(len(words(body))), body)


def _compared(found: Sequence[_T], body: str) -> list[_T]:
    """What is found for each word of a body, less the words of its attributions."""
    kept: list[_T] = []
    start = 0
    for left_out in _left_out(body):
        kept += found[start : left_out.start]
        start = max(start, left_out.stop)
    kept += found[start:]
    return kept


def _left_out(body: str) -> Iterator[range]:
    """The numbers of the words in each attribution."""
    text = composed(body)
    if clauses := attribution_spans(text):
        starts = [start for start, _ in word_spans(text)]
        for start, end in clauses:
            yield range(bisect_left(starts, start), bisect_left(starts, end))
