"""A page by what its markup says of itself: JSON-LD, Open Graph, microdata, HTML's own elements.

Terms: schema.org NewsArticle; the Open Graph protocol's article type.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import tostring

from pipeline.blocks import lines_text
from pipeline.clean import fragment_paragraphs
from pipeline.dates import Published, UnreadableDate, machine
from pipeline.fields import Fields
from pipeline.page import Page
from pipeline.text import one_line

_ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background)?\w*Article$|^BlogPosting$"
)
_HEADING = "//h1[normalize-space()]"


def read_structured(page: Page) -> Fields:
    """The fields that the page's structured data give."""
    ld = _json_ld(page)
    authors = _names(ld.get("author")) or _itemprops(page, "author")
    return Fields(
        title=_line(ld.get("headline"))
        or _itemprop(page, "headline")
        or _only_heading(page)
        or _meta(page, "og:title"),
        published=_time(page, ld, "datePublished", "article:published_time") or _time_element(page),
        modified=_time(page, ld, "dateModified", "article:modified_time"),
        paragraphs=_body(page, ld),
        section=_line(ld.get("articleSection")) or _meta(page, "article:section"),
        authors=tuple(dict.fromkeys(authors)),
        tags=tuple(sorted(set(_keywords(ld) or _metas(page, "article:tag")))),
        image_url=page.link(_image(ld) or _picture(page)),
    )


def _json_ld(page: Page) -> dict[str, Any]:
    """The first object of the page's JSON-LD that is an article."""
    for script in page.selector.xpath("//script[contains(@type, 'ld+json')]/text()").getall():
        for node in _nodes(_loaded(script)):
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
                return node
    return {}


def _loaded(script: str) -> Any:
    """JSON as it is met in the wild: within HTML comments, with raw line ends in strings."""
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"))


def _line(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return (one_line(unescape(value)) or None) if isinstance(value, str) else None


def _names(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    names = [part.get("name") if isinstance(part, dict) else part for part in parts]
    return [line for name in names if (line := _line(name))]


def _keywords(ld: dict[str, Any]) -> list[str]:
    words = ld.get("keywords")
    parts = words.split(",") if isinstance(words, str) else words if isinstance(words, list) else []
    return [line for part in parts if (line := _line(part))]


def _image(ld: dict[str, Any]) -> str | None:
    value = ld.get("image")
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url")
    return value if isinstance(value, str) else None


def _picture(page: Page) -> str | None:
    """The Open Graph picture, unless it is the site's own for pages without one."""
    url = _meta(page, "og:image")
    is_sites_own = url is not None and re.search(r"logo|default|placeholder|no-?image", url.lower())
    return None if is_sites_own else url


def _body(page: Page, ld: dict[str, Any]) -> tuple[str, ...]:
    for found in page.selector.xpath("//*[@itemprop='articleBody' and not(self::meta)]"):
        lines = fragment_paragraphs(tostring(found.root, encoding="unicode", with_tail=False))
        if lines:
            return lines
    text = ld.get("articleBody")
    if not isinstance(text, str):
        return ()
    text = unescape(text)
    if re.search(r"<(?:p|br|div)\b", text):
        return fragment_paragraphs(text)
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def _time(page: Page, ld: dict[str, Any], term: str, graph: str) -> Published | None:
    candidates = [ld.get(term), _itemprop(page, term), _meta(page, graph)]
    for text in candidates:
        if isinstance(text, str) and (time := _readable(text)):
            return time
    return None


def _time_element(page: Page) -> Published | None:
    """The `<time datetime>` that comes first after the heading, or the only one."""
    after = page.selector.xpath(f"({_HEADING})[1]/following::time[@datetime][1]/@datetime").get()
    every = page.selector.xpath("//time[@datetime]/@datetime").getall()
    text = after or (every[0] if len(every) == 1 else None)
    return _readable(text) if text else None


def _readable(text: str) -> Published | None:
    try:
        return machine(text)
    except UnreadableDate:
        return None


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


def _only_heading(page: Page) -> str | None:
    """The text of the page's h1, if it has exactly one."""
    found = page.selector.xpath(_HEADING)
    return (lines_text(found[0].root) or None) if len(found) == 1 else None
