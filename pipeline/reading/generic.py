"""Reads a page by what articles look like anywhere, where layouts and structured data fail.

The weakest step, so its findings must fit together: a heading that is the page's own, a date
beside it, running text under it. A page that only loads by script, or lists other articles, has
none of these and gives nothing.
"""

from collections import Counter
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from pipeline.model.fields import Fields
from pipeline.normalize.attribution import attribution
from pipeline.normalize.authors import without_signature
from pipeline.normalize.words import words
from pipeline.page.furniture import tags_in
from pipeline.page.heading import (
    alike,
    begins_with,
    head_names,
    heading_text,
    names_only_site,
    names_section,
    own_heading,
    own_title,
)
from pipeline.page.lead import last_heading_line
from pipeline.page.lines import BLOCK_TAGS, Line
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers
from pipeline.reading.generic_body import GenericBody
from pipeline.reading.generic_date import times_near
from pipeline.reading.running_text import text_lines
from pipeline.times.dated_lines import date_and_views

_MIN_TITLE_WORDS, _MAX_TITLE_WORDS = 3, 60

_MAX_ELEMENTS, _MAX_INLINE_ELEMENTS, _MAX_DEPTH = 20_000, 4_000, 500
_is_too_deep = etree.XPath(f"boolean(//*[count(ancestor::*) > {_MAX_DEPTH}])")


def is_too_large_to_search(page: Page) -> bool:
    """Whether a page has too many elements to be searched, too many inline ones in one element, or
    too many within each other: htmldate takes the square of their number.
    """
    elements = page.positions
    if len(elements) > _MAX_ELEMENTS:
        return True
    if len(elements) <= _MAX_DEPTH:
        return False
    inline = Counter(
        one.getparent() for one in elements if one.tag not in BLOCK_TAGS and one.tag != "br"
    )
    most = max(inline.values(), default=0)
    return most > _MAX_INLINE_ELEMENTS or bool(_is_too_deep(page.root))


def read_generic(page: Page, captured: datetime) -> Fields:
    """Title, date and body; `captured` is the time of the capture. None of a page too large."""
    if is_too_large_to_search(page):
        return Fields()
    names = head_names(page)
    teasers = page.once(Teasers)
    element = own_heading(page, names)
    heading = heading_text(page, element) if element is not None else None
    at = last_heading_line(page, element)
    if heading is None or not _is_named(heading, names):
        title = _line_of_title(page, teasers, names)
        if title is None and element is None:
            title = _line_above_only_date(page, teasers)
        if title is not None:
            at, heading, element = title, page.lines[title].text, None
    if heading is not None and names_section(heading, page):
        return Fields()
    is_named = heading is None or _is_named(heading, names)
    found = text_lines(page, teasers, at if is_named else None) or text_lines(page, teasers, None)
    if at is not None and not is_named and found and found[0] < at:
        at = heading = element = None
    body = GenericBody.of(page, teasers, found, at, heading)
    paragraphs, authors = without_signature(body.paragraphs)
    times = times_near(page, teasers, at, body.first, captured, body.days, last_at=body.last)
    return Fields(
        title=own_title((heading, *names), page, heading) if body.paragraphs else None,
        published=times.published,
        modified=times.modified,
        paragraphs=paragraphs,
        authors=authors,
        lead=body.lead,
        tags=_tags(page, element, body.first),
        attribution=(*attribution(body.paragraphs), *body.press),
        image_credit=body.credit,
    )


def _is_named(heading: str, names: list[str]) -> bool:
    """Whether a heading is like one of the titles in the head, where there are any."""
    return not names or any(alike(words(heading), words(name)) for name in names)


def _tags(page: Page, heading: HtmlElement | None, first: int | None) -> tuple[str, ...]:
    if heading is None or first is None:
        return ()
    return tags_in(page, heading, page.lines[first].element)


def _line_of_title(page: Page, teasers: Teasers, names: list[str]) -> int | None:
    """The number of the first line that is a title in the head, perhaps without the site's name."""
    named = [words(name) for name in names]
    for at, line in enumerate(page.lines):
        if not _may_be_title(line, page, teasers):
            continue
        text = words(line.text)
        if any(begins_with(name, text) for name in named):
            return at
    return None


def _line_above_only_date(page: Page, teasers: Teasers) -> int | None:
    """The number of the line right above the only line that is a date: the title on a page without
    headings.
    """
    lines = page.lines
    dates = [at for at, line in enumerate(lines) if date_and_views(line.text)]
    if len(dates) != 1 or dates[0] == 0:
        return None
    line = lines[dates[0] - 1]
    return dates[0] - 1 if _may_be_title(line, page, teasers) else None


def _may_be_title(line: Line, page: Page, teasers: Teasers) -> bool:
    return (
        _MIN_TITLE_WORDS <= line.words <= _MAX_TITLE_WORDS
        and line.is_text
        and line.landmark is None
        and not teasers.contains(line)
        and not names_only_site(line.text, page.site.source)
    )
