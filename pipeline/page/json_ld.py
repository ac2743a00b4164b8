"""A page's JSON-LD, read leniently. Terms: schema.org Article and its subtypes."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line
from pipeline.page.page import Page

Node = dict[str, Any]
"""One object of JSON-LD."""

_ARTICLE = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|Satirical|AskPublic)?\w*Article$|"
    r"^(?:Live)?BlogPosting$|^Report$"
)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$")
_COMMA_BEFORE_END = re.compile(r",(?=\s*[}\]])")
_ADDRESS_KEYS = ("url", "mainEntityOfPage", "@id")
_NESTING_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")


def nodes(page: Page) -> list[Node]:
    """Every object of the page's JSON-LD, outer objects before those inside them."""
    scripts = (one for one in page.root.iter("script") if "ld+json" in one.get("type", ""))
    return [node for script in scripts for node in _inner(_loaded(script.text or ""), 0)]


def article(page: Page, found: list[Node]) -> Node:
    """The page's article among the objects: one with its address before one without any; of these
    the first with a headline, else the first; else an empty object. An object with the address of
    another article is that one's.
    """
    articles = [node for node in found if has_type(node, _ARTICLE)]
    if len(articles) > 1:
        addresses = [_articles_named(page, node) for node in articles]
        own = {page.url, page.canonical}
        articles = [
            *(node for node, urls in zip(articles, addresses, strict=True) if urls & own),
            *(node for node, urls in zip(articles, addresses, strict=True) if not urls),
        ]
    return next((node for node in articles if node.get("headline")), next(iter(articles), {}))


def names_other_article(page: Page, node: Node) -> bool:
    """Whether an object has the address of another article of the source, and not the page's."""
    named = _articles_named(page, node)
    return bool(named) and named.isdisjoint({page.url, page.canonical})


def _articles_named(page: Page, node: Node) -> set[str]:
    """The addresses of articles of the source that an object says that it has."""
    values = (node.get(key) for key in _ADDRESS_KEYS)
    links = (value.get("@id") if isinstance(value, dict) else value for value in values)
    own = (page.own_link(link) for link in links if isinstance(link, str) and link)
    return {url for url in own if url and article_address(url, page.site.source)}


def has_type(node: Node, form: re.Pattern[str]) -> bool:
    """Whether one of an object's types matches a pattern."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and form.search(name) for name in names)


def line(value: object) -> str | None:
    """A value as text in one line, of a list its first; None where it is no text."""
    if isinstance(value, list):
        value = value[0] if value else None
    return (one_line(unescape(value)) or None) if isinstance(value, str) else None


def names(value: object) -> list[str]:
    """The names of persons or organisations, given as objects or as text."""
    parts = value if isinstance(value, list) else [value]
    found = [part.get("name") if isinstance(part, dict) else part for part in parts]
    return [name for part in found if (name := line(part))]


def keywords(node: Node) -> list[str]:
    """An article's keywords, given as a list or with commas."""
    given = node.get("keywords")
    parts = given.split(",") if isinstance(given, str) else given if isinstance(given, list) else []
    return [word for part in parts if (word := line(part))]


def image(node: Node) -> str | None:
    """The link of an article's picture."""
    value = node.get("image")
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url")
    return value if isinstance(value, str) else None


def _loaded(script: str) -> object:
    """The JSON of a script, also where it stands in an HTML comment, has line ends in strings or
    commas before a closing bracket; None where it is no JSON.
    """
    text = _WRAPPING.sub("", script)
    for attempt in (text, _COMMA_BEFORE_END.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _inner(value: object, depth: int) -> Iterator[Node]:
    if depth > 8:
        return
    if isinstance(value, list):
        for part in value:
            yield from _inner(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _NESTING_KEYS:
            yield from _inner(value.get(key), depth + 1)
