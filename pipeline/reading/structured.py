"""Reads a page by its structured data: JSON-LD, Open Graph, microdata, `<time>`, headings.

Terms: schema.org NewsArticle; the Open Graph protocol's article type.
"""

import re
from html import unescape

from lxml.html import HtmlElement

from pipeline.model.fields import Fields
from pipeline.normalize.attribution import attribution
from pipeline.normalize.authors import author_names
from pipeline.normalize.characters import one_line
from pipeline.normalize.words import words
from pipeline.page import json_ld
from pipeline.page.fragment import element_paragraphs, fragment_paragraphs
from pipeline.page.furniture import is_furniture
from pipeline.page.heading import alike, head_names, heading_text, own_heading, own_title
from pipeline.page.lead import CUT_SHORT, is_lone_link, is_note, last_heading_line, lead_lines
from pipeline.page.line_matching import matching_lines
from pipeline.page.lines import lines_text
from pipeline.page.page import Page
from pipeline.page.surroundings import Surroundings
from pipeline.page.teasers import Teasers
from pipeline.shown_times.page_times import ArticleTimes, PageTimes
from pipeline.times.dated_lines import ShownTime, time_modified, time_published
from pipeline.times.dates import Published, machine_date

_TAG = re.compile(r"<[^<>]*>")
_MAX_TAGS = 100_000


def read_structured(page: Page, *, body: bool = True) -> Fields:
    """The fields in the page's structured data; without `body`, no paragraphs and no lead."""
    ld = _own_data(page)
    headline = json_ld.line(ld.get("headline")) or _itemprop(page, "headline")
    heading = own_heading(page, [*([headline] if headline else []), *head_names(page)])
    text = _body(page, ld) if body else ()
    times = _times(page, ld, heading)
    lead = _lead(page, heading, text) if text else ()
    authors = json_ld.names(ld.get("author")) or _itemprops(page, "author")
    return Fields(
        title=_title(page, headline, heading),
        published=times.published,
        modified=times.modified,
        paragraphs=(*lead, *text),
        lead=lead[0] if lead else None,
        section=json_ld.line(ld.get("articleSection")) or _meta(page, "article:section"),
        authors=tuple(dict.fromkeys(name for one in authors for name in author_names(one))),
        attribution=attribution((*lead, *text)),
        tags=tuple(sorted(set(json_ld.keywords(ld) or _metas(page, "article:tag")))),
        image_url=page.link(json_ld.image(ld) or _picture(page)),
        data_text=_text_in_data(ld),
    )


def _own_data(page: Page) -> json_ld.Node:
    """The article's JSON-LD; none of it where by address and headline it is another article's."""
    ld = json_ld.article(page, page.once(json_ld.nodes))
    headline = json_ld.line(ld.get("headline"))
    if headline is None or not json_ld.names_other_article(page, ld):
        return ld
    shown = map(lines_text, page.root.iter("h1"))
    is_own = any(alike(words(headline), words(name)) for name in (*shown, *head_names(page)))
    return ld if is_own else {}


def _title(page: Page, headline: str | None, element: HtmlElement | None) -> str | None:
    """The structured headline, else the heading on the page, else Open Graph's title."""
    heading = heading_text(page, element) if element is not None else None
    return own_title((headline, heading, _meta(page, "og:title")), page, heading)


def _lead(page: Page, heading: HtmlElement | None, text: tuple[str, ...]) -> tuple[str, ...]:
    """The lead, where it stands on the page but outside the text that the markup gives."""
    body_lines = matching_lines(list(text), page.lines)
    if not body_lines:
        return ()
    numbers = lead_lines(page, page.once(Teasers), last_heading_line(page, heading), body_lines[0])
    lines = [page.lines[at].text for at in numbers]
    within = " ".join(words(" ".join(text)))
    return tuple(line for line in lines if " ".join(words(line)) not in within)


def _picture(page: Page) -> str | None:
    """The Open Graph picture, unless by its address it is the site's logo or placeholder."""
    url = _meta(page, "og:image")
    is_placeholder = url is not None and re.search(
        r"logo|default|placeholder|no-?image", url.lower()
    )
    return None if is_placeholder else url


def _body(page: Page, ld: json_ld.Node) -> tuple[str, ...]:
    """The text in microdata or JSON-LD; empty where it is cut short or in one paragraph, since
    then the page itself shows more of it, or shows it better, and where it is larger than any text.
    """
    for found in page.itemprops.get("articleBody", ()):
        if found.tag == "meta":
            continue
        lines = element_paragraphs(page, found)
        if lines and not lines[-1].endswith(CUT_SHORT):
            return _without_notes(page, lines)
    text = ld.get("articleBody")
    if not isinstance(text, str) or text.count("<") > _MAX_TAGS:
        return ()
    text = unescape(text)
    if re.search(r"<(?:p|br|div)\b", text):
        lines = fragment_paragraphs(page, text)
    else:
        lines = _shown_text(page, [line for raw in text.splitlines() if (line := one_line(raw))])
    return _without_notes(page, lines) if _is_whole(lines) else ()


def _without_notes(page: Page, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts without those that the page shows as notes beside its text, or links to others."""
    notes = {line.text for line in page.lines if is_note(line) or is_lone_link(line)}
    rest = tuple(text for text in texts if text not in notes)
    is_most = 2 * sum(map(len, rest)) > sum(map(len, texts))
    return rest if is_most else texts


def _text_in_data(ld: json_ld.Node) -> str | None:
    text = ld.get("articleBody")
    return (one_line(_TAG.sub(" ", unescape(text))) or None) if isinstance(text, str) else None


def _shown_text(page: Page, texts: list[str]) -> tuple[str, ...]:
    """Texts that have no links, without those that the page shows as furniture."""
    shown = {line.text: at for at, line in enumerate(page.lines)}
    return tuple(text for text in texts if text not in shown or not is_furniture(page, shown[text]))


def _is_whole(lines: tuple[str, ...]) -> bool:
    return len(lines) > 1 and not lines[-1].endswith(CUT_SHORT)


def _times(page: Page, ld: json_ld.Node, heading: HtmlElement | None) -> ArticleTimes:
    """The times of publication and of the last change in the data for machines; where these have
    none, that of the first `<time>` element of the article with the minute or day in question.
    """
    published = _time(page, ld, heading, "datePublished", "article:published_time")
    modified = _time(page, ld, heading, "dateModified", "article:modified_time")
    if published is not None and modified is not None:
        return ArticleTimes(published, modified)
    shown = _times_in_elements(page, heading)
    published = published or time_published(shown)
    return ArticleTimes(published, modified or time_modified(shown, published))


def _time(
    page: Page, ld: json_ld.Node, heading: HtmlElement | None, term: str, graph: str
) -> Published | None:
    for text in (ld.get(term), *_own_itemprops(page, heading, term), _meta(page, graph)):
        if isinstance(text, str) and (time := machine_date(text)):
            return time
    return None


def _times_in_elements(page: Page, heading: HtmlElement | None) -> list[ShownTime]:
    """The times in the `<time datetime>` elements after the heading or, where it has none after it,
    in the only one of the page.
    """
    every = [one for one in page.root.iter("time") if "datetime" in one.attrib]
    if not every:
        return []
    start = page.found(("h1",)) if heading is None else heading
    place = page.positions[start] if start is not None else 0
    after = [one for one in every if page.positions[one] > place]
    found = after or (every if len(every) == 1 else [])
    times = page.once(PageTimes)
    around = page.once(Surroundings, (start,) if start is not None else ())
    return [t for one in found if not around.is_apart(one) for t in times.of_element(one)]


def _own_itemprops(page: Page, heading: HtmlElement | None, name: str) -> list[str]:
    elements = page.itemprops.get(name)
    if not elements:
        return []
    around = page.once(Surroundings, (heading,) if heading is not None else ())
    return [
        one_line(text)
        for element in elements
        if not around.is_apart(element)
        and (text := element.get("content") or element.get("datetime") or _string(element))
    ]


def _itemprops(page: Page, name: str) -> list[str]:
    texts = (
        element.get("content")
        or element.get("datetime")
        or next((_string(one) for one in element.iter() if one.get("itemprop") == "name"), "")
        or _string(element)
        for element in page.itemprops.get(name, ())
    )
    return [line for text in texts if (line := one_line(text))]


def _string(element: HtmlElement) -> str:
    return "".join(element.itertext())


def _itemprop(page: Page, name: str) -> str | None:
    return next(iter(_itemprops(page, name)), None)


def _metas(page: Page, name: str) -> list[str]:
    return [line for text in page.metas.get(name, ()) if (line := one_line(text))]


def _meta(page: Page, name: str) -> str | None:
    return next(iter(_metas(page, name)), None)
