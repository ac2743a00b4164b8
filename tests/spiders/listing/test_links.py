"""What a listing leads to: articles with their cards' days, listings, feeds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.capture import Found
from spiders.listing.links import is_front, is_sure, links, start_pages
from tests.spiders.listing.pages import HOUSE, NEWS, PAPER, RUBRIC, page

_DAY = date(2026, 3, 4)
_N = "https://kazpravda.kz/n"


def _days(body: str, url: str = RUBRIC) -> dict[str, date | None]:
    """The day of each article, by the last part of its address."""
    return {_name(one): one.latest for one in links(page(body, url), way="listing").articles}


def _name(found: Found) -> str:
    assert found.earliest == found.latest
    return found.address.url.rstrip("/").rpartition("/")[2]


def _card(slug: str, inner: str) -> str:
    return f'<article><a href="/n/{slug}/"><div>Заголовок</div></a>{inner}</article>'


@pytest.mark.parametrize(
    "body",
    [
        _card("a", '<time datetime="2026-03-04T07:31:00+05:00">сегодня</time>') + _card("b", ""),
        _card("a", "<time>4 марта 2026 г. 7:31</time>") + _card("b", "<time>вчера</time>"),
        _card("a", "<span>04.03.2026 348</span>") + _card("b", ""),
        "<ul><li><p>04.03.2026</p> <a href='/n/a/'>Т</a></li><li><a href='/n/b/'>Т</a></li></ul>",
        '<a href="/n/a/"><h2>Т</h2><time datetime="2026-03-04">4</time></a><a href="/n/b/">Т</a>',
        '<a href="/n/a/"><img></a>' + _card("a", "<time>4 марта 2026 г.</time>") + _card("b", ""),
    ],
)
def test_a_cards_day_is_its_articles_and_no_others(body: str) -> None:
    assert _days(body) == {"a": _DAY, "b": None}


def test_two_cards_never_share_a_day() -> None:
    body = (
        "<div><time>4 марта 2026 г.</time><div><div><div><div><div><div><a href='/n/deep/'>Т</a>"
        "</div></div></div></div></div></div><p><a href='/n/shallow/'>Т</a></p></div>"
    )
    assert _days(body) == {"deep": None, "shallow": None}
    heading = "<section><h2>4 марта 2026</h2><p><a href='/n/a/'>Т</a></p><p><a href='/n/b/'>Т</a>"
    assert _days(heading) == {"a": None, "b": None}


def test_the_pages_own_date_is_not_that_of_its_only_article() -> None:
    head = "<div><header><span>24.11.2026</span></header><div><div>"
    card = _card("a", "")
    assert _days(f"{head}{card}</div></div></div>") == {"a": None}
    dated = _card("a", "<time>4 марта 2026 г.</time>")
    assert _days(f"{head}{dated}</div></div></div>") == {"a": _DAY}


def test_a_release_has_the_day_before_its_views() -> None:
    body = "".join(
        f'<div><a href="/ru-RU/news/details/{number}">Т</a><p>0{number}.03.2026 17</p></div>'
        for number in (4, 5)
    )
    assert _days(body, NEWS) == {"4": _DAY, "5": date(2026, 3, 5)}


@pytest.mark.parametrize(
    "href",
    [
        "/n/slug/", "/n/slug", "/N/slug/", "//kazpravda.kz/n/slug/", "http://kazpravda.kz/n/slug",
        "https://www.kazpravda.kz/n/slug/", "HTTPS://KAZPRAVDA.KZ/n/slug/", "../../n/slug/",
        "/n/slug/?utm_source=tg&fbclid=1", "/n/slug/#comments", "/n//slug/", "/n/%73lug/",
        " /n/slug/\n", "https://kazpravda.kz:443/n/slug/",
    ],
)  # fmt: skip
def test_dirty_links_are_one_address(href: str) -> None:
    found = links(
        page(f'<footer><a href="{href}">x</a></footer><a href="/n/slug/">y</a>'), way="listing"
    )
    assert [one.address.url for one in found.articles] == [f"{_N}/slug/"]


@pytest.mark.parametrize(
    "href",
    [
        "https://elsewhere.example/n/slug/", "https://kazpravda.kz.example/n/slug/", "/r/slug/",
        "mailto:n@kazpravda.kz", "javascript:void(0)", "/n/", "/n/a/b/", "http://[", "",
        "https://kazpravda.kz:8080/n/slug/", "ftp://kazpravda.kz/n/slug/",
    ],
)  # fmt: skip
def test_other_links_are_no_articles(href: str) -> None:
    assert links(page(f'<article><a href="{href}">x</a></article>'), way="listing").articles == ()


def test_an_article_is_known_by_its_address_wherever_its_link_stands() -> None:
    body = (
        '<nav><a href="/n/menu/">x</a></nav><p>Читайте <a href="/kk/n/text/">x</a></p>'
        '<script>"/n/script/"</script><a href="/archives/view/54894">x</a>'
        '<a href="/news/sport/old/">x</a>'
    )
    found = links(page(body), way="feed").articles
    assert [(one.address.language, one.address.kind, one.by, one.on) for one in found] == [
        ("ru", "news", "feed", RUBRIC),
        ("kk", "news", "feed", RUBRIC),
        ("ru", "old", "feed", RUBRIC),
        ("ru", "old", "feed", RUBRIC),
    ]


def test_listings_and_feeds_are_the_sources_own_and_each_once() -> None:
    body = (
        '<a href="/r/sport">x</a><a href="/r/sport">x</a><a href="/kk/r/a/b/">x</a>'
        '<a href="/t/x/">x</a>'
        '<a href="https://elsewhere.example/r/sport/">x</a>'
    )
    kinds = ("application/rss+xml", "application/atom+xml", "text/html")
    head = "".join(f'<link rel="alternate" type="{kind}" href="/{kind[12:]}">' for kind in kinds)
    head += '<link rel="alternate" type="application/rss+xml" href="https://elsewhere.example/rss">'
    found = links(page(body, head=head), way="listing")
    assert found.listings == ("https://kazpravda.kz/r/sport", "https://kazpravda.kz/kk/r/a/b/")
    assert found.feeds == ("https://kazpravda.kz/rss+xml", "https://kazpravda.kz/atom+xml")


def test_a_crawl_starts_from_pages_of_which_some_are_sure() -> None:
    for site in (PAPER, HOUSE):
        pages = start_pages(site)
        assert is_sure(pages[0], site)
        assert is_front(pages[0], site)
        assert not is_sure(pages[-1], site)


@given(st.text(max_size=300))
@example('<base href="//["><a href="/n/x/">x</a>')
@example('<a href="/n/x/"><time datetime="9999-99-99">x</time></a>')
def test_any_page_leads_to_addresses_of_the_source_alone(text: str) -> None:
    for body in (text, f'<a href="/n/{text}">{text}</a>', _card("a", f"<time>{text}</time>")):
        found = links(page(body), way="listing")
        for url in (*found.listings, *found.feeds, *(one.address.url for one in found.articles)):
            assert url.startswith("https://kazpravda.kz/")
