"""What a crawl finds, when it stops looking, and what it says of places that lead astray."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.sites.replica import Replica
from tests.sites.thin import Thin
from tests.sites.traps import BadSitemap
from tests.sites.ways import Ways
from tests.workspace import Workspace

_FURTHER = re.compile(r"[?&]p=\d")
_GUESSED = re.compile(r"^/(?:\w\w/)?(?:rss|feed|sitemap)")
_WEEK = Thin(since=date(2021, 1, 4), until=date(2021, 1, 10))


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with Replica("senate", seed=3, count=60, thin=_WEEK) as replica:
        yield replica


@pytest.fixture
def house(running: Replica, workspace: Workspace) -> Replica:
    """The Senate with two pages of news in each language, and a workspace that points at it."""
    running.reset()
    workspace.point_at(running)
    return running


def _stored(workspace: Workspace) -> set[str]:
    return {row[0] for row in workspace.rows("SELECT url FROM addresses WHERE item IS NOT NULL")}


def _all(site: Replica) -> set[str]:
    return {one.url for one in site.paths()}


def _failures(workspace: Workspace) -> dict[str, str]:
    return dict(workspace.rows("SELECT url, reason FROM failures"))


def test_pages_are_walked_up_to_what_is_known_and_the_next_crawl_stops_at_once(
    workspace: Workspace, house: Replica
) -> None:
    workspace.crawl()
    assert _stored(workspace) == _all(house)
    assert len({one.path for one in house.requests(_FURTHER)}) == 3
    guessed = len(house.requests(_GUESSED))
    house.forget_requests()
    workspace.stay_on_this_day()
    workspace.crawl()
    assert not house.requests(_FURTHER)
    assert len(house.requests()) == 11
    assert guessed
    assert not house.requests(_GUESSED)
    house.publish(36)
    workspace.crawl()
    assert _stored(workspace) == _all(house)


@pytest.mark.soak
def test_pages_that_are_known_are_not_walked_where_nothing_says_that_they_are_unchanged(
    workspace: Workspace, house: Replica
) -> None:
    workspace.crawl()
    house.publish(36)
    workspace.crawl()
    house.forget_requests()
    house.switch(validators=False)
    workspace.stay_on_this_day()
    workspace.crawl()
    assert not house.requests(_FURTHER)


@pytest.mark.soak
def test_a_walk_that_a_limit_cut_short_is_walked_again(
    workspace: Workspace, house: Replica
) -> None:
    workspace.crawl()
    house.publish(36)
    workspace.crawl("--limit", 3)
    assert _stored(workspace) != _all(house)
    workspace.crawl()
    assert _stored(workspace) == _all(house)


@pytest.mark.soak
def test_a_walk_that_a_broken_page_cut_short_is_named_and_walked_again(
    workspace: Workspace, house: Replica
) -> None:
    workspace.crawl()
    house.publish(36)
    house.answer(_FURTHER, status=500)
    workspace.crawl(status=3)
    assert set(_failures(workspace).values()) == {"http-500"}
    house.lift()
    workspace.crawl()
    assert _stored(workspace) == _all(house)
    assert _failures(workspace) == {}


@pytest.mark.soak
def test_a_listing_that_was_empty_for_a_while_is_not_walked_to_its_end(
    workspace: Workspace, house: Replica
) -> None:
    workspace.crawl()
    house.empty("/kk-KZ/news")
    workspace.crawl(status=3)
    house.lift()
    house.publish(3)
    house.forget_requests()
    workspace.stay_on_this_day()
    workspace.crawl()
    assert _stored(workspace) == _all(house)
    assert len(house.requests(_FURTHER)) <= 6


@pytest.mark.parametrize(
    "kind",
    [
        "truncated",
        *(
            pytest.param(kind, marks=pytest.mark.soak)
            for kind in ("circular", "invalid", "huge", "elsewhere")
        ),
    ],
)
def test_bad_sitemaps_and_endless_listings_are_named_and_the_crawl_ends(
    workspace: Workspace, kazpravda: Replica, kind: BadSitemap
) -> None:
    workspace.point_at(kazpravda)
    kazpravda.bad_sitemap(kind, size=3000)
    kazpravda.loop("/r/sport/")
    kazpravda.same_pages("/r/kultura/")
    named = kind in ("invalid", "truncated")
    ran = workspace.run("crawl", "--json", "--limit", 20)
    assert ran.status == (3 if named or kind == "huge" else 0), ran.stderr
    assert ran.summaries["kazpravda"]["new"] == 8
    reasons = {
        "invalid": "no-sitemap",
        "truncated": "bad-sitemap",
        "elsewhere": "foreign-addresses",
    }
    listed = {reason for url, reason in _failures(workspace).items() if "sitemap" in url}
    assert listed == ({reasons[kind]} if kind in reasons else set())
    assert all(len(kazpravda.requests(f"/sitemap{n}.xml")) <= 1 for n in ("", "-1"))
    for trapped in ("/r/sport/", "/r/kultura/"):
        assert len(kazpravda.requests(re.compile(f"^{trapped}"))) <= 4


@pytest.mark.soak
def test_a_listing_that_never_ends_ends_in_a_backfill_too(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    kazpravda.loop("/r/sport/")
    kazpravda.same_pages("/r/kultura/")
    kazpravda.bad_sitemap("elsewhere")
    workspace.crawl(
        "--since", kazpravda.articles[0].published[:10], status=3
    )  # few articles a year
    assert _stored(workspace) == _all(kazpravda)
    assert "elsewhere" not in "".join(one.path for one in kazpravda.requests())
    kazpravda.lift()
    workspace.run("crawl", "--full")
    assert "foreign-addresses" not in _failures(workspace).values()


@pytest.mark.soak
def test_a_sitemap_that_became_a_page_is_named(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    workspace.crawl()
    kazpravda.answer("/sitemap.xml", status=200, body="<!DOCTYPE html><html><body>x</body></html>")
    ran = workspace.run("crawl", "--full")
    assert ran.status == 3
    assert "/sitemap.xml: answers with a page that is no sitemap" in ran.stderr


@pytest.mark.soak
def test_the_ways_that_found_an_address_are_told(workspace: Workspace) -> None:
    ways = Ways(feed="rss", archive_date="dotted")
    with Replica("kazpravda", seed=3, count=24, thin=_WEEK, ways=ways) as site:
        workspace.point_at(site)
        workspace.crawl("--since", "2021-01-04", "--until", "2021-01-10")
    rows = workspace.rows("SELECT ways, found_by FROM addresses WHERE language = 'ru'")
    assert {frozenset(row[0].split(",")) for row in rows} == {
        frozenset({"listing", "sitemap", "feed", "archive"})
    }
    assert all(row[0].split(",")[0] == row[1] for row in rows)
    told = dict(workspace.rows("SELECT way, found_at IS NOT NULL FROM ways"))
    assert told == {"listing": 1, "sitemap": 1, "feed": 1, "archive": 1}
    assert workspace.rows("SELECT form FROM ways WHERE form IS NOT NULL") == [("%d.%m.%Y",)]
