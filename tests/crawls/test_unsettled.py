"""Items of a backfill whose stories wait are settled at its end, or by the next that opens the
database.
"""

import re
import signal
from collections.abc import Sequence

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace, stop

_ARTICLE = re.compile("/n/")
_DAYS = ("--since", "2024-01-01", "--until", "2024-03-31")
"""Those of the replica's first articles."""


def _unsettled(workspace: Workspace) -> int:
    ran = workspace.run("status", "--json")
    assert ran.status == 0, ran.stderr
    return sum(one["unsettled"] for one in ran.json)


def _check_as_reparsed(workspace: Workspace) -> None:
    assert workspace.run("reparse", "--db", "again.db").status == 0
    assert workspace.export("--db", "again.db") == workspace.export()


def test_a_backfill_settles_its_stories_at_its_end(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    assert workspace.crawl("kazpravda", *_DAYS)["kazpravda"]["new"] > 0
    assert _unsettled(workspace) == 0
    _check_as_reparsed(workspace)


@pytest.mark.parametrize(
    "then", [("crawl", "kazpravda", *_DAYS), ("reparse",)], ids=["it goes on", "a reparse"]
)
def test_one_that_was_stopped_leaves_them_to_the_next_command(
    workspace: Workspace, kazpravda: Replica, then: Sequence[str]
) -> None:
    workspace.point_at(kazpravda)
    kazpravda.hold(_ARTICLE)
    kazpravda.slow(_ARTICLE, times=3)
    process = workspace.start("crawl", "kazpravda", *_DAYS)
    kazpravda.wait_for(_ARTICLE, count=4)
    stop(process, signal.SIGTERM)
    kazpravda.lift()
    assert _unsettled(workspace) == 3
    assert "items whose stories are still to be settled: 3" in workspace.run("status").stdout
    told = workspace.run("export", "--output", "items.jsonl").stderr
    assert "3 items are not compared with others yet" in told
    stories = [one["story"] for one in workspace.items().values()]
    assert len(set(stories)) == len(stories) == 3
    assert workspace.run(*then).status == 0
    assert _unsettled(workspace) == 0
    _check_as_reparsed(workspace)
