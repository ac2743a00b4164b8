"""One writer a source: who comes second is told who is first."""

from __future__ import annotations

import re

from tests.sites.replica import Replica
from tests.workspace import Workspace, finish


def test_the_second_crawl_of_a_source_is_held(
    workspace: Workspace, senate: Replica, kazpravda: Replica
) -> None:
    workspace.point_at(senate, kazpravda)
    senate.hold("/ru-RU")
    first = workspace.start("crawl", "senate", "--json")
    senate.wait_for("/ru-RU")
    second = workspace.run("crawl", "senate", "--json")
    assert second.status == 75
    assert re.search(
        rf"senate is held by process {first.pid} \(crawl, since 20[-\d]+ \d\d:\d\d\)", second.stderr
    )
    (summary,) = second.json
    assert (summary["outcome"], summary["crawl"], summary["requests"]) == ("held", None, 0)
    both = workspace.run("crawl", "--json")
    assert both.status == 0, both.stderr
    outcomes = {name: one["outcome"] for name, one in both.summaries.items()}
    assert outcomes == {"senate": "held", "kazpravda": "done"}
    assert workspace.run("reparse").status == 75
    senate.lift()
    ran = finish(first)
    assert ran.status == 0, ran.stderr
    assert ran.summaries["senate"]["new"] == 8
    assert len(senate.requests("/robots.txt")) == 1


def test_an_archive_that_cannot_be_made_is_one_sentence(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    workspace.archive.write_text("a file stands here", encoding="utf-8")
    ran = workspace.run("crawl")
    assert ran.status == 1
    assert ran.stderr.startswith(f"kazpress: {workspace.archive.name}")
    assert "Traceback" not in ran.stderr
