"""A page of a site whose classes nobody knows, by the order and form of its text.

The Senate's news pages read, in this order: a bar for weak eyes, the site's name, sometimes the
section, the title, `dd.mm.yyyy N` (date and views), paragraphs, the press service's line in
brackets, a share label (six pages of 2020 to 2022).
"""

import re
from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.model.source import TextLayout
from pipeline.normalize.attribution import attribution
from pipeline.normalize.dates import Published, date_and_views
from pipeline.normalize.words import words
from pipeline.page.fields import Fields
from pipeline.page.heading import head_names, names_only_site
from pipeline.page.lines import HEADING_TAGS, Block
from pipeline.page.page import Page
from pipeline.reading.release_body import RELATED, VIEWS, ReleaseBody, is_share_label, stand

_FEWEST_SIGNS = 2
"""The site's name stands in two or three lines, the bar's labels in two more."""
_LONGEST_PRESS_LINE = 20
_MOST_TITLE_WORDS = 60
_LONGEST_SECTION = 5
_SENATE_PICTURES = "/storage/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitleAndDate:
    """Where the title and the date stand among the page's lines, and how sure that is."""

    title: int
    date: int
    published: Published
    rank: tuple[bool, ...]
    """The surer, the higher."""


def read_text_order(page: Page, layout: TextLayout) -> Fields:
    """The fields that the order of the text gives; none where there is no title over a date, or
    the page does not bear the site's name: on other pages dates stand under lines of any kind.
    """
    lines = page.blocks
    if not _is_the_sites(page, layout):
        return Fields()
    heads = page.selector.xpath("//head/title/text() | //meta[@property='og:title']/@content")
    names = [words(text) for text in heads.getall()]
    found = [p for at in range(1, len(lines)) if (p := _place_at(page, at, layout, names))]
    places = _without_cards(found, lines)
    if not places:
        return Fields()
    place = max(places, key=lambda place: place.rank)  # of equally sure ones, the first
    scope = _scope(lines, place, layout)
    body = ReleaseBody.of(lines[place.date + 1 :], scope, layout)
    attributed = (*attribution(body.paragraphs[:2]), *body.press_service)
    by_name = {name.casefold(): name for name in reversed(attributed)}
    return Fields(
        layout=layout.name,
        title=lines[place.title].text,
        published=place.published,
        paragraphs=body.paragraphs,
        section=_section(lines, place, layout, scope),
        image_url=_image(page, scope),
        image_credit=body.credit,
        attribution=tuple(reversed(by_name.values())),
    )


def _is_the_sites(page: Page, layout: TextLayout) -> bool:
    """Whether a page bears two of the site's own lines: its name's parts, its bar's labels, the
    press service's; or is called by the site's name.
    """
    own = {text for line in page.blocks if (text := line.text.lower()) in layout.site_names}
    press = any(
        line.words <= _LONGEST_PRESS_LINE and word in line.text.lower()
        for line in page.blocks
        for word in layout.press_service
    )
    names = head_names(page)
    called = bool(names) and all(names_only_site(name, page.site.source) for name in names)
    return len(own) + press + called >= _FEWEST_SIGNS


def _place_at(
    page: Page, at: int, layout: TextLayout, names: list[list[str]]
) -> _TitleAndDate | None:
    """The title and date where line `at` is a date alone, or a date and a number of views,
    with a title over it and running text below. `names` is what the page's head calls it.
    """
    lines = page.blocks
    dated = date_and_views(lines[at].text)
    if dated is None or _stands_apart(lines[at]) or lines[at].link_share > 0.5:
        return None
    title = _title_above(page, at, layout)
    if title is None:
        return None
    below = [line for line in lines[at + 1 : at + 9] if not _stands_apart(line)]
    if not any(line.link_share < 0.5 and line.words >= 5 for line in below):
        return None
    after = lines[at + 1 : at + 2]
    return _TitleAndDate(
        title=title,
        date=at,
        published=dated.published,
        rank=(
            _is_one_of(names, lines[title].text),
            dated.has_views or bool(after and VIEWS.fullmatch(after[0].text)),
            _heading_tag(lines[title]) == "h1",
            _heading_tag(lines[title]) is not None,
        ),
    )


def _without_cards(places: list[_TitleAndDate], lines: list[Block]) -> list[_TitleAndDate]:
    """Without those of which another stands in an element like theirs: both are cards of a list,
    and none is the page's own.
    """
    pairs = {place: (lines[place.title], lines[place.date]) for place in places}
    kinds = {place: (stand(title), stand(date)) for place, (title, date) in pairs.items()}
    elements = {(kinds[place], date.element) for place, (_, date) in pairs.items()}
    alike = Counter(kind for kind, _ in elements)
    return [place for place in places if alike[kinds[place]] == 1]


def _title_above(page: Page, at: int, layout: TextLayout) -> int | None:
    """The line right above the date; a heading a little higher goes before a label there. A link
    to another page that stands between is the title of a card, and this date that card's.
    """
    near: list[int] = []
    for index in range(at - 1, max(-1, at - 5), -1):
        line = page.blocks[index]
        if line.link_share > 0.8 and line.words >= 4 and not _is_own_title(line, page):
            break
        if not (_stands_apart(line) or _is_label(line, page, layout)):
            near.append(index)
    headings = [index for index in near if _heading_tag(page.blocks[index])]
    if headings and headings[0] >= at - 3:
        return headings[0]
    return near[0] if near and near[0] >= at - 2 else None


def _is_label(line: Block, page: Page, layout: TextLayout) -> bool:
    text = line.text.lower().strip()
    return (
        text in layout.site_names
        or is_share_label(line, layout)
        or bool(VIEWS.fullmatch(text) or RELATED.fullmatch(text))
        or date_and_views(text) is not None
        or (line.link_share > 0.8 and not _is_own_title(line, page))
        or line.words > _MOST_TITLE_WORDS
    )


def _is_own_title(line: Block, page: Page) -> bool:
    """Whether a line is the page's h1, or a link to the page itself."""
    links = [e.get("href") for e in (line.near, *line.near.iterancestors()) if e.tag == "a"]
    own = bool(links) and (page.link(links[0]) or "").casefold() == page.url.casefold()
    return own or _heading_tag(line) == "h1"


def _heading_tag(line: Block) -> str | None:
    above = (line.element, *line.element.iterancestors())
    return next((e.tag for e in above if e.tag in HEADING_TAGS), None)


def _is_one_of(names: list[list[str]], title: str) -> bool:
    """Whether the page's own head begins with the title."""
    wanted = words(title)
    return len(wanted) >= 3 and any(name[: len(wanted)] == wanted for name in names)


def _stands_apart(line: Block) -> bool:
    return line.apart in ("nav", "footer", "aside")


def _scope(lines: list[Block], place: _TitleAndDate, layout: TextLayout) -> HtmlElement:
    """The smallest element that holds the title, the date and the most running text after it."""
    title = lines[place.title]
    main = ReleaseBody.main_element(lines[place.date + 1 :], layout)
    scope = lines[place.date].element
    held = {scope, *scope.iterancestors()} if main is None else {main, *main.iterancestors()}
    while (parent := scope.getparent()) is not None:
        if scope in held and title.stands_in(scope):
            break
        scope = parent
    return scope


def _section(
    lines: list[Block], place: _TitleAndDate, layout: TextLayout, scope: HtmlElement
) -> str | None:
    """The label right above the title, if it is one."""
    above = lines[place.title - 1] if place.title else None
    if above is None or not above.stands_in(scope) or _stands_apart(above):
        return None
    is_label = (
        above.words <= _LONGEST_SECTION
        and above.link_share <= 0.8
        and re.search(r"[^\W\d_]{3}", above.text) is not None
        and above.text.lower() not in layout.site_names
        and date_and_views(above.text) is None
        and not is_share_label(above, layout)
    )
    return above.text if is_label else None


def _image(page: Page, scope: HtmlElement) -> str | None:
    for image in scope.iter("img"):
        url = page.link(image.get("data-src") or image.get("src"))
        if url and _SENATE_PICTURES in url:
            return url
    return None
