"""Reads a page by a `TextLayout`: by the order and form of its text, without any class name.

The order: a bar of settings for readers with weak eyes, the site's name, sometimes the section,
the title, `dd.mm.yyyy N` (date and views), paragraphs, the press service's line in brackets, a
share label. Lines are named by their number in `Page.lines`, from 0.
"""

import re
from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.model.fields import Fields
from pipeline.model.source import TextLayout
from pipeline.normalize.attribution import attribution
from pipeline.normalize.words import words
from pipeline.page.furniture import is_related_label
from pipeline.page.heading import begins_with, head_names, names_only_site, without_badges
from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.page.page import Page
from pipeline.reading.release_body import VIEWS, ReleaseBody, is_share_label, structure_key
from pipeline.shown_times.page_times import PageTimes
from pipeline.times.dated_lines import date_and_views, is_date_line
from pipeline.times.dates import Published
from pipeline.times.time_labels import time_label

_MIN_OWN_LINES = 2
"""The site's name takes two or three lines, the bar's labels two more."""
_MAX_PRESS_LINE_WORDS = 20
_MAX_TITLE_WORDS = 60
_MAX_SECTION_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitleAndDate:
    """A title with its date: the numbers of their lines, and how sure it is that they are."""

    title: int
    date: int
    published: Published
    rank: tuple[bool, ...]
    """Compared as tuples; the surer one is higher."""


def read_text_layout(page: Page, layout: TextLayout) -> Fields:
    """The fields that the order of the text gives. None where no title stands above a date, or
    where the page does not show the site's name: elsewhere a date may stand below any line.
    """
    lines = page.lines
    if not _is_of_site(page, layout):
        return Fields()
    names = [words(text) for text in head_names(page)]
    times = page.once(PageTimes)
    found = [
        one
        for at in range(1, len(lines))
        if (one := _title_and_date(page, at, layout, names)) and not times.has_other(at)
    ]
    candidates = _without_cards(found, lines)
    if not candidates:
        return Fields()
    head = max(candidates, key=lambda one: one.rank)  # of equally sure ones, the first
    scope = _scope(lines, head, layout)
    body = ReleaseBody.of(page, lines[head.date + 1 :], scope, layout)
    attributed = (*attribution(body.paragraphs), *body.press_service)
    by_name = {name.casefold(): name for name in reversed(attributed)}
    return Fields(
        layout=layout.name,
        title=without_badges(page, lines[head.title].element, lines[head.title].text),
        published=head.published,
        modified=times.around(lines[head.title].element, (scope,), head.published).modified,
        paragraphs=body.paragraphs,
        section=_section(lines, head, layout, scope),
        tags=body.tags,
        image_url=_image(page, scope, layout),
        image_credit=body.credit,
        attribution=tuple(reversed(by_name.values())),
    )


def _is_of_site(page: Page, layout: TextLayout) -> bool:
    """Whether a page has two of the site's own lines: parts of its name, labels of its bar, the
    press service's line. A `<title>` that is only the site's name counts as one of them.
    """
    own = {text for line in page.lines if (text := line.text.lower()) in layout.site_names}
    press = any(
        word in text
        for line in page.lines
        if line.words <= _MAX_PRESS_LINE_WORDS
        for text in (line.text.lower(),)
        for word in layout.press_service
    )
    names = head_names(page)
    is_named = bool(names) and all(names_only_site(name, page.site.source) for name in names)
    return len(own) + press + is_named >= _MIN_OWN_LINES


def _title_and_date(
    page: Page, at: int, layout: TextLayout, names: list[list[str]]
) -> _TitleAndDate | None:
    """Line `at` as the date, with the title above it; None unless it is a date, alone or with the
    views, and running text follows. `names` are the titles in the page's head, as words.
    """
    lines = page.lines
    dated = date_and_views(lines[at].text)
    if dated is None or lines[at].is_outside_article or lines[at].link_share > 0.5:
        return None
    title = _title_above(page, at, layout)
    if title is None:
        return None
    below = [line for line in lines[at + 1 : at + 9] if not line.is_outside_article]
    if not any(line.is_text and line.words >= 5 for line in below):
        return None
    after = lines[at + 1 : at + 2]
    return _TitleAndDate(
        title=title,
        date=at,
        published=dated.first,
        rank=(
            any(begins_with(name, words(lines[title].text)) for name in names),
            dated.has_views or bool(after and VIEWS.fullmatch(after[0].text)),
            _heading_tag(lines[title]) == "h1",
            _heading_tag(lines[title]) is not None,
        ),
    )


def _without_cards(found: list[_TitleAndDate], lines: list[Line]) -> list[_TitleAndDate]:
    """Without those that share their structure with another one: these are cards of a list."""
    keys = {one: (structure_key(lines[one.title]), structure_key(lines[one.date])) for one in found}
    elements = {(keys[one], lines[one.date].element) for one in found}
    alike = Counter(key for key, _ in elements)
    return [one for one in found if alike[keys[one]] == 1]


def _title_above(page: Page, at: int, layout: TextLayout) -> int | None:
    """The number of the title's line above the date in line `at`: a heading among the three lines
    above, else one of the two lines right above that is no label. A link to another page there
    is the title of a card, and the date that card's, so the search ends at it.
    """
    near: list[int] = []
    for index in range(at - 1, max(-1, at - 5), -1):
        line = page.lines[index]
        if line.is_link and line.words >= 4 and not _is_own_title(line, page):
            break
        if not (line.is_outside_article or _is_label(line, page, layout)):
            near.append(index)
    headings = [index for index in near if _heading_tag(page.lines[index])]
    if headings and headings[0] >= at - 3:
        return headings[0]
    return near[0] if near and near[0] >= at - 2 else None


def _is_label(line: Line, page: Page, layout: TextLayout) -> bool:
    text = line.text.lower().strip()
    return (
        text in layout.site_names
        or is_share_label(line, layout)
        or bool(VIEWS.fullmatch(text) or is_related_label(text))
        or is_date_line(text)
        or (time_label(text) is not None and _heading_tag(line) is None)
        or (line.is_link and not _is_own_title(line, page))
        or line.words > _MAX_TITLE_WORDS
    )


def _is_own_title(line: Line, page: Page) -> bool:
    """Whether a line is the page's h1, or a link to the page itself."""
    links = [e.get("href") for e in (line.near, *line.near.iterancestors()) if e.tag == "a"]
    own = bool(links) and (page.link(links[0]) or "").casefold() == page.url.casefold()
    return own or _heading_tag(line) == "h1"


def _heading_tag(line: Line) -> str | None:
    above = (line.element, *line.element.iterancestors())
    return next((e.tag for e in above if e.tag in HEADING_TAGS), None)


def _scope(lines: list[Line], head: _TitleAndDate, layout: TextLayout) -> HtmlElement:
    """The smallest element that holds the title, the date and the most running text after it."""
    title = lines[head.title]
    main = ReleaseBody.main_element(lines[head.date + 1 :], layout)
    scope = lines[head.date].element
    around_text = {scope, *scope.iterancestors()} if main is None else {main, *main.iterancestors()}
    while (parent := scope.getparent()) is not None:
        if scope in around_text and title.is_inside(scope):
            break
        scope = parent
    return scope


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
