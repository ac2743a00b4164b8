"""The times that a page shows, and of what each is the time.

This is said beside a time in its line, alone in a line before or after it, or in the markup of its
element. Lines are named by their number in `Page.lines`, from 0.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, groupby

from lxml.html import HtmlElement

from pipeline.page.lines import HEADING_TAGS, Line, letters_in, lines_text, text_up_to, texts_from
from pipeline.page.page import Page
from pipeline.page.teasers import Surroundings
from pipeline.times.dated_lines import (
    MAY_BE_TIME,
    ShownTime,
    dated_line,
    dates_in,
    labelled,
    line_of_dates,
    shown_times,
    time_modified,
    time_published,
)
from pipeline.times.dates import PrintedDate, Published, machine_date, reconcile
from pipeline.times.time_labels import TimeKind, time_kind, time_label

_MARKUP = ("itemprop", "class", "title", "alt", "aria-label", "property")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
"""Where words of names in markup join."""
_ISO_DAY = re.compile(r"\s*(?:19|20)\d\d-[01]\d-[0-3]\d")
_MAX_LINE_CHARACTERS = 600
_MAX_TIMES_IN_LINE = 10
"""Of those for machines."""
_MAX_HOLDERS = 10
_MAX_LABELS_IN_A_ROW = 3
_LINES_ABOVE, _LINES_BELOW = 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTime(ShownTime):
    """A time that a page shows, with its place."""

    line: int
    is_alone: bool
    """Whether its line is no sentence, but times with labels, names or views beside them."""


@dataclass(frozen=True, slots=True)
class ArticleTimes:
    """When an article was published and last changed."""

    published: Published | None
    modified: Published | None


class PageTimes:
    """The times on one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines = page.lines

    @cached_property
    def all(self) -> list[PageTime]:
        """In the page's order."""
        numbers = sorted({*self._printed, *self._elements})
        return self._labelled_by_lines([time for at in numbers for time in self._of_line(at)])

    def in_lines(self, numbers: Iterable[int]) -> list[PageTime]:
        """Those in lines that are no sentences, in the order of these lines."""
        return [time for at in numbers for time in self._by_line.get(at, ()) if time.is_alone]

    def of_element(self, element: HtmlElement) -> Sequence[ShownTime]:
        """Those in the lines of an element, or in the line that it is a part of; that in its
        `datetime`, where it has no text.
        """
        lines = self.lines_of(element)
        if lines:
            return [time for at in lines for time in self._by_line.get(at, ())]
        text = lines_text(element)
        marked = None if text else machine_date(_machine_text(element))
        if marked is None:
            return shown_times(text, self._page.captured)
        return [ShownTime(marked, _kind_in_names([_names_in(element)]))]

    def around(
        self,
        heading: HtmlElement | None,
        bodies: Sequence[HtmlElement],
        published: Published | None = None,
    ) -> ArticleTimes:
        """The article's times in the lines around it that are no sentences: of publication, where
        it is not known yet, between heading and text; of a change there, right above the heading,
        in the text or right below it.
        """
        own = [*([heading] if heading is not None else []), *bodies]
        lines = [self.lines_of(element) for element in own]
        if not any(lines):
            return ArticleTimes(published, None)
        first = min(one.start for one in lines if one)
        end = max(one.stop for one in lines if one)
        between = range(lines[0].stop, lines[1].start) if heading is not None and bodies else ()
        near = range(max(0, first - _LINES_ABOVE), min(end + _LINES_BELOW, len(self._lines)))
        published = published or time_published(self.of_article(between, own))
        return ArticleTimes(published, time_modified(self.of_article(near, own), published))

    def of_article(self, numbers: Iterable[int], own: Sequence[HtmlElement]) -> list[PageTime]:
        """Those in lines that are no sentences and not apart from the article, whose elements are
        `own`.
        """
        around = Surroundings(self._page, own)
        return [
            time
            for time in self.in_lines(numbers)
            if not around.is_apart(self._lines[time.line].element)
        ]

    def lines_of(self, element: HtmlElement) -> range:
        """The numbers of an element's lines, or of the line that it is a part of."""
        lines = self._page.line_numbers(element)
        if lines or lines.start == 0:
            return lines
        before = self._lines[lines.start - 1].element
        is_part = before in element.iterancestors()
        return range(lines.start - 1, lines.start) if is_part else lines

    @cached_property
    def _by_line(self) -> dict[int, list[PageTime]]:
        return {at: list(times) for at, times in groupby(self.all, key=lambda time: time.line)}

    @cached_property
    def _printed(self) -> dict[int, list[PrintedDate]]:
        return {
            at: dates
            for at, line in enumerate(self._lines)
            if len(line.text) <= _MAX_LINE_CHARACTERS
            and (dates := dates_in(line.text, self._page.captured))
        }

    @cached_property
    def _elements(self) -> dict[int, list[HtmlElement]]:
        """The elements with a time for machines in each line that has one."""
        found: dict[int, list[HtmlElement]] = {}
        for element in self._page.root.iter("time", "abbr"):
            if _machine_text(element) and (lines := self.lines_of(element)):
                found.setdefault(lines[0], []).append(element)
        return {at: elements[:_MAX_TIMES_IN_LINE] for at, elements in found.items()}

    def _of_line(self, at: int) -> Iterator[PageTime]:
        line = self._lines[at]
        dates = self._printed.get(at, [])
        for element in self._elements.get(at, ()):
            dates = _with_machine_time(dates, line.text, element)
        is_alone = line_of_dates(line.text, dates) is not None or (
            line.link_share > 0 and dated_line(line.outside_links) is not None
        )
        is_alone = is_alone and not any(_is_bare_day(line.text, date) for date in dates)
        holders = [_holders(line, date) for date in dates]
        kinds: list[TimeKind | None] = [_label_within(line, one) for one in holders]
        if not any(kinds):
            kinds = [time.kind for time in labelled(line.text, dates)]
        for date, kind, within in zip(dates, kinds, holders, strict=True):
            yield PageTime(
                date.value,
                kind or _marked_kind(within),
                date.is_relative,
                line=at,
                is_alone=is_alone,
            )

    def _labelled_by_lines(self, found: list[PageTime]) -> list[PageTime]:
        """The times, with the labels that stand in lines of their own."""
        alone = {time.line: time for time in found if time.is_alone and time.kind is None}
        near = {
            other
            for at in alone
            for other in range(at - _MAX_LABELS_IN_A_ROW, at + _MAX_LABELS_IN_A_ROW + 1)
            if 0 <= other < len(self._lines)
        }
        labels = {at: kind for at in near - alone.keys() if (kind := self._label(at))}
        kinds: dict[int, TimeKind] = {}
        numbered = count()
        for _, run in groupby(sorted({*alone, *labels}), key=lambda at: at - next(numbered)):
            kinds |= self._kinds_of_run(list(run), labels)
        return [replace(time, kind=time.kind or kinds.get(time.line)) for time in found]

    def _label(self, at: int) -> TimeKind | None:
        line = self._lines[at]
        is_title = any(
            one.tag in HEADING_TAGS for one in (line.element, *line.inside.iterancestors())
        )
        return None if is_title else time_label(line.outside_links)

    def _kinds_of_run(self, run: list[int], labels: dict[int, TimeKind]) -> dict[int, TimeKind]:
        """What labels say of times that stand in turns, or all labels before all times; otherwise
        each label speaks of the time right after it.
        """
        named = [at for at in run if at in labels]
        times = [at for at in run if at not in labels]
        if len(named) == len(times) and (run[0] in labels or self._may_follow(named)):
            return {at: labels[label] for at, label in zip(times, named, strict=True)}
        return {at: labels[at - 1] for at in times if at - 1 in labels}

    def _may_follow(self, named: list[int]) -> bool:
        """Whether labels may belong to the times before them."""
        after = self._lines[named[-1] + 1 : named[-1] + 2]
        return not any(self._lines[at].text.endswith(":") for at in named) and not any(
            MAY_BE_TIME.search(line.text) for line in after
        )


def _machine_text(element: HtmlElement) -> str | None:
    """The time for machines in `<time datetime>` or `<abbr title>` (hAtom)."""
    if element.tag == "time":
        return element.get("datetime")
    title = element.get("title") or ""
    return title if _ISO_DAY.match(title) else None


def _with_machine_time(
    dates: list[PrintedDate], text: str, element: HtmlElement
) -> list[PrintedDate]:
    """A line's dates with that of a `<time>` element in it: in the place of the one that the
    element prints, or as one more.
    """
    own = text_up_to(element, _MAX_LINE_CHARACTERS)
    start = text.find(own, max((date.end for date in dates if not own), default=0))
    start, end = (start, start + len(own)) if own and start >= 0 else (len(text), len(text))
    within = [date for date in dates if start <= date.start < end]
    printed = within[0].value if within and not within[0].is_relative else None
    marked = machine_date(_machine_text(element), printed)
    if marked is None or len(within) > 1:
        return dates
    others = [date for date in dates if date not in within]
    if within:
        start, end = within[0].start, within[0].end
    elif time_kind(own):
        start = end  # its text is the label
    date = PrintedDate(reconcile(marked, printed), start, end)
    return sorted([*others, date], key=lambda one: one.start)


def _is_bare_day(text: str, date: PrintedDate) -> bool:
    """Whether a date is a word such as «сегодня», which may be the label of a list."""
    return date.is_relative and text[date.start : date.end].strip().isalpha()


def _holders(line: Line, date: PrintedDate) -> list[HtmlElement]:
    """The elements around a date that hold nothing but its line or a part of it, from the inside;
    empty where the line does not print it.
    """
    found: list[HtmlElement] = []
    inner = _element_at(line, date.start) if date.start < date.end else None
    while inner is not None and len(found) < _MAX_HOLDERS:
        if len(text_up_to(inner, len(line.text))) > len(line.text):
            break
        found.append(inner)
        inner = inner.getparent() if inner is not line.element else None
    return found


def _element_at(line: Line, place: int) -> HtmlElement | None:
    """The element that the character at a place in a line's text stands in."""
    before = letters_in(line.text[:place])
    for element, text in texts_from(line):
        before -= letters_in(text)
        if before < 0:
            return element
    return None


def _label_within(line: Line, holders: list[HtmlElement]) -> TimeKind | None:
    """What the label says that stands in one element with a date, where others of its line do not:
    in the largest element around it that has no other date.
    """
    texts = (text_up_to(one, len(line.text)) for one in reversed(holders))
    others = (text for text in texts if text != line.text)
    alone = (times for text in others if len(times := shown_times(text)) == 1)
    return next((times[0].kind for times in alone), None)


def _marked_kind(holders: list[HtmlElement]) -> TimeKind | None:
    """What names in the markup around a date say, and those of an icon before it."""
    return _kind_in_names(_names_in(one) for within in holders for one in (within, *_icon(within)))


def _icon(element: HtmlElement) -> list[HtmlElement]:
    """The element right before another one, where it has no text."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or before.tail or text_up_to(before, 0):
        return []
    return [before]


def _kind_in_names(names: Iterable[str]) -> TimeKind | None:
    """What the first of the names says that says when an article was published or changed. Of
    events nothing is believed: `start` and `end` are words of layout too.
    """
    kinds = map(time_kind, names)
    return next((kind for kind in kinds if kind in ("published", "modified")), None)


def _names_in(element: HtmlElement) -> str:
    names = " ".join(value for name in _MARKUP if (value := element.get(name)))
    return _BETWEEN_WORDS.sub(" ", names)
