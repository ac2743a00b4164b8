"""Reads a page by a `ClassLayout`: by class and meta names, and what has none by its place.

The usual order is title, rubric, date, views, authors, lead, picture with caption, body, tags.
Class names of lead, rubric, authors and caption are often guesses, so these four are also found
between heading and body (`pipeline.layouts.heading_to_body`).
"""

import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from pipeline.layouts.heading_to_body import HeaderLines, header_lines
from pipeline.model.fields import Fields
from pipeline.model.source import ClassLayout
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import (
    PRESS_SERVICE,
    attribution,
    is_press_line,
    press_line_parts,
)
from pipeline.normalize.authors import (
    are_only_names,
    author_names,
    is_author_line,
    without_signature,
)
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.fragment import element_paragraphs
from pipeline.page.furniture import tags_in, text_lines
from pipeline.page.heading import heading_text
from pipeline.page.lead import is_repeated
from pipeline.page.lines import OUTSIDE_ARTICLE_TAGS
from pipeline.page.page import Page
from pipeline.page.surroundings import Surroundings
from pipeline.page.teasers import leads_to_other_article
from pipeline.shown_times.page_times import PageTimes
from pipeline.times.dated_lines import ShownTime, time_modified, time_published
from pipeline.times.dates import Published, machine_date, reconcile, same_time

_MIN_ESSENTIALS = 2
_LINES_TO_REPEATED_LEAD = 3
_MIN_LEAD_WORDS = 6
_FIRST_WORD_CHARACTERS = 50
"""In which a line's first word ends, whatever marks stand before it."""
_TAGS_LABEL = re.compile(r"^(?:теги|тегтер|тэги|tags)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times:
    published: Published | None
    modified: Published | None
    disagreements: tuple[str, ...]
    """`published` where markup and print say different times."""


def read_class_layout(page: Page, layout: ClassLayout) -> Fields:
    """The fields that a layout finds. None unless it finds two of title, body and time: any
    site may use one of its class names.
    """
    heading = page.found(layout.title)
    bodies = _body_elements(page, layout)
    if (heading is not None) + bool(bodies) + _has_time(page, layout) < _MIN_ESSENTIALS:
        return Fields()
    times = _times(page, layout, heading, bodies)
    named = Fields(
        layout=layout.name,
        title=heading_text(page, heading) if heading is not None else None,
        published=times.published,
        modified=times.modified,
        disagreements=times.disagreements,
        section=_text(page, layout.section),
        authors=_named_authors(page, layout),
        tags=_tags(page, layout),
        image_url=_image(page, layout),
    )
    lead = _lead(page, layout, bodies)
    anchor = heading if heading is not None else _heading_before(page, bodies[0])
    if anchor is not None and bodies:
        if not named.tags:
            named = replace(named, tags=tags_in(page, anchor, bodies[0]))
        named, lead = _by_place(named, lead, header_lines(page, layout, anchor, bodies[0]))
    return _with_body(page, named, lead, bodies, layout)


def _has_time(page: Page, layout: ClassLayout) -> bool:
    is_in_head = not page.metas.keys().isdisjoint(layout.published_meta)
    return is_in_head or page.found(layout.published) is not None


def _body_elements(page: Page, layout: ClassLayout) -> list[HtmlElement]:
    """The first body element with text, and the later ones up to the next title, without those
    inside another one or of a teaser.
    """
    found = page.elements(*layout.body)
    first = next(filter(page.has_line, found), None)
    if first is None:
        return []
    if len(found) == 1:
        return [first]
    every = set(found)
    position = page.positions
    titles = page.elements(*layout.title, "h1")
    end = min((position[t] for t in titles if position[t] > position[first]), default=math.inf)
    bodies = [first]
    for body in sorted(every, key=lambda one: position[one]):
        above = list(body.iterancestors())
        if position[first] < position[body] < end and not (
            every.intersection(above) or _is_of_teaser(page, body, above, first)
        ):
            bodies.append(body)
    return bodies


def _is_of_teaser(
    page: Page, body: HtmlElement, above: list[HtmlElement], first: HtmlElement
) -> bool:
    """Whether a body element stands apart from the first one, with a link to another article above
    it, or in navigation, a footer or an aside.
    """
    shared = set(first.iterancestors())
    apart = list(itertools.takewhile(lambda one: one not in shared, above))
    if not apart:
        return False
    links = (link for link in apart[-1].iter("a") if page.positions[link] < page.positions[body])
    return any(one.tag in OUTSIDE_ARTICLE_TAGS for one in apart) or any(
        leads_to_other_article(page, link) for link in links
    )


def _heading_before(page: Page, body: HtmlElement) -> HtmlElement | None:
    """The last h1 before the body: the title's element where its class name has changed."""
    position = page.positions
    before = [one for one in page.root.iter("h1") if position[one] < position[body]]
    return before[-1] if before else None


def _text(page: Page, selectors: tuple[str, ...]) -> str | None:
    element = page.found(selectors)
    return page.lines_text(element) if element is not None else None


def _lead(page: Page, layout: ClassLayout, bodies: list[HtmlElement]) -> tuple[str, ...]:
    """The lines of the lead's element that are text, without those of a body inside it."""
    element = page.found(layout.lead)
    lines = text_lines(page.lines_of(element), page) if element is not None else []
    return tuple(line.text for line in lines if not any(map(line.is_inside, bodies)))


def _times(
    page: Page, layout: ClassLayout, heading: HtmlElement | None, bodies: list[HtmlElement]
) -> _Times:
    """The times of publication and of the last change, in the elements and `<meta>` that the layout
    names, else in the lines around the text.
    """
    on_page = page.once(PageTimes)
    named = _named_times(page, on_page, layout, heading, bodies)
    shown = time_published(
        time for time in named if time.kind != "unknown" and not time.is_relative
    )
    marked = _marked_time(page, layout, shown)
    for time in named:
        if marked is not None and time.kind in (None, "published") and not time.is_relative:
            shown = time.value if same_time(marked, time.value) else shown
    differ = marked is not None and shown is not None and not same_time(marked, shown)
    published = reconcile(marked, shown) if marked else time_published(named)
    around = on_page.around(heading, bodies, published)
    return _Times(
        published=around.published,
        modified=time_modified(named, around.published) or around.modified,
        disagreements=("published",) if differ else (),
    )


def _marked_time(page: Page, layout: ClassLayout, shown: Published | None) -> Published | None:
    for name in layout.published_meta:
        props = (one.get("content") for one in page.itemprops.get(name, ()) if one.tag == "meta")
        content = next(iter((*page.metas.get(name, ()), *props)), None)
        if marked := machine_date(content, beside=shown):
            return marked
    return None


def _named_times(
    page: Page,
    on_page: PageTimes,
    layout: ClassLayout,
    heading: HtmlElement | None,
    bodies: list[HtmlElement],
) -> list[ShownTime]:
    """The times in the elements that the layout names, without those of teasers: those after the
    title first, then those before it; last those in navigation, a footer, an aside.
    """
    own = [*([heading] if heading is not None else []), *bodies]
    around = page.once(Surroundings, tuple(own))
    found = page.elements(*layout.published)
    start = page.positions[heading] if heading is not None else 0
    times: list[ShownTime] = []
    for element in sorted(
        found,
        key=lambda element: (_stands_outside(element), page.positions[element] < start),
    ):
        if not around.is_in_teaser(element):
            times += on_page.of_element(element)
    return times


def _stands_outside(element: HtmlElement) -> bool:
    return any(one.tag in OUTSIDE_ARTICLE_TAGS for one in element.iterancestors())


def _named_authors(page: Page, layout: ClassLayout) -> tuple[str, ...]:
    for selector in layout.authors:
        lines = [line for found in page.elements(selector) for line in page.lines_of(found)]
        names = [name for line in lines for name in author_names(line.text)]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _tags(page: Page, layout: ClassLayout) -> tuple[str, ...]:
    block = page.found(layout.tags)
    if block is None:
        return ()
    links = list(block.iter("a")) or [child for child in block if isinstance(child.tag, str)]
    texts = [page.lines_text(link) for link in links]
    if not links:
        texts = re.split(r"[#,]", _TAGS_LABEL.sub("", page.lines_text(block)))
    tags = {text.strip().lstrip("#").strip() for text in texts}
    return tuple(sorted(tag for tag in tags if tag and not _TAGS_LABEL.match(f"{tag}: ")))


def _image(page: Page, layout: ClassLayout) -> str | None:
    links = (one.get("data-src") or one.get("src") for one in page.elements(*layout.image))
    return next(filter(None, map(page.link, links)), None)


def _by_place(
    named: Fields, lead: tuple[str, ...], header: HeaderLines
) -> tuple[Fields, tuple[str, ...]]:
    """The fields and the lead, with what no class name gave taken from the header's lines."""
    rest = [line for line in header.texts if line not in lead]
    authors = named.authors
    if not authors:
        lines = [line for line in rest if is_author_line(line)]
        rest = [line for line in rest if line not in lines]
        names = (name for line in lines for name in author_names(line))
        authors = tuple(dict.fromkeys((*header.authors, *names)))
    else:
        rest = [line for line in rest if not _names_only(line, authors)]
    complete = replace(
        named,
        section=named.section or header.section,
        authors=authors,
        image_credit=header.credit,
    )
    return complete, lead or tuple(line for line in rest if is_sentence(line))


def _names_only(line: str, authors: tuple[str, ...]) -> bool:
    """Whether a line is the known authors, or one of them, and nothing else."""
    return author_names(line) == authors or line in authors


def _with_body(
    page: Page,
    named: Fields,
    lead: tuple[str, ...],
    bodies: list[HtmlElement],
    layout: ClassLayout,
) -> Fields:
    """The fields with the paragraphs, lead first, and with authors and credits in the body."""
    lines = [line for body in bodies for line in element_paragraphs(page, body, layout.cut)]
    credit_lines = [line for line in lines if credit.is_credit_line(line)]
    press = lines[-1] if lines and is_press_line(lines[-1]) else ""
    text = [line for line in lines if line not in credit_lines and line != press]
    paragraphs, signed = without_signature(tuple(_without_lead(text, lead)))
    is_begun = len(lead) == 1 and bool(paragraphs) and is_repeated(lead[0], paragraphs[0])
    captions = [
        line.text
        for body in bodies
        if next(body.iter("figcaption"), None) is not None
        for line in page.lines_of(body)
        if line.landmark == "figcaption"
    ]
    return replace(
        named,
        lead=lead[0] if lead else None,
        paragraphs=(*(() if is_begun else lead), *paragraphs) if paragraphs else (),
        authors=named.authors or signed or _signature(paragraphs),
        image_credit=named.image_credit
        or credit.first_credit((*credit_lines, *captions, *press_line_parts(press))),
        attribution=(
            *attribution((*lead, *paragraphs)),
            *(part for part in press_line_parts(press) if PRESS_SERVICE.search(part)),
        ),
    )


def _without_lead(text: list[str], lead: tuple[str, ...]) -> list[str]:
    """The text without the lead, which some pages repeat at its beginning."""
    beginning = text[: max(len(lead), _LINES_TO_REPEATED_LEAD)]
    if _first_words(lead).isdisjoint(_first_words(beginning)):
        return text
    leads = [words(line) for line in lead]
    if [words(line) for line in text[: len(lead)]] == leads:
        return text[len(lead) :]
    repeated = [
        line for line in text[:_LINES_TO_REPEATED_LEAD]
        if len(line.split()) >= _MIN_LEAD_WORDS and words(line) in leads
    ]  # fmt: skip
    return [line for line in text if line not in repeated]


def _first_words(lines: Iterable[str]) -> set[str]:
    return {word for line in lines for word in words(line[:_FIRST_WORD_CHARACTERS])[:1]}


def _signature(text: tuple[str, ...]) -> tuple[str, ...]:
    """The authors' names in the body's last line; the line stays in the body."""
    last = text[-1] if len(text) > 1 else ""
    return author_names(last) if are_only_names(last) else ()
