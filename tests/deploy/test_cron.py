"""The line for cron: what it runs, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kazpress.daemon.schedule import read_schedule
from spiders.sources import SOURCES
from tests.deploy.units import FOLDER, INSTALL, KAZPRESS, cron_fields, unit
from tests.workspace import ROOT, Workspace

_TIMES, _USER, _COMMAND = cron_fields("kazpress.cron")


def _shortest_wait(schedule: str) -> timedelta:
    """Between two due times of a day."""
    due = [read_schedule(schedule).after(datetime(2026, 11, 29, tzinfo=UTC))]
    while due[-1] - due[0] < timedelta(days=1):
        due.append(read_schedule(schedule).after(due[-1]))
    return min(after - before for before, after in pairwise(due))


def test_it_runs_a_command_of_ours_as_the_service_does(tmp_path: Path) -> None:
    folder, _, command = _COMMAND.partition(" && ")
    program, *arguments = command.split()
    assert (_USER, folder, program) == ("kazpress", f"cd {FOLDER}", KAZPRESS)
    assert Workspace(tmp_path).run(*arguments, "--help").status == 0


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_no_source_is_asked_oftener_than_by_its_own_schedule(source: str) -> None:
    assert _shortest_wait(_TIMES) >= _shortest_wait(SOURCES[source].schedule)


def test_the_timer_has_the_times_of_cron() -> None:
    minutes, rest = _TIMES.split(maxsplit=1)
    assert rest == "* * * *"
    assert unit("kazpress-crawl.timer")["Timer"]["OnCalendar"] == [f"*:{minutes.zfill(5)}"]


def test_the_documents_show_this_line() -> None:
    """The README without the user, as in a user's own crontab."""
    assert f"\n{_TIMES}  {_USER}  {_COMMAND}\n" in INSTALL.read_text(encoding="utf-8")
    assert f"\n{_TIMES}  {_COMMAND}\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_percent_sign_ends_the_command() -> None:
    """In a crontab it is a newline."""
    assert "%" not in _COMMAND
