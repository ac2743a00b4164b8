"""Finds the lines of a page that a text extracted from it is made of."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from lxml.html import HtmlElement

from pipeline.page.lines import Line
from pipeline.remembered import remembered

_MIN_LETTERS = 12
_MAX_LINES_TO_SHORT = 20
"""From the text before it to a text of fewer letters than that."""
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
