"""`scrapy list` and `scrapy crawl` in a checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from spiders.sources import SOURCES
from tests.sites.replica import Replica
from tests.workspace import ROOT, Workspace

_SCRAPY = Path(sys.executable).with_name("scrapy")


def _scrapy(*arguments: str, cwd: Path, workspace: Workspace) -> subprocess.CompletedProcess[str]:
    where = {} if cwd == ROOT else {"SCRAPY_SETTINGS_MODULE": "spiders.settings"}
    environment = workspace.environment(where)
    return subprocess.run(
        [_SCRAPY, *arguments], cwd=cwd, env=environment, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def test_scrapy_knows_the_sources(workspace: Workspace) -> None:
    listed = _scrapy("list", cwd=ROOT, workspace=workspace)
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines() == sorted(SOURCES)


def test_scrapy_crawls_a_source(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    crawled = _scrapy("crawl", "senate", cwd=workspace.path, workspace=workspace)
    assert crawled.returncode == 0, crawled.stderr
    assert "Traceback" not in crawled.stderr
    assert workspace.rows("SELECT outcome, new FROM crawls") == [("done", 8)]
    agents = {one.header("User-Agent") for one in senate.requests()}
    assert agents == {"kazpress/0.1.0 (+mailto:test@example.org)"}
