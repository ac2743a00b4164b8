"""100 crawls of both sites in a row, each with a fault: what is there at the end is what one crawl
without any finds.
"""

from __future__ import annotations

import gzip
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from statistics import mean

import pytest

from tests.sites.replica import Replica
from tests.soak.crawling import Crawling
from tests.soak.faults import EVERYTHING, Step, befall, drawn
from tests.workspace import Workspace, stable

pytestmark = pytest.mark.soak

_SEED = 13
_SECONDS = 15 * 60
_TIMES = ("first_seen", "last_changed", "gone", "story")
_SLACK_BYTES = 4 << 20
_LOCKED_SECONDS = 3
_WELL = frozenset({0, 3})
_FAILED = frozenset({0, 1, 3})
_STATUSES = {
    "none": _WELL,
    "answers 500": _FAILED,
    "slow answers": _WELL,
    "cut bodies": _FAILED,
    "reset connections": _FAILED,
    "site down": _FAILED,
    "crawl killed": frozenset({-9, 137}),
    "full disk": _FAILED,
    "locked database": _WELL,
}


def test_a_hundred_crawls_with_faults_lose_and_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time.monotonic()
    with (
        Replica("kazpravda", seed=_SEED, count=8) as kazpravda,
        Replica("senate", seed=_SEED, count=8) as senate,
    ):
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        monkeypatch.setenv("TMPDIR", str(temporary))
        sites = (kazpravda, senate)
        workspace = _folder(tmp_path, "crawled")
        with Crawling(workspace, sites) as crawling:
            resident = _crawl_with_faults(crawling, sites)
            _retry_what_failed(crawling)
            assert crawling.stop_daemon() == 0
            assert crawling.processes() == []
            assert "Traceback" not in crawling.log
            reloads = crawling.reloads
        clean = _folder(tmp_path, "clean")
        clean.point_at(*sites)
        assert clean.run("crawl", "--since", "2013-11-12").status in {0, 3}
        published = {one.url for site in sites for one in site.articles}
    _equal(workspace, clean, published)
    assert list(temporary.iterdir()) == []
    third = len(resident) // 3
    first, last = mean(resident[:third]), mean(resident[-third:])
    seconds = time.monotonic() - began
    told = (
        f"{Counter(step.kind for step in drawn(_SEED))}, {reloads} SIGHUP, {len(published)} items"
    )
    outcomes = workspace.rows("SELECT outcome, count(*) FROM crawls GROUP BY outcome")
    sys.stderr.write(f"{told}, {outcomes}, {first:.0f} and {last:.0f} bytes, {seconds:.0f} s\n")
    assert last < first + _SLACK_BYTES
    assert seconds < _SECONDS


def _folder(path: Path, name: str) -> Workspace:
    return Workspace(path).beside(name)


def _crawl_with_faults(crawling: Crawling, sites: tuple[Replica, Replica]) -> list[int]:
    """The daemon's memory after each step of its last life."""
    crawling.workspace.crawl()
    crawling.start_daemon()
    resident: list[int] = []
    for number, step in enumerate(drawn(_SEED)):
        for site, count in zip(sites, step.news, strict=True):
            if count:
                site.publish(count)
            site.forget_requests()
        befall(step, sites)
        _crawl(crawling, sites, step)
        assert crawling.processes() == [], (number, step)
        assert crawling.idle(), (number, step)
        resident = [] if step.kind == "daemon killed" else [*resident, crawling.resident_bytes]
    return resident


def _crawl(crawling: Crawling, sites: tuple[Replica, Replica], step: Step) -> None:
    if step.kind == "wrong configuration":
        crawling.refuse_configuration()
    room = _room(crawling.workspace, step) if step.kind == "full disk" else None
    end = crawling.begin(step.by, file_bytes=room)
    if step.kind == "daemon killed":
        for site in sites:
            site.wait_for(EVERYTHING, count=step.request)
        crawling.kill_daemon()
        crawling.start_daemon()
    else:
        _meanwhile(crawling, sites[step.site], step)
        ran = end()
        if ran is not None:
            assert "Traceback" not in f"{ran.stdout}{ran.stderr}", (step, ran)
            assert ran.status in _STATUSES[step.kind], (step, ran)
    for site in sites:
        site.start()
        site.lift()
    if step.kind in {"crawl killed", "full disk"}:  # the daemon waits a minute after such a crawl
        ended = crawling.begin("hand")()
        assert ended is not None
        assert ended.status in {0, 3}, ended.stderr


def _meanwhile(crawling: Crawling, site: Replica, step: Step) -> None:
    if step.kind == "crawl killed":
        site.wait_for(EVERYTHING, count=step.request)
        crawling.kill_crawl(site.site)
    if step.kind == "locked database":
        site.wait_for(EVERYTHING, count=step.request)
        with closing(sqlite3.connect(crawling.workspace.db, timeout=60)) as other:
            other.execute("BEGIN IMMEDIATE")
            site.lift()
            time.sleep(_LOCKED_SECONDS)
            other.rollback()


def _room(workspace: Workspace, step: Step) -> int:
    """So large a file may be: the archive's largest, and little more."""
    return max(file.stat().st_size for file in workspace.archive_files()) + 500 * step.request


def _retry_what_failed(crawling: Crawling) -> None:
    """Crawl as if a day had passed since the last failure."""
    with closing(sqlite3.connect(crawling.workspace.db)) as db, db:
        db.execute(
            "UPDATE addresses SET next_try = '2020-01-01T00:00:00.000000Z'"
            " WHERE state IN ('failed', 'refused')"
        )
    crawling.workspace.crawl()


def _equal(workspace: Workspace, clean: Workspace, published: set[str]) -> None:
    items = workspace.items()
    assert published - set(items) == set()
    assert set(items) - published == set()
    assert stable(workspace.export(), _TIMES) == stable(clean.export(), _TIMES)
    assert workspace.count("revisions") == len(items)
    ((new,),) = workspace.rows("SELECT sum(new) FROM crawls")
    assert new <= len(items)
    assert workspace.rows("SELECT sum(updated), sum(gone) FROM crawls") == [(0, 0)]
    assert workspace.rows("PRAGMA integrity_check") == [("ok",)]
    for file in workspace.archive_files():
        gzip.decompress(file.read_bytes())
    twice = workspace.rows(
        "SELECT url FROM captures WHERE article = 1 AND outcome = 'reading' GROUP BY url"
        " HAVING count(*) > 1"
    )
    assert twice == []
    assert workspace.rows("SELECT id FROM crawls WHERE outcome IS NULL") == []
    of_daemon = {"kazpress", "kazpress.db.daemon.lock", "index.lock"}
    assert _names(workspace) - _names(clean) - of_daemon == set()


def _names(workspace: Workspace) -> set[str]:
    """What is in its folder but for the archive's files, and their indexes, which the daemon makes
    once a day.
    """
    names = {path.name for path in workspace.path.rglob("*")}
    return {name for name in names if not name.endswith((".warc.gz", ".cdxj"))}
