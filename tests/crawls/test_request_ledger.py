"""The politeness ledger of real crawls, held against what the site was asked."""

from __future__ import annotations

import signal
from typing import Any

from tests.sites.replica import Replica
from tests.workspace import Workspace, finish


def _today(workspace: Workspace) -> dict[str, Any]:
    """The ledger of the days on which the test ran, as one: midnight may fall between."""
    ran = workspace.run("status", "--json")
    days: list[dict[str, Any]] = ran.json[0]["politeness"]
    assert 1 <= len(days) <= 2
    summed = {name: sum(day[name] for day in days) for name in days[0] if name in _SUMS}
    return summed | {"least_wait_seconds": min(day["least_wait_seconds"] for day in days)}


_SUMS = (
    "requests", "unanswered", "bytes", "not_modified", "refusals", "pauses", "robots_asked",
    "robots_forbidden", "too_early",
)  # fmt: skip


def test_the_ledger_is_what_the_site_was_asked(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, delay=0.05)
    workspace.crawl("--limit", 3)
    first = _today(workspace)
    assert first["requests"] == len(senate.requests())
    assert (first["robots_asked"], first["refusals"], first["too_early"]) == (1, 0, 0)
    assert first["least_wait_seconds"] >= 0.05
    lengths = workspace.rows("SELECT status FROM captures")
    assert first["not_modified"] == sum(status == 304 for (status,) in lengths)
    workspace.crawl()
    both = _today(workspace)
    assert both["requests"] == len(senate.requests())
    assert both["not_modified"] > 0
    assert both["not_modified"] == sum(one.status == 304 for one in senate.requests())
    assert both["bytes"] > first["bytes"] > 0


def test_a_refusal_and_a_forbidden_address_are_in_the_ledger(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    forbidden, *_ = senate.articles
    senate.robots(forbid=[forbidden.path])
    senate.answer("/kk-KZ", status=403)
    workspace.crawl(status=1)
    told = _today(workspace)
    assert told["refusals"] == 1
    assert told["robots_asked"] == 1


def test_a_killed_crawl_leaves_most_of_its_requests_in_the_ledger(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, delay=0.05)
    crawl = workspace.start("crawl")
    senate.wait_for("/ru-RU")
    asked_before = len(senate.requests())
    senate.wait_for(senate.articles[0])
    crawl.send_signal(signal.SIGKILL)
    assert finish(crawl).status == -signal.SIGKILL
    assert _today(workspace)["requests"] >= asked_before
