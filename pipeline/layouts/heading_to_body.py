"""The lines between a page's heading and its body: date, rubric, authors, lead, picture credit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import dropwhile

from lxml.html import HtmlElement

from pipeline.model.source import ClassLayout, Listings
from pipeline.normalize import credits as credit
from pipeline.normalize.addresses import is_listing_link
from pipeline.normalize.authors import author_names, is_author_line
from pipeline.page.furniture import furniture
from pipeline.page.lines import Line
from pipeline.page.page import Page
from pipeline.times.dated_lines import dated_line
from pipeline.times.dates import printed_dates

_FIGURES_OR_BUTTON = re.compile(
    r"\W*+(?:[\d\s.,:]*+(?:мин\w*|min\w*)?|слушать|тыңдау|listen)\W*", re.IGNORECASE
)
_PICTURE_CLASS = re.compile(r"caption|подпис|img|image|photo|picture", re.IGNORECASE)
_MAX_LABEL_WORDS = 6
_MAX_LINE_OF_TIME = 300
_MIN_WORDS_BEFORE_DATE = 10
"""Of a line above the date that is text and no label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLines:
    """What the lines between heading and body say, apart from those that the layout names."""

    section: str | None
    authors: tuple[str, ...]
    """Names in the date's own line."""
    texts: tuple[str, ...]
    """The other lines in order, without labels, counters and captions: authors and lead."""
    credit: str | None


def header_lines(
    page: Page, layout: ClassLayout, heading: HtmlElement, body: HtmlElement
) -> HeaderLines:
    """What the lines between the heading's element and the body's say; `heading` comes first."""
    lines = _lines_between(page, heading, body)
    dates = [dated_line(line.text) for line in lines]
    date_at = next((at for at, date in enumerate(dates) if date), None)
    date = dates[date_at] if date_at is not None else None
    captions = _captions(page, layout, lines, date_at)
    named = _named_elements(page, layout)
    rubric = _linked_rubric(page, lines)
    unnamed = {
        at: furniture(line, page)
        for at, line in enumerate(lines)
        if not (at in captions or dates[at] or line.text == rubric or line.inside in named)
        and not _stands_apart(line)
    }
    labels = (
        lines[at]
        for at, kind in unnamed.items()
        if at < (date_at or 0) and kind in (None, "related")
    )
    return HeaderLines(
        section=rubric or _rubric_in(labels),
        authors=_names_beside((date.before, date.after) if date else _beside_time(page, layout)),
        texts=tuple(
            lines[at].text
            for at, kind in unnamed.items()
            if kind is None
            and _may_be_text(lines[at], is_before_date=date_at is not None and at < date_at)
        ),
        credit=credit.first_credit(lines[at].text for at in sorted(captions)),
    )


def _lines_between(page: Page, heading: HtmlElement, body: HtmlElement) -> list[Line]:
    numbers = slice(page.line_numbers(heading).start, page.line_numbers(body).start)
    return list(dropwhile(lambda line: line.is_inside(heading), page.lines[numbers]))


def _captions(
    page: Page, layout: ClassLayout, lines: list[Line], date_at: int | None
) -> frozenset[int]:
    """Which lines, by number, belong to a picture: credits, those in its figure or its element,
    and all below the layout's picture where that stands below the date.
    """
    position = page.positions
    pictures = page.elements(*layout.image)
    date_position = position[lines[date_at].near] if date_at is not None else -1
    after_date = [position[one] for one in pictures if position[one] > date_position]
    first_below = min(after_date, default=None)
    holders = {
        holder
        for picture in pictures
        if (holder := _holder(picture)) is not None
        and not any(inner.tag in ("h1", "time") for inner in holder.iter())
    }
    return frozenset(
        at
        for at, line in enumerate(lines)
        if credit.is_credit_line(line.text)
        or line.landmark in ("figure", "figcaption")
        or not holders.isdisjoint((line.element, *line.element.iterancestors()))
        or "caption" in (line.element.get("class") or "").lower()
        or (first_below is not None and position[line.near] > first_below)
    )


def _holder(picture: HtmlElement) -> HtmlElement | None:
    """The innermost element around a picture whose class name says that it is made for one."""
    above = picture.iterancestors()
    return next((e for e in above if _PICTURE_CLASS.search(e.get("class") or "")), None)


def _named_elements(page: Page, layout: ClassLayout) -> set[HtmlElement]:
    """The elements that the layout's classes name, with all in them."""
    selectors = (*layout.tags, *layout.section, *layout.published, *layout.views)
    return {element for hit in page.elements(*selectors) for element in hit.iter()}


def _stands_apart(line: Line) -> bool:
    """Whether a line stands in a landmark, or is a counter or a button."""
    return line.landmark is not None or _FIGURES_OR_BUTTON.fullmatch(line.text) is not None


def _linked_rubric(page: Page, lines: list[Line]) -> str | None:
    """The text of the first link, a line of its own, to one of the source's listings."""
    source = page.site.source
    patterns = [found.links for found in source.finding if isinstance(found, Listings)]
    for line in lines:
        if line.link_share <= 0.9:
            continue
        for link in line.text_links:
            public = page.link(link.get("href"))
            if public and any(is_listing_link(public, source, form) for form in patterns):
                return page.lines_text(link) or None
    return None


def _rubric_in(lines: Iterable[Line]) -> str | None:
    """The first of the lines above the date that is short enough for a rubric."""
    return next((line.text for line in lines if line.words <= _MAX_LABEL_WORDS), None)


def _beside_time(page: Page, layout: ClassLayout) -> tuple[str, ...]:
    """What stands before and after the time in the layout's element of it, whose line has more
    words than a line of dates: an author's office.
    """
    for element in page.elements(*layout.published):
        for line in page.lines_of(element):
            if len(line.text) <= _MAX_LINE_OF_TIME and (dates := printed_dates(line.text)):
                return line.text[: dates[0].start], line.text[dates[-1].end :]
    return ()


def _names_beside(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The authors in the parts of the date's line before and after the date."""
    beside = (part.strip(" \t|·•,–—-") for part in parts)
    lines = (part for part in beside if part and is_author_line(part))
    return tuple(name for line in lines for name in author_names(line))


def _may_be_text(line: Line, *, is_before_date: bool) -> bool:
    """Whether a line may be authors or lead: no mere link, and above the date no label."""
    if line.link_share > 0.9 and not is_author_line(line.text):
        return False
    return not is_before_date or line.words >= _MIN_WORDS_BEFORE_DATE
