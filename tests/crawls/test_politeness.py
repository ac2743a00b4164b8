"""How often a source is asked, and when it is left alone."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace

_ARTICLE = re.compile("/news/details/")


def _gaps(site: Replica) -> list[float]:
    times = [one.monotonic for one in site.requests()]
    return [after - before for before, after in pairwise(times)]


def test_no_two_requests_are_closer_than_the_delay_and_captures_bear_their_times(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, delay=0.3)
    senate.answer("/ru-RU", status=500, times=1)
    workspace.crawl("--limit", 2)
    assert len(senate.requests()) == 17
    assert min(_gaps(senate)) >= 0.3
    asked: dict[str, list[float]] = {}
    for one in senate.requests():
        asked.setdefault(one.path, []).append(one.wall)
    for target, time in workspace.rows("SELECT target, time FROM captures"):
        walls = asked[target.removeprefix("https://senate.parlam.kz")]
        assert min(abs(datetime.fromisoformat(time).timestamp() - wall) for wall in walls) < 0.25


def test_a_short_retry_after_is_waited_for(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    busy, unready, *_ = senate.articles
    senate.answer(busy, status=429, headers={"Retry-After": "1"}, times=1)
    senate.answer(unready, status=503, headers={"Retry-After": "1"}, times=1)
    assert workspace.crawl()["senate"]["new"] == 8
    waited = dict(zip([one.status for one in senate.requests()], _gaps(senate), strict=False))
    assert waited[429] >= 1
    assert waited[503] >= 1


def test_a_long_retry_after_ends_the_crawl_and_is_kept(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    senate.answer(senate.articles[-1], status=503, headers={"Retry-After": "3600"})
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "asks for a pause of 3600 s; it is left alone until" in ran.stderr
    assert senate.requests()[-1].status == 503
    senate.lift()
    senate.forget_requests()
    assert workspace.run("crawl").status == 1
    assert senate.requests() == ()


def test_a_longer_crawl_delay_holds(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, delay=0.01)
    senate.robots(crawl_delay=0.2)
    workspace.crawl("--limit", 0)
    assert min(_gaps(senate)) >= 0.2


def test_a_refused_listing_puts_the_source_to_rest(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.answer("/ru-RU", status=403)
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "senate: https://senate.parlam.kz/ru-RU refuses us with status 403;" in ran.stderr
    assert senate.requests()[-1].path == "/ru-RU"


@pytest.mark.soak
def test_a_challenge_page_is_a_refusal(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.answer("/ru-RU", body="<html><title>Just a moment...</title><p>cf-challenge</p></html>")
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "answers with a challenge page; it is left alone until" in ran.stderr


@pytest.mark.soak
def test_a_challenge_that_the_headers_announce_is_a_refusal(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    script = "<html><script src='challenge.js'></script></html>"
    headers = {"x-amzn-waf-action": "challenge"}
    senate.answer("/ru-RU", status=202, headers=headers, body=script)
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "/ru-RU answers with a challenge page; it is left alone until" in ran.stderr
    assert len(senate.requests("/ru-RU")) == 1


def test_articles_behind_a_challenge_are_refused_in_a_crawl_and_in_a_reparse(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    senate.answer(_ARTICLE, status=200, headers={"cf-mitigated": "challenge"})
    ran = workspace.run("crawl")
    assert "5 pages in a row are refused; it is left alone until" in ran.stderr
    assert len(senate.requests(_ARTICLE)) == 5
    failures = "SELECT url, reason, detail FROM failures WHERE reason = 'challenge' ORDER BY url"
    refused = workspace.rows(failures)
    assert len(refused) == 5
    assert workspace.count("items") == 0
    workspace.db.unlink()
    assert workspace.run("reparse").status == 0
    assert workspace.rows(failures) == refused
    assert workspace.count("items") == 0


@pytest.mark.soak
def test_five_refused_pages_in_a_row_put_the_source_to_rest_longer_each_time(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    senate.answer(_ARTICLE, status=403)
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "5 pages in a row are refused; it is left alone until" in ran.stderr
    assert len(senate.requests(_ARTICLE)) == 5
    assert workspace.count("failures WHERE reason = 'http-403'") == 5
    assert workspace.rows("SELECT refusals FROM sources WHERE name = 'senate'") == [(1,)]
    assert workspace.count("items") == 0
