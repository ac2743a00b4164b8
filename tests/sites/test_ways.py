"""Each way of finding leads to the articles, in each of its forms, until it is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from tests.sites.client import get, missed, reached
from tests.sites.content import SiteName
from tests.sites.replica import Replica
from tests.sites.thin import Thin
from tests.sites.ways import Pagination, Ways

WEEKS = Thin(since=date(2020, 12, 20), until=date(2021, 1, 10), islands=2, pages=5)


def replica(site: SiteName, ways: Ways, *, count: int = 400, thin: Thin = WEEKS) -> Replica:
    return Replica(site, seed=2, count=count, thin=thin, ways=ways)


@pytest.fixture(scope="module")
def drawn() -> Iterator[Replica]:
    with replica("kazpravda", Ways.drawn("kazpravda", 1)) as site:
        yield site


@pytest.mark.parametrize("form", ["query", "path", "bitrix", "token"])
def test_rubrics_lead_to_all_articles_page_by_page(form: Pagination) -> None:
    with replica("kazpravda", Ways(pagination=form, dirty_links=form == "path")) as site:
        assert not missed(site, reached(site, site.fronts, r"/r/\w"))
        site.without("pagination", "front")
        found = reached(site, ("/r/sport/", "/kk/r/sport/"), r"/r/\w")
        assert 20 < len(missed(site, found)) < 300
        site.without("listing")
        assert get(site, "/r/sport/").status == 404
        assert get(site, "/").status == 200


def test_pages_beyond_the_last_are_missing_or_the_last() -> None:
    with replica("kazpravda", Ways(pagination="query")) as site:
        assert get(site, "/r/sport/?page=99").status == 404
    with replica("kazpravda", Ways(pagination="query", beyond="repeat")) as site:
        last = get(site, "/r/sport/?page=99")
        assert last.status == 200
        assert last.body == get(site, "/r/sport/?page=100").body
    with replica("senate", Ways(beyond="repeat")) as site:
        assert get(site, "/kk-KZ/news?p=999").text.count(".12.2020") > 0


def test_days_hold_all_articles_of_a_language_or_of_all() -> None:
    ways = Ways(archive_date="dotted", archive_linked=True, archive_languages="mixed",
                pagination="query")  # fmt: skip
    with replica("kazpravda", ways) as site:
        assert not missed(site, reached(site, ["/"], "archive/"))
        assert "2020" not in get(site, "/archive/?date=2020-12-24").text
        site.without("archive")
        assert get(site, "/archive/?date=24.12.2020").status == 404
    ways = Ways(archive_date="iso", archive_wrong="error", archive_languages="prefixed")
    with replica("kazpravda", ways) as site:
        assert get(site, "/archive/?date=24.12.2020").status == 500
        assert get(site, "/archive/?date=2020-12-4").status == 500
        links = " ".join(get(site, "/kk/archive/?date=2020-12-24").links)
        assert "/kk/n/" in links
    with replica("kazpravda", Ways(archive_date="iso", archive_wrong="today")) as site:
        assert "10 января 2021" in get(site, "/archive/?date=x").text


def test_sitemaps_tell_the_last_change_and_may_be_packed() -> None:
    ways = Ways(sitemap_gzip=True, sitemap_languages="all", sitemap_lastmod="migrated",
                sitemap_in_robots=False)  # fmt: skip
    with replica("kazpravda", ways) as site:
        assert not missed(site, reached(site, ["/sitemap.xml"], r"/sitemap-\d+\.xml"))
        assert get(site, "/sitemap.xml").body.count(b".xml.gz<") > 10
        assert get(site, "/sitemap-2.xml").status == 404
        assert set(re.findall(rb"<lastmod>(.{7})", get(site, "/sitemap-1.xml").body)) == {
            b"2021-03"
        }
        site.change(site.articles[0])
        assert len(set(re.findall(rb"<lastmod>(.{7})", get(site, "/sitemap-1.xml").body))) == 2
        assert b"Sitemap" not in get(site, "/robots.txt").body
        site.without("sitemap")
        assert get(site, "/sitemap-1.xml").status == get(site, "/sitemap.xml").status == 404
    with replica("senate", Ways(sitemap=True, sitemap_languages="all"), count=60) as site:
        assert not missed(site, reached(site, ["/sitemap.xml"], r"/sitemap-\d+\.xml"))


def test_feeds_hold_the_newest_twenty() -> None:
    with replica("kazpravda", Ways(feed="both", feed_linked=True)) as site:
        page = get(site, "/kk/").body.decode()
        assert 'rel="alternate" type="application/rss+xml" title="Лента" href="/kk/rss"' in page
        newest = {one.url for one in site.paths()[-20:] if one.language == "ru"}
        for path in ("/rss", "/rss/", "/atom.xml"):
            feed = get(site, path)
            found = {*re.findall(r"https://[^\"<]+/n/[^\"<]+", feed.body.decode())}
            assert newest < found
            assert len(found) == 20
        site.without("feed")
        assert get(site, "/rss").status == get(site, "/en/atom.xml").status == 404
    with replica("kazpravda", Ways()) as site:
        assert get(site, "/rss").status == 404


def test_old_addresses_redirect_or_show_the_page() -> None:
    for answer, status in (("redirect", 301), ("page", 200)):
        with replica("kazpravda", Ways(old_addresses=answer), count=20) as site:  # type: ignore[arg-type]
            old = [one for one in get(site, "/").links if re.match(r"/(\w+/view|news)/", one)]
            assert len({one.split("/")[1] for one in old}) > 1
            for path in old:
                got = get(site, path)
                assert got.status == status
                there = got.headers["Location"] or got.body.decode().partition('cal" href="')[2]
                assert "/n/" in there[:40]
    with replica("kazpravda", Ways(), count=20) as site:
        assert get(site, old[0]).status == 404


def test_senate_lists_lead_to_news_and_pages_but_numbers_alone_to_what_is_unlinked() -> None:
    ways = Ways(unlinked=9, culture_case=True, front_news=False, shell_latest=True)
    with replica("senate", ways) as site:
        hidden = {one.path for one in site.paths() if site.unlinked(one)}
        assert {*missed(site, reached(site, site.fronts, r"/news(\?p=|$)"))} == hidden
        assert len(hidden) > 20
        assert any("/pages/details/" in one.path for one in site.paths())
        assert "details" not in " ".join(get(site, "/ru-RU").links)
        assert "/details/" in " ".join(get(site, "/ru-RU/nothing").links)
        one = next(one for one in site.paths() if one.path in hidden)
        title = site.article(one).title
        assert title in get(site, one.path).text
        site.without("numbers")
        assert title not in get(site, one.path).text


@pytest.mark.parametrize("shared", [True, False])
def test_numbers_rise_with_gaps_and_islands(shared: bool) -> None:
    thin = Thin(islands=3, shared_numbers=shared)
    with replica("senate", Ways(), count=900, thin=thin) as site:
        numbers = [int(one.path.rpartition("/")[2]) for one in site.paths()]
        assert numbers == sorted(numbers)
        assert len(set(numbers)) == (300 if shared else 900)
        gaps = [following - one for one, following in pairwise(numbers)]
        assert sum(gap > 50 for gap in gaps) == 3


def test_a_drawn_site_is_the_same_again(drawn: Replica) -> None:
    assert Ways.drawn("kazpravda", 1) == drawn.ways
    assert len({Ways.drawn("kazpravda", seed) for seed in range(40)}) > 30
    for front in drawn.fronts:
        assert get(drawn, front).status == 200
    drawn.without("front")
    assert get(drawn, "/").status == get(drawn, "/kk").status == 404
    drawn.without()
    assert get(drawn, "/").status == 200
