"""`kazpress check` against the replica, healthy and broken: the verdict names the right fault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from tests.kazpress.conftest import Run
from tests.pages.recorded import RecordedPage
from tests.seeds.recorded_site import RECORDED
from tests.sites.client import get
from tests.sites.replica import Replica
from tests.sites.requests import Request
from tests.sites.ways import Ways
from tests.workspace import Workspace

SITE = "https://kazpravda.kz"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Wait</body></html>"
UNDATED = re.compile(r"<time\b.*?</time>|<meta[^>]*datetime[^>]*>", re.DOTALL)
Checked = dict[str, Any]


@pytest.fixture(scope="module")
def news_running() -> Iterator[Replica]:
    ways = Ways(pagination="query", archive_date="dotted", feed="rss", feed_linked=True)
    with Replica("kazpravda", seed=3, count=12, ways=ways) as replica:
        yield replica


@pytest.fixture
def news(news_running: Replica) -> Iterator[Replica]:
    """Kazpravda with every way of finding."""
    news_running.reset()
    yield news_running
    news_running.lift()


def checked(workspace: Workspace, *options: object, status: int) -> Checked:
    """What a check told of the one source that is there."""
    ran = workspace.run("check", "--json", *options)
    assert "Traceback" not in ran.stderr, ran.stderr
    assert ran.status == status, ran.stdout + ran.stderr
    (one,) = ran.json
    told: Checked = one
    return told


def steps(told: Checked, step: str) -> list[Checked]:
    return [one for one in told["steps"] if one["step"] == step]


def told_of(replica: Replica, workspace: Workspace) -> tuple[Checked, int]:
    """What a check tells of a replica, and its status."""
    workspace.point_at(replica)
    ran = workspace.run("check", "--json")
    assert "Traceback" not in ran.stderr, ran.stderr
    (one,) = ran.json
    return one, ran.status


@dataclass(frozen=True, kw_only=True)
class HealthyCheck:
    """One check of the healthy site; the tests only look."""

    workspace: Workspace
    told: Checked
    requests: tuple[Request, ...]


@pytest.fixture(scope="module")
def healthy(news_running: Replica, tmp_path_factory: pytest.TempPathFactory) -> HealthyCheck:
    news_running.reset()
    workspace = Workspace(tmp_path_factory.mktemp("healthy"))
    workspace.point_at(news_running)
    told = checked(workspace, status=0)
    return HealthyCheck(workspace=workspace, told=told, requests=news_running.requests())


def test_a_healthy_site_is_found_so_by_every_way(healthy: HealthyCheck, news: Replica) -> None:
    told = healthy.told
    assert told["verdict"].startswith("kazpravda: healthy: ")
    ways = {one["target"]: one for one in steps(told, "way")}
    assert {name: one["ok"] for name, one in ways.items()} == dict.fromkeys(
        ("listing", "feed", "sitemap", "archive"), True
    )
    newest = max(one.day for one in news.articles).isoformat()
    assert ways["listing"]["newest"] == ways["feed"]["newest"] == newest
    assert any("%d.%m.%Y" in one["detail"] for one in steps(told, "archive"))
    assert [one["status"] for one in steps(told, "further page")] == ["absent"]
    assert {one["status"] for one in steps(told, "listing")} <= {"ok", "absent", "empty"}
    assert all(page["fields"]["title"]["read_by"] == "layout" for page in told["pages"])
    assert told["requests"] == len(healthy.requests) <= 50
    agents = {one.header("User-Agent") for one in healthy.requests}
    assert [agent and agent.startswith("kazpress/") for agent in agents] == [True]
    assert {one.name for one in healthy.workspace.path.iterdir()} == {"kazpress.toml"}


def test_a_check_says_what_it_asks_while_it_asks(news: Replica, workspace: Workspace) -> None:
    workspace.point_at(news)
    ran = workspace.run("check")
    told = [line.partition("kazpravda: ")[2] for line in ran.stderr.splitlines()]
    assert told[0] == f"looks up {news.url} and connects"
    assert told[1] == f"asks {SITE}/robots.txt"
    asked = [line for line in told[1:] if line.startswith(f"asks {SITE}/")]
    assert len(asked) == len(told) - 1 == len(news.requests())
    assert workspace.run("check", "-q").stderr == ""


def emptied(site: Replica) -> None:
    site.empty(re.compile("^/(?!n/)"))
    site.without("feed", "sitemap", "archive")


BROKEN: dict[str, tuple[Callable[[Replica], object], int, str]] = {
    "robots unavailable": (
        lambda site: site.robots(status=503), 1, "robots.txt answers 503, so nothing may be asked",
    ),
    "robots forbids": (lambda site: site.robots(forbid=["/"]), 1, "forbids every start page"),
    "robots refused": (lambda site: site.robots(status=403), 1, "refuses us with status 403"),
    "refused": (
        lambda site: site.answer(re.compile("^/(?!robots)"), status=403), 1,
        "https://kazpravda.kz/ refuses us with status 403",
    ),
    "articles refused": (
        lambda site: site.answer(re.compile("/n/"), status=403), 1,
        "2 are refused (with status 403)",
    ),
    "challenge": (
        lambda site: site.answer(re.compile("^/(?!robots)"), status=200, body=CHALLENGE), 1,
        "answers with a challenge page",
    ),
    "moved": (
        lambda site: site.move_away(), 1,
        "redirects to https://elsewhere.example/, which is not the source's; the site has moved",
    ),
    "shell": (lambda site: site.shell(), 1, "the site has turned into a shell"),
    "empty": (emptied, 1, "no listing, and no other way of finding, leads to any article"),
    "broken sitemap": (
        lambda site: site.bad_sitemap("truncated"), 3, "sitemap.xml is no whole sitemap"
    ),
    "sitemap named and absent": (
        lambda site: site.without("sitemap"), 3, "https://kazpravda.kz/sitemap.xml answers 404",
    ),
    "listing broken": (
        lambda site: site.answer("/r/sport/", status=500), 3, "/r/sport/ answers 500",
    ),
    "same page for ever": (
        lambda site: site.same_pages("/r/kultura/"), 3, "leads to the same articles",
    ),
    "classes renamed": (
        lambda site: site.rename_classes(), 3, "on 9 of 9 pages: the layout has changed; save the",
    ),
}  # fmt: skip


OFTEN = (
    "robots unavailable", "moved", "shell", "broken sitemap", "listing broken",
    "same page for ever", "classes renamed",
)  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [pytest.param(one, marks=() if one in OFTEN else pytest.mark.soak) for one in BROKEN],
)
def test_the_verdict_names_the_fault(fault: str, news: Replica, workspace: Workspace) -> None:
    broken, status, said = BROKEN[fault]
    broken(news)
    told, ended = told_of(news, workspace)
    assert told["verdict"].startswith("kazpravda: ")
    assert said in told["verdict"]
    assert told["status"] == ("failed" if status == 1 else "look")
    assert ended == status
    assert told["requests"] == len(news.requests()) <= 50


def test_a_refused_check_asks_nothing_more(workspace: Workspace, news: Replica) -> None:
    news.answer("/", status=403)
    workspace.point_at(news)
    told = checked(workspace, status=1)
    assert "https://kazpravda.kz/ refuses us with status 403" in told["verdict"]
    assert [one.path for one in news.requests()] == ["/robots.txt", "/"]


def test_a_check_is_no_louder_than_a_crawl(workspace: Workspace, news: Replica) -> None:
    news.robots(crawl_delay=0.3)
    news.answer("/kk/", status=403)
    workspace.point_at(news, delay=0.1)
    checked(workspace, status=1)
    at = [one.monotonic for one in news.requests()]
    assert len(at) == 3
    assert at[1] - at[0] >= 0.3
    assert at[2] - at[1] >= 0.3


def test_a_source_at_rest_or_being_crawled_is_left_alone(
    workspace: Workspace, news: Replica
) -> None:
    workspace.point_at(news)
    news.robots(status=403)
    workspace.crawl(status=1)
    news.forget_requests()
    told = checked(workspace, status=1)
    assert "it is left alone until" in told["verdict"]
    with source_lock(workspace.archive, "kazpravda", "crawl", utc_now()):
        held = checked(workspace, status=75)
    assert held["status"] == "held"
    assert "another process asks the site now" in held["verdict"]
    assert news.requests() == ()


@pytest.mark.parametrize("latest", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_the_senate_with_further_pages_other_markup_and_as_a_shell(
    latest: bool, workspace: Workspace
) -> None:
    with Replica("senate", seed=1, count=40, ways=Ways(shell_latest=latest)) as senate:
        told, _ = told_of(senate, workspace)
        assert told["status"] == "healthy"
        assert [one["status"] for one in steps(told, "further page")] == ["ok"]
        senate.rename_classes()
        assert told_of(senate, workspace)[0]["status"] == "healthy"
        senate.shell()
        assert "the site has turned into a shell" in told_of(senate, workspace)[0]["verdict"]


def test_a_dead_site_and_an_unknown_name_fail_before_any_request(
    workspace: Workspace, news: Replica
) -> None:
    news.stop()
    gone = {"base_url": "http://senate.invalid", "enabled": True}
    workspace.point_at(news, senate=gone)
    ran = workspace.run("check", "--json")
    assert ran.status == 1
    told = {one["source"]: one for one in ran.json}
    assert "the connection is refused; the site is down" in told["kazpravda"]["verdict"]
    assert "senate.invalid the host's name is not known" in told["senate"]["verdict"]
    assert [one["requests"] for one in ran.json] == [0, 0]


@pytest.mark.soak
def test_a_way_that_stopped_is_known_from_the_database(workspace: Workspace, news: Replica) -> None:
    workspace.point_at(news)
    workspace.crawl()
    before = (workspace.db.read_bytes(), sorted(workspace.path.rglob("*")))
    news.without("feed", "archive")
    news.empty("/r/kultura/")
    told = checked(workspace, status=3)
    assert "more: see above" in told["verdict"]
    looks = {one["target"]: one["detail"] for one in told["steps"] if not one["ok"]}
    assert looks[f"{SITE}/r/kultura/"].startswith("links to no article any more, usually to ")
    assert "usually leads to" in looks[f"{SITE}/rss"]
    assert looks["feed"].startswith("leads to no article any more; it did until ")
    assert (workspace.db.read_bytes(), sorted(workspace.path.rglob("*"))) == before


def test_pages_are_saved_as_recorded_pages_and_never_over_another(
    workspace: Workspace, news: Replica
) -> None:
    bad = max(news.articles, key=lambda one: one.published)
    undated = UNDATED.sub("", get(news, bad.path).body.decode())
    news.answer(bad, body=undated)
    workspace.point_at(news)
    (workspace.path / "tests" / "pages").mkdir(parents=True)
    ran = workspace.run("check", "--save", "kazpravda")
    assert ran.status == 3, ran.stdout + ran.stderr
    assert f"1 has no date that any step finds, {bad.url} first" in ran.stdout
    folders = sorted((workspace.path / "tests" / "pages" / "kazpravda").iterdir())
    failed = [one for one in folders if one.name == "failed-" + bad.language + "-1"]
    assert json.loads((failed[0] / "failure.json").read_text())["reason"] == "no-date"
    assert (failed[0] / "page.html").read_text() == undated
    good = next(one for one in folders if one.name.startswith("2021-"))
    assert json.loads((good / "expected.json").read_text())["layout"] == "2021"
    assert json.loads((good / "page.json").read_text())["url"].startswith(SITE)
    for folder in folders:
        page = RecordedPage(folder=folder)
        assert page.read() == page.expected()
        if not page.fails:
            assert page.layout == page.read().get("layout", "structured")
        assert (folder / "why.md").read_text().count("\n") == 1
    kept = {one: one.read_bytes() for one in good.parent.rglob("*.*")}
    again = workspace.run("check", "kazpravda", "--save")
    assert "is this page, read alike" in again.stderr
    assert {one: one.read_bytes() for one in good.parent.rglob("*.*")} == kept


def test_a_replay_looks_at_files_without_the_network(workspace: Workspace) -> None:
    ran = workspace.run("check", "--json", "--replay", RECORDED)
    assert ran.status == 0, ran.stdout + ran.stderr
    for one in ran.json:
        assert {"name", "tls", "robots"}.isdisjoint(step["step"] for step in one["steps"])
        assert one["requests"] == 0
        assert sum(page["ok"] for page in one["pages"]) >= 8
    assert list(workspace.path.iterdir()) == []


def test_the_text_ends_with_the_verdicts(workspace: Workspace) -> None:
    ran = workspace.run("check", "senate", "--replay", RECORDED)
    assert ran.stdout.splitlines()[-1].startswith("senate: healthy: listing and number lead to")
    assert re.search(r"title +layout +\S", ran.stdout)


def test_each_selector_is_shown_with_how_many_pages_it_matches(
    healthy: HealthyCheck, news: Replica
) -> None:
    told = healthy.told
    matched = {(one["field"], one["selector"]): one["matched"] for one in told["selectors"]}
    assert {(one["layout"], one["pages"]) for one in told["selectors"]} == {("2021", 9)}
    assert matched["title", "h1.article__title"] == matched["published_meta", "aiturec:datetime"]
    assert matched["title", "h1.article__title"] == 9
    assert matched["authors", ".article__author"] == 0
    assert "2021 title h1.article__title: matched on 9 of 9 pages" in (
        healthy.workspace.run("check").stdout
    )


@pytest.mark.soak
def test_an_index_of_sitemaps_stays_what_it_was_after_a_crawl(
    workspace: Workspace, news: Replica
) -> None:
    workspace.point_at(news)
    workspace.crawl()
    told = checked(workspace, status=0)
    details = [one["detail"] for one in steps(told, "sitemap")]
    assert details[0] == "names 1 sitemap"
    assert len(details) == 2


def test_wrong_usage_is_told_before_anything_runs(run: Run, tmp_path: Path) -> None:
    assert run("check", "kazprawda").status == 2
    assert run("check", "--replay", tmp_path / "none.warc").status == 1
