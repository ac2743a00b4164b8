"""`--limit` asks for few, and what is left comes with the next crawls."""

from __future__ import annotations

import re

from tests.sites.replica import Replica
from tests.workspace import Workspace, stable

_ARTICLE = re.compile("/n/|/news/details/")
_TIMES = ("first_seen", "last_changed", "gone", "story")


def test_limited_crawls_end_as_one_does(
    workspace: Workspace, kazpravda: Replica, senate: Replica
) -> None:
    workspace.point_at(kazpravda, senate)
    workspace.crawl("--limit", 9)
    assert len(kazpravda.requests(_ARTICLE)) + len(senate.requests(_ARTICLE)) == 9
    assert workspace.count("items") == 9
    workspace.crawl("--limit", 100)
    assert workspace.count("items") == 16
    limited = workspace.export()
    ran = workspace.run(
        "crawl", "--db", "whole.db", "--archive", "whole-archive", "senate", "kazpravda"
    )
    assert ran.status == 0, ran.stderr
    assert stable(limited, _TIMES) == stable(workspace.export("--db", "whole.db"), _TIMES)


def test_a_limit_below_nothing_is_refused(workspace: Workspace) -> None:
    assert workspace.run("crawl", "--limit", -1).status == 2
