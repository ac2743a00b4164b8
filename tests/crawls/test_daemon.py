"""The daemon: crawls on their schedules, each in a process of its own, ended with it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from tests.sites.replica import Replica
from tests.workspace import ROOT, Workspace, stop

_OFTEN = {"schedule": "every 1 second"}
_SELDOM = {"schedule": "0 4 1 1 *"}
_SCRIPT = [sys.executable, str(ROOT / "scheduler.py")]


@contextmanager
def _daemon(workspace: Workspace, *, script: bool = False) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        _SCRIPT if script else workspace.command("daemon"), cwd=workspace.path,
        env=workspace.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


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
    assert '"new": 8' in ran.stderr
    assert workspace.count("items") == 8
    assert workspace.count("crawls WHERE outcome = 'done'") >= 1


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


def test_its_children_end_when_it_is_killed(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate=_SELDOM)
    senate.hold("/ru-RU")
    with _daemon(workspace) as process:
        senate.wait_for("/ru-RU")
        stop(process, signal.SIGKILL)  # its child writes to the same output, and has ended too
    assert workspace.rows("SELECT outcome FROM crawls") == [("stopped",)]


def test_the_list_of_next_crawls(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate={"schedule": "30 6 * * 1"})
    ran = workspace.run("daemon", "--list")
    assert ran.status == 0
    head, line = ran.stdout.splitlines()
    assert head.split()[:2] == ["source", "next"]
    name, day, minute = line.split()[:3]
    assert (name, date.fromisoformat(day).isoweekday(), minute) == ("senate", 1, "06:30")
    assert not workspace.db.exists()


def test_the_script_takes_the_options_of_the_command(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate=_SELDOM)
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
