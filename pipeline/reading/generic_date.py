"""When an article of any site was published: by its `<meta>`, or the date beside its heading.

Lines are named by their number in `Page.lines`, from 0.
"""

import logging
import re
from collections.abc import Iterable
from copy import deepcopy
from datetime import date, datetime, timedelta
from html import escape

from lxml import html
from lxml.html import HtmlElement

from pipeline.clock import almaty_day
from pipeline.normalize.sentences import is_sentence
from pipeline.page.lines import Line
from pipeline.page.page import Page
from pipeline.page.surroundings import Surroundings
from pipeline.page.teasers import Teasers
from pipeline.shown_times.page_times import ArticleTimes, PageTime, PageTimes
from pipeline.times.dated_lines import time_modified, time_published
from pipeline.times.dates import Published, has_impossible_date, latest_day, machine_date

_PUBLISHED_NAME = re.compile(
    r"(?:^|[:._-])(?:date(?:time|published|[._-]?issued|[._-]?created)?|pub-?date|publish(?:ed|ing)?"
    r"(?:[._-]?(?:date|time|at|on))*|publication[._-]?date|publicationdate|publishdate|issued|"
    r"creat(?:ed|ion)(?:[._-]?(?:date|time|at|on))*)$",
    re.IGNORECASE,
)
_YEAR_AND_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d).*(?<!\d)\d\d?(?!\d)|(?<!\d)\d\d?(?!\d).*(?<!\d)(?:19|20)\d\d(?!\d)"
)
"""Asked for, since htmldate takes a year alone for its first of January."""
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_NOT_PUBLISHED_NAME = re.compile(
    r"modif|updat|revis|edit|chang|expir|event|valid|start|end(?:[._-]|date)|review|last|until|birth",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\W*(?:сегодня|бүгін|today)\b(?!.*\d:\d)", re.IGNORECASE)
"""A calendar; with a clock time it may be an article's."""
_UNLIKE = ("modified", "other")
_MAX_DATE_CHARACTERS = 80
_CLOCKS_APART = timedelta(minutes=15)
_LINES_BEFORE_HEADING = 4
_LINES_AFTER_HEADING = 12
_LINES_BELOW_TEXT = 3


def times_near(
    page: Page,
    teasers: Teasers,
    heading_at: int | None,
    body_at: int | None,
    captured: datetime,
    days: frozenset[int] = frozenset(),
    *,
    last_at: int | None = None,
) -> ArticleTimes:
    """The time of publication, not later than a day after the capture: by the page's `<meta>`, else
    by a line near the heading, else by htmldate; and the time of the last change. Dates in cards of
    other articles do not count.

    `heading_at` is the number of the heading's last line, `body_at` and `last_at` those of the
    text's first and last, right below which a change may be told;
    `days` are the numbers of its lines that are days of which it tells.
    """
    times = page.once(PageTimes)
    latest = latest_day(captured)
    calendar = _calendar(page, times, heading_at, captured)
    no_date = calendar | days
    near = [at for at in _lines_near(page, teasers, heading_at, body_at) if at not in no_date]
    own = [page.lines[at].element for at in (heading_at, body_at) if at is not None]
    shown = times.of_article(near, own)
    printed = time_published(shown)
    shown += _changes_below(page, teasers, times, own, last_at)
    for found in (_in_head(page, printed), printed):
        if found is not None and found.day <= latest:
            return ArticleTimes(found, time_modified(shown, found))
    if not near:
        return ArticleTimes(None, None)
    marked = _by_htmldate(_without_others(page, teasers, times, own), latest, anywhere=False)
    if marked is None or (calendar and marked.day == almaty_day(captured)):
        undated = (page.lines[at] for at in near if not times.has_other(at))
        marked = _in_other_words(undated, latest)
    return ArticleTimes(marked, time_modified(shown, marked))


def _changes_below(
    page: Page, teasers: Teasers, times: PageTimes, own: list[HtmlElement], last_at: int | None
) -> list[PageTime]:
    """The times of changes that are told right below the text."""
    if last_at is None:
        return []
    below = range(last_at + 1, min(last_at + 1 + _LINES_BELOW_TEXT, len(page.lines)))
    lines = [at for at in below if not teasers.contains(page.lines[at])]
    return [time for time in times.of_article(lines, own) if time.kind == "modified"]


def _calendar(
    page: Page, times: PageTimes, heading_at: int | None, captured: datetime
) -> frozenset[int]:
    """The numbers of the lines that are the site's calendar or clock: those that say "today", and
    those above the heading and outside its parent with the day or minute of the capture.
    """
    saying = {at for at, line in enumerate(page.lines) if _TODAY.match(line.text)}
    if heading_at is None:
        return frozenset(saying)
    holder = page.lines[heading_at].element.getparent()
    now = {
        time.line
        for time in times.in_lines(range(heading_at))
        if _is_now(time.value, captured)
        and (holder is None or holder.tag == "body" or not page.lines[time.line].is_inside(holder))
    }
    return frozenset(saying | now)


def _is_now(time: Published, captured: datetime) -> bool:
    """Whether a time is that of the capture: the same day, or minutes from it."""
    if isinstance(time.value, datetime):
        return abs(time.value - captured) <= _CLOCKS_APART
    return time.value == almaty_day(captured)


def _in_head(page: Page, beside: Published | None) -> Published | None:
    """The first time of publication that the page's `<meta>` elements give."""
    for meta in page.root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if not _PUBLISHED_NAME.search(name) or _NOT_PUBLISHED_NAME.search(name):
            continue
        if found := machine_date(meta.get("content"), beside):
            return found
    return None


def _lines_near(
    page: Page, teasers: Teasers, heading_at: int | None, body_at: int | None
) -> list[int]:
    """The numbers of the lines after the heading up to the text's first, then of those right above
    it.
    """
    if heading_at is None:
        return []
    end = (
        body_at
        if body_at is not None and body_at > heading_at
        else heading_at + _LINES_AFTER_HEADING
    )
    after = range(heading_at + 1, min(end + 2, len(page.lines)))
    before = range(max(0, heading_at - _LINES_BEFORE_HEADING), heading_at)
    return [
        at
        for at in (*after, *reversed(before))
        if not page.lines[at].is_outside_article and not teasers.contains(page.lines[at])
    ]


def _in_other_words(lines: Iterable[Line], latest: date) -> Published | None:
    """The date in a short line that is no sentence, read by htmldate. Lines in Cyrillic are left
    out: our own rules know more of Russian and Kazakh.
    """
    for line in lines:
        text = line.text
        if len(text) > _MAX_DATE_CHARACTERS or is_sentence(text) or _CYRILLIC.search(text):
            continue
        if has_impossible_date(text):  # htmldate makes another day of it
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


def _without_others(
    page: Page, teasers: Teasers, times: PageTimes, own: list[HtmlElement]
) -> HtmlElement:
    """A copy of the page's tree without times that are not those of its publication: in elements
    apart from the article, of changes and events; and without data for machines, which were read.
    """
    around = page.once(Surroundings, tuple(own))

    def is_apart_or_card(element: HtmlElement) -> bool:
        return teasers.card(element) is not None or around.is_apart(element)

    elements = list(page.root.iter())
    others = {
        element
        for element in elements
        if element.tag == "script"
        or (element.tag == "meta" and _NOT_PUBLISHED_NAME.search(_meta_name(element)))
        or (_has_time(element) and (is_apart_or_card(element) or _is_unlike(times, element)))
    }
    others |= {
        page.lines[time.line].element
        for time in times.all
        if time.kind in _UNLIKE or is_apart_or_card(page.lines[time.line].element)
    }
    others -= {above for one in own for above in (one, *one.iterancestors())}
    tree = deepcopy(page.root)
    copies = zip(elements, list(tree.iter()), strict=True)
    for copied in [copied for element, copied in copies if element in others]:
        if copied.getparent() is not None:
            copied.drop_tree()
    for copied in tree.iter():
        _drop_impossible_dates(copied)
    return tree


def _drop_impossible_dates(element: HtmlElement) -> None:
    """Take texts and attributes with such a date as 31.02.2026, of which htmldate makes another."""
    if element.text and has_impossible_date(element.text):
        element.text = None
    if element.tail and has_impossible_date(element.tail):
        element.tail = None
    for name, value in element.items():
        if has_impossible_date(value):
            element.set(name, "")


def _is_unlike(times: PageTimes, element: HtmlElement) -> bool:
    """Whether an element has times of changes or events alone."""
    kinds = [time.kind for time in times.of_element(element)]
    return bool(kinds) and all(kind in _UNLIKE for kind in kinds)


def _has_time(element: HtmlElement) -> bool:
    """Whether markup says that an element has a time."""
    return element.tag == "time" or "date" in (element.get("itemprop") or "").lower()


def _meta_name(meta: HtmlElement) -> str:
    names = (meta.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
    return next(filter(None, names), "")
