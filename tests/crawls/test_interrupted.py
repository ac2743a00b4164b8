"""A crawl that is killed, stopped, or runs out of disk loses nothing and is never silent."""

from __future__ import annotations

import gzip
import json
import random
import re
import resource
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace, finish, stable, stop

_ARTICLE = re.compile("/n/")
_TIMES = ("first_seen", "last_changed", "gone", "story")


def _hold(site: Replica, count: int) -> None:
    """Let the site answer all articles before the `count`-th, and that and the others never."""
    site.hold(_ARTICLE)
    site.slow(_ARTICLE, times=count - 1)


def _kill_behind(workspace: Workspace, site: Replica, *, count: int) -> list[str]:
    """Crawl, and kill -9 while the `count`-th article is asked; what was answered before."""
    _hold(site, count)
    process = workspace.start("crawl", site.site)
    site.wait_for(_ARTICLE, count=count)
    process.kill()
    process.communicate()
    answered = [one.path for one in site.requests()][:-1]
    site.lift()
    site.forget_requests()
    return answered


def _uninterrupted(tmp_path: Path, site: Replica) -> str:
    (tmp_path / "other").mkdir()
    other = Workspace(tmp_path / "other")
    other.point_at(site)
    other.crawl()
    return other.export()


def test_what_was_captured_before_a_kill_is_not_asked_again(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    answered = _kill_behind(workspace, kazpravda, count=3)
    articles = {one.path for one in kazpravda.articles}
    captured = articles.intersection(answered)
    assert len(captured) == 2
    summary = workspace.crawl()["kazpravda"]
    assert captured.isdisjoint(one.path for one in kazpravda.requests())
    assert summary["new"] == 6
    again = stable(workspace.export(), _TIMES)
    assert again == stable(_uninterrupted(workspace.path, kazpravda), _TIMES)
    for file in workspace.archive_files():
        gzip.decompress(file.read_bytes())
    ran = workspace.run("reparse", "--db", "again.db")
    assert ran.status == 0, ran.stderr
    assert workspace.export("--db", "again.db") == workspace.export()


@pytest.mark.soak
def test_a_torn_end_is_cut_off_and_said(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    _kill_behind(workspace, kazpravda, count=3)
    file = workspace.archive / "kazpravda-articles-000001.warc.gz"
    with file.open("r+b") as archive:
        archive.truncate(file.stat().st_size - 700)
    ran = workspace.run("crawl")
    assert ran.status == 0, ran.stderr
    assert "bytes of a torn record cut off at byte" in ran.stderr
    assert file.name in ran.stderr
    gzip.decompress(file.read_bytes())
    assert workspace.count("items") == 8


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, signal.SIGHUP, pytest.param(signal.SIGINT, marks=pytest.mark.soak)],
)
def test_a_signal_ends_a_crawl_behind_an_unanswered_request(
    workspace: Workspace, kazpravda: Replica, number: signal.Signals
) -> None:
    workspace.point_at(kazpravda)
    _hold(kazpravda, 3)
    process = workspace.start("crawl", "--json")
    kazpravda.wait_for(_ARTICLE, count=3)
    ran = stop(process, number)
    assert ran.status == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    (summary,) = ran.json
    assert (summary["outcome"], summary["new"]) == ("stopped", 2)
    assert workspace.count("items") == 2


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.soak)]
)
def test_a_crawl_that_waits_for_its_turn_stops_at_once(
    workspace: Workspace, senate: Replica, number: signal.Signals
) -> None:
    workspace.point_at(senate, delay=600)
    process = workspace.start("crawl", "--json")
    senate.wait_for("/robots.txt")
    ran = stop(process, number)
    assert [one["outcome"] for one in ran.json] == ["stopped"]
    assert len(senate.requests()) == 1


def test_a_full_disk_ends_the_crawl_and_leaves_whole_records(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    file = workspace.archive / "kazpravda-articles-000001.warc.gz"
    workspace.archive.mkdir()
    file.write_bytes(gzip.compress(_record(random.Random(1).randbytes(3_000_000))))
    size = file.stat().st_size
    room = size + 1000
    process = workspace.start(
        "crawl", "--json",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    ran = finish(process)
    assert ran.status == 1
    assert "can't be written (File too large)" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert [one["outcome"] for one in json.loads(ran.stdout)] == ["failed"]
    assert size <= file.stat().st_size <= room
    gzip.decompress(file.read_bytes())
    assert workspace.crawl()["kazpravda"]["outcome"] == "done"
    assert workspace.count("items") == 8


def _record(payload: bytes) -> bytes:
    """A WARC record that is nobody's capture."""
    head = (
        "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Date: 2026-03-04T12:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


@pytest.mark.soak
def test_a_database_that_another_program_locks_for_a_minute_costs_nothing(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    _hold(kazpravda, 3)
    process = workspace.start("crawl", "--json")
    kazpravda.wait_for(_ARTICLE, count=3)
    with closing(sqlite3.connect(workspace.db)) as other:
        other.execute("BEGIN IMMEDIATE")
        kazpravda.lift()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(60)
        other.rollback()
    ran = finish(process)
    assert ran.status == 0, ran.stderr
    assert ran.summaries["kazpravda"]["new"] == 8
