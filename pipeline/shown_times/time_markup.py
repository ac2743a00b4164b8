"""What the markup around a date in a line says of it: its own element's text, and names."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipeline.page.lines import Line, letters_in, text_up_to, texts_from
from pipeline.remembered import remembered
from pipeline.times.dated_lines import shown_times
from pipeline.times.dates import PrintedDate
from pipeline.times.time_labels import TimeKind, time_kind

_NAMES = ("itemprop", "class", "title", "alt", "aria-label", "property")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
"""Where words of names join."""
_MAX_LEVELS = 10
"""Of elements around a date."""


def label_within(line: Line, date: PrintedDate) -> TimeKind | None:
    """What the label says that stands in one element with a date, where others of its line do not:
    in the largest element around it that has no other date.
    """
    kind = None
    for element in _around(line, date):
        text = text_up_to(element, len(line.text))
        if len(text) > len(line.text):
            break
        if text != line.text and len(times := shown_times(text)) == 1:
            kind = times[0].kind
    return kind


def marked_kind(line: Line, date: PrintedDate) -> TimeKind | None:
    """What the first of the names in the markup around a date says that says when an article was
    published or changed, or that of an icon before it.
    """
    for element in _around(line, date):
        if kind := kind_in_names(element) or _kind_of_icon(element):
            is_of_line = len(text_up_to(element, len(line.text))) <= len(line.text)
            return kind if is_of_line else None
    return None


def kind_in_names(element: HtmlElement) -> TimeKind | None:
    """What an element's names say of when an article was published or changed. Of events nothing is
    believed: `start` and `end` are words of layout too.
    """
    kind = _kind_of_names(" ".join(value for name in _NAMES if (value := element.get(name))))
    return kind if kind in ("published", "modified") else None


def _around(line: Line, date: PrintedDate) -> Iterator[HtmlElement]:
    """The elements around a date, from the inside, up to that of its line; none where the line does
    not print it.
    """
    inner = _element_at(line, date.start) if date.start < date.end else None
    for _ in range(_MAX_LEVELS):
        if inner is None:
            return
        yield inner
        inner = inner.getparent() if inner is not line.element else None


def _element_at(line: Line, place: int) -> HtmlElement | None:
    """The element that the character at a place in a line's text stands in."""
    if next(iter(line.element), None) is None:  # `len` counts all children
        return line.element
    before = letters_in(line.text[:place])
    for element, text in texts_from(line):
        before -= letters_in(text)
        if before < 0:
            return element
    return None


def _kind_of_icon(element: HtmlElement) -> TimeKind | None:
    """What the names of the element right before another one say, where it has no text."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or before.tail:
        return None
    kind = kind_in_names(before)
    return None if kind is None or text_up_to(before, 0) else kind


@remembered
def _kind_of_names(names: str) -> TimeKind | None:
    return time_kind(_BETWEEN_WORDS.sub(" ", names)) if names else None
