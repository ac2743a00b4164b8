"""A quiet crawl, as cron runs it, prints nothing unless something failed or needs a look."""

from __future__ import annotations

import re

import pytest

from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from tests.sites.replica import Replica
from tests.workspace import Workspace


@pytest.mark.parametrize("arguments", [("-q", "crawl"), ("crawl", "-q"), ("crawl", "--quiet")])
def test_nothing_is_printed_of_crawls_that_are_well(
    workspace: Workspace, senate: Replica, arguments: tuple[str, ...]
) -> None:
    workspace.point_at(senate)
    for _ in ("with news", "without"):
        ran = workspace.run(*arguments)
        assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")
    assert workspace.count("items") == len(senate.articles)


def test_what_is_for_machines_is_printed_always(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    ran = workspace.run("-q", "crawl", "--json")
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.summaries["senate"]["new"] == len(senate.articles)


def test_a_failure_is_printed(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.robots(status=503)
    ran = workspace.run("crawl", "-q")
    assert ran.status == 1
    assert re.search(r"^senate +failed ", ran.stdout, re.MULTILINE)
    (said,) = ran.stderr.splitlines()
    assert said.startswith("kazpress: senate: ")


def test_what_needs_a_look_is_printed(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    assert workspace.run("crawl", "-q").status == 0
    kazpravda.empty(re.compile("^/(?!n/)"))
    ran = workspace.run("crawl", "-q")
    assert ran.status == 3
    assert re.search(r"^kazpravda +done ", ran.stdout, re.MULTILINE)
    assert "kazpress: kazpravda: needs a look: " in ran.stderr


def test_nothing_is_printed_where_another_process_crawls(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    with source_lock(workspace.archive, "senate", "crawl", utc_now()):
        ran = workspace.run("crawl", "-q")
        assert (ran.status, ran.stdout, ran.stderr) == (75, "", "")
        assert "senate is held by process" in workspace.run("crawl").stderr


def test_the_libraries_are_heard_with_v_twice(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    said = [workspace.run("crawl", *more).stderr for more in ((), ("-v",), ("-vv",))]
    assert ["senate: asks https://senate.parlam.kz/" in one for one in said] == [False, True, True]
    assert ["Telnet" in one or "Spider opened" in one for one in said] == [False, False, True]
