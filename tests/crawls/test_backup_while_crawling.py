"""A backup that is made in mid-crawl is whole, and a crawl goes on from it."""

from __future__ import annotations

import re

from tests.sites.replica import Replica
from tests.workspace import Workspace, finish, stable

_ARTICLE = re.compile("/n/")
_TIMES = ("first_seen", "last_changed", "gone", "story")


def test_a_crawl_goes_on_from_a_backup_of_mid_crawl(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    kazpravda.hold(_ARTICLE)
    kazpravda.slow(_ARTICLE, times=4)
    process = workspace.start("crawl", "--json")
    kazpravda.wait_for(_ARTICLE, count=5)
    ran = workspace.run("backup", "backups")
    assert ran.status == 0, ran.stderr
    kazpravda.lift()
    assert finish(process).status == 0

    other = workspace.beside("other")
    other.point_at(kazpravda)
    restored = other.run("restore", f"../{ran.stdout.strip()}")
    assert restored.status == 0, restored.stderr
    kazpravda.forget_requests()
    assert other.crawl()["kazpravda"]["outcome"] == "done"
    asked = [one for one in kazpravda.requests() if _ARTICLE.search(one.path)]
    assert len(asked) == 8 - 4, "what the backup's archive has is not asked again"
    assert stable(other.export(), _TIMES) == stable(workspace.export(), _TIMES)
    assert other.run("reparse", "--db", "again.db").status == 0
    assert other.export("--db", "again.db") == other.export()
