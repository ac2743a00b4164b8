"""Pages that are no articles: a challenge, a soft 404, a list, pictures without text."""

import re
from typing import Literal

from pipeline.model.source import ClassLayout
from pipeline.normalize.addresses import article_address
from pipeline.page import json_ld
from pipeline.page.fields import Fields
from pipeline.page.heading import is_name_of, names_section
from pipeline.page.lines import lines_text
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

LOST_CHARACTER = "\ufffd"
"""What decoders put for bytes that they cannot decode."""

_NOT_FOUND = re.compile(
    r"\W*(?:(?:ошибка|error|қате)\W*)?(?:404\b\W*)?(?:(?:к сожалению|sorry)\W*)?"
    r"(?:(?:запрашиваемая |the |такой |мұндай )?(?:страница|материал|бет|парақша|page|article)\s+"
    r"(?:\w+ ){0,3}(?:не найден[ао]?|не существует|табылмады|жоқ|not found|found|exist)|"
    r"not found|ничего не найдено|(?<=404 )error|(?<=ошибка )404|404)\b(?=\W*$|\s*[|–—.!-])",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"cf-browser-verification|_cf_chl|cf-chl-|cf-challenge|challenge-platform/(?!scripts/jsd)|"
    r"ddos-guard/js-challenge|_Incapsula_|<title>\s*(?:just a moment|один момент|ddos-guard|"
    r"attention required|access denied|проверка браузера|captcha)|"
    r"enable javascript and cookies to continue|checking your browser before|"
    r"(?:подтвердите|докажите), что вы (?:не робот|человек)|verify (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)
_PLAYERS = re.compile(r"youtube|youtu\.be|vimeo|rutube|vk\.com/video|dailymotion|/embed/|player")
_MIN_GALLERY_PICTURES = 3
_MIN_RUNNING_LINE_WORDS = 12
_FOOTER_WORDS = 50
"""A page with less running text than this has none of its own: a footer may have that much."""


def is_challenge(text: str) -> bool:
    """Whether a page is a bot check that a browser has to pass before it gets the real page."""
    return bool(_CHALLENGE.search(text[:50_000]))


def is_garbled(text: str) -> bool:
    """Whether a page was decoded with a wrong encoding: one character in fifty is U+FFFD."""
    return text.count(LOST_CHARACTER) * 50 > len(text)


def says_only_not_found(title: str) -> bool:
    """Whether a title is nothing but "not found"; «404-я школа открылась» is an article's."""
    found = _NOT_FOUND.match(title.strip())
    return found is not None and not re.search(r"\w", title.strip()[found.end() :])


def is_soft_404(page: Page, fields: Fields) -> bool:
    """Whether a page that was answered with 200 is an error page.

    Either its title or heading says "not found"; or it has no date, or neither title nor text,
    and besides none of the elements of the source's layouts and next to no running text.
    """
    titles = page.selector.css("title::text").getall()
    headings = [fields.title or "", *titles, *(lines_text(h.root) for h in page.selector.css("h1"))]
    if any(_NOT_FOUND.match(heading.strip()) for heading in headings):
        return True
    teasers = Teasers(page)
    lines = (line for line in page.lines if line.is_text and line.landmark is None)
    running = sum(
        line.words
        for line in lines
        if line.words >= _MIN_RUNNING_LINE_WORDS and not teasers.contains(line)
    )
    is_bare = fields.published is None or (fields.title is None and not fields.paragraphs)
    return is_bare and not _has_layout_element(page) and running < _FOOTER_WORDS


def _has_layout_element(page: Page) -> bool:
    """Whether the page has the title's or body's element of one of the source's layouts."""
    layouts = (one for one in page.site.source.layouts if isinstance(one, ClassLayout))
    selectors = (name for one in layouts for name in (*one.title, *one.body))
    return any(page.selector.css(selector) for selector in selectors)


def is_listing(page: Page) -> bool:
    """Whether a page has the name of a section for its heading, and links to other articles."""
    source = page.site.source
    headings = [lines_text(found.root) for found in page.selector.css("h1")]
    own = [text for text in headings if text and not is_name_of(source, text)]
    if not any(names_section(text, page) for text in own):
        return False
    found = (article_address(link, source) for link in page.own_links())
    return any(other is not None and other.url != page.url for other in found)


def media(page: Page) -> Literal["video", "gallery"] | None:
    """`video` for an article with a player, `gallery` for one with at least three pictures."""
    types = page.selector.xpath("//meta[@property='og:type']/@content").getall()
    frames = page.selector.xpath("//main//iframe/@src | //article//iframe/@src").getall()
    is_video = (
        any("video" in kind for kind in types)
        or any(_PLAYERS.search(source) for source in frames)
        or bool(page.selector.xpath("//video"))
        or any(json_ld.has_type(node, re.compile("^VideoObject$")) for node in json_ld.nodes(page))
    )
    if is_video:
        return "video"
    pictures = page.selector.xpath(
        "//h1/following::*[(self::img or @data-src) and not(ancestor::a)"
        " and not(ancestor::footer) and not(ancestor::aside)]"
    )
    return "gallery" if len(pictures) >= _MIN_GALLERY_PICTURES else None
