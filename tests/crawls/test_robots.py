"""robots.txt decides by its status and its rules whether and what is asked (RFC 9309)."""

from __future__ import annotations

import gzip

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace


def _paths(site: Replica) -> list[str]:
    return [one.path for one in site.requests()]


def test_a_robots_txt_that_fails_ends_the_crawl(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.robots(status=503)
    ran = workspace.run("crawl", "--json")
    assert ran.status == 1
    assert "answers 503, so nothing may be asked (RFC 9309)" in ran.stderr
    assert _paths(senate) == ["/robots.txt"]
    assert ran.summaries["senate"]["outcome"] == "failed"


@pytest.mark.soak
def test_a_robots_txt_without_an_answer_ends_the_crawl(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    senate.reset_connection("/robots.txt")
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "/robots.txt can't be reached: " in ran.stderr
    assert set(_paths(senate)) == {"/robots.txt"}


@pytest.mark.soak
def test_no_robots_txt_allows_everything(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.robots(text="User-agent: *\nDisallow: /\n", status=404)
    assert workspace.crawl()["senate"]["new"] == 8


def test_a_refusal_puts_the_source_to_rest(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.robots(status=429)
    ran = workspace.run("crawl")
    assert ran.status == 1
    said = "robots.txt refuses us with status 429; it is left alone until "
    assert said in ran.stderr
    senate.lift()
    again = workspace.run("crawl")
    assert again.status == 1
    assert said in again.stderr
    assert _paths(senate) == ["/robots.txt"]


@pytest.mark.soak
def test_all_is_forbidden(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.robots(forbid=["/"])
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "/robots.txt forbids every start page" in ran.stderr
    assert _paths(senate) == ["/robots.txt"]


def test_forbidden_addresses_are_never_asked(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    forbidden = kazpravda.articles[:3]
    kazpravda.robots(forbid=["/kk/", "/r/", "/en/r/", *(one.path for one in forbidden)])
    kazpravda.redirect("/en/", "/kk/closed")
    ran = workspace.run("crawl")
    assert ran.status == 3
    assert "needs a look: robots.txt forbids https://kazpravda.kz/kk/" in ran.stderr
    assert "redirects to https://kazpravda.kz/kk/closed; robots.txt forbids it" in ran.stderr
    asked = _paths(kazpravda)
    assert not [path for path in asked if path.startswith(("/kk/", "/r/"))]
    assert not {one.path for one in forbidden}.intersection(asked)
    rows = workspace.rows("SELECT url FROM failures WHERE stage = 'robots'")
    known = {one.url for one in forbidden if one.language == "ru"}
    assert {url for (url,) in rows} == known
    kazpravda.lift()
    assert workspace.crawl()["kazpravda"]["outcome"] == "done"
    assert workspace.count("items") == 8
    assert workspace.count("failures WHERE stage = 'robots'") == 0


@pytest.mark.parametrize("sent", ["as it is", "cut"])
def test_a_file_that_is_not_what_its_coding_says_is_obeyed_as_far_as_it_goes(
    workspace: Workspace, kazpravda: Replica, sent: str
) -> None:
    workspace.point_at(kazpravda)
    rules = b"User-agent: *\nDisallow: /n/\nDisallow: /kk/n/\nDisallow: /en/n/\n"
    body = rules if sent == "as it is" else gzip.compress(rules)[:-4]
    kazpravda.answer("/robots.txt", headers={"Content-Encoding": "gzip"}, body=body)
    ran = workspace.run("crawl")
    assert ran.status == (0 if sent == "as it is" else 3), ran.stderr
    assert "/robots.txt is read as far as it goes: the body is not gzip: " in ran.stderr
    asked = _paths(kazpravda)
    assert len(asked) > 10
    assert not [path for path in asked if "/n/" in path]


def test_a_file_of_which_nothing_can_be_read_ends_the_crawl(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    body = gzip.compress(b"User-agent: *\nDisallow: /\n")[:15]
    senate.answer("/robots.txt", headers={"Content-Encoding": "gzip"}, body=body)
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "/robots.txt can't be read: the body is not gzip: it ends too early" in ran.stderr
    assert _paths(senate) == ["/robots.txt"]


@pytest.mark.soak
def test_a_redirect_on_the_site_is_followed_and_one_elsewhere_is_not(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    senate.redirect("/robots.txt", "/rules.txt", times=1)
    senate.answer("/rules.txt", body="User-agent: *\nDisallow: /\n")
    assert "forbids every start page" in workspace.run("crawl").stderr
    assert _paths(senate) == ["/robots.txt", "/rules.txt"]
    senate.forget_requests()
    senate.redirect("/robots.txt", "https://elsewhere.example/robots.txt")
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert "redirects to https://elsewhere.example/robots.txt, which is not the source's" in (
        ran.stderr
    )
    assert _paths(senate) == ["/robots.txt"]
