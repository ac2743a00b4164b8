"""Backfills of whole sites, killed and resumed: `make soak`. Minutes, so no part of `make test`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.sites.content import SiteName
from tests.sites.replica import Replica
from tests.sites.thin import Thin
from tests.sites.ways import Way, Ways
from tests.workspace import Workspace

pytestmark = pytest.mark.soak

_EVERYTHING = re.compile("")
_KILLS = 5
_SINCE = "2013-11-12"
_LARGE = 20_000
_SMALL = 1_500
_MOST_MEGABYTES = 300
_CLOSED: dict[SiteName, tuple[Way, ...]] = {
    "kazpravda": ("listing", "pagination", "archive", "sitemap", "feed", "front"),
    "senate": ("listing", "pagination", "front", "numbers"),
}
_CASES = [(site, way) for site, ways in _CLOSED.items() for way in ways]


def _site(site: SiteName, count: int, seed: int) -> Replica:
    span = Thin(since=date(2013, 11, 12), until=date(2026, 11, 20), shared_numbers=seed % 2 == 0)
    ways = replace(Ways.drawn(site, seed), old_addresses="absent")
    return Replica(site, seed=seed, count=count, thin=span, ways=ways)


def _kill_and_resume(workspace: Workspace, site: Replica, kills: list[int]) -> int:
    """Crawl to the end, killed -9 at these requests; the status of the last run. No run may take
    more memory than is promised, however long it is.
    """
    for number in kills:
        process = _start(workspace, site)
        site.wait_for(_EVERYTHING, count=number, seconds=1200)
        process.kill()
        _wait(process)
    return _wait(_start(workspace, site))


def _start(workspace: Workspace, site: Replica) -> subprocess.Popen[str]:
    return workspace.start("crawl", site.site, "--since", _SINCE, stderr=subprocess.DEVNULL)


def _wait(process: subprocess.Popen[str]) -> int:
    """Its status; what it prints at the end fits into the pipe."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.communicate()
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024
    assert usage.ru_maxrss / unit < _MOST_MEGABYTES
    return process.returncode


def _missing(workspace: Workspace, site: Replica) -> set[str]:
    stored = workspace.rows("SELECT url FROM addresses WHERE item IS NOT NULL")
    return {one.url for one in site.paths()} - {row[0] for row in stored}


def _asked_again(site: Replica) -> dict[str, int]:
    asked = Counter(one.path for one in site.requests() if one.path != "/robots.txt")
    return {path: count - 1 for path, count in asked.items() if count > 1}


@pytest.mark.parametrize("site", ["kazpravda", "senate"])
def test_a_whole_site_is_found_once_however_often_the_backfill_is_killed(
    tmp_path: Path, site: SiteName
) -> None:
    seed = 4
    kills = sorted(Random(seed).sample(range(200, _LARGE), _KILLS))  # it asks for more than that
    workspace = Workspace(tmp_path)
    with _site(site, _LARGE, seed) as replica:
        workspace.point_at(replica)
        status = _kill_and_resume(workspace, replica, kills)
        assert _missing(workspace, replica) == set()
        assert sum(_asked_again(replica).values()) <= _KILLS
    assert status == 0
    twice = workspace.rows(
        "SELECT url FROM captures WHERE article = 1 AND outcome = 'reading' GROUP BY url"
        " HAVING count(*) > 1"
    )
    assert twice == []
    assert workspace.count("proven_days") > 0


@pytest.mark.parametrize(("site", "closed"), _CASES)
def test_what_one_way_misses_another_finds(tmp_path: Path, site: SiteName, closed: Way) -> None:
    workspace = Workspace(tmp_path)
    with _site(site, _SMALL, seed=7) as replica:
        workspace.point_at(replica)
        replica.without(closed)
        status = _kill_and_resume(workspace, replica, [100, 700])
        assert _missing(workspace, replica) == set()
        assert sum(_asked_again(replica).values()) <= 2
    assert status in (0, 3)
