"""Listings: what they lead to, and what is said where they fail."""

from __future__ import annotations

import re

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace


def test_a_site_that_is_gone_fails_and_changes_nothing(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    workspace.crawl("--limit", 2)
    before = workspace.export()
    files = {one: one.read_bytes() for one in workspace.archive_files()}
    senate.stop()
    ran = workspace.run("crawl")
    senate.start()
    assert ran.status == 1
    (sentence,) = ran.stderr.splitlines()
    assert sentence == (
        f"kazpress: senate: {senate.url}/robots.txt can't be reached: the connection is refused"
    )
    assert workspace.export() == before
    assert {one: one.read_bytes() for one in workspace.archive_files()} == files


@pytest.mark.soak
def test_a_host_without_an_address_fails(workspace: Workspace) -> None:
    workspace.point_at(senate={"base_url": "http://senate.invalid", "delay": 0.1, "enabled": True})
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "http://senate.invalid/robots.txt can't be reached: the host's name is not known" in (
        ran.stderr
    )


def test_a_listing_that_lost_its_articles_needs_a_look(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    workspace.crawl("--limit", 0)
    senate.empty("/ru-RU")
    senate.answer("/kk-KZ/news", status=404)
    senate.answer("/en-US/news", status=500)
    senate.redirect("/kk-KZ/news/index", "https://elsewhere.example/")
    senate.redirect("/en-US/news/index", senate.articles[0].path)
    ran = workspace.run("crawl", "--limit", 0)
    assert ran.status == 3
    looks = [line for line in ran.stderr.splitlines() if "needs a look" in line]
    site = "https://senate.parlam.kz"
    assert [line.partition("needs a look: ")[2] for line in looks] == [
        f"{site}/ru-RU links to no article any more",
        f"{site}/kk-KZ/news: the listing answers 404",
        f"{site}/en-US/news: the listing answers 500",
        f"{site}/kk-KZ/news/index: redirects to https://elsewhere.example/, which is not the "
        "source's",
        f"{site}/en-US/news/index: redirects to the article {senate.articles[0].url}",
    ]
    assert "elsewhere" not in "".join(one.path for one in senate.requests())
    senate.lift()
    assert workspace.crawl("--limit", 0)["senate"]["outcome"] == "done"
    assert workspace.count("failures") == 0


@pytest.mark.soak
def test_no_article_on_any_listing_needs_a_look(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    for path in ("/ru-RU", "/kk-KZ", "/en-US"):
        for rest in ("", "/news", "/news/index"):
            senate.empty(path + rest)
    ran = workspace.run("crawl")
    assert ran.status == 3
    assert "no listing links to any article; the site's addresses or pages have changed" in (
        ran.stderr
    )


@pytest.mark.soak
def test_no_listing_that_answers_fails(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    for path in ("/", "/ru-RU", "/kk-KZ", "/en-US"):
        for rest in ("", "/news", "/news/index") if path != "/" else ("",):
            senate.answer(path + rest, status=404)
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "no listing could be read: https://senate.parlam.kz/: the listing answers 404" in (
        ran.stderr
    )


def test_listings_that_redirect_to_their_other_spelling_are_read(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    kazpravda.redirect("/kk/", "/kk")
    kazpravda.redirect("/en/", "/en/?lang=en", times=1)
    kazpravda.redirect("/r/kultura/", "/r/sport/")
    kazpravda.redirect("/r/ekonomika/", "/r/ekonomika/")
    ran = workspace.run("crawl", "--json")
    assert ran.status == 3
    assert ran.stderr.count("needs a look") == 1
    assert "/r/ekonomika/: redirects to https://kazpravda.kz/r/ekonomika/ and never" in ran.stderr
    assert ran.summaries["kazpravda"]["new"] == 8
    assert len(kazpravda.requests("/r/sport/")) == 1


def test_a_site_that_stops_answering_is_left_after_five_requests(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    kazpravda.reset_connection(re.compile("/r/"))
    kazpravda.reset_connection(re.compile("/n/"))
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "5 requests in a row brought no answer (the connection broke off)" in ran.stderr
    assert len({one.path for one in kazpravda.requests() if one.status == 0}) == 5
