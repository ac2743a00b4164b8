"""What a place's answer leads to, and what it is where it is not what it was asked for."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.source import Way
from spiders.listing.answer import (
    Answer,
    ChallengePage,
    SitemapArticles,
    Unusable,
    WrongKind,
    read_answer,
)
from tests.spiders.listing.pages import PAPER, RUBRIC, capture

_SITEMAP = "https://kazpravda.kz/sitemap.xml"
_FEED = "https://kazpravda.kz/rss"
_HTML = "<!DOCTYPE html>\n<html><body><a href='/n/x/'>x</a></body></html>"
_CHALLENGE = "<html><head><title>Just a moment...</title></head><body><div id='cf-wrapper'></div>"


def _read(payload: bytes | str, way: Way, *, encoding: str = "") -> Answer:
    url = {"sitemap": _SITEMAP, "feed": _FEED}.get(way, RUBRIC)
    payload = payload.encode() if isinstance(payload, str) else payload
    return read_answer(capture(url, encoding=encoding), payload, url, PAPER, way)


def _sitemap(*locs: str, name: str = "url", lastmod: str = "2026-03-04") -> str:
    rows = "".join(f"<{name}><loc>{loc}</loc><lastmod>{lastmod}</lastmod></{name}>" for loc in locs)
    return f"<urlset>{rows}</urlset>"


def _articles(answer: Answer) -> SitemapArticles:
    assert isinstance(answer.articles, SitemapArticles)
    return answer.articles


@pytest.mark.parametrize("page", [_HTML, "\ufeff\n<HTML>", "<?xml version='1.0'?><html/>"])
@pytest.mark.parametrize("way", ["feed", "sitemap"])
def test_a_page_where_a_feed_or_a_sitemap_was_asked_is_not_ours(page: str, way: Way) -> None:
    with pytest.raises(WrongKind):
        _read(page, way)


def test_a_listing_leads_to_articles_listings_links_and_its_next_page() -> None:
    body = (
        "<a href='/n/x/'>x</a><a href='/r/a/'>x</a><a href='/archive/?date=2026-03-04'>x</a>"
        "<a rel='next' href='?page=2'>2</a>"
    )
    answer = _read(gzip.compress(body.encode()), "listing", encoding="gzip")
    assert isinstance(answer.articles, tuple)
    assert [one.address.url for one in answer.articles] == ["https://kazpravda.kz/n/x/"]
    assert answer.listings == ("https://kazpravda.kz/r/a/",)
    assert "https://kazpravda.kz/archive/?date=2026-03-04" in answer.links
    assert answer.next_page == f"{RUBRIC}?page=2"


def test_a_feed_leads_to_articles_with_their_days_each_once() -> None:
    item = (
        "<item><link>http://www.kazpravda.kz/n/x/?utm_source=rss</link>"
        "<pubDate>Wed, 04 Mar 2026 07:31:00 +0500</pubDate></item>"
    )
    other = (
        "<item><link>https://elsewhere.example/n/y/</link></item><item><link>/r/a/</link></item>"
    )
    answer = _read(f"<rss><channel>{item}{other}{item}</channel></rss>", "feed")
    assert isinstance(answer.articles, tuple)
    (one,) = answer.articles
    assert (one.address.url, one.by, one.on) == ("https://kazpravda.kz/n/x/", "feed", _FEED)
    assert (one.earliest, one.latest) == (date(2026, 3, 4), date(2026, 3, 4))


def test_what_is_no_feed_and_no_page_is_unusable() -> None:
    with pytest.raises(Unusable, match="is no feed") as unusable:
        _read('{"error": 404}', "feed")
    assert unusable.value.reason == "no-feed"


def test_a_sitemap_tells_that_an_article_was_published_by_its_last_change() -> None:
    (one,) = _articles(_read(_sitemap("https://kazpravda.kz/n/x"), "sitemap"))
    assert (one.address.url, one.by, one.on) == ("https://kazpravda.kz/n/x/", "sitemap", _SITEMAP)
    assert (one.earliest, one.latest) == (None, date(2026, 3, 4))


def test_further_sitemaps_and_foreign_hosts_are_known_once_it_is_read() -> None:
    locs = ("http://kazpravda.kz/sitemap-1.xml", "https://elsewhere.example/sitemap.xml",
            "http://[broken/")  # fmt: skip
    articles = _articles(_read(_sitemap(*locs, name="sitemap"), "sitemap"))
    assert [*articles] == []
    assert [one.loc for one in articles.sitemaps] == ["https://kazpravda.kz/sitemap-1.xml"]
    assert articles.foreign >= {"elsewhere.example", "http://[broken/"}
    assert articles.fault is None


def test_of_many_foreign_hosts_some_are_named() -> None:
    rows = _sitemap(*(f"https://{n}.example/n/x/" for n in range(500)))
    articles = _articles(_read(rows, "sitemap"))
    assert [*articles] == []
    assert len(articles.foreign) == 20


def test_a_cut_off_sitemap_gives_what_it_has_and_its_fault() -> None:
    locs = [f"https://kazpravda.kz/n/{n}/" for n in range(50)]
    articles = _articles(_read(_sitemap(*locs)[:-100], "sitemap"))
    assert len([*articles]) > 40
    assert articles.fault is not None
    assert articles.fault.reason == "bad-sitemap"
    assert str(articles.fault).startswith("the sitemap is no whole sitemap: ")


def test_a_sitemap_or_a_feed_whose_coding_is_cut_off_gives_what_it_has_and_its_fault() -> None:
    locs = [f"https://kazpravda.kz/n/{n}/" for n in range(50)]
    items = "".join(f"<item><link>{loc}</link></item>" for loc in locs)
    for way, text in (("sitemap", _sitemap(*locs)), ("feed", f"<rss>{items}</rss>")):
        packed = gzip.compress(text.encode(), compresslevel=0)
        for payload, most in ((packed[:-500], 49), (packed[:-1], 50), (text.encode(), 50)):
            answer = _read(payload, way, encoding="gzip")  # type: ignore[arg-type]
            found = [*answer.articles]
            assert 30 < len(found) <= most
            fault = answer.fault or getattr(answer.articles, "fault", None)
            if payload == text.encode():
                assert fault is None, "only the header is wrong"
            else:
                assert isinstance(fault, Unusable)
                assert fault.reason == "undecodable"


def test_a_sitemap_may_be_a_text_or_a_feed_and_stand_after_a_page() -> None:
    url = "https://kazpravda.kz/n/x/"
    texts = (url, f"<rss><item><link>{url}</link></item></rss>", f"<html>\n</html>{_sitemap(url)}")
    for text in texts:
        for encoding in ("utf-8", "utf-16"):
            answer = _read(text.encode(encoding), "sitemap")
            assert [one.address.url for one in answer.articles] == [url]


@pytest.mark.parametrize("body", ["", " \n", "\0", "Fatal error", "{}", "<br />\n<b>x</b>"])
@pytest.mark.parametrize(("way", "reason"), [("sitemap", "bad-sitemap"), ("feed", "no-feed")])
def test_what_is_blank_or_an_error_is_no_empty_sitemap_or_feed(
    body: str, way: Way, reason: str
) -> None:
    with pytest.raises(Unusable) as unusable:
        _read(body, way)
    assert unusable.value.reason == reason


@pytest.mark.parametrize("way", ["listing", "archive", "feed", "sitemap"])
def test_a_challenge_is_told_from_what_was_asked_for(way: Way) -> None:
    with pytest.raises(ChallengePage):
        _read(_CHALLENGE, way)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "blank"),
        ("<html><body><div id=app></div></body></html>", "blank"),
        ("<h1>Технические работы</h1>", "maintenance"),
        ("<b>Fatal error</b>: Uncaught Error: x in /a.php on line 3", "server-error"),
    ],
)
@pytest.mark.parametrize("way", ["listing", "archive"])
def test_an_answer_that_is_blank_or_broken_names_no_article_and_is_no_listing(
    page: str, reason: str, way: Way
) -> None:
    with pytest.raises(Unusable) as error:
        _read(page, way)
    assert error.value.reason == reason
    assert _read(f"<p><a href='/n/x/'>Закон</a></p>{page}", way).articles


def test_a_list_without_an_article_is_a_listing() -> None:
    for page in ("<h1>Спорт</h1><p>Новостей нет</p>", "<div>Ничего не найдено</div>"):
        assert _read(page, "archive").articles == ()


def test_a_body_that_is_not_what_its_encoding_says_is_told() -> None:
    for way in ("listing", "feed", "sitemap"):
        with pytest.raises(Unusable) as unusable:
            _read("no gzip", way, encoding="gzip")
        assert unusable.value.reason == "undecodable"


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(("listing", "feed", "sitemap", "archive")),
    st.sampled_from(("", "gzip", "deflate", "br", "x")),
)
@example(b"<urlset><url><loc>http://[</loc></url></urlset>", "sitemap", "")
@example(b"", "listing", "")
@example(b"\0", "archive", "")
def test_any_bytes_raise_nothing_but_what_is_told(payload: bytes, way: Way, encoding: str) -> None:
    try:
        answer = _read(payload, way, encoding=encoding)
    except (ChallengePage, WrongKind, Unusable):
        return
    assert all(one.address.url.startswith("https://kazpravda.kz/") for one in answer.articles)
