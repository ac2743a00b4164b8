"""What one answer of an entry point leads to, whichever way of finding it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from pipeline.archive.content_encoding import (
    UndecodableBody,
    decoded,
    decoded_as_far_as_it_goes,
)
from pipeline.model.capture import Capture, Found
from pipeline.model.fields import Fields
from pipeline.model.source import DayArchive, Site, Way
from pipeline.normalize.addresses import article_address, public_url
from pipeline.page.not_article import is_challenge, why_no_article
from pipeline.page.page import Page
from pipeline.reading.classify import decoded_page
from spiders.listing import feed, sitemap_xml
from spiders.listing.day_urls import day_of
from spiders.listing.links import links
from spiders.listing.pagination import next_page
from spiders.listing.xml_units import as_utf8

_MOST_HOSTS_NAMED = 20
_SITEMAP_PATH = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$", re.IGNORECASE)
"""What is named as an article may be a sitemap by its address."""
_BEGIN_BYTES = 1 << 16
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


_UNUSABLE = {
    "feed": Unusable("no-feed", "is no feed"),
    "sitemap": Unusable("bad-sitemap", "the sitemap lists no address"),
}


class SitemapArticles:
    """The articles of a sitemap, found as it is read; what else it holds is known afterwards."""

    def __init__(self, body: bytes, public: str, site: Site, *, fault: Unusable | None = None):
        self._sitemap = sitemap_xml.Sitemap(body)
        self._public = public
        self._site = site
        self._fault = fault
        self.sitemaps: list[sitemap_xml.SitemapEntry] = []
        """Further sitemaps, with public addresses."""
        self.foreign: set[str] = set()
        """Other hosts whose addresses it lists."""

    @property
    def fault(self) -> Unusable | None:
        """What hindered reading all of it."""
        if self._sitemap.fault is None:
            return self._fault
        return self._fault or Unusable("bad-sitemap", f"the sitemap {self._sitemap.fault}")

    @property
    def is_odd(self) -> bool:
        """Whether it is not quite XML, though all of it may have been read."""
        return self._sitemap.is_odd

    def __iter__(self) -> Iterator[Found]:
        for entry in self._sitemap:
            yield from self._found(entry)

    def _found(self, entry: sitemap_xml.SitemapEntry) -> Iterator[Found]:
        own = public_url(entry.loc, self._public, self._site)
        if own is None:
            if len(self.foreign) < _MOST_HOSTS_NAMED:
                self.foreign.add(_host(entry.loc))
        elif entry.is_sitemap or _SITEMAP_PATH.search(urlsplit(own).path):
            self.sitemaps.append(sitemap_xml.SitemapEntry(own, entry.lastmod, is_sitemap=True))
        elif address := article_address(own, self._site.source):
            earliest, latest = self._days(entry)
            yield Found(
                address=address, by="sitemap", on=self._public, earliest=earliest, latest=latest
            )

    def _days(self, entry: sitemap_xml.SitemapEntry) -> tuple[date | None, date | None]:
        """The days between which an article was published, by its time of publication; a day alone
        may be that in UTC. Else the last such day, by that of its last change, where this is
        possible at all.
        """
        first, published = self._site.source.first_day, entry.published
        if published is not None and published.day >= first:
            slack = timedelta(days=published.precision == "day")
            return published.day, published.day + slack
        changed = entry.lastmod
        return None, changed if changed is not None and changed >= first else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an entry point's answer leads to."""

    articles: tuple[Found, ...] | SitemapArticles = ()
    listings: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """All of the page's addresses on the source."""
    next_page: str | None = None
    fault: Unusable | None = None
    """What hindered reading all of it; of a sitemap its articles tell it."""


def read_answer(capture: Capture, payload: bytes, public: str, site: Site, way: Way) -> Answer:
    """What an entry point's answer leads to. Raises ChallengePage, WrongKind and Unusable."""
    try:
        return _read(capture, payload, public, site, way)
    except UndecodableBody as error:
        raise Unusable("undecodable", str(error)) from error


def _read(capture: Capture, payload: bytes, public: str, site: Site, way: Way) -> Answer:
    if way in ("feed", "sitemap"):
        return _read_xml(capture, payload, public, site, way)
    page = decoded_page(capture, payload, site)
    if is_challenge(page.text):
        raise ChallengePage
    return _read_page(page, way)


def _read_xml(capture: Capture, payload: bytes, public: str, site: Site, way: Way) -> Answer:
    """What a feed or a sitemap leads to, as far as it goes; a sitemap may be a feed too."""
    fault = None
    try:
        body = decoded(payload, capture.content_encoding)
    except UndecodableBody as error:
        body = decoded_as_far_as_it_goes(payload, capture.content_encoding)
        fault = Unusable("undecodable", str(error))
    is_cut = fault if body != payload else None
    begin = next(as_utf8([body[:_BEGIN_BYTES]]))
    if feed.is_feed(begin):
        return _read_feed(body, public, site, is_cut)
    if way == "sitemap" and sitemap_xml.has_root(begin):
        return Answer(articles=SitemapArticles(body, public, site, fault=is_cut))
    if _is_page(begin):
        if is_challenge(body.decode(errors="replace")):
            raise ChallengePage
        raise WrongKind
    if way == "sitemap" and sitemap_xml.may_be_one(begin):
        return Answer(articles=SitemapArticles(body, public, site, fault=is_cut))
    raise fault or _UNUSABLE[way]


def _read_page(page: Page, way: Way) -> Answer:
    """What a page leads to. One without articles and without links to the site is none of its
    lists, though it may be its shell.
    """
    found, own = links(page, way=way), tuple(page.own_links())
    why = None if found.articles else why_no_article(page, Fields())
    is_shell = why == "blank" and bool(page.selector.xpath("//title/text() | //script"))
    if why is not None and why in _NO_LISTING and not is_shell:
        raise Unusable(why, _NO_LISTING[why])
    leads_on = found.articles or any(url != page.url for url in own)
    return Answer(
        articles=found.articles,
        listings=found.listings,
        feeds=found.feeds,
        links=own,
        next_page=_next_page(page, way),
        fault=None if leads_on else Unusable("no-listing", "the page links to none of the site's"),
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


def _read_feed(body: bytes, public: str, site: Site, fault: Unusable | None) -> Answer:
    found = feed.read_feed(body)
    articles: dict[str, Found] = {}
    for entry in found.entries:
        own = public_url(entry.link, public, site)
        address = article_address(own, site.source) if own else None
        if address is not None:
            is_possible = entry.day is not None and entry.day >= site.source.first_day
            day = entry.day if is_possible else None
            one = Found(address=address, by="feed", on=public, earliest=day, latest=day)
            articles.setdefault(address.url, one)
    if found.fault is not None:
        fault = fault or Unusable("bad-feed", f"the feed {found.fault}")
    return Answer(articles=tuple(articles.values()), fault=fault)


def _host(loc: str) -> str:
    try:
        return urlsplit(loc).netloc or loc[:80]
    except ValueError:
        return loc[:80]


def _is_page(body: bytes) -> bool:
    """Whether an answer is an HTML page, as a site gives it for an address that is none."""
    head = body[:2000].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html")) or b"<html" in head
