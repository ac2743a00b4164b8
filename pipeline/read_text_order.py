"""A page of a site whose classes nobody knows, by the order and form of its text.

The Senate's news pages read, in this order: a bar for weak eyes, the site's name, sometimes the
section, the title, `dd.mm.yyyy N` (date and views), paragraphs, the press service's line in
brackets, a share label (six pages of 2020 to 2022).
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline import credits as credit
from pipeline.blocks import HEADING_TAGS, Block
from pipeline.dates import Published, date_only_line
from pipeline.fields import Fields
from pipeline.page import Page
from pipeline.records import TextLayout
from pipeline.text import one_line

_VIEWS = re.compile(r"^[\d\s.,]*$")
_END_OF_PAGE = re.compile(
    r"^\W*(?:©|copyright|все права защищены|барлық құқықтар|all rights reserved)", re.IGNORECASE
)
_RELATED = re.compile(
    r"^(?:другие новости|похожие новости|последние новости|читайте также|ещ[её] новости|"
    r"басқа жаңалықтар|соңғы жаңалықтар|other news|latest news|related news|read also)\W*$",
    re.IGNORECASE,
)
_MOST_TITLE_WORDS = 60


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the title and the date stand among the page's lines."""

    title: int
    date: int
    published: Published
    has_views: bool


def read_text_order(page: Page, layout: TextLayout) -> Fields:
    """The fields that the order of the text gives; none where there is no title over a date."""
    lines = page.blocks
    place = _place(lines, layout)
    if place is None:
        return Fields()
    scope = _scope(lines, place)
    text, last_line, credit_lines = _body(lines, place, layout, scope)
    attributed = _press_service(last_line, layout) if last_line else ()
    credited = next((c for c in map(credit.image_credit, credit_lines) if c), None)
    if credited is None and last_line:
        credited = _credit_in_brackets(last_line)
    return Fields(
        layout=layout.name,
        title=one_line(lines[place.title].text),
        published=place.published,
        paragraphs=tuple(text),
        section=_section(lines, place, layout, scope),
        image_url=_image(page, scope),
        image_credit=credited,
        attribution=tuple(dict.fromkeys((*credit.attribution(tuple(text[:2])), *attributed))),
    )


def _place(lines: list[Block], layout: TextLayout) -> _Place | None:
    found = [place for at in range(1, len(lines)) if (place := _place_at(lines, at, layout))]
    with_views = [place for place in found if place.has_views]
    return next(iter(with_views or found), None)


def _place_at(lines: list[Block], at: int, layout: TextLayout) -> _Place | None:
    """The title and date where line `at` is a date alone, or a date and a number of views,
    with a title over it and running text below.
    """
    dated = date_only_line(lines[at].text)
    if dated is None or not _VIEWS.match(dated[1]) or _stands_apart(lines[at]):
        return None
    title = _title_above(lines, at, layout)
    if title is None:
        return None
    after = lines[at + 1 : at + 2]
    views = bool(dated[1]) or bool(after and _VIEWS.match(after[0].text))
    below = [line for line in lines[at + 1 : at + 8] if not _stands_apart(line)]
    if not any(line.link_share < 0.5 and line.words >= 6 for line in below):
        return None
    return _Place(title, at, dated[0], views)


def _title_above(lines: list[Block], at: int, layout: TextLayout) -> int | None:
    """The line right above the date; a heading a little higher goes before a label there."""
    near = [
        index
        for index in range(at - 1, max(-1, at - 5), -1)
        if not _stands_apart(lines[index]) and not _is_label(lines[index], layout)
    ]
    headings = [index for index in near if _is_heading(lines[index])]
    if headings and headings[0] >= at - 3:
        return headings[0]
    return near[0] if near and near[0] >= at - 2 else None


def _is_label(line: Block, layout: TextLayout) -> bool:
    text = line.text.lower().strip()
    return (
        text in layout.site_names
        or text in layout.share_labels
        or bool(_VIEWS.match(text))
        or date_only_line(text) is not None
        or line.link_share > 0.8
        or line.words > _MOST_TITLE_WORDS
    )


def _is_heading(line: Block) -> bool:
    return line.element.tag in HEADING_TAGS or any(
        e.tag in HEADING_TAGS for e in line.element.iterancestors()
    )


def _stands_apart(line: Block) -> bool:
    return line.apart in ("nav", "footer", "aside", "form")


def _scope(lines: list[Block], place: _Place) -> HtmlElement:
    """The smallest element that holds the title, the date and running text after it."""
    title = lines[place.title].element
    title_and_above = {title, *title.iterancestors()}
    after = [line for line in lines[place.date + 1 :] if line.words >= 5 and line.link_share < 0.5]
    scope = lines[place.date].element
    while (parent := scope.getparent()) is not None:
        if scope in title_and_above and any(_within(line, scope) for line in after):
            break
        scope = parent
    return scope


def _within(line: Block, scope: HtmlElement) -> bool:
    return line.element is scope or any(above is scope for above in line.element.iterancestors())


def _body(
    lines: list[Block], place: _Place, layout: TextLayout, scope: HtmlElement
) -> tuple[list[str], str | None, list[str]]:
    """The paragraphs, the press service's line, and the credits among them."""
    text: list[str] = []
    credit_lines: list[str] = []
    for line in lines[place.date + 1 :]:
        shown = one_line(line.text)
        if not _within(line, scope) or (text and _ends_article(shown, layout)):
            break
        if credit.is_credit_line(shown):
            credit_lines.append(shown)
        elif _is_press_service(shown, layout):
            return text, shown, credit_lines
        elif not _is_furniture(line, shown, layout):
            text.append(shown)
    return text, None, credit_lines


def _ends_article(text: str, layout: TextLayout) -> bool:
    lower = text.lower().strip(" :")
    return (
        lower in layout.share_labels
        or lower in layout.site_names
        or bool(_END_OF_PAGE.match(text) or _RELATED.match(text))
        or date_only_line(text) is not None
    )


def _is_furniture(line: Block, text: str, layout: TextLayout) -> bool:
    return (
        line.apart is not None
        or bool(_VIEWS.match(text))
        or text.lower().strip(" :") in layout.share_labels
        or (line.link_share > 0.9 and line.words < 25)
    )


def _is_press_service(text: str, layout: TextLayout) -> bool:
    bracketed = text[:1] in "[(" and text[-1:] in "])."
    named = any(word in text.lower() for word in layout.press_service)
    return named and (bracketed or len(text.split()) <= 6)


def _press_service(line: str, layout: TextLayout) -> tuple[str, ...]:
    parts = [part.strip(' []()."“”') for part in re.split(r"[,;]", line)]
    return tuple(
        part for part in parts if any(word in part.lower() for word in layout.press_service)
    )[:1]


def _credit_in_brackets(line: str) -> str | None:
    for part in re.split(r"[,;]", line):
        if found := credit.image_credit(part.strip(' []()."“”«»')):
            return found
    return None


def _section(
    lines: list[Block], place: _Place, layout: TextLayout, scope: HtmlElement
) -> str | None:
    above = lines[place.title - 1] if place.title else None
    if above is None or not _within(above, scope) or above.words > 5 or _stands_apart(above):
        return None
    label = above.text.lower().strip()
    known = label in layout.site_names or _is_label(above, layout)
    return None if known else one_line(above.text)


def _image(page: Page, scope: HtmlElement) -> str | None:
    for image in scope.iter("img"):
        url = page.link(image.get("data-src") or image.get("src"))
        if url and "/storage/" in url:
            return url
    return None
