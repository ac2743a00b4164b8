"""The further pages of a listing, by the listing's own links."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.addresses import article_address, public_url
from pipeline.page import Page
from pipeline.text import one_line

_IN_PATH = re.compile(r"/(?:page[-_/]?|p[-_]?)(?P<number>\d{1,5})/?$", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"(?:date|day|month|year|d|m|y|id|rubric|category|cat|tag|lang|limit|per_?page|size|v)$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\W*(?:далее|дальше|впер[её]д|следующ\w*(?: страниц\w*)?|(?:показать |загрузить )?ещ[её]|"
    r"(?:более )?ранние|старые|келесі(?: бет)?|тағы(?: көрсету)?|көбірек|ескі\w*|next(?: page)?|"
    r"older(?: posts| news)?|(?:load |show )?more|[›»→>]{1,2})\W*",
    re.IGNORECASE,
)
_MARKS = ("›", "»", "→", ">")


def next_page(page: Page) -> str | None:
    """The public address of the page after this one; None where the site names none.

    What says `rel=next` goes first, then the lowest number above this page's own, then a link
    that reads «Далее» or «Next» and stays on the same path.
    """
    links = [link for link in _links(page) if article_address(link[0], page.site.source) is None]
    related = next((url for url, _, rel in links if "next" in rel.split()), None)
    return related or _numbered(page.url, [url for url, _, _ in links]) or _labelled(page, links)


def page_number(url: str) -> tuple[str, str, int] | None:
    """The listing that an address is a page of, the name of the number, and the number; None
    where it bears none.

    >>> page_number("https://kazpravda.kz/r/sport/?page=3")
    ('https://kazpravda.kz/r/sport', 'page', 3)
    >>> page_number("https://kazpravda.kz/r/sport/page-3/")
    ('https://kazpravda.kz/r/sport', '/', 3)
    """
    parts = urlsplit(url)
    if found := _IN_PATH.search(parts.path):
        stem = parts._replace(path=parts.path[: found.start()]).geturl()
        return stem, "/", int(found["number"])
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [
        (name, int(value))
        for name, value in pairs
        if re.fullmatch(r"\d{1,5}", value, re.ASCII) and not _NO_PAGE.match(name)
    ]
    if len(numbers) != 1:
        return None
    name, number = numbers[0]
    return _stem(url, without=name), name, number


def _stem(url: str, *, without: str = "") -> str:
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != without]
    return parts._replace(path=parts.path.rstrip("/"), query=urlencode(sorted(pairs))).geturl()


def _links(page: Page) -> list[tuple[str, str, str]]:
    """The links that stay on the source: address, label, `rel`."""
    found = []
    for link in page.selector.xpath("//a[@href] | //link[@href and contains(@rel, 'next')]"):
        url = public_url(link.attrib["href"], page.base, page.site)
        if url is not None and url != page.url:
            named = (link.attrib.get("aria-label"), link.attrib.get("title"))
            label = one_line(link.xpath("string()").get() or "") or next(filter(None, named), "")
            found.append((url, label, link.attrib.get("rel", "").lower()))
    return found


def _numbered(url: str, links: list[str]) -> str | None:
    here = page_number(url)
    stem, name, number = here or (_stem(url), "", 1)
    further: dict[int, str] = {}
    for link in links:
        other = page_number(link)
        if other and other[0] == stem and (not name or other[1] == name) and other[2] > number:
            further.setdefault(other[2], link)
    return further[min(further)] if further else None


def _labelled(page: Page, links: list[tuple[str, str, str]]) -> str | None:
    path = urlsplit(page.url).path.rstrip("/")
    for url, label, _ in links:
        if urlsplit(url).path.rstrip("/") == path and label and _says_next(label):
            return url
    return None


def _says_next(label: str) -> bool:
    return label.strip() in _MARKS or _NEXT.fullmatch(label) is not None
