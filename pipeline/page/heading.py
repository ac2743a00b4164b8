"""The page's own heading, and titles without the site's name."""

import re

from lxml.html import HtmlElement

from pipeline.model.source import Source, TextLayout
from pipeline.normalize.addresses import article_address, public_url
from pipeline.normalize.words import words
from pipeline.page.lines import lines_text
from pipeline.page.page import Page

_SEPARATOR = re.compile(r"\s+[|–—:·•-]{1,2}\s+|\s*[|｜：]\s*")
_OF_ANY_SITE = frozenset(words(
    "главная страница официальный сайт портал новости новость добро пожаловать на и"
    " басты бет ресми сайты жаңалықтар порталы ақпараттық"
    " home main page official website site portal news welcome to the of and"
))  # fmt: skip
_LIKE = 0.6
_MOST_SECTION_WORDS = 4
_LONGEST_SECTION = 40


def own_heading(page: Page, names: list[str]) -> HtmlElement | None:
    """The element that holds the page's title: of its h1 the one that its head names, else the
    only one; where there is none, the first lower heading that the head names.

    `names` is what the head calls the page.
    """
    named = [words(name) for name in names]
    first = _headings(page, "//h1")
    for heading in first:
        if any(alike(words(lines_text(heading)), name) for name in named):
            return heading
    if len(first) == 1:
        return first[0]
    lower = _headings(page, "//h2 | //h3") if not first else []
    for heading in lower:
        if any(_begins(words(lines_text(heading)), name) for name in named):
            return heading
    return None


def head_names(page: Page) -> list[str]:
    """What the page's head calls it: Open Graph, then `<title>`."""
    found = page.selector.xpath(
        "//meta[@property='og:title' or @name='og:title' or @name='twitter:title']/@content"
        " | //head/title/text()"
    ).getall()
    return [name for name in found if name.strip()]


def names_section(text: str, page: Page) -> bool:
    """Whether a text is the name of one of the site's sections, as the page's links have it, or
    a tag, rather than an article's title.
    """
    if not text.strip() or text.startswith("#"):
        return True
    wanted = words(text)
    if len(wanted) > _MOST_SECTION_WORDS or len(text) > _LONGEST_SECTION:
        return False
    labels = (
        link.xpath("string()").get() or ""
        for link in page.selector.xpath("//a[@href]")
        if not _leads_to_article(page, link.attrib["href"])
    )
    return any(words(label) == wanted for label in labels)


def _leads_to_article(page: Page, href: str) -> bool:
    """Whether a link leads to an article, to the page itself or to another site."""
    source = page.site.source
    public = public_url(href, page.base, page.site)
    return public in (None, page.url) or article_address(public or "", source) is not None


def names_only_site(text: str, source: Source) -> bool:
    """Whether a text is no more than a name of the source, perhaps with words such as «главная
    страница» or "official website".
    """
    return all(word in _OF_ANY_SITE or word in _name_words(source) for word in words(text))


def is_name_of(source: Source, text: str) -> bool:
    """Whether every word of a text is a word of the source's names."""
    return all(word in _name_words(source) for word in words(text))


def _name_words(source: Source) -> set[str]:
    return {word for name in _site_names(source) for word in words(name)}


def without_site_name(title: str, page: Page, heading: str | None) -> str | None:
    """A title without the site's name at its end; None if nothing else is in it.

    The site's names are the source's own and what the page gives as its site's; what follows the
    page's own heading after a separator is taken for one too.
    """
    source = page.site.source
    if names_only_site(title, source):
        return None
    if heading and title.startswith(heading) and _SEPARATOR.match(title[len(heading) :]):
        return heading
    given = page.selector.xpath("//meta[@property='og:site_name']/@content").getall()
    names = {name.casefold().strip() for name in (*_site_names(source), *given)}
    ends = [found for found in _SEPARATOR.finditer(title) if found.start() > 0]
    for end in ends:
        if title[end.end() :].casefold().strip() in names:
            return title[: end.start()]
    return title


def _site_names(source: Source) -> set[str]:
    names = {source.title, source.host, *source.names}
    for layout in source.layouts:
        names |= set(layout.site_names) if isinstance(layout, TextLayout) else set()
    return names


def _headings(page: Page, path: str) -> list[HtmlElement]:
    found = [hit.root for hit in page.selector.xpath(path)]
    source = page.site.source
    return [e for e in found if (text := lines_text(e)) and not names_only_site(text, source)]


def _begins(heading: list[str], name: list[str]) -> bool:
    return len(heading) >= 3 and name[: len(heading)] == heading


def alike(heading: list[str], name: list[str]) -> bool:
    """Whether most words of each stand in the other, or one begins with the other."""
    if not heading or not name:
        return False
    if heading == name or _begins(heading, name) or _begins(name, heading):
        return True
    shared = len(set(heading) & set(name))
    return shared >= 2 and shared >= _LIKE * min(len(set(heading)), len(set(name)))
