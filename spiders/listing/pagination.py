"""The further pages of a listing, by the listing's own links."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.normalize.addresses import article_address, public_url
from pipeline.normalize.characters import one_line
from pipeline.page.page import Page

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
_PAGE_NAME = re.compile(
    r"(?:page|paged|pages?_?(?:no|num|number|id|index)|pageno|pagen(?:_\d+)?|pg|p|start|offset|skip|"
    r"beg(?:in)?|limitstart|str)$",
    re.IGNORECASE,
)
"""Names that say themselves that their number is a page's; they go before any other."""
_MARKS = ("›", "»", "→", ">")


def next_page(page: Page) -> str | None:
    """The public address of the page after this one; None where the site names none.

    What says `rel=next` goes first, then the lowest number above this page's own, then a link
    that reads «Далее» or «Next» and stays on the same path.
    """
    links = [link for link in _links(page) if article_address(link[0], page.site.source) is None]
    related = next((url for url, _, rel in links if "next" in rel.split()), None)
    return related or _numbered(page.url, links) or _labelled(page, links)


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
    numbers = [pair for pair in numbers if _PAGE_NAME.match(pair[0])] or numbers
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


def _numbered(url: str, links: list[tuple[str, str, str]]) -> str | None:
    """The page with the lowest number above this one's. A number in the listing's own address is
    taken for a page's only where no link says that another is.
    """
    here = page_number(url)
    if here is None or not _says_page(here[1]):
        first = _above((_stem(url), "", 0), links)
        if first is not None and (here is None or _says_page(first[1])):
            return first[0]
    found = _above(here, links) if here else None
    return found[0] if found else None


def _above(here: tuple[str, str, int], links: list[tuple[str, str, str]]) -> tuple[str, str] | None:
    """The link with the lowest number above, and that number's name."""
    stem, name, number = here
    further: dict[tuple[bool, int], tuple[str, str]] = {}
    for link, label, _ in links:
        other = page_number(link)
        if other is None or other[0] != stem or other[1] != (name or other[1]):
            continue
        if other[2] > number and (number or other[2] > 1 or _is_second(label)):
            further.setdefault((not _says_page(other[1]), other[2]), (link, other[1]))
    return further[min(further)] if further else None


def _says_page(name: str) -> bool:
    return name == "/" or _PAGE_NAME.match(name) is not None


def _is_second(label: str) -> bool:
    """Whether a link to number 1 leads on, as where counting begins with 0, and not back."""
    return label.strip() == "2" or _says_next(label)


def _labelled(page: Page, links: list[tuple[str, str, str]]) -> str | None:
    path = urlsplit(page.url).path.rstrip("/")
    for url, label, _ in links:
        if urlsplit(url).path.rstrip("/") == path and label and _says_next(label):
            return url
    return None


def _says_next(label: str) -> bool:
    return label.strip() in _MARKS or _NEXT.fullmatch(label) is not None
