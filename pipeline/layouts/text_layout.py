"""Reads a page by a `TextLayout`: by the order and form of its text, without any class name.

The order: a bar of settings for readers with weak eyes, the site's name, sometimes the section,
the title, `dd.mm.yyyy N` (date and views), paragraphs, the press service's line in brackets, a
share label. Lines are named by their number in `Page.lines`, from 0.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from pipeline.labels.counters import is_count
from pipeline.labels.related import is_related_label
from pipeline.layouts.release_body import ReleaseBody
from pipeline.layouts.release_end import LinesBelow, is_share_label, structure_key
from pipeline.model.fields import Fields
from pipeline.model.source import TextLayout
from pipeline.normalize.attribution import attribution
from pipeline.normalize.authors import without_signature
from pipeline.normalize.words import words
from pipeline.page.heading import begins_with, head_names, names_only_site, without_badges
from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.page.page import Page
from pipeline.shown_times.page_times import PageTimes
from pipeline.times.dated_lines import DatedLine, date_and_views, is_date_line, told_and_views
from pipeline.times.relative_dates import may_be_relative
from pipeline.times.time_labels import time_label

_MIN_OWN_LINES = 2
"""The site's name takes two or three lines, the bar's labels two more."""
_MAX_PRESS_LINE_WORDS = 20
_MAX_LINES_TO_HEADING, _MAX_LINES_TO_TITLE = 3, 2
"""From the date up."""
_MAX_TITLE_WORDS = 60
_MAX_SECTION_WORDS = 5
_MAX_TOLD_WORDS = 8
"""In a date line such as «сегодня, 18:20»."""


@dataclass(frozen=True, slots=True)
class _TitleAndDate:
    """A title with its date: the numbers of their lines, and what the date's line says."""

    title: int
    date: int
    dated: DatedLine


def read_text_layout(page: Page, layout: TextLayout) -> Fields:
    """The fields that the order of the text gives. None where no title stands above a date, or
    where the page does not show the site's name: elsewhere a date may stand below any line.
    """
    lines = page.lines
    head_titles = head_names(page)
    if not _is_of_site(page, layout, head_titles):
        return Fields()
    times = page.once(PageTimes)
    short = "\n".join([line.text for line in lines if line.words <= _MAX_TOLD_WORDS])
    captured = page.captured if may_be_relative(short) else None
    found = [
        one
        for at in range(1, len(lines))
        if (one := _title_and_date(page, at, layout, head_titles, captured))
        and not times.has_other(at)
    ]
    printed = {one.title for one in found if not one.dated.is_relative}
    found = [one for one in found if not one.dated.is_relative or one.title not in printed]
    head = _surest(_without_cards(found, lines), lines, head_titles)
    if head is None:
        return Fields()
    published = head.dated.first
    below = LinesBelow(lines[head.date + 1 :], layout)
    scope = _scope(lines, head, below.main_element())
    body = ReleaseBody.of(page, below, scope, layout)
    paragraphs, authors = without_signature(body.paragraphs)
    attributed = (*attribution(paragraphs), *body.press_service)
    by_name = {name.casefold(): name for name in reversed(attributed)}
    return Fields(
        layout=layout.name,
        title=without_badges(page, lines[head.title].element, lines[head.title].text),
        published=published,
        modified=times.around(lines[head.title].element, (scope,), published).modified,
        paragraphs=paragraphs,
        authors=authors,
        section=_section(lines, head, layout, scope),
        tags=body.tags,
        image_url=_image(page, scope, layout),
        image_credit=body.credit,
        attribution=tuple(reversed(by_name.values())),
    )


def _is_of_site(page: Page, layout: TextLayout, names: list[str]) -> bool:
    """Whether a page has two of the site's own lines: parts of its name, labels of its bar, the
    press service's line. A `<title>` that is only the site's name counts as one of them; `names`
    are the titles in the page's head.
    """
    site_names = frozenset(layout.site_names)
    own: set[str] = set()
    is_press = False
    for line in page.lines:
        if line.words <= _MAX_PRESS_LINE_WORDS:
            text = line.text.lower()
            is_press = is_press or any(word in text for word in layout.press_service)
            if text in site_names:
                own.add(text)
            if len(own) + is_press >= _MIN_OWN_LINES:
                return True
    is_named = bool(names) and all(names_only_site(name, page.site.source) for name in names)
    return len(own) + is_press + is_named >= _MIN_OWN_LINES


def _title_and_date(
    page: Page, at: int, layout: TextLayout, head_titles: list[str], captured: datetime | None
) -> _TitleAndDate | None:
    """Line `at` as the date, with the title above it; None unless it is a date, alone or with the
    views, and running text follows. «Сегодня» and the like may be the label of a list: the title
    above them must be a heading, or that in the page's head.
    """
    lines = page.lines
    printed = date_and_views(lines[at].text)
    dated = printed or told_and_views(lines[at].text, captured)
    if dated is None or lines[at].is_outside_article or lines[at].link_share > 0.5:
        return None
    title = _title_above(page, at, layout)
    if title is None or not (printed or _is_surely_title(lines[title], head_titles)):
        return None
    below = [line for line in lines[at + 1 : at + 9] if not line.is_outside_article]
    if not any(line.is_text and line.words >= 5 for line in below):
        return None
    return _TitleAndDate(title, at, dated)


def _without_cards(found: list[_TitleAndDate], lines: list[Line]) -> list[_TitleAndDate]:
    """Without those that share their structure with another one, of another title and in another
    element: these are cards of a list.
    """
    if len(found) < 2:
        return found
    keys = [(structure_key(lines[one.title]), structure_key(lines[one.date])) for one in found]
    pairs = list(zip(keys, found, strict=True))
    titles = Counter(key for key, _ in {(key, one.title) for key, one in pairs})
    dates = Counter(key for key, _ in {(key, lines[one.date].element) for key, one in pairs})
    return [one for key, one in pairs if min(titles[key], dates[key]) == 1]


def _surest(
    found: list[_TitleAndDate], lines: list[Line], head_titles: list[str]
) -> _TitleAndDate | None:
    """The title that is most likely the page's, by the titles in its head, by the views beside its
    date, and by its heading; of equally likely ones, the first.
    """
    if len(found) < 2:
        return found[0] if found else None
    names = [words(text) for text in head_titles]

    def rank(one: _TitleAndDate) -> tuple[bool, ...]:
        title, after = lines[one.title], lines[one.date + 1]
        title_words, heading = words(title.text), _heading_tag(title)
        return (
            any(begins_with(name, title_words) for name in names),
            not one.dated.is_relative,
            one.dated.has_views or is_count(after.text),
            heading == "h1",
            heading is not None,
        )

    return max(found, key=rank)


def _title_above(page: Page, at: int, layout: TextLayout) -> int | None:
    """The number of the title's line above the date in line `at`: a heading among the three lines
    above, else one of the two lines right above that is no label. A link to another page there
    is the title of a card, and the date that card's, so the search ends at it.
    """
    nearest: int | None = None
    for index in range(at - 1, max(-1, at - 1 - _MAX_LINES_TO_HEADING), -1):
        line = page.lines[index]
        if line.is_link and line.words >= 4 and not _is_own_title(line, page):
            break
        if line.is_outside_article or _is_label(line, page, layout):
            continue
        if _heading_tag(line):
            return index
        nearest = index if nearest is None else nearest
    return nearest if nearest is not None and nearest >= at - _MAX_LINES_TO_TITLE else None


def _is_surely_title(line: Line, head_titles: list[str]) -> bool:
    title = words(line.text)
    is_named = any(begins_with(words(name), title) for name in head_titles)
    return is_named or _heading_tag(line) is not None


def _is_label(line: Line, page: Page, layout: TextLayout) -> bool:
    if line.words > _MAX_TITLE_WORDS:
        return True
    text = line.text.lower().strip()
    return (
        text in layout.site_names
        or is_share_label(line, layout)
        or is_count(text)
        or (line.is_link and not _is_own_title(line, page))
        or is_related_label(text)
        or is_date_line(text)
        or (time_label(text) is not None and _heading_tag(line) is None)
    )


def _is_own_title(line: Line, page: Page) -> bool:
    """Whether a line is the page's h1, or a link to the page itself."""
    if _heading_tag(line) == "h1":
        return True
    near = line.near
    link = near if near.tag == "a" else next(near.iterancestors("a"), None)
    return link is not None and (page.link(link.get("href")) or "").casefold() == (
        page.url.casefold()
    )


def _heading_tag(line: Line) -> str | None:
    element = line.element
    if element.tag in HEADING_TAGS:
        return element.tag
    above = (e.tag for e in element.iterancestors(*HEADING_TAGS))
    return next((tag for tag in above if isinstance(tag, str)), None)


def _scope(lines: list[Line], head: _TitleAndDate, main: HtmlElement | None) -> HtmlElement:
    """The smallest element that holds the title, the date and the most running text after it, whose
    element is `main`.
    """
    date, title = lines[head.date].element, lines[head.title].element
    around = {title, *title.iterancestors()}
    if main is not None:
        around &= {main, *main.iterancestors()}
    return next(one for one in (date, *date.iterancestors()) if one in around)


def _section(
    lines: list[Line], head: _TitleAndDate, layout: TextLayout, scope: HtmlElement
) -> str | None:
    """The label right above the title, if it is one."""
    above = lines[head.title - 1] if head.title else None
    if above is None or not above.is_inside(scope) or above.is_outside_article:
        return None
    is_label = (
        above.words <= _MAX_SECTION_WORDS
        and not above.is_link
        and re.search(r"[^\W\d_]{3}", above.text) is not None
        and above.text.lower() not in layout.site_names
        and not is_date_line(above.text)
        and time_label(above.text) is None
        and not is_share_label(above, layout)
    )
    return above.text if is_label else None


def _image(page: Page, scope: HtmlElement, layout: TextLayout) -> str | None:
    """The first picture in an element whose address says that it is an article's."""
    for image in scope.iter("img"):
        url = page.link(image.get("data-src") or image.get("src"))
        if url and any(path in url for path in layout.image_paths):
            return url
    return None
