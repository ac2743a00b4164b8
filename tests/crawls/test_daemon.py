"""The daemon: crawls on their schedules, each in a process of its own, ended with it."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.clock import ALMATY
from tests.permissions import heeding_permissions, unwritable
from tests.sites.replica import Replica
from tests.test_scheduler import until
from tests.workspace import ROOT, Workspace, finish, stop

_OFTEN = {"schedule": "every 1 second"}
_SELDOM = {"schedule": "0 4 1 1 *"}
_SCRIPT = [sys.executable, str(ROOT / "scheduler.py")]


@contextmanager
def _daemon(
    workspace: Workspace, *, script: bool = False, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        _SCRIPT if script else workspace.command("daemon"), cwd=workspace.path,
        env=workspace.environment(env), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _done(workspace: Workspace) -> int:
    """How many crawls have come to their end."""
    tables = workspace.count("sqlite_master WHERE name = 'crawls'")
    return workspace.count("crawls WHERE outcome = 'done'") if tables else 0


def _child(workspace: Workspace) -> int:
    """The process that crawls the Senate."""
    return int(json.loads((workspace.archive / "senate.lock").read_text())["pid"])


@pytest.mark.parametrize("script", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_it_crawls_on_schedule_and_ends_when_told(
    workspace: Workspace, senate: Replica, script: bool
) -> None:
    workspace.point_at(senate, senate=_OFTEN)
    with _daemon(workspace, script=script) as process:
        senate.wait_for("/robots.txt", count=2)
        ran = stop(process, signal.SIGINT if script else signal.SIGTERM)
    assert ran.status == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "senate: done in " in ran.stderr
    assert " s: 8 new" in ran.stderr
    assert "{" not in ran.stderr
    assert workspace.count("items") == 8
    assert _done(workspace) >= 1


def test_it_catches_up_at_its_start_and_ends_behind_an_unanswered_request(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    senate.hold("/ru-RU")
    with _daemon(workspace) as process:
        senate.wait_for("/ru-RU")
        held = workspace.run("crawl")
        assert held.status == 75
        assert "senate is held by process" in held.stderr
        second = workspace.run("daemon")
        assert second.status == 75
        assert f"is held by process {process.pid} (daemon, since " in second.stderr
        ran = stop(process, signal.SIGTERM)
    assert ran.status == 0, ran.stderr
    assert workspace.rows("SELECT outcome FROM crawls") == [("stopped",)]
    senate.lift()
    assert workspace.crawl()["senate"]["outcome"] == "done"


def test_one_database_has_one_daemon_by_whatever_name(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    with _daemon(workspace) as process:
        senate.wait_for("/robots.txt")
        link = workspace.path / "link.db"
        link.symlink_to(workspace.db)
        ran = workspace.run("daemon", "--db", link)
        assert ran.status == 75
        assert f"is held by process {process.pid} (daemon, since " in ran.stderr
        stop(process, signal.SIGTERM)


def test_its_children_end_when_it_is_killed(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    senate.hold("/ru-RU")
    with _daemon(workspace) as process:
        senate.wait_for("/ru-RU")
        stop(process, signal.SIGKILL)  # its child writes to the same output, and has ended too
    assert workspace.rows("SELECT outcome FROM crawls") == [("stopped",)]
    senate.lift()
    senate.forget_requests()
    with _daemon(workspace) as process:  # and the next one catches up at once
        until(lambda: _done(workspace) == 1)
        stop(process, signal.SIGTERM)


def test_a_child_that_was_killed_is_noted_in_words_and_tried_again_later(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    senate.hold("/ru-RU")
    with _daemon(workspace) as process:
        senate.wait_for("/ru-RU")
        os.kill(_child(workspace), signal.SIGKILL)
        until(lambda: workspace.count("crawls WHERE outcome = 'killed'") == 1)
        listed = workspace.run("daemon", "--list").stdout.splitlines()[1].split()[1:3]
        shown = workspace.run("status", "--json").json
        ran = stop(process, signal.SIGTERM)
    reason = "killed by SIGKILL, out of memory?"
    ((said, finished),) = workspace.rows("SELECT reason, finished FROM crawls")
    assert said == reason
    assert f"crawl 1 senate: {reason}" in ran.stderr
    again = datetime.fromisoformat(finished).astimezone(ALMATY) + timedelta(minutes=1)
    assert listed == f"{again:%Y-%m-%d %H:%M}".split()
    assert f"senate: next crawl {again:%a %Y-%m-%d %H:%M:%S} +0500" in ran.stderr
    next_crawls = {one["source"]: one["next_crawl"] for one in shown}
    assert next_crawls["senate"] == again.isoformat(timespec="seconds")
    assert workspace.count("crawls") == 1


def test_it_ends_a_child_that_hears_nothing(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    senate.hold("/ru-RU")
    with _daemon(workspace) as process:
        senate.wait_for("/ru-RU")
        os.kill(_child(workspace), signal.SIGSTOP)
        ran = stop(process, signal.SIGTERM)
    assert ran.status == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "senate: did not stop within 4 seconds" in ran.stderr
    assert workspace.rows("SELECT outcome FROM crawls") == [(None,)]
    senate.lift()
    assert workspace.crawl()["senate"]["outcome"] == "done"
    assert workspace.rows("SELECT outcome, reason FROM crawls WHERE id = 1") == [
        ("killed", "it was killed, or the machine went down")
    ]


def test_it_reads_its_configuration_again(
    workspace: Workspace, senate: Replica, kazpravda: Replica
) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    with _daemon(workspace) as process:
        until(lambda: _done(workspace) == 1)
        workspace.point_at(senate, senate={"schedule": "every 2 secnds"})
        process.send_signal(signal.SIGHUP)
        senate.forget_requests()
        workspace.point_at(senate, kazpravda, kazpravda=_SELDOM, senate=_OFTEN)
        process.send_signal(signal.SIGHUP)
        senate.wait_for("/robots.txt", count=2)
        until(lambda: workspace.count("crawls WHERE source = 'kazpravda'") == 1)
        ran = stop(process, signal.SIGTERM)
    assert ran.status == 0, ran.stderr


def test_a_configuration_that_is_none_is_refused_while_crawls_go_on(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate=_OFTEN)
    with _daemon(workspace) as process:
        until(lambda: _done(workspace) >= 1)
        (workspace.path / "kazpress.toml").write_text("schedule = ")
        process.send_signal(signal.SIGHUP)
        ended = _done(workspace)
        until(lambda: _done(workspace) >= ended + 2)
        ran = stop(process, signal.SIGTERM)
    assert ran.status == 0, ran.stderr
    (refusal,) = [line for line in ran.stderr.splitlines() if "kazpress.toml" in line]
    assert "kazpress.toml: is no TOML" in refusal
    assert refusal.endswith("; the configuration stays as it was")


def test_a_service_manager_hears_how_it_is(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.settimeout(60)
        name = f"@kazpress-daemon-{os.getpid()}"
        manager.bind("\0" + name[1:])

        def heard(word: str) -> bytes:
            while not (said := manager.recv(4096)).startswith(word.encode()):
                assert said.split(b"=")[0] in (b"WATCHDOG", b"READY")
            return said

        env = {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "400000"}
        with _daemon(workspace, env=env) as process:
            heard("READY=1")
            for _ in range(3):
                heard("WATCHDOG=1")
            process.send_signal(signal.SIGHUP)
            assert b"MONOTONIC_USEC=" in heard("RELOADING=1")
            heard("READY=1")
            process.send_signal(signal.SIGTERM)
            heard("STOPPING=1")
            assert finish(process).status == 0


def test_a_database_that_somebody_else_locks_holds_it_up_no_longer_than_that(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate={"schedule": "every 2 seconds"})
    with _daemon(workspace) as process:
        until(lambda: _done(workspace) >= 1)
        with closing(sqlite3.connect(workspace.db, timeout=60)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            ran = stop(process, signal.SIGTERM)
            other.rollback()
    assert ran.status == 0, ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_hang_up_before_it_has_begun_does_not_end_it(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    workspace.crawl()
    lock = workspace.path / "kazpress.db.daemon.lock"
    with closing(sqlite3.connect(workspace.db, timeout=60)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with _daemon(workspace) as process:
            until(lambda: lock.is_file() and f'"pid": {process.pid},' in lock.read_text())
            workspace.point_at(senate, senate=_OFTEN)
            process.send_signal(signal.SIGHUP)
            other.rollback()
            other.close()
            until(lambda: _done(workspace) >= 2)
            ran = stop(process, signal.SIGTERM)
    assert ran.status == 0, ran.stderr
    assert ran.stderr.count("the configuration was read again") == 1


def test_a_folder_that_can_not_be_written_is_refused_at_the_start(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    with unwritable(workspace.path):
        ran = subprocess.run(
            heeding_permissions(workspace.command("daemon")), cwd=workspace.path,
            env=workspace.environment(), stdin=subprocess.DEVNULL, capture_output=True,
            text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.startswith("kazpress: ")
    assert "daemon.lock: can't be made" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_list_of_next_crawls(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate={"schedule": "30 6 * * 1"})
    ran = workspace.run("daemon", "--list")
    assert ran.status == 0
    head, line = ran.stdout.splitlines()
    assert head.split()[:2] == ["source", "next"]
    name, day, minute = line.split()[:3]
    due = datetime.fromisoformat(f"{day} {minute}").replace(tzinfo=ALMATY)
    assert name == "senate"
    assert abs(due - datetime.now(UTC)) < timedelta(minutes=5), "it was never crawled"
    assert not workspace.db.exists()
    workspace.crawl()
    line = workspace.run("daemon", "--list").stdout.splitlines()[1]
    name, day, minute = line.split()[:3]
    assert (name, date.fromisoformat(day).isoweekday(), minute) == ("senate", 1, "06:30")


def test_the_script_takes_the_options_of_the_command(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    workspace.crawl()
    for arguments in (["--list"], ["--help"], ["--lists"]):
        command = workspace.run("daemon", *arguments)
        script = subprocess.run(
            [*_SCRIPT, *arguments], cwd=workspace.path, env=workspace.environment(),
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert script.returncode == command.status
        assert (script.stdout, script.stderr) == (command.stdout, command.stderr)


@pytest.mark.parametrize("schedule", ["61 * * * *", "0 4 30 2 *"])
def test_a_wrong_schedule_is_refused_before_anything_ran(
    workspace: Workspace, senate: Replica, schedule: str
) -> None:
    workspace.point_at(senate, senate={"schedule": schedule})
    for arguments in (("daemon",), ("daemon", "--list")):
        ran = workspace.run(*arguments)
        assert ran.status == 2
        assert f'kazpress.toml: in [sources.senate]: schedule "{schedule}"' in ran.stderr
    assert [one.name for one in workspace.path.iterdir()] == ["kazpress.toml"]
