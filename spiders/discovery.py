"""Ways to find addresses: what a listing links to."""

from dataclasses import dataclass

from pipeline.addresses import Site, article_address, is_listing_link
from pipeline.ingest import Found
from pipeline.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What a listing leads to."""

    articles: tuple[Found, ...]
    listings: tuple[str, ...]
    """Public addresses of further listings."""


def start_pages(site: Site) -> list[str]:
    """The public addresses that a crawl starts from."""
    return [site.source.base_url + page.path for page in site.source.listings]


def is_front(public: str, site: Site) -> bool:
    """Whether the links to further listings are followed from a page."""
    return any(
        page.front and public == site.source.base_url + page.path for page in site.source.listings
    )


def is_sure(public: str, site: Site) -> bool:
    """Whether a start page is known to exist."""
    return any(
        page.sure and public == site.source.base_url + page.path for page in site.source.listings
    )


def links(page: Page) -> Links:
    """The articles and listings that a page links to, in its order, each once.

    An article is recognised by the grammar of its address, wherever its link stands.
    """
    articles: dict[str, Found] = {}
    listings: list[str] = []
    for public in page.own_links():
        address = article_address(public, page.site.source)
        if address is not None:
            articles.setdefault(address.url, Found(address=address, by="listing", on=page.url))
        elif is_listing_link(public, page.site.source):
            listings.append(public)
    return Links(articles=tuple(articles.values()), listings=tuple(listings))
