"""Stored articles looked at again, on a site that tells the truth or lies, by a clock that the test
turns.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.crawls.at import run_at
from tests.sites.content import articles
from tests.sites.expected import Expected
from tests.sites.replica import Replica
from tests.sites.requests import Request
from tests.workspace import Workspace

BEGAN = datetime(2026, 3, 10, 11, tzinfo=timezone(timedelta(hours=5)))
PUBLISHED = BEGAN - timedelta(minutes=10)


def new_site(count: int, seed: int = 3) -> Replica:
    """A newspaper on which so many articles were published ten minutes before the first crawl."""
    site = Replica("kazpravda", seed=seed, count=0)
    for article in articles(seed, count, site="kazpravda"):
        site.add(replace(article, published=PUBLISHED))
    return site


def at(hours: float) -> datetime:
    return BEGAN + timedelta(hours=hours)


def crawl(workspace: Workspace, hours: float, *arguments: object) -> dict[str, Any]:
    """The summary of a crawl that begins so many hours after the first."""
    ran = run_at(workspace, at(hours), "crawl", "--json", *arguments)
    assert ran.status in {0, 3}, ran.stderr
    return ran.summaries["kazpravda"]


def visits(site: Replica) -> list[Request]:
    """The requests for articles, which are forgotten."""
    paths = {one.path for one in site.paths()}
    asked = [one for one in site.requests() if one.path in paths]
    site.forget_requests()
    return asked


def is_conditional(request: Request) -> bool:
    names = ("If-None-Match", "If-Modified-Since")
    return any(request.header(name) is not None for name in names)


def revisions(workspace: Workspace, one: Expected) -> list[tuple[int, int]]:
    """The hours at which each text of an article was seen first and last."""
    rows = workspace.rows(
        "SELECT r.first_seen, r.last_seen FROM revisions r JOIN addresses a ON a.item = r.item"
        " WHERE a.url = ? ORDER BY r.revision",
        one.url,
    )
    return [(_hours(first), _hours(last)) for first, last in rows]


def _hours(stamp: str) -> int:
    return int((datetime.fromisoformat(stamp) - BEGAN) / timedelta(hours=1))


def test_a_crawl_with_nothing_new_asks_for_what_is_due_alone_and_conditionally(
    workspace: Workspace,
) -> None:
    with new_site(6) as site:
        workspace.point_at(site)
        assert crawl(workspace, 0)["new"] == 6
        visits(site)
        assert crawl(workspace, 0.1)["new"] == 0
        assert visits(site) == []
        summary = crawl(workspace, 1)
        assert (summary["unchanged"], summary["updated"], summary["gone"]) == (6, 0, 0)
        asked = visits(site)
        assert len(asked) == 6
        assert all(is_conditional(one) and one.status == 304 for one in asked)
        crawl(workspace, 1.2)
        assert visits(site) == []


def test_a_site_that_answers_304_for_ever_is_found_out_and_asked_without_validators(
    workspace: Workspace,
) -> None:
    with new_site(6) as site:
        workspace.point_at(site)
        site.switch(lying=True)
        crawl(workspace, 0)
        edited, gone, *others = (one for one in site.articles if one.language == "ru")
        site.change(edited)
        site.remove(gone)
        for hours in (1, 3, 6, 12):
            assert crawl(workspace, hours)["updated"] == 0
        site.forget_requests()
        assert crawl(workspace, 24)["updated"] == 1
        asked = [one for one in site.requests() if one.path == edited.path]
        assert [(is_conditional(one), one.status) for one in asked] == [(False, 200), (True, 304)]
        assert revisions(workspace, edited) == [(0, 0), (24, 24)]
        assert revisions(workspace, gone) == [(0, 0)]
        assert revisions(workspace, others[0]) == [(0, 24)]
        site.forget_requests()
        site.change(others[0])
        assert crawl(workspace, 72)["updated"] == 1
        assert not any(map(is_conditional, (one for one in visits(site) if one.status == 200)))
        items = workspace.items()
        assert items[gone.url]["gone"] is not None
        before = workspace.export()
        assert workspace.run("reparse").status == 0
        assert workspace.export() == before


def test_news_is_found_on_a_site_whose_listings_answer_304_for_ever(workspace: Workspace) -> None:
    with new_site(4) as site:
        workspace.point_at(site)
        crawl(workspace, 0)
        site.switch(lying=True)
        (article,) = articles(9, 1, site="kazpravda")
        site.add(replace(article, number=900, published=BEGAN))
        new = [crawl(workspace, 0.01 * (number + 1))["new"] for number in range(5)]
        assert sum(new) == 1


def test_an_etag_that_is_another_each_time_gives_way_to_the_date(workspace: Workspace) -> None:
    with new_site(4) as site:
        workspace.point_at(site)
        site.switch(restless=True)
        crawl(workspace, 0)
        crawl(workspace, 1)
        site.forget_requests()
        assert crawl(workspace, 3)["unchanged"] == 4
        for one in visits(site):
            assert one.status == 304
            assert one.header("If-None-Match") is None
            assert one.header("If-Modified-Since") is not None


@pytest.mark.soak
def test_visits_that_are_late_are_made_up_for_once(workspace: Workspace) -> None:
    with new_site(4) as site:
        workspace.point_at(site)
        crawl(workspace, 0)
        visits(site)
        crawl(workspace, 100)
        assert len(visits(site)) == 4
        crawl(workspace, 101)
        assert visits(site) == []
