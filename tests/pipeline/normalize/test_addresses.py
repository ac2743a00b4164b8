"""Addresses: one canonical form, and nothing but the source's own."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.source import Site, Source
from pipeline.normalize.addresses import (
    address_id,
    article_address,
    capture_url,
    is_listing_link,
    language_of,
    public_url,
    request_url,
    resolved,
)
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

PAPER = Site(KAZPRAVDA, KAZPRAVDA.base_url)
HOUSE = Site(SENATE, SENATE.base_url)
MIRROR = Site(KAZPRAVDA, "http://127.0.0.1:8080/kp")

hrefs = st.text(max_size=60) | st.from_regex(
    r"(?:https?:)?//(?:www\.)?(?:kazpravda|senate\.parlam)\.kz[/a-zA-Z0-9%?#&=._:@~-]{0,40}",
    fullmatch=True,
)


@given(hrefs)
@example("http://[")  # urljoin raises
@example("https://kazpravda.kz:99999/n/x/")
@example("/n/%zz%2f%2F%d0/")
@example("/\ud800")
@example("https://kazpravda.kz/n//x?&&utm_source=a&b")
@example("https://kazpravda.kz/n/../../%2e%2E//./%D0%B8%CC%86/..")
@example("https://kazpravda.kz/..")
def test_a_public_url_is_a_fixed_point(href: str) -> None:
    for site in (PAPER, HOUSE):
        url = public_url(href, site.source.base_url, site)
        if url is not None:
            assert urlsplit(url).netloc in (site.source.host, "parlam.kz")
            assert urlsplit(url).scheme == "https"
            assert "#" not in url
            assert public_url(url, site.source.base_url, site) == url


@given(hrefs)
@example("https://kazpravda.kz/N/Slug")
@example("https://senate.parlam.kz/RU-ru/News/Details/5850/")
def test_a_canonical_url_is_a_fixed_point(href: str) -> None:
    for site in (PAPER, HOUSE):
        url = public_url(href, site.source.base_url, site)
        address = article_address(url, site.source) if url else None
        if address is not None:
            assert article_address(address.url, site.source) == address
            assert public_url(address.url, site.source.base_url, site) == address.url
            assert capture_url(address.url, site.source) == address.url


CANONICAL = "https://kazpravda.kz/kk/n/zhana-%D3%99lem/"
RELEASE = "https://senate.parlam.kz/ru-RU/news/details/5850"


@pytest.mark.parametrize(
    "href",
    [
        "/kk/n/zhana-әlem/",
        "/kk/n/zhana-%d3%99lem",
        "https://www.kazpravda.kz/kk/n/zhana-әlem/",
        "http://kazpravda.kz:80/KK/n/zhana-әlem",
        "//kazpravda.kz//kk//n/zhana-әlem/",
        "HTTPS://KAZPRAVDA.KZ./kk/N/zhana-әlem/?utm_source=a&fbclid=b#top",
        "  /kk/n/zhana-әlem/?page=2 ",
    ],
)
def test_every_way_of_writing_gives_the_papers_one_address(href: str) -> None:
    assert _canonical(href, PAPER) == CANONICAL


@pytest.mark.parametrize(
    "href",
    [
        "/ru-ru/news/details/5850",
        "/RU-RU/News/Details/5850/",
        "http://www.senate.parlam.kz/ru-RU/news/details/5850?type=x",
        "https://senate.parlam.kz/ru-RU//news/details/5850#a",
    ],
)
def test_every_way_of_writing_gives_the_senates_one_address(href: str) -> None:
    assert _canonical(href, HOUSE) == RELEASE


def test_a_link_is_told_by_the_page_on_which_it_stands() -> None:
    pages = ("https://senate.parlam.kz/ru-RU/news", "https://parlam.kz/ru?a=b/c", "https://[")
    for _ in range(2):
        found = [public_url("/kk-KZ/news", page, HOUSE) for page in pages]
        assert found == [
            "https://senate.parlam.kz/kk-KZ/news", "https://parlam.kz/kk-KZ/news", None
        ]  # fmt: skip
        assert [public_url("news", page, HOUSE) for page in pages] == [
            "https://senate.parlam.kz/ru-RU/news", "https://parlam.kz/news", None
        ]  # fmt: skip


def _canonical(href: str, site: Site) -> str | None:
    url = public_url(href, site.source.base_url, site)
    address = article_address(url, site.source) if url else None
    return address.url if address else None


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/n/x/",
        "https://kazpravda.kz.example.org/n/x/",
        "https://kazpravda.kz:8443/n/x/",
        "ftp://kazpravda.kz/n/x/",
        "javascript:void(0)",
        "mailto:a@kazpravda.kz",
        f"https://kazpravda.kz/{'a' * 3000}",
    ],
)
def test_foreign_links_are_none(href: str) -> None:
    assert public_url(href, "https://kazpravda.kz/", PAPER) is None


@pytest.mark.parametrize(
    ("url", "source", "kind", "language", "number"),
    [
        ("https://kazpravda.kz/n/a-B_c/", KAZPRAVDA, "news", "ru", None),
        ("https://kazpravda.kz/en/n/a/", KAZPRAVDA, "news", "en", None),
        ("https://kazpravda.kz/archives/view/54894/", KAZPRAVDA, "old", "ru", None),
        ("https://kazpravda.kz/news/sport/a/", KAZPRAVDA, "old", "ru", None),
        ("https://senate.parlam.kz/kk-KZ/pages/details/6424", SENATE, "page", "kk", 6424),
        ("https://parlam.kz/en/senate/press-center/article/23363", SENATE, "old", "en", 23363),
    ],
)
def test_kinds_of_articles(
    url: str, source: Source, kind: str, language: str, number: int | None
) -> None:
    address = article_address(url, source)
    assert address is not None
    assert (address.url, address.kind, address.language, address.number) == (
        url, kind, language, number,
    )  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "https://kazpravda.kz/",
        "https://kazpravda.kz/r/prezident/",
        "https://kazpravda.kz/n/",
        "https://kazpravda.kz/news/sport/page-2/",
        "https://kazpravda.kz/fr/n/a/",
        "https://example.org/n/a/",
    ],
)
def test_other_addresses_are_no_articles(url: str) -> None:
    assert article_address(url, KAZPRAVDA) is None
    assert capture_url(url, KAZPRAVDA) == url


def test_requests_go_to_the_mirror_and_its_links_become_public() -> None:
    public = "https://kazpravda.kz/n/a/?x=1"
    assert request_url(public, MIRROR) == "http://127.0.0.1:8080/kp/n/a/?x=1"
    assert public_url(request_url(public, MIRROR), "https://kazpravda.kz/", MIRROR) == public
    assert request_url(public, PAPER) == public
    assert public_url("http://127.0.0.1:8080/n/a/", "https://kazpravda.kz/", PAPER) is None


def test_listings_and_languages() -> None:
    rubrics = r"/(?:(?:kk|en)/)?r/[a-z0-9-]+(?:/[a-z0-9-]+)?/?"
    assert is_listing_link("https://kazpravda.kz/kk/r/stati/svezhiy-vypusk", KAZPRAVDA, rubrics)
    assert not is_listing_link("https://kazpravda.kz/n/a/", KAZPRAVDA, rubrics)
    assert language_of("https://senate.parlam.kz/kk-kz/news", SENATE) == "kk"
    assert language_of("https://senate.parlam.kz/api", SENATE) == "ru"


def test_an_address_has_a_short_hash() -> None:
    assert address_id("https://kazpravda.kz/n/a/") == "15d2e2fc72f8ba52"
    assert resolved("http://[", "https://kazpravda.kz/") is None


@pytest.mark.parametrize(
    "href",
    [
        "https://kazpravda.kz/n/novyy-zakon/",
        "http://www.kazpravda.kz/n/novyy-zakon",
        "HTTPS://WWW.KazPravda.KZ:443/n/novyy-zakon/",
        "https://kazpravda.kz/n/./novyy-zakon/",
        "https://kazpravda.kz/r/../n/novyy-zakon/",
        "https://kazpravda.kz/../n/%2e/novyy-zakon/x/..",
        "https://kazpravda.kz//n///novyy-zakon//",
        "https://kazpravda.kz/n/novyy%2Dzakon/?utm_source=t.me&fbclid=1#top",
        "../n/novyy-zakon/?from=main",
    ],
)
def test_nothing_but_the_way_of_writing_differs(href: str) -> None:
    assert _canonical(href, PAPER) == "https://kazpravda.kz/n/novyy-zakon/"


@pytest.mark.parametrize(
    "slug", ["йод", "и\u0306од", "%D0%B9%D0%BE%D0%B4", "%d0%b8%cc%86%d0%be%d0%b4", "%D0%B9од"]
)
def test_letters_of_an_address_are_composed(slug: str) -> None:
    url = f"https://kazpravda.kz/kk/n/{slug}"
    assert _canonical(url, PAPER) == "https://kazpravda.kz/kk/n/%D0%B9%D0%BE%D0%B4/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kazpravda.kz/n/zakon/", "https://kazpravda.kz/n/zakon-2/"),
        ("https://kazpravda.kz/n/zakon/", "https://kazpravda.kz/kk/n/zakon/"),
        ("https://kazpravda.kz/n/zakon/", "https://kazpravda.kz/n/zakon%2F/"),
        ("https://kazpravda.kz/n/a..b/", "https://kazpravda.kz/n/a.b/"),
        ("https://kazpravda.kz/n/Zakon/", "https://kazpravda.kz/n/zakon/"),
    ],
)
def test_other_addresses_stay_others(one: str, other: str) -> None:
    assert _canonical(one, PAPER) != _canonical(other, PAPER)
