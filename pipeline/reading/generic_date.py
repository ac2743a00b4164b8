"""When a page of any outlet was published: the date beside its heading, or in its head."""

import logging
import re
from datetime import date, timedelta
from html import escape

from lxml import html
from lxml.html import HtmlElement

from pipeline.normalize.dates import Published, UnreadableDate, dated_line, machine
from pipeline.normalize.sentences import is_sentence
from pipeline.page.lines import Block
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

_PUBLISHED_NAME = re.compile(
    r"(?:^|[:._-])(?:date(?:time|published|[._-]?issued|[._-]?created)?|pub-?date|publish(?:ed|ing)?"
    r"(?:[._-]?(?:date|time|at|on))*|publication[._-]?date|publicationdate|publishdate|issued)$",
    re.IGNORECASE,
)
_APART = ("nav", "footer", "aside")
_YEAR_AND_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d).*(?<!\d)\d\d?(?!\d)|(?<!\d)\d\d?(?!\d).*(?<!\d)(?:19|20)\d\d(?!\d)"
)
"""Of a year alone htmldate makes its first of January."""
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_TODAY = re.compile(r"\W*(?:сегодня|бүгін|today)\b", re.IGNORECASE)
_LONGEST_DATE = 80
_BEFORE_HEADING = 4
_AFTER_HEADING = 12


def date_near(
    page: Page, teasers: Teasers, heading_at: int | None, body_at: int | None, latest: date
) -> Published | None:
    """The time of publication, by the page's `<meta>`, by a line near the heading, then by
    htmldate; never later than `latest`, and none that stands in a card of another piece.

    `heading_at`, `body_at`: the places of the heading and of the text among the page's lines.
    """
    today = _days_of_the_header(page, heading_at) & {latest - timedelta(days=1)}
    near_lines = _lines_near(page, teasers, heading_at, body_at)
    lines = [line for line in near_lines if not _tells_today(line, today)]
    near = next((time for line in lines if (time := _time(line))), None)
    meta = _in_head(page, near)
    for found in (meta, near):
        if found is not None and found.day <= latest:
            return found
    if heading_at is None:
        return None
    marked = _by_htmldate(page.root, latest, anywhere=False)
    if marked is not None and marked.day not in today | _days_of_others(page, teasers):
        return marked
    return _in_other_words(lines, latest)


def _days_of_the_header(page: Page, heading_at: int | None) -> set[date]:
    """The days in the lines above the heading and outside its own element: a date there that is
    the capture's day is more likely the site's calendar than the article's.
    """
    if heading_at is None:
        return set()
    holder = page.blocks[heading_at].element.getparent()
    above = (
        line for line in page.blocks[:heading_at]
        if holder is None or holder.tag == "body" or not line.stands_in(holder)
    )  # fmt: skip
    return {time.day for line in above if (time := _time(line))}


def _tells_today(line: Block, today: set[date]) -> bool:
    if _TODAY.match(line.text):
        return True
    time = _time(line) if today else None
    return time is not None and time.day in today and time.precision == "day"


def _in_head(page: Page, beside: Published | None) -> Published | None:
    for meta in page.selector.xpath("//meta[@content]"):
        name = meta.attrib.get("property") or meta.attrib.get("name") or ""
        if not _PUBLISHED_NAME.search(name):
            continue
        if found := _machine(meta.attrib["content"], beside):
            return found
    return None


def _lines_near(
    page: Page, teasers: Teasers, heading_at: int | None, body_at: int | None
) -> list[Block]:
    """The lines after the heading up to the text's first, then those right above it."""
    if heading_at is None:
        return []
    end = body_at if body_at is not None and body_at > heading_at else heading_at + _AFTER_HEADING
    after = page.blocks[heading_at + 1 : end + 2]
    before = page.blocks[max(0, heading_at - _BEFORE_HEADING) : heading_at]
    lines = (*after, *reversed(before))
    return [line for line in lines if line.apart not in _APART and not teasers.holds(line)]


def _time(line: Block) -> Published | None:
    """The time that a line tells, by its `<time datetime>` or as printed."""
    printed = dated_line(line.text)
    shown = printed.published if printed else None
    given = next(
        (e.get("datetime") for e in (line.inside, *line.inside.iterancestors())
         if e.tag == "time" and e.get("datetime")), None
    )  # fmt: skip
    return _machine(given, shown) or shown


def _machine(text: str | None, beside: Published | None = None) -> Published | None:
    try:
        return machine(text, beside) if text else None
    except UnreadableDate:
        return None


def _in_other_words(lines: list[Block], latest: date) -> Published | None:
    """The date in a short line that is no sentence, in one of the languages that htmldate knows;
    of Russian and Kazakh it knows less than we do.
    """
    for line in lines:
        text = line.text
        if len(text) > _LONGEST_DATE or is_sentence(text) or _CYRILLIC.search(text):
            continue
        if _YEAR_AND_DAY.search(text):
            fragment = html.fromstring(f"<html><body><p>{escape(line.text)}</p></body></html>")
            if found := _by_htmldate(fragment, latest, anywhere=True):
                return found
    return None


def _by_htmldate(tree: HtmlElement, latest: date, *, anywhere: bool) -> Published | None:
    """What htmldate finds in the marked places of a tree, or anywhere in its text."""
    from htmldate import find_date  # slow to load, and needed for few pages

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    text = find_date(
        tree, extensive_search=anywhere, original_date=True, max_date=latest.isoformat()
    )
    return Published(date.fromisoformat(text)) if text else None


def _days_of_others(page: Page, teasers: Teasers) -> set[date]:
    others = [
        line for line in page.blocks
        if line.apart in _APART or teasers.holds(line)
    ]  # fmt: skip
    printed = (dated_line(line.outside_links) for line in others)
    marked = (
        _machine(element.get("datetime"))
        for element in page.root.iter("time")
        if teasers.card(element) is not None
        or any(above.tag in _APART for above in element.iterancestors())
    )
    return {
        *(line.published.day for line in printed if line),
        *(time.day for time in marked if time),
    }
