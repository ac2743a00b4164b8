"""Crawls of the installed command, with a real receiver on loopback and a real command."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kazpress.config import Config, Notify, SourceConfig
from kazpress.operations.notify import tell_changes, tell_in_background
from pipeline.clock import utc_now
from tests.kazpress.operations.loopback import LoopbackReceiver
from tests.seeds.recorded_site import RECORDED
from tests.sites.replica import Replica
from tests.workspace import Ran, Workspace, stop

_DOWN = "http://127.0.0.1:9"
_NO_DATE = "<html><body><article><h1>Заголовок</h1><p>Текст без даты.</p></article></body></html>"


@pytest.fixture
def receiver() -> Iterator[LoopbackReceiver]:
    with LoopbackReceiver() as receiver:
        yield receiver


class Told:
    """A workspace whose crawls tell a webhook, and what they have told."""

    def __init__(
        self, workspace: Workspace, kazpravda: Replica, receiver: LoopbackReceiver
    ) -> None:
        self.workspace = workspace
        self.kazpravda = kazpravda
        self.receiver = receiver
        self.top = f'[notify]\nwebhook = "{receiver.url}/secret"'

    def crawl(self, *, is_up: bool = True, status: int | None = None) -> list[dict[str, Any]]:
        """What a crawl tells."""
        return self.crawled(is_up=is_up, status=status)[0]

    def crawled(
        self, *, is_up: bool = True, status: int | None = None
    ) -> tuple[list[dict[str, Any]], Ran]:
        """What a crawl tells, and how it ended."""
        base_url = self.kazpravda.url if is_up else _DOWN
        self.workspace.point_at(self.kazpravda, top=self.top, kazpravda={"base_url": base_url})
        before = len(self.receiver.events)
        ran = self.workspace.run("crawl", "--json")
        expected = (0 if is_up else 1) if status is None else status
        assert ran.status == expected, ran.stderr
        assert "Traceback" not in ran.stderr
        assert "secret" not in ran.stderr + ran.stdout
        return self.receiver.events[before:], ran

    def config(self) -> Config:
        """The same for calls in this process."""
        return Config(
            db=self.workspace.db, archive=self.workspace.archive,
            notify=Notify(webhook=f"{self.receiver.url}/secret"),
            sources={"senate": SourceConfig(enabled=False), "kazpravda": SourceConfig()},
        )  # fmt: skip


@pytest.fixture
def told(workspace: Workspace, kazpravda: Replica, receiver: LoopbackReceiver) -> Told:
    return Told(workspace, kazpravda, receiver)


def test_a_failure_is_told_once_and_its_end_once(told: Told) -> None:
    assert told.crawl() == []
    (failure,) = told.crawl(is_up=False)
    assert failure.pop("since").endswith("Z")
    assert "127.0.0.1" in failure["sentence"] or "robots.txt" in failure["sentence"]
    del failure["sentence"]
    assert failure == {
        "version": 1, "source": "kazpravda", "kind": "failure", "of": None,
        "database": str(told.workspace.db), "crawl": 2,
    }  # fmt: skip
    assert told.crawl(is_up=False) == []
    (recovery,) = told.crawl()
    assert (recovery["kind"], recovery["of"], recovery["crawl"]) == ("recovery", "failure", 4)
    assert told.crawl() == []
    tell_changes(told.config(), utc_now())
    assert len(told.receiver.events) == 2, "whoever asks"


def test_what_newly_needs_a_look_is_drift(told: Told) -> None:
    for article in told.kazpravda.articles[:7]:
        told.kazpravda.answer(article, body=_NO_DATE)
    events = told.crawl(status=3)
    assert {one["kind"] for one in events} == {"drift"}
    assert any("pages lack a title, date or body" in one["sentence"] for one in events)
    told.kazpravda.lift()
    assert [(one["kind"], one["of"]) for one in told.crawl()] == [("recovery", "drift")]


@pytest.mark.parametrize("status", [500, 302])
def test_a_receiver_that_fails_is_tried_again_and_changes_nothing(told: Told, status: int) -> None:
    told.receiver.status = status
    events, ran = told.crawled(is_up=False)
    assert events == []
    lines = [line for line in ran.stderr.splitlines() if "webhook" in line]
    assert len(lines) == 1
    assert f"was not told of this failure: it answered {status}" in lines[0]
    tell_changes(told.config(), utc_now(), again=False)
    assert len(told.receiver.requests) == 1, "at the crawl's end, and at no other time"
    told.receiver.status = 200
    assert [one["kind"] for one in told.crawl(is_up=False)] == ["failure"]


def test_what_is_over_before_the_receiver_is_back_is_told_all_the_same(told: Told) -> None:
    told.receiver.status = 500
    assert told.crawl(is_up=False) == []
    told.receiver.status = 200
    assert [one["kind"] for one in told.crawl()] == ["failure", "recovery"]


def test_a_command_is_told_as_well(told: Told, tmp_path: Path) -> None:
    got = tmp_path / "got.jsonl"
    script = tmp_path / "mail-me"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'a').write(input() + '\\n')\n"
    )
    script.chmod(0o755)
    told.top += f'\ncommand = "{script} {got}"'
    (by_webhook,) = told.crawl(is_up=False)
    assert [json.loads(line) for line in got.read_text().splitlines()] == [by_webhook]
    assert told.crawl(is_up=False) == []
    assert len(got.read_text().splitlines()) == 1


def test_a_command_that_is_not_there_is_one_line(told: Told) -> None:
    told.top = '[notify]\ncommand = "no-such-program --password secret"'
    _, ran = told.crawled(is_up=False)
    lines = [line for line in ran.stderr.splitlines() if "no-such-program" in line]
    assert len(lines) == 1
    assert "there is no such program" in lines[0]


def test_a_crawl_that_breaks_off_is_told_once(told: Told) -> None:
    told.crawl()
    archive = told.workspace.archive
    archive.rename(archive.with_name("kept"))
    archive.write_text("no folder")
    assert [one["kind"] for one in told.crawl(status=1)] == ["failure"]
    assert told.crawl(status=1) == []
    archive.unlink()
    archive.with_name("kept").rename(archive)
    assert [one["of"] for one in told.crawl()] == ["failure"]


def test_a_database_that_can_not_be_used_is_told_of_all_the_same(told: Told) -> None:
    told.workspace.db.write_bytes(b"garbage" * 999)
    (failure,) = told.crawl(status=1)
    assert "is no SQLite database" in failure["sentence"]


def test_who_tells_at_the_same_time_tells_once(told: Told) -> None:
    told.receiver.status = 500
    told.crawl(is_up=False)
    told.receiver.status = 200
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: tell_changes(told.config(), utc_now()), range(4)))
    assert len(told.receiver.events) == 1


def test_the_daemon_tells_that_no_crawl_came(told: Told) -> None:
    told.crawl()
    late = utc_now() + timedelta(hours=3)
    tell_changes(told.config(), late, again=False)
    assert told.receiver.events == [], "it may be crawled at once"
    tell_changes(told.config(), late + timedelta(minutes=15), again=False)
    tell_changes(told.config(), late + timedelta(minutes=16), again=False)
    assert [one["kind"] for one in told.receiver.events] == ["silence"]


def test_what_is_told_in_the_background_keeps_nobody_waiting(told: Told) -> None:
    told.receiver.status = 500
    told.crawl(is_up=False)
    tell_in_background(told.config(), utc_now())
    for thread in threading.enumerate():
        if thread.name == "notifications":
            thread.join()
    assert len(told.receiver.requests) == 1, "who could not be told waits for the next crawl"
    told.receiver.way = "hang"
    late = utc_now() + timedelta(hours=3)
    tell_changes(told.config(), late, again=False)
    for _ in range(3):
        tell_in_background(told.config(), late + timedelta(minutes=15))
    assert sum(thread.name == "notifications" for thread in threading.enumerate()) <= 1


def test_sigterm_ends_a_crawl_that_waits_for_its_command(told: Told, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    script = tmp_path / "mail-me"
    script.write_text(f"#!/bin/sh\necho $$ > {begun}.new; mv {begun}.new {begun}; exec sleep 60\n")
    script.chmod(0o755)
    told.workspace.point_at(
        told.kazpravda, top=f'[notify]\ncommand = "{script}"', kazpravda={"base_url": _DOWN}
    )
    process = told.workspace.start("crawl")
    while not begun.exists() and process.poll() is None:
        time.sleep(0.02)
    ran = stop(process, signal.SIGTERM)
    assert ran.status == 128 + signal.SIGTERM
    assert not Path(f"/proc/{begun.read_text().strip()}").exists()
    assert told.workspace.rows("SELECT outcome FROM crawls") == [("failed",)]


def test_the_daemon_tells_of_a_crawl_that_was_killed(told: Told) -> None:
    told.workspace.point_at(told.kazpravda, top=told.top, kazpravda={"schedule": "0 4 1 1 *"})
    told.kazpravda.hold("/robots.txt")
    daemon = told.workspace.start("daemon")
    told.kazpravda.wait_for("/robots.txt")
    lock = json.loads((told.workspace.archive / "kazpravda.lock").read_text())
    os.kill(lock["pid"], signal.SIGKILL)
    until = time.monotonic() + 60
    while not told.receiver.events and time.monotonic() < until:
        time.sleep(0.02)
    ran = stop(daemon, signal.SIGTERM)
    assert ran.status == 0
    (killed,) = told.receiver.events
    assert killed["kind"] == "failure"
    assert "killed by SIGKILL" in killed["sentence"]
    assert "secret" not in ran.stderr


def test_nobody_is_told_of_a_replay_and_without_receivers_nothing_is_kept(told: Told) -> None:
    workspace = told.workspace
    workspace.point_at(told.kazpravda, top=told.top)
    workspace.run("crawl", "--replay", RECORDED)
    assert told.receiver.requests == []
    told.top = ""
    told.crawl(is_up=False)
    assert workspace.count("notifications") == 0
    assert [one.name for one in workspace.path.glob("*notify*")] == []
