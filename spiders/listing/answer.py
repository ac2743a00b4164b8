"""What one answer of an entry point leads to, whichever way of finding it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.model.capture import Capture, Found
from pipeline.model.source import DayArchive, Site, Way
from pipeline.normalize.addresses import article_address, public_url
from pipeline.page.fields import Fields
from pipeline.page.not_article import is_challenge, why_no_article
from pipeline.page.page import Page
from pipeline.reading.classify import decoded_page
from spiders.listing import feed, sitemap_xml
from spiders.listing.day_urls import day_of
from spiders.listing.links import links
from spiders.listing.pagination import next_page

_MOST_HOSTS_NAMED = 20
_NO_LISTING = {
    "blank": "the listing shows no text",
    "maintenance": "the listing says that the site is being worked on",
    "server-error": "the listing shows a program's error",
}
"""What a page without articles may be that says nothing of which there are."""


class ChallengePage(Exception):
    """The answer asks for a browser's proof."""


class WrongKind(Exception):
    """The answer is not what it was asked for, such as a page where a feed was looked for."""


class Unusable(Exception):
    """The answer can't be used, or only a part of it; bears a short word for it."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class SitemapArticles:
    """The articles of a sitemap, found as it is read; what else it holds is known afterwards."""

    def __init__(self, body: bytes, public: str, site: Site) -> None:
        self._body = body
        self._public = public
        self._site = site
        self.sitemaps: list[sitemap_xml.SitemapEntry] = []
        """Further sitemaps, with public addresses."""
        self.foreign: set[str] = set()
        """Other hosts whose addresses it lists."""
        self.fault: Unusable | None = None
        """What hindered reading all of it."""

    def __iter__(self) -> Iterator[Found]:
        try:
            for entry in sitemap_xml.entries(self._body):
                yield from self._found(entry)
        except sitemap_xml.UnreadableSitemap as error:
            self.fault = Unusable("bad-sitemap", f"the sitemap {error}")

    def _found(self, entry: sitemap_xml.SitemapEntry) -> Iterator[Found]:
        own = public_url(entry.loc, self._public, self._site)
        if own is None:
            if len(self.foreign) < _MOST_HOSTS_NAMED:
                self.foreign.add(_host(entry.loc))
        elif entry.is_sitemap:
            self.sitemaps.append(sitemap_xml.SitemapEntry(own, entry.lastmod, is_sitemap=True))
        elif address := article_address(own, self._site.source):
            yield Found(address=address, by="sitemap", on=self._public, latest=entry.lastmod)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an entry point's answer leads to."""

    articles: tuple[Found, ...] | SitemapArticles = ()
    listings: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """All of the page's addresses on the source."""
    next_page: str | None = None


def read_answer(capture: Capture, payload: bytes, public: str, site: Site, way: Way) -> Answer:
    """What an entry point's answer leads to. Raises ChallengePage, WrongKind and Unusable."""
    try:
        return _read(capture, payload, public, site, way)
    except UndecodableBody as error:
        raise Unusable("undecodable", str(error)) from error


def _read(capture: Capture, payload: bytes, public: str, site: Site, way: Way) -> Answer:
    if way == "sitemap":
        body = decoded(payload, capture.content_encoding)
        if _is_page(body):
            raise WrongKind
        return Answer(articles=SitemapArticles(body, public, site))
    if way == "feed":
        return _read_feed(decoded(payload, capture.content_encoding), public, site)
    page = decoded_page(capture, payload, site)
    if is_challenge(page.text):
        raise ChallengePage
    return _read_page(page, way)


def _read_page(page: Page, way: Way) -> Answer:
    found = links(page, way=way)
    why = None if found.articles else why_no_article(page, Fields())
    if why is not None and why in _NO_LISTING:
        raise Unusable(why, _NO_LISTING[why])
    return Answer(
        articles=found.articles,
        listings=found.listings,
        feeds=found.feeds,
        links=tuple(page.own_links()),
        next_page=_next_page(page, way),
    )


def _next_page(page: Page, way: Way) -> str | None:
    """The next page; of a day's archive, the page of another day is none."""
    further = next_page(page)
    if further is None or way != "archive":
        return further
    base = page.site.source.base_url
    archives = (one for one in page.site.source.finding if isinstance(one, DayArchive))
    paths = [path for archive in archives for path in archive.paths]
    return None if any(day_of(further, base, path) for path in paths) else further


def _read_feed(body: bytes, public: str, site: Site) -> Answer:
    try:
        found = feed.entries(body)
    except feed.UnreadableFeed as error:
        if _is_page(body):
            raise WrongKind from error
        raise Unusable("no-feed", str(error)) from error
    articles: dict[str, Found] = {}
    for entry in found:
        own = public_url(entry.link, public, site)
        address = article_address(own, site.source) if own else None
        if address is not None:
            one = Found(address=address, by="feed", on=public, earliest=entry.day, latest=entry.day)
            articles.setdefault(address.url, one)
    return Answer(articles=tuple(articles.values()))


def _host(loc: str) -> str:
    try:
        return urlsplit(loc).netloc or loc[:80]
    except ValueError:
        return loc[:80]


def _is_page(body: bytes) -> bool:
    """Whether an answer is an HTML page, as a site gives it for an address that is none."""
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or b"<html" in head
