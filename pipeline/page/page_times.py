"""The times that a page shows, and of what each is the time.

This is said beside a time in its line, alone in a line before or after it, or in the markup of its
element. Lines are named by their number in `Page.lines`, from 0.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from lxml.html import HtmlElement

from pipeline.page.lines import HEADING_TAGS, Line, letters_in, lines_text, text_up_to, texts_from
from pipeline.page.page import Page
from pipeline.page.teasers import Surroundings
from pipeline.remembered import remembered
from pipeline.times.dated_lines import (
    MAY_BE_TIME,
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
        self._unlabelled: dict[int, tuple[PageTime, ...]] = {}
        """The times in lines that were asked for, without what labels in other lines say."""
        self._kinds: dict[int, TimeKind | None] = {}
        """What these say of the times in a line."""

    @cached_property
    def all(self) -> list[PageTime]:
        """In the page's order."""
        return self._in_lines(range(len(self._lines)))

    def of_line(self, at: int) -> tuple[PageTime, ...]:
        """Those in a line, each with its label, be this in the line, before or after it."""
        times = self._in_line(at)
        if not self._labels or not self._is_unlabelled(at):
            return times
        if at not in self._kinds:
            run = self._run(at)
            self._kinds |= dict.fromkeys(run) | self._kinds_of_run(run)
        kind = self._kinds[at]
        return tuple(replace(time, kind=time.kind or kind) for time in times) if kind else times

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
        marked = None if text else machine_date(_machine_text(element))
        if marked is None:
            return shown_times(text, self._page.captured)
        return [ShownTime(marked, _kind_in_names(element))]

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
        place = self._page.positions[element]
        end = self._page.end(element)
        lines = range(bisect_left(self._places, place), bisect_left(self._places, end))
        if lines or lines.start == 0:
            return lines
        before = self._lines[lines.start - 1].element
        is_part = before in element.iterancestors()
        return range(lines.start - 1, lines.start) if is_part else lines

    @cached_property
    def _places(self) -> list[int]:
        return [self._page.positions[line.near] for line in self._lines]

    @cached_property
    def _elements(self) -> dict[int, list[HtmlElement]]:
        """The elements with a time for machines in each line that has one."""
        found: dict[int, list[HtmlElement]] = {}
        for element in self._page.root.iter("time", "abbr"):
            if _machine_text(element) and (lines := self.lines_of(element)):
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
                dates = _with_machine_time(dates, line.text, element)
            self._unlabelled[at] = _times_of(line, at, dates) if dates else ()
        return self._unlabelled[at]

    @cached_property
    def _labels(self) -> dict[int, TimeKind]:
        """What lines say that are the label of a time in another one, and no heading."""
        return {
            at: label
            for at, line in enumerate(self._lines)
            if (label := time_label(line.outside_links)) and not _is_heading(line)
        }

    def _run(self, at: int) -> list[int]:
        """The numbers of a line of a time and of those next to it that are times or labels."""
        return [*reversed(self._beside(at, -1)), at, *self._beside(at, 1)]

    def _beside(self, at: int, step: int) -> list[int]:
        found: list[int] = []
        labels = 0
        for other in range(at + step, len(self._lines) if step > 0 else -1, step):
            labels = 0 if self._is_unlabelled(other) else labels + 1
            if labels > _MAX_LABELS_IN_A_ROW or (labels and other not in self._labels):
                break
            found.append(other)
        return found

    def _is_unlabelled(self, at: int) -> bool:
        return any(map(_lacks_label, self._in_line(at)))

    def _kinds_of_run(self, run: list[int]) -> dict[int, TimeKind]:
        """What labels say of times that stand in turns, or all labels before all times; otherwise
        each label speaks of the time right after it.
        """
        labels = {at: self._labels[at] for at in run if not self._is_unlabelled(at)}
        times = [at for at in run if at not in labels]
        if len(labels) == len(times) and (run[0] in labels or self._may_follow([*labels])):
            return dict(zip(times, labels.values(), strict=True))
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
    dates: Sequence[PrintedDate], text: str, element: HtmlElement
) -> Sequence[PrintedDate]:
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


def _is_heading(line: Line) -> bool:
    return any(one.tag in HEADING_TAGS for one in (line.element, *line.inside.iterancestors()))


def _lacks_label(time: PageTime) -> bool:
    return time.is_alone and time.kind is None


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
        within = [_label_within(line, date) for date in dates]
        kinds = within if any(within) else kinds
    return tuple(
        PageTime(
            date.value,
            kind or _marked_kind(line, date),
            date.is_relative,
            line=at,
            is_alone=is_alone,
        )
        for date, kind in zip(dates, kinds, strict=True)
    )


def _is_bare_day(text: str, date: PrintedDate) -> bool:
    """Whether a date is a word such as «сегодня», which may be the label of a list."""
    return date.is_relative and text[date.start : date.end].strip().isalpha()


def _around(line: Line, date: PrintedDate) -> Iterator[HtmlElement]:
    """The elements around a date, from the inside, up to that of its line; none where the line does
    not print it.
    """
    inner = _element_at(line, date.start) if date.start < date.end else None
    for _ in range(_MAX_HOLDERS):
        if inner is None:
            return
        yield inner
        inner = inner.getparent() if inner is not line.element else None


def _is_within(element: HtmlElement, line: Line) -> bool:
    """Whether an element around a date holds nothing but its line or a part of it."""
    return len(text_up_to(element, len(line.text))) <= len(line.text)


def _element_at(line: Line, place: int) -> HtmlElement | None:
    """The element that the character at a place in a line's text stands in."""
    if not len(line.element):
        return line.element
    before = letters_in(line.text[:place])
    for element, text in texts_from(line):
        before -= letters_in(text)
        if before < 0:
            return element
    return None


def _label_within(line: Line, date: PrintedDate) -> TimeKind | None:
    """What the label says that stands in one element with a date, where others of its line do not:
    in the largest element around it that has no other date.
    """
    kind = None
    for element in takewhile(lambda one: _is_within(one, line), _around(line, date)):
        text = text_up_to(element, len(line.text))
        if text != line.text and len(times := shown_times(text)) == 1:
            kind = times[0].kind
    return kind


def _marked_kind(line: Line, date: PrintedDate) -> TimeKind | None:
    """What the first of the names in the markup around a date says that says when an article was
    published or changed, or that of an icon before it.
    """
    for element in _around(line, date):
        if kind := _kind_in_names(element) or _kind_of_icon(element):
            return kind if _is_within(element, line) else None
    return None


def _kind_of_icon(element: HtmlElement) -> TimeKind | None:
    """What the names of the element right before another one say, where it has no text."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or before.tail:
        return None
    kind = _kind_in_names(before)
    return None if kind is None or text_up_to(before, 0) else kind


def _kind_in_names(element: HtmlElement) -> TimeKind | None:
    """What an element's names say of when an article was published or changed. Of events nothing is
    believed: `start` and `end` are words of layout too.
    """
    kind = _kind_of_names(" ".join(value for name in _MARKUP if (value := element.get(name))))
    return kind if kind in ("published", "modified") else None


@remembered
def _kind_of_names(names: str) -> TimeKind | None:
    return time_kind(_BETWEEN_WORDS.sub(" ", names)) if names else None
