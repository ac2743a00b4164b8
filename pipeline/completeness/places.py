"""Where the lines of a text stand: in its paragraphs, and among the elements of its page."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from pipeline.page.line_matching import kind_of, upwards, with_those_around
from pipeline.page.lines import Line

_MIN_PART_LETTERS = 20
"""A shorter line counts as a part of a text only where it is a whole paragraph."""


def places_in_text(
    lines: Sequence[Line], paragraphs: Sequence[str], is_outside: Callable[[int], bool]
) -> dict[int, int]:
    """The number of the paragraph that each line of a text stands in, by the line's number: first
    of the lines that are whole paragraphs, then of those that are parts of the others. None for
    lines that are outside of the article.

    Where not every paragraph is a line word by word, all are compared without their spaces.
    """
    places = _whole_paragraphs([line.text for line in lines], paragraphs, is_outside)
    if len(places) == len(paragraphs):
        return places
    texts = [letters(line) for line in lines]
    own = without_spaces(paragraphs)
    places = _whole_paragraphs(texts, own, is_outside)
    whole = set(places.values())
    text, begins = "".join(own), list(accumulate(map(len, own), initial=0))
    for at, line in enumerate(texts):
        if len(line) >= _MIN_PART_LETTERS and at not in places:
            place = text.find(line)
            number = bisect_right(begins, place) - 1
            if place >= 0 and number not in whole and not is_outside(at):
                places[at] = number
    return places


def _whole_paragraphs(
    lines: Sequence[str], paragraphs: Sequence[str], is_outside: Callable[[int], bool]
) -> dict[int, int]:
    left: dict[str, list[int]] = {}
    for number, paragraph in enumerate(paragraphs):
        left.setdefault(paragraph, []).append(number)
    places: dict[int, int] = {}
    for at, line in enumerate(lines):
        if (free := left.get(line)) and not is_outside(at):
            places[at] = free.pop(0)
    return places


def letters(line: Line) -> str:
    """A line's text without spaces."""
    return line.text.replace(" ", "")


def without_spaces(texts: Iterable[str]) -> list[str]:
    """Each text without white space, so that texts cut otherwise can be compared."""
    return ["".join(text.split()) for text in texts]


class TextElements:
    """The elements of the lines of a text, and those around them. There is one line at least."""

    def __init__(self, lines: list[Line], root: HtmlElement) -> None:
        self.kinds = {kind_of(line.element) for line in lines}
        """Tags of the lines' elements, each with its class names."""
        parents = Counter(line.element.getparent() for line in lines)
        self.around = with_those_around(parents)
        main = parents.most_common(1)[0][0]
        self.main = root if main is None else main
        """The element that holds the most of the lines."""

    def is_alike(self, line: Line) -> bool:
        """Whether a line's element is like one of the text's, or around it."""
        return kind_of(line.element) in self.kinds or line.element in self.around

    def levels(self, line: Line) -> int:
        """How many levels a line's element stands below the elements around the text."""
        return next(level for level, one in enumerate(upwards(line.element)) if one in self.around)
