"""A captured page: decoded once, parsed once."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any, TypeVar, TypeVarTuple

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction
from parsel import Selector

from pipeline.model.capture import Address
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address, public_url, resolved
from pipeline.normalize.text_encoding import decoded_text
from pipeline.page.lines import Line, has_line, lines_of

_Made = TypeVar("_Made")
_Of = TypeVarTuple("_Of")

_MAX_BODY_BYTES = 10_000_000
_MAX_LINES, _MAX_ELEMENTS = 60_000, 300_000
_END_OF_PAGE = re.compile(r"</(?:body|html)\b[^<>]*>", re.IGNORECASE)


_SIMPLE_SELECTOR = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?\.(?P<name>[A-Za-z_][\w-]*)(?: (?P<inner>[a-z][a-z0-9]*))?"
)
_CLASS_NAME = re.compile(r"\.([A-Za-z_][\w-]*)")
_CLASS_PART = re.compile(r"\[class\*=([\w-]+)\]")
_MAY_DO_WITHOUT = re.compile(r"[,:\\]")
_with_class = etree.XPath("//*[@class]")
_with_itemprop = etree.XPath("//*[@itemprop]")


_CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)
"""One class for all elements: lxml.html asks for one by the tag, in Python, at each element."""


@cache
def _compiled(selector: str) -> CSSSelector:
    """A CSS selector, which the facts of a source or our own code name, as XPath."""
    return CSSSelector(selector, translator="html")


@cache
def _class_of(selector: str) -> tuple[str | None, str, str | None] | None:
    """The tag, if any, and the class that a selector names, and the tag that it asks for inside, if
    any; None of one that is not so simple.
    """
    found = _SIMPLE_SELECTOR.fullmatch(selector)
    return (found["tag"], found["name"], found["inner"]) if found else None


@cache
def _classes_in(selector: str) -> frozenset[str]:
    """The classes that a page must have for a selector to find anything; none of a selector with
    alternatives or conditions.
    """
    if _MAY_DO_WITHOUT.search(selector):
        return frozenset()
    return frozenset(_CLASS_NAME.findall(re.sub(r"\[[^\]]*\]", "", selector)))


_LARGE_PAGE_CHARACTERS = 100_000
_ATTRIBUTE = r"""[^\s<>"'=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']*+))?+|["'=]"""
_LONG_START_TAG = re.compile(rf"<[a-zA-Z](?:\s++|{_ATTRIBUTE}){{1000,}}+")
_ATTRIBUTES = re.compile(rf"(?:\s*+(?:{_ATTRIBUTE})){{1000}}")
"""So many of one element are kept: libxml2 compares each with all before it."""


@dataclass(frozen=True)
class Page:
    """One page as text and tree; what the reading steps receive."""

    url: str
    """The page's public address."""
    site: Site
    text: str = field(repr=False)
    captured: datetime | None = None
    """When it was captured (aware); times such as "today" are told from it, where it is known."""
    is_cut: bool = False
    """Whether it is only the beginning of a larger one."""

    @classmethod
    def decoded(
        cls, url: str, site: Site, content_type: str, body: bytes, captured: datetime | None = None
    ) -> "Page":
        """A page from the bytes of its body, without Content-Encoding, in whatever encoding."""
        text = decoded_text(body[:_MAX_BODY_BYTES], content_type)
        return cls(url, site, text, captured, is_cut=len(body) > _MAX_BODY_BYTES)

    @cached_property
    def is_too_large(self) -> bool:
        """Whether it has more text, lines or elements than any article, and is not read, so that
        reading is bounded in time.
        """
        if len(self.text) <= _LARGE_PAGE_CHARACTERS:
            return False
        return self.is_cut or len(self.positions) > _MAX_ELEMENTS or len(self.lines) > _MAX_LINES

    @cached_property
    def root(self) -> HtmlElement:
        """The root of the page's tree; parsed once, and without the end tags of body and html: what
        follows a stray one stands where it would without (HTML Standard, 13.2.6.4.7 and .19),
        while libxml2 would drop it, or put it outside the body.
        """
        text = _END_OF_PAGE.sub("", self.text).strip().replace("\0", "")
        if len(text) > _LARGE_PAGE_CHARACTERS:
            text = _LONG_START_TAG.sub(_with_fewer_attributes, text)
        parser = etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True)
        parser.set_element_class_lookup(_CLASSES)
        content = text.encode("utf-8", "replace")  # no lone surrogates
        root = etree.fromstring(content or b"<html/>", parser)
        if not isinstance(root, HtmlElement):  # None of a page without any element
            root = etree.fromstring(b"<html/>", parser)
        assert isinstance(root, HtmlElement)
        return root

    @cached_property
    def selector(self) -> Selector:
        """The same tree, for selectors."""
        return Selector(root=self.root, type="html")

    @property
    def has_stray_end_tags(self) -> bool:
        """Whether the parser met an end tag without its start tag, or before that of an element
        inside.
        """
        parser = self.root.getroottree().parser
        errors = parser.error_log if parser is not None else ()
        return any(error.type_name == "ERR_TAG_NAME_MISMATCH" for error in errors)

    @cached_property
    def address(self) -> Address | None:
        """The article that its own address names; None if none."""
        return article_address(self.url, self.site.source)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the page, in document order."""
        assert self.positions  # lxml makes elements anew, as long as nobody holds them
        body = self.root.find("body")
        return lines_of(self.root if body is None else body)

    def lines_of(self, element: HtmlElement, *, rows_are_lines: bool = False) -> list[Line]:
        """The lines of an element, as if it were all of the page."""
        return lines_of(element, rows_are_lines=rows_are_lines)

    def lines_text(self, element: HtmlElement) -> str:
        """The text of all of an element's lines, joined by spaces."""
        return " ".join(line.text for line in self.lines_of(element))

    @cached_property
    def positions(self) -> dict[HtmlElement, int]:
        """The number of every element in document order."""
        return {element: number for number, element in enumerate(self.root.iter())}

    def end(self, element: HtmlElement) -> int:
        """The number after that of the last element inside one."""
        passed: list[HtmlElement] = []
        end = len(self.positions)
        above: HtmlElement | None = element
        while above is not None:
            if (known := self._ends.get(above)) is not None:
                end = known
                break
            passed.append(above)
            if (after := above.getnext()) is not None:
                end = self.positions[after]
                break
            above = above.getparent()
        self._ends.update(dict.fromkeys(passed, end))
        return end

    @cached_property
    def _ends(self) -> dict[HtmlElement, int]:
        return {}

    @cached_property
    def anchors(self) -> list[HtmlElement]:
        """Its `<a>` elements, in document order."""
        return list(self.root.iter("a"))

    def anchors_in(self, element: HtmlElement) -> range:
        """The numbers in `anchors` of those that are an element or stand in it."""
        places = self._anchor_places
        return range(
            bisect_left(places, self.positions[element]), bisect_left(places, self.end(element))
        )

    @cached_property
    def _anchor_places(self) -> list[int]:
        return [self.positions[link] for link in self.anchors]

    @cached_property
    def pictures(self) -> list[HtmlElement]:
        """Its `<img>` elements, in document order."""
        return list(self.root.iter("img"))

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """The contents of its `<meta>` elements, by their `property` and `name`, in order."""
        found: dict[str, list[str]] = {}
        for meta in self.root.iter("meta"):
            content = meta.get("content")
            if content is not None:
                for name in {meta.get("property", ""), meta.get("name", "")}:
                    found.setdefault(name, []).append(content)
        return found

    @cached_property
    def itemprops(self) -> dict[str, list[HtmlElement]]:
        """The elements that have an `itemprop`, by its value, in order."""
        found: dict[str, list[HtmlElement]] = {}
        for element in _with_itemprop(self.root):
            found.setdefault(element.get("itemprop", ""), []).append(element)
        return found

    @cached_property
    def _classes(self) -> dict[str, list[HtmlElement]]:
        """The elements that have a class, by its name, in order."""
        found: dict[str, list[HtmlElement]] = {}
        for element in _with_class(self.root):
            for name in set(element.get("class", "").split()):
                found.setdefault(name, []).append(element)
        return found

    def elements(self, *selectors: str) -> list[HtmlElement]:
        """The elements that CSS selectors find: in order for each, without those found before."""
        if len(selectors) == 1:
            return self._found(selectors[0])
        return list(dict.fromkeys(element for one in selectors for element in self._found(one)))

    def _found(self, selector: str) -> list[HtmlElement]:
        """The same for one selector; where it asks for a class, perhaps with tags, or for a part of
        one, without a search.
        """
        simple = _class_of(selector)
        if simple is not None:
            tag, name, inner = simple
            found = [one for one in self._classes.get(name, ()) if tag is None or one.tag == tag]
            return found if inner is None else self._inside(found, inner)
        if part := _CLASS_PART.fullmatch(selector):
            alike = {
                one for name in self._classes if part[1] in name for one in self._classes[name]
            }
            return sorted(alike, key=self.positions.__getitem__)
        if not self._classes.keys() >= _classes_in(selector):
            return []
        return list(_compiled(selector)(self.root))

    def _inside(self, holders: list[HtmlElement], tag: str) -> list[HtmlElement]:
        """The elements with a tag inside others, which are in order and may stand in each other."""
        found: list[HtmlElement] = []
        end = 0
        for holder in holders:
            if self.positions[holder] >= end:
                end = self.end(holder)
                found += (one for one in holder.iter(tag) if one is not holder)
        return found

    def has_line(self, element: HtmlElement) -> bool:
        """Whether an element has any line."""
        return has_line(element)

    def found(self, selectors: tuple[str, ...]) -> HtmlElement | None:
        """The first element with text that one of the CSS selectors finds."""
        return next(filter(self.has_line, self.elements(*selectors)), None)

    def link(self, href: str | None) -> str | None:
        """The public form of a link on this page; a link to another site as an absolute URL; None
        where it is neither.
        """
        if not href or not href.strip():
            return None
        if own := self.own_link(href):
            return own
        foreign = resolved(href, self.base)
        return foreign if foreign and foreign.startswith(("http://", "https://")) else None

    def own_link(self, href: str) -> str | None:
        """The public form of a link on this page to the source itself; None of any other."""
        if href not in self._public:
            self._public[href] = public_url(href, self.base, self.site)
        return self._public[href]

    @cached_property
    def _public(self) -> dict[str, str | None]:
        """The links that were asked for; several steps ask for each."""
        return {}

    def own_links(self) -> list[str]:
        """The public addresses of all links to the source itself, in order, without repetition."""
        hrefs = [href for one in self.anchors if (href := one.get("href")) is not None]
        return list(dict.fromkeys(url for url in map(self.own_link, hrefs) if url))

    def once(self, make: "Callable[[Page, *_Of], _Made]", *of: *_Of) -> _Made:
        """What a step makes of this page and of other values, for all steps that want the same."""
        key = (make, *of)
        if key not in self._made:
            self._made[key] = make(self, *of)
        made: _Made = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[tuple[object, ...], Any]:
        return {}

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page itself names as its canonical one (RFC 6596)."""
        links = (one for one in self.root.iter("link") if one.get("rel") == "canonical")
        href = next((one.get("href") for one in links if "href" in one.attrib), None)
        return self.own_link(href) if href else None

    @cached_property
    def base(self) -> str:
        """What relative links are resolved against."""
        href = next((one.get("href") for one in self.root.iter("base") if "href" in one.attrib), "")
        return (public_url(href, self.url, self.site) or self.url) if href else self.url


def _with_fewer_attributes(tag: re.Match[str]) -> str:
    first = _ATTRIBUTES.match(tag[0], 1)
    return tag[0][: first.end()] if first else tag[0]
