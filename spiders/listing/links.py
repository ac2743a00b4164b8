"""What a listing leads to: articles, each with the day that its card shows, and listings."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.model.capture import Found
from pipeline.model.source import Feeds, ListingPage, Listings, Site, Way
from pipeline.normalize.addresses import (
    article_address,
    asked_with_query,
    is_listing_link,
    public_url,
)
from pipeline.page.lines import lines_of
from pipeline.page.page import Page
from pipeline.times.dated_lines import date_and_views
from pipeline.times.dates import machine_date

_CARD_LEVELS = 6
"""So many elements around a link, itself included, may be the article's card."""
_LONE_CARD_LEVELS = 3
"""Where a page has one article only, what is further around it is the page's own head."""
_MOST_CARD_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What a listing leads to."""

    articles: tuple[Found, ...]
    listings: tuple[str, ...]
    """Public addresses of further listings."""
    feeds: tuple[str, ...]
    """Public addresses of the feeds that the page names."""


def start_pages(site: Site) -> list[str]:
    """The public addresses that a crawl starts from."""
    return [site.source.base_url + page.path for page in _pages(site)]


def is_front(public: str, site: Site) -> bool:
    """Whether the links to further listings are followed from a page."""
    return any(page.front and _is_at(public, page, site) for page in _pages(site))


def is_sure(public: str, site: Site) -> bool:
    """Whether a start page is known to exist."""
    return any(page.sure and _is_at(public, page, site) for page in _pages(site))


def links(page: Page, *, way: Way) -> Links:
    """The articles, listings and feeds that a page links to, in its order, each once.

    An article is recognised by the grammar of its address, wherever its link stands.
    """
    articles: dict[str, Found] = {}
    listings: dict[str, None] = {}
    days = _card_days(page)
    patterns = [way.links for way in page.site.source.finding if isinstance(way, Listings)]
    for public in page.own_links():
        address = article_address(public, page.site.source)
        if address is not None:
            day = days.get(address.url)
            target = asked_with_query(public, page.site.source)
            found = Found(
                address=address, by=way, on=page.url, earliest=day, latest=day, target=target
            )
            articles.setdefault(address.url, found)
        elif any(is_listing_link(public, page.site.source, pattern) for pattern in patterns):
            listings[public] = None
    return Links(articles=tuple(articles.values()), listings=tuple(listings), feeds=_feeds(page))


def _pages(site: Site) -> tuple[ListingPage, ...]:
    ways = (way for way in site.source.finding if isinstance(way, Listings))
    return tuple(page for way in ways for page in way.pages)


def _is_at(public: str, page: ListingPage, site: Site) -> bool:
    return public == site.source.base_url + page.path


def _feeds(page: Page) -> tuple[str, ...]:
    if not any(isinstance(way, Feeds) for way in page.site.source.finding):
        return ()
    hrefs = page.selector.xpath(
        "//link[contains(@rel, 'alternate')]"
        "[contains(@type, 'rss') or contains(@type, 'atom')]/@href"
    ).getall()
    own = (public_url(href, page.base, page.site) for href in hrefs)
    return tuple(dict.fromkeys(url for url in own if url and urlsplit(url).path != "/"))


def _card_days(page: Page) -> dict[str, date]:
    """The day that stands in each article's card: in the largest element around its links that
    leads to no other article.
    """
    around: dict[HtmlElement, set[str]] = defaultdict(set)
    deepest: dict[str, list[HtmlElement]] = defaultdict(list)
    for link in page.selector.xpath("//a[@href]"):
        public = public_url(link.attrib["href"], page.base, page.site)
        address = article_address(public, page.site.source) if public else None
        if address is None:
            continue
        deepest[address.url].append(link.root)
        for element in (link.root, *link.root.iterancestors()):
            around[element].add(address.url)
    days: dict[str, date] = {}
    levels = _CARD_LEVELS if len(deepest) > 1 else _LONE_CARD_LEVELS
    for url, roots in deepest.items():
        for root in roots:
            above = [root, *root.iterancestors()][:levels]
            alone = [one for one in above if len(around[one]) == 1 and one.tag not in _PAGE]
            day = _day_in(alone[-1]) if alone else None
            if day is not None:
                days.setdefault(url, day)
    return days


_PAGE = ("body", "html", "main")


def _day_in(card: HtmlElement) -> date | None:
    for time in card.iter("time"):
        if marked := machine_date(time.get("datetime")):
            return marked.day
    for line in lines_of(card)[:_MOST_CARD_LINES]:
        dated = date_and_views(line.text)
        if dated is not None:
            return dated.first.day
    return None
