"""Reads a page by its structured data: JSON-LD, Open Graph, microdata, `<time>`, headings.

Terms: schema.org NewsArticle; the Open Graph protocol's article type.
"""

import re
from html import unescape

from lxml.html import HtmlElement, tostring

from pipeline.normalize.attribution import attribution
from pipeline.normalize.characters import one_line
from pipeline.normalize.dates import Published, machine_date
from pipeline.normalize.words import words
from pipeline.page import json_ld
from pipeline.page.fields import Fields
from pipeline.page.fragment import fragment_paragraphs
from pipeline.page.furniture import is_furniture
from pipeline.page.heading import head_names, own_heading, own_title
from pipeline.page.lead import last_heading_line, lead_lines
from pipeline.page.line_matching import matching_lines
from pipeline.page.lines import lines_text
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

_HEADING = "//h1[normalize-space()]"
_CUT_SHORT = ("…", "...", "[…]", "[...]")


def read_structured(page: Page, *, body: bool = True) -> Fields:
    """The fields in the page's structured data; without `body`, no paragraphs and no lead."""
    ld = json_ld.article(json_ld.nodes(page))
    headline = json_ld.line(ld.get("headline")) or _itemprop(page, "headline")
    heading = own_heading(page, [*([headline] if headline else []), *head_names(page)])
    text = _body(page, ld) if body else ()
    lead = _lead(page, heading, text) if text else ()
    authors = json_ld.names(ld.get("author")) or _itemprops(page, "author")
    return Fields(
        title=_title(page, headline, heading),
        published=_time(page, ld, "datePublished", "article:published_time") or _time_element(page),
        modified=_time(page, ld, "dateModified", "article:modified_time"),
        paragraphs=(*lead, *text),
        lead=lead[0] if lead else None,
        section=json_ld.line(ld.get("articleSection")) or _meta(page, "article:section"),
        authors=tuple(dict.fromkeys(authors)),
        attribution=attribution((*lead, *text)),
        tags=tuple(sorted(set(json_ld.keywords(ld) or _metas(page, "article:tag")))),
        image_url=page.link(json_ld.image(ld) or _picture(page)),
    )


def _title(page: Page, headline: str | None, element: HtmlElement | None) -> str | None:
    """The structured headline, else the heading on the page, else Open Graph's title."""
    heading = lines_text(element) if element is not None else None
    return own_title((headline, heading, _meta(page, "og:title")), page, heading)


def _lead(page: Page, heading: HtmlElement | None, text: tuple[str, ...]) -> tuple[str, ...]:
    """The lead, where it stands on the page but outside the text that the markup gives."""
    body_lines = matching_lines(list(text), page.lines)
    if not body_lines:
        return ()
    numbers = lead_lines(page, Teasers(page), last_heading_line(page, heading), body_lines[0])
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
    then the page itself shows more of it, or shows it better.
    """
    for found in page.selector.xpath("//*[@itemprop='articleBody' and not(self::meta)]"):
        lines = fragment_paragraphs(page, tostring(found.root, encoding="unicode", with_tail=False))
        if lines and not lines[-1].endswith(_CUT_SHORT):
            return lines
    text = ld.get("articleBody")
    if not isinstance(text, str):
        return ()
    text = unescape(text)
    if re.search(r"<(?:p|br|div)\b", text):
        lines = fragment_paragraphs(page, text)
    else:
        lines = _shown_text(page, [line for raw in text.splitlines() if (line := one_line(raw))])
    return lines if _is_whole(lines) else ()


def _shown_text(page: Page, texts: list[str]) -> tuple[str, ...]:
    """Texts that have no links, without those that the page shows as furniture."""
    shown = {line.text: at for at, line in enumerate(page.lines)}
    return tuple(text for text in texts if text not in shown or not is_furniture(page, shown[text]))


def _is_whole(lines: tuple[str, ...]) -> bool:
    return len(lines) > 1 and not lines[-1].endswith(_CUT_SHORT)


def _time(page: Page, ld: json_ld.Node, term: str, graph: str) -> Published | None:
    candidates = [ld.get(term), _itemprop(page, term), _meta(page, graph)]
    for text in candidates:
        if isinstance(text, str) and (time := machine_date(text)):
            return time
    return None


def _time_element(page: Page) -> Published | None:
    """The `<time datetime>` that comes first after the heading, or the only one."""
    after = page.selector.xpath(f"({_HEADING})[1]/following::time[@datetime][1]/@datetime").get()
    every = page.selector.xpath("//time[@datetime]/@datetime").getall()
    text = after or (every[0] if len(every) == 1 else None)
    return machine_date(text)


def _itemprops(page: Page, name: str) -> list[str]:
    found = page.selector.xpath("//*[@itemprop=$name]", name=name)
    texts = (
        hit.attrib.get("content")
        or hit.attrib.get("datetime")
        or hit.xpath("string(.//*[@itemprop='name'])").get()
        or hit.xpath("string()").get()
        for hit in found
    )
    return [one_line(text) for text in texts if text and one_line(text)]


def _itemprop(page: Page, name: str) -> str | None:
    return next(iter(_itemprops(page, name)), None)


def _metas(page: Page, name: str) -> list[str]:
    found = page.selector.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return [line for text in found.getall() if (line := one_line(text))]


def _meta(page: Page, name: str) -> str | None:
    return next(iter(_metas(page, name)), None)
