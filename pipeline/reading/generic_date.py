"""When an article of any site was published: by its `<meta>`, or the date beside its heading.

Lines are named by their number in `Page.lines`, from 0.
"""

import logging
import re
from datetime import date, timedelta
from html import escape

from lxml import html
from lxml.html import HtmlElement

from pipeline.normalize.dates import Published, dated_line, machine_date
from pipeline.normalize.sentences import is_sentence
from pipeline.page.lines import OUTSIDE_ARTICLE_TAGS, Line
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

_PUBLISHED_NAME = re.compile(
    r"(?:^|[:._-])(?:date(?:time|published|[._-]?issued|[._-]?created)?|pub-?date|publish(?:ed|ing)?"
    r"(?:[._-]?(?:date|time|at|on))*|publication[._-]?date|publicationdate|publishdate|issued)$",
    re.IGNORECASE,
)
_YEAR_AND_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d).*(?<!\d)\d\d?(?!\d)|(?<!\d)\d\d?(?!\d).*(?<!\d)(?:19|20)\d\d(?!\d)"
)
"""Asked for, since htmldate takes a year alone for its first of January."""
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_TODAY = re.compile(r"\W*(?:сегодня|бүгін|today)\b", re.IGNORECASE)
_MAX_DATE_CHARACTERS = 80
_LINES_BEFORE_HEADING = 4
_LINES_AFTER_HEADING = 12


def date_near(
    page: Page, teasers: Teasers, heading_at: int | None, body_at: int | None, latest: date
) -> Published | None:
    """The time of publication, never later than `latest`: by the page's `<meta>`, else by a line
    near the heading, else by htmldate. Dates in cards of other articles do not count.

    `heading_at` is the number of the heading's last line, `body_at` that of the text's first.
    """
    today = _days_of_the_header(page, heading_at) & {latest - timedelta(days=1)}
    near_lines = _lines_near(page, teasers, heading_at, body_at)
    lines = [line for line in near_lines if not _is_todays_date(line, today)]
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
    """The days in the lines above the heading and outside its parent element. One of them that is
    the capture's own day is more likely the site's calendar than the article's date.
    """
    if heading_at is None:
        return set()
    holder = page.lines[heading_at].element.getparent()
    above = (
        line for line in page.lines[:heading_at]
        if holder is None or holder.tag == "body" or not line.is_inside(holder)
    )  # fmt: skip
    return {time.day for line in above if (time := _time(line))}


def _is_todays_date(line: Line, today: set[date]) -> bool:
    """Whether a line is the site's calendar: it says "today", or is the day in `today` alone."""
    if _TODAY.match(line.text):
        return True
    time = _time(line) if today else None
    return time is not None and time.day in today and time.precision == "day"


def _in_head(page: Page, beside: Published | None) -> Published | None:
    """The first time of publication that the page's `<meta>` elements give."""
    for meta in page.selector.xpath("//meta[@content]"):
        name = meta.attrib.get("property") or meta.attrib.get("name") or ""
        if not _PUBLISHED_NAME.search(name):
            continue
        if found := machine_date(meta.attrib["content"], beside):
            return found
    return None


def _lines_near(
    page: Page, teasers: Teasers, heading_at: int | None, body_at: int | None
) -> list[Line]:
    """The lines after the heading up to the text's first, then those right above it."""
    if heading_at is None:
        return []
    end = (
        body_at
        if body_at is not None and body_at > heading_at
        else heading_at + _LINES_AFTER_HEADING
    )
    after = page.lines[heading_at + 1 : end + 2]
    before = page.lines[max(0, heading_at - _LINES_BEFORE_HEADING) : heading_at]
    lines = (*after, *reversed(before))
    return [line for line in lines if not line.is_outside_article and not teasers.contains(line)]


def _time(line: Line) -> Published | None:
    """The time in a line: of its `<time datetime>`, else as printed; None where it has none."""
    dated = dated_line(line.text)
    shown = dated.published if dated else None
    given = next(
        (e.get("datetime") for e in (line.inside, *line.inside.iterancestors())
         if e.tag == "time" and e.get("datetime")), None
    )  # fmt: skip
    return machine_date(given, shown) or shown


def _in_other_words(lines: list[Line], latest: date) -> Published | None:
    """The date in a short line that is no sentence, read by htmldate. Lines in Cyrillic are left
    out: our own rules know more of Russian and Kazakh.
    """
    for line in lines:
        text = line.text
        if len(text) > _MAX_DATE_CHARACTERS or is_sentence(text) or _CYRILLIC.search(text):
            continue
        if _YEAR_AND_DAY.search(text):
            fragment = html.fromstring(f"<html><body><p>{escape(line.text)}</p></body></html>")
            if found := _by_htmldate(fragment, latest, anywhere=True):
                return found
    return None


def _by_htmldate(tree: HtmlElement, latest: date, *, anywhere: bool) -> Published | None:
    """The day that htmldate finds in a tree's markup, with `anywhere` in its text too."""
    from htmldate import find_date  # slow to load, and needed for few pages

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    text = find_date(
        tree, extensive_search=anywhere, original_date=True, max_date=latest.isoformat()
    )
    return Published(date.fromisoformat(text)) if text else None


def _days_of_others(page: Page, teasers: Teasers) -> set[date]:
    """The days in cards of other articles, in navigation, footer and aside."""
    others = [
        line for line in page.lines
        if line.is_outside_article or teasers.contains(line)
    ]  # fmt: skip
    printed = (dated_line(line.outside_links) for line in others)
    marked = (
        machine_date(element.get("datetime"))
        for element in page.root.iter("time")
        if teasers.card(element) is not None
        or any(above.tag in OUTSIDE_ARTICLE_TAGS for above in element.iterancestors())
    )
    return {
        *(line.published.day for line in printed if line),
        *(time.day for time in marked if time),
    }
