"""The times that a page shows, and of what each is the time.

This is said beside a time in its line, alone in a line before or after it, or in the markup of its
element. Lines are named by their number in `Page.lines`, from 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lxml.html import HtmlElement

from pipeline.page.lines import Line, lines_text
from pipeline.page.page import Page
from pipeline.page.surroundings import Surroundings
from pipeline.shown_times.label_lines import LabelLines
from pipeline.shown_times.machine_times import machine_text, with_machine_time
from pipeline.shown_times.time_markup import kind_in_names, label_within, marked_kind
from pipeline.times.dated_lines import (
    ShownTime,
    dated_line,
    dates_in,
    has_words_beside,
    labelled,
    line_of_dates,
    may_have_time,
    shown_times,
    time_modified,
    time_published,
)
from pipeline.times.dates import PrintedDate, Published, machine_date

_MAX_LINE_CHARACTERS = 600
_MAX_TIMES_IN_LINE = 10
"""Of those for machines."""
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
        self._unlabelled: dict[int, tuple[PageTime, ...]] = {}
        """The times in lines that were asked for, without what labels in other lines say."""
        self._labels = LabelLines(page.lines, self._lacks_label)

    @cached_property
    def all(self) -> list[PageTime]:
        """In the page's order."""
        return self._in_lines(range(len(self._lines)))

    def of_line(self, at: int) -> tuple[PageTime, ...]:
        """Those in a line, each with its label, be this in the line, before or after it."""
        times = self._in_line(at)
        kind = self._labels.kind(at) if self._lacks_label(at) else None
        return tuple(replace(time, kind=time.kind or kind) for time in times) if kind else times

    def has_other(self, at: int) -> bool:
        """Whether a line has a time of a change, an event or the like."""
        return any(time.kind in ("modified", "other") for time in self.of_line(at))

    def in_lines(self, numbers: Iterable[int]) -> list[PageTime]:
        """Those in lines that are no sentences, in the order of these lines."""
        return [time for time in self._in_lines(numbers) if time.is_alone]

    def of_element(self, element: HtmlElement) -> Sequence[ShownTime]:
        """Those in the lines of an element, or in the line that it is a part of; that in its
        `datetime`, where it has no text.
        """
        lines = self.lines_of(element)
        if lines:
            return self._in_lines(lines)
        text = lines_text(element)
        marked = None if text else machine_date(machine_text(element))
        if marked is None:
            return shown_times(text, self._page.captured)
        return [ShownTime(marked, kind_in_names(element))]

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
        if published is None:
            published = time_published(self._of_article(self.in_lines(between), own))
        changes = [time for time in self.in_lines(near) if time.kind == "modified"]
        return ArticleTimes(published, time_modified(self._of_article(changes, own), published))

    def of_article(self, numbers: Iterable[int], own: Sequence[HtmlElement]) -> list[PageTime]:
        """Those in lines that are no sentences and not apart from the article, whose elements are
        `own`.
        """
        return self._of_article(self.in_lines(numbers), own)

    def _of_article(self, times: list[PageTime], own: Sequence[HtmlElement]) -> list[PageTime]:
        if not times:
            return []
        around = self._page.once(Surroundings, tuple(own))
        return [time for time in times if not around.is_apart(self._lines[time.line].element)]

    def lines_of(self, element: HtmlElement) -> range:
        """The numbers of an element's lines, or of the line that it is a part of."""
        lines = self._page.line_numbers(element)
        if lines or lines.start == 0:
            return lines
        before = self._lines[lines.start - 1].element
        is_part = before in element.iterancestors()
        return range(lines.start - 1, lines.start) if is_part else lines

    @cached_property
    def _elements(self) -> dict[int, list[HtmlElement]]:
        """The elements with a time for machines in each line that has one."""
        found: dict[int, list[HtmlElement]] = {}
        for element in self._page.root.iter("time", "abbr"):
            if machine_text(element) and (lines := self.lines_of(element)):
                found.setdefault(lines[0], []).append(element)
        return {at: elements[:_MAX_TIMES_IN_LINE] for at, elements in found.items()}

    def _in_lines(self, numbers: Iterable[int]) -> list[PageTime]:
        lines, marked = self._lines, self._elements
        dated = [at for at in numbers if may_have_time(lines[at].text) or at in marked]
        return [time for at in dated for time in self.of_line(at)]

    def _in_line(self, at: int) -> tuple[PageTime, ...]:
        """The times in a line, with what it and its markup say of them."""
        if at not in self._unlabelled:
            line = self._lines[at]
            is_short = len(line.text) <= _MAX_LINE_CHARACTERS
            dates: Sequence[PrintedDate] = ()
            if is_short:
                dates = dates_in(line.text, self._page.captured)
            for element in self._elements.get(at, ()):
                dates = with_machine_time(dates, line.text, element)
            self._unlabelled[at] = _times_of(line, at, dates) if dates else ()
        return self._unlabelled[at]

    def _lacks_label(self, at: int) -> bool:
        return any(time.is_alone and time.kind is None for time in self._in_line(at))


def _times_of(line: Line, at: int, dates: Sequence[PrintedDate]) -> tuple[PageTime, ...]:
    """The times of dates in line `at`, with what the line and its markup say of them."""
    known = line_of_dates(line.text, dates)
    is_alone = known is not None or (
        line.link_share > 0 and dated_line(line.outside_links) is not None
    )
    is_alone = is_alone and not any(_is_bare_day(line.text, date) for date in dates)
    shown = labelled(line.text, dates) if known is None else known.times
    kinds = [time.kind for time in shown]
    if has_words_beside(line.text, dates):
        within = [label_within(line, date) for date in dates]
        kinds = within if any(within) else kinds
    return tuple(
        PageTime(
            date.value,
            kind or marked_kind(line, date),
            date.is_relative,
            line=at,
            is_alone=is_alone,
        )
        for date, kind in zip(dates, kinds, strict=True)
    )


def _is_bare_day(text: str, date: PrintedDate) -> bool:
    """Whether a date is a word such as «сегодня», which may be the label of a list."""
    return date.is_relative and text[date.start : date.end].strip().isalpha()
