"""Finds the lines of a page that a text extracted from it is made of, and what is around them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

from lxml.html import HtmlElement

from pipeline.page.lines import Line
from pipeline.remembered import remembered

_MIN_LETTERS = 12
_MAX_LINES_TO_SHORT = 20
"""From the text before it to a text of fewer letters than that."""
_MIN_PART_LETTERS = 20
"""A shorter line counts as a part of a text only where it is a whole paragraph."""
_NO_LETTER = re.compile(r"[\W_]+")


def matching_lines(texts: list[str], lines: list[Line]) -> list[int]:
    """The numbers of the lines that make up the texts, in the page's order.

    An extractor may cut a line at its links, or join several lines, such as a table's cells; so
    lines and texts are compared by letters and digits alone. A text is first looked for after the
    lines of the text before it; a short one only there, and near, since it may stand anywhere.
    """
    letters = [_letters(line.text) for line in lines]
    begins = list(accumulate(map(len, letters), initial=0))
    whole = "".join(letters)
    exact: dict[str, list[int]] = {}
    for at, line in enumerate(letters):
        exact.setdefault(line, []).append(at)
    found: set[int] = set()
    last = -1
    for text in texts:
        wanted = _letters(text)
        same = exact.get(wanted, [])
        after = bisect_right(same, last)
        hits = same[after : after + 1]
        if len(wanted) < _MIN_LETTERS:
            hits = [at for at in hits if at <= last + _MAX_LINES_TO_SHORT]
        else:
            hits = hits or same[:1]
        if wanted and not hits:
            hits = _spanned(wanted, letters, begins, whole, last) or _parts(wanted, letters)
        if hits:
            found.update(hits)
            last = hits[-1]
    return sorted(found)


def _spanned(
    wanted: str, letters: list[str], begins: list[int], whole: str, last: int
) -> list[int]:
    """The successive lines, or the part of one, that a text is; a short text is the next lines, or
    a part of the last one found or the next.
    """
    if len(wanted) < _MIN_LETTERS:
        end = bisect_right(begins, begins[last + 1] + len(wanted)) - 1
        if whole[begins[last + 1] : begins[end]] == wanted:
            return [at for at in range(last + 1, end) if letters[at]]
        near = letters[max(last, 0) : last + 2]
        return [at for at, line in enumerate(near, max(last, 0)) if wanted in line][:1]
    place = whole.find(wanted, begins[max(last, 0)])
    if place < 0:
        return []
    first = bisect_right(begins, place) - 1
    end = bisect_right(begins, place + len(wanted) - 1)
    return [at for at in range(first, end) if letters[at]]


def _parts(wanted: str, letters: list[str]) -> list[int]:
    """The lines that a text contains, with words of its own between them."""
    contained = [
        at for at, line in enumerate(letters) if len(line) >= _MIN_LETTERS and line in wanted
    ]
    if not contained:
        return []
    between = range(contained[0], contained[-1] + 1)
    return [at for at in between if letters[at] and letters[at] in wanted]


@remembered
def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()


def places_in_text(
    lines: Sequence[str], numbers: Iterable[int], paragraphs: Sequence[str]
) -> dict[int, int]:
    """Where in a text each line of it begins, by the line's number: first of the lines that are
    whole paragraphs, then of those that are parts of the others. All are `without_spaces`.
    """
    begins = list(accumulate(map(len, paragraphs), initial=0))
    left: dict[str, list[int]] = {}
    for paragraph, begin in zip(paragraphs, begins, strict=False):
        left.setdefault(paragraph, []).append(begin)
    numbers = list(numbers)
    places = {at: left[lines[at]].pop(0) for at in numbers if lines[at] and left.get(lines[at])}
    whole = set(places.values())
    text = "".join(paragraphs)
    for at in numbers:
        if len(lines[at]) >= _MIN_PART_LETTERS and at not in places:
            place = text.find(lines[at])
            if place >= 0 and begins[bisect_right(begins, place) - 1] not in whole:
                places[at] = place
    return places


def without_spaces(texts: Iterable[str]) -> list[str]:
    """Each text without white space, so that texts cut otherwise can be compared."""
    return ["".join(text.split()) for text in texts]


class Surroundings:
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
        above = (line.element, *line.element.iterancestors())
        return next(level for level, one in enumerate(above) if one in self.around)


def upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and those around it, from the inside."""
    return chain((element,), element.iterancestors())


def with_those_around(elements: Iterable[HtmlElement | None]) -> set[HtmlElement]:
    """Elements with all those around them."""
    found: set[HtmlElement] = set()
    for element in elements:
        above = element
        while above is not None and above not in found:
            found.add(above)
            above = above.getparent()
    return found


def kind_of(element: HtmlElement) -> tuple[object, object]:
    """An element's tag and class names."""
    return element.tag, element.get("class")
