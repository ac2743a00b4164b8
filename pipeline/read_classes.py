"""A page by a layout whose class and meta names are known, the rest by the order on the page.

Kazpravda's order is known from full readings: title, rubric, date, views, authors, lead, picture
with caption, body, tags. The classes of lead, rubric, authors and caption are guesses, so these
four are also found by where they stand between the title and the body.
"""

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement, tostring

from pipeline import credits as credit
from pipeline.blocks import Block
from pipeline.clean import fragment_paragraphs
from pipeline.dates import Published, UnreadableDate, machine, printed, settle
from pipeline.fields import Fields
from pipeline.page import Page
from pipeline.records import ClassLayout
from pipeline.text import one_line

_MOST_BETWEEN = 40


def read_classes(page: Page, layout: ClassLayout) -> Fields:
    """The fields that a layout of known classes gives; none if neither its title nor its body
    is on the page.
    """
    heading = _first(page, layout.title)
    bodies = _body_elements(page, layout)
    if heading is None and not bodies:
        return Fields()
    named = Fields(
        layout=layout.name,
        title=one_line(_text(heading)) if heading is not None else None,
        published=_named_time(page, layout),
        lead=page.first_text(layout.lead),
        section=page.first_text(layout.section),
        authors=_named_authors(page, layout),
        tags=_tags(page, layout),
        image_url=_image(page, layout),
    )
    if heading is not None and bodies:
        between = _Between.of(page, layout, heading, bodies[0])
        named = _by_order(named, between)
    return _with_body(named, bodies, layout)


def _first(page: Page, selectors: tuple[str, ...]) -> HtmlElement | None:
    for selector in selectors:
        for found in page.selector.css(selector):
            if one_line(_text(found.root)):
                element: HtmlElement = found.root
                return element
    return None


def _text(element: HtmlElement) -> str:
    return "".join(str(part) for part in element.itertext())


def _body_elements(page: Page, layout: ClassLayout) -> list[HtmlElement]:
    """The body's element, and those beside it under the same parent that continue it."""
    for selector in layout.body:
        found = [hit.root for hit in page.selector.css(selector)]
        if found:
            return [e for e in found if e is found[0] or e.getparent() is found[0].getparent()]
    return []


def _named_time(page: Page, layout: ClassLayout) -> Published | None:
    shown = _printed_or_none(page.first_text(layout.published))
    for name in layout.published_meta:
        content = page.selector.xpath(
            "//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name
        ).get()
        if content and content.strip():
            try:
                return settle(machine(content, beside=shown), shown)[0]
            except UnreadableDate:
                continue
    return shown


def _printed_or_none(text: str | None) -> Published | None:
    if not text:
        return None
    try:
        return printed(text)
    except UnreadableDate:
        return None


def _named_authors(page: Page, layout: ClassLayout) -> tuple[str, ...]:
    for selector in layout.authors:
        lines = [one_line(_text(found.root)) for found in page.selector.css(selector)]
        names = [name for line in lines for name in credit.author_names(line)]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _tags(page: Page, layout: ClassLayout) -> tuple[str, ...]:
    for selector in layout.tags:
        for block in page.selector.css(selector):
            links = block.xpath(".//a") or block.xpath("./*") or [block]
            texts = (one_line(_text(link.root)).lstrip("#").strip() for link in links)
            tags = {text for text in texts if text}
            if tags:
                return tuple(sorted(tags))
    return ()


def _image(page: Page, layout: ClassLayout) -> str | None:
    for selector in layout.image:
        for found in page.selector.css(selector):
            url = page.link(found.attrib.get("data-src") or found.attrib.get("src"))
            if url:
                return url
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Between:
    """The lines between the title and the body, told apart by what they are."""

    before_date: tuple[str, ...]
    published: Published | None
    after_date: tuple[str, ...]
    """What stands after the date and before the picture."""
    captions: tuple[str, ...]

    @classmethod
    def of(
        cls, page: Page, layout: ClassLayout, heading: HtmlElement, body: HtmlElement
    ) -> "_Between":
        start, end = page.positions[heading], page.positions[body]
        inside_heading = set(heading.iter())
        lines = [
            block
            for block in page.blocks
            if start < page.positions[block.near] < end and block.near not in inside_heading
        ][:_MOST_BETWEEN]
        named = {
            e
            for s in (*layout.tags, *layout.section)
            for hit in page.selector.css(s)
            for e in hit.root.iter()
        }
        lines = [block for block in lines if block.near not in named]
        picture = _first_picture(page, start, end)
        before, published, after, captions = [], None, [], []
        for block in lines:
            date = _date_line(block)
            if _is_caption(block, page, picture):
                captions.append(block.text)
            elif date is not None and published is None:
                published = date
            elif date is not None or _is_furniture(block):
                continue
            elif published is None:
                before.append(block.text)
            elif not _is_mere_link(block):
                after.append(block.text)
        return cls(
            before_date=tuple(before),
            published=published,
            after_date=tuple(after),
            captions=tuple(captions),
        )


def _first_picture(page: Page, start: int, end: int) -> int | None:
    places = (page.positions[found.root] for found in page.selector.css("img"))
    return next((place for place in places if start < place < end), None)


def _is_caption(block: Block, page: Page, picture: int | None) -> bool:
    after_picture = picture is not None and page.positions[block.near] > picture
    in_figure = block.apart in ("figure", "figcaption")
    return after_picture or in_figure or credit.is_credit_line(block.text)


def _date_line(block: Block) -> Published | None:
    return _printed_or_none(block.text) if block.words <= 10 else None


def _is_furniture(block: Block) -> bool:
    """View counters, share labels, menus: what is neither author nor lead."""
    counter = re.fullmatch(r"[\d\s.,]+(?:просмотр\w*|қаралым\w*|views?)?", block.text.lower())
    return bool(counter) or block.apart is not None


def _is_mere_link(block: Block) -> bool:
    return block.link_share > 0.9 and not credit.is_author_line(block.text)


def _by_order(named: Fields, between: _Between) -> Fields:
    """What has no known class, by its place and form."""
    before, after = list(between.before_date), list(between.after_date)
    if between.published is None:
        before, after = [], before
    known = {named.section, named.lead, named.title}
    rest = [line for line in after if line not in known]
    authors = [line for line in rest if credit.is_author_line(line)]
    leads = [line for line in rest if line not in authors and is_sentence(line)]
    if named.authors:
        leads = [line for line in leads if not _is_one_of(line, named.authors)]
    labels = [line for line in before if len(line.split()) <= 6 and line not in known]
    credited = next((c for text in between.captions if (c := credit.image_credit(text))), None)
    return replace(
        named,
        published=named.published or between.published,
        section=named.section or (labels[0] if labels else None),
        authors=named.authors or tuple(n for line in authors for n in credit.author_names(line)),
        lead=named.lead or ("\n\n".join(leads) or None),
        image_credit=credited,
    )


def is_sentence(line: str) -> bool:
    """Whether a line is running text rather than a label."""
    count = len(line.split())
    return (
        count >= 10
        or (count >= 4 and line.rstrip()[-1:] in '.!?…»"')
        or bool(credit.attribution((line,)))
    )


def _is_one_of(line: str, authors: tuple[str, ...]) -> bool:
    return any(name in line for name in authors)


def _with_body(named: Fields, bodies: list[HtmlElement], layout: ClassLayout) -> Fields:
    lines = [line for body in bodies for line in fragment_paragraphs(_html(body), layout.cut)]
    credit_lines = [line for line in lines if credit.is_credit_line(line)]
    text = [line for line in lines if line not in credit_lines]
    lead = [one_line(line) for line in (named.lead or "").split("\n\n") if line]
    if lead and text[: len(lead)] == lead:
        text = text[len(lead) :]
    credited = named.image_credit or next(
        (c for c in map(credit.image_credit, credit_lines) if c), None
    )
    return replace(
        named,
        lead=lead[0] if lead else None,
        paragraphs=tuple(lead + text) if text else (),
        image_credit=credited,
        attribution=credit.attribution((*lead, *text)[:2]),
    )


def _html(element: HtmlElement) -> str:
    return tostring(element, encoding="unicode", with_tail=False)
