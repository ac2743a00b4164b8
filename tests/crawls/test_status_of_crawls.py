"""What `status` says of crawls that run, are killed, are stopped, and wait."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace, finish, stop


def _check(workspace: Workspace) -> tuple[int, str]:
    ran = workspace.run("status", "--check")
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1
    return ran.status, ran.stdout


def _senate(workspace: Workspace) -> dict[str, Any]:
    told: dict[str, Any] = workspace.run("status", "--json").json[0]
    return told


@pytest.fixture
def slow(workspace: Workspace, senate: Replica) -> Replica:
    """The Senate, on which a crawl takes some time."""
    workspace.point_at(senate, delay=0.2)
    return senate


def test_a_crawl_runs_and_is_killed_three_times(workspace: Workspace, slow: Replica) -> None:
    for time in (1, 2, 3):
        slow.forget_requests()
        crawl = workspace.start("crawl")
        slow.wait_for("/ru-RU")
        told = _senate(workspace)
        assert told["crawls"]["now"]["state"] == "crawling"
        assert told["crawls"]["killed_in_a_row"] == time - 1
        crawl.send_signal(signal.SIGKILL)
        assert finish(crawl).status == -signal.SIGKILL
        status, line = _check(workspace)
        assert status == (2 if time == 3 else 1), line
        assert "killed" in line
    workspace.crawl("--limit", 0)
    assert _check(workspace)[0] == 0


def test_a_stopped_crawl_is_no_fault(workspace: Workspace, slow: Replica) -> None:
    crawl = workspace.start("crawl")
    slow.wait_for("/ru-RU")
    stop(crawl, signal.SIGTERM)
    assert _check(workspace)[0] == 0
    assert _senate(workspace)["crawls"]["last_outcome"] == "stopped"


def test_a_refusal_is_critical_and_the_source_rests(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.answer("/ru-RU", status=403)
    workspace.crawl(status=1)
    status, line = _check(workspace)
    assert status == 2
    assert "refuses us with status 403; it is left alone until" in line
    now = _senate(workspace)["crawls"]["now"]
    assert now["state"] == "resting"
    assert now["until"] > _senate(workspace)["crawls"]["last_ended"]
