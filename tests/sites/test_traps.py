"""Each trap is there when it is set, and gone when it is lifted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.sites.client import get
from tests.sites.content import almaty
from tests.sites.replica import Replica
from tests.sites.traps import ELSEWHERE, BadSitemap
from tests.sites.ways import Ways


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with Replica("kazpravda", seed=3, count=30) as site:
        yield site


@pytest.fixture
def kazpravda(running: Replica) -> Iterator[Replica]:
    yield running
    running.reset()


@pytest.fixture(scope="module")
def senate() -> Iterator[Replica]:
    with Replica("senate", seed=3, count=30) as site:
        yield site


def test_a_listing_leads_to_itself_for_ever(kazpravda: Replica) -> None:
    kazpravda.loop("/r/sport/")
    seen = ["/r/sport/"]
    for _ in range(5):
        (following,) = [one for one in get(kazpravda, seen[-1]).links if "?f0" in one]
        seen.append(following)
    assert len(set(seen)) == 6
    kazpravda.lift()
    assert "?f0" not in " ".join(get(kazpravda, "/r/sport/").links)


def test_a_thousand_pages_hold_the_same(senate: Replica) -> None:
    senate.same_pages("/ru-RU/news")
    first, late = get(senate, "/ru-RU/news"), get(senate, "/ru-RU/news?p=998")
    assert "/ru-RU/news?p=999" in late.links
    articles = [{one for one in got.links if "/details/" in one} for got in (first, late)]
    assert articles[0] == articles[1]
    senate.lift()


def test_articles_addresses_hold_a_listing_or_all_a_shell(
    kazpravda: Replica, senate: Replica
) -> None:
    one = kazpravda.articles[-1]
    kazpravda.listing_at(one)
    assert len([link for link in get(kazpravda, one.path).links if "/n/" in link]) > 9
    for site in (kazpravda, senate):
        site.shell()
        shells = {get(site, path).body for path in ("/", site.fronts[1], site.articles[0].path)}
        assert len(shells) == 1
        assert b"User-agent" in get(site, "/robots.txt").body
        site.lift()
        assert site.articles[0].title in get(site, site.articles[0].path).text


def test_the_site_moves_to_another_host(senate: Replica) -> None:
    senate.move_away()
    for path in ("/", senate.articles[0].path):
        assert get(senate, path).headers["Location"] == f"{ELSEWHERE}/"
    assert get(senate, "/robots.txt").status == 200
    senate.lift()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("invalid", r"^<html>.*<loc>$"),
        ("truncated", r"</loc></url>\n<url><loc>https://kazpravda.kz/n/cut-$"),
        ("huge", r"(?s)/n/absent-0/.*/n/absent-50999/"),
        ("circular", r"<sitemap><loc>https://kazpravda.kz/sitemap.xml<"),
        ("elsewhere", r"<sitemap><loc>https://elsewhere.example/sitemap.xml<"),
    ],
)
def test_sitemaps_can_be_bad(kazpravda: Replica, kind: BadSitemap, said: str) -> None:
    kazpravda.bad_sitemap(kind, size=51_000)
    got = get(kazpravda, "/sitemap.xml")
    assert got.status == 200
    assert got.headers["Content-Type"].startswith("application/xml")
    assert re.search(said, got.body.decode())
    if kind == "elsewhere":
        assert get(kazpravda, "/sitemap-1.xml").links == [f"{ELSEWHERE}/n/theirs/"]


def test_odd_articles_are_added(kazpravda: Replica, senate: Replica) -> None:
    foreign = kazpravda.foreign(address="en", text="kk")
    assert foreign.path.startswith("/en/n/")
    assert re.search("[әғқңөұүһі]", foreign.body)
    paid, gallery = kazpravda.paid(), kazpravda.gallery()
    assert "по подписке" in get(kazpravda, paid.path).text
    assert get(kazpravda, gallery.path).body.count(b"data-src") == 7
    bare = kazpravda.gallery(bare=True)
    assert bare.body == bare.lead
    one = kazpravda.articles[3]
    twin = kazpravda.twin(one)
    assert (twin.title, twin.path) == (one.title, f"{one.path[:-1]}-2g/")
    assert twin.body != one.body
    future = senate.dated(datetime(2031, 5, 6, 7, tzinfo=UTC))
    assert future.published == "2031-05-06"
    assert "06.05.2031" in get(senate, "/ru-RU").text
    past = kazpravda.dated(almaty(datetime(1991, 12, 16, tzinfo=UTC)))
    assert "1991 г." in get(kazpravda, past.path).text
    for added in (foreign, paid, gallery, bare, twin, past):
        assert added.title in get(kazpravda, added.path).text


def test_links_are_as_editors_paste_them() -> None:
    with Replica("kazpravda", count=60, ways=Ways(dirty_links=True)) as site:
        links = [one for front in site.fronts for one in get(site, front).links if "/n/" in one]
        for form in ("^http://", "^HTTPS://KAZ", "WWW", "//[a-z0-9-]+/$", "%[0-9A-F]{2}", "fbclid",
                     ":443", "[^/]$"):  # fmt: skip
            assert any(re.search(form, one) for one in links), form
        doubled = next(one for one in links if re.search("n//", one))
        assert get(site, doubled.removeprefix("https://kazpravda.kz")).status == 200
