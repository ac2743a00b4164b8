"""A crawl at a terminal shows how far it is, below its log lines."""

from __future__ import annotations

import os
import pty
import re
from collections.abc import Callable

import pytest

from kazpress.progress import Rows
from tests.sites.replica import Replica
from tests.workspace import Workspace


def _at_terminal(
    workspace: Workspace, *, until: bytes = b"", then: Callable[[], None] = lambda: None
) -> bytes:
    """What a crawl shows at a terminal; once it shows so much, `then` is called."""
    ours, theirs = pty.openpty()
    process = workspace.start("crawl", stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while until not in shown:
            shown += os.read(ours, 4096)
        then()
        while part := _read(ours):
            shown += part
        process.communicate()
    finally:
        process.kill()
        os.close(ours)
    assert process.returncode == 0
    return shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so at a terminal's end
        return b""


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")


@pytest.mark.usefixtures("terminal")
def test_a_row_moves_at_a_terminal_below_the_log_lines(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    failing = senate.articles[0]
    senate.answer(failing, status=500)
    held = senate.hold(senate.articles[1])
    shown = _at_terminal(workspace, until=b" left", then=lambda: senate.lift(held))
    assert re.search(rb"senate  \d:\d\d:\d\d  +\d+ left", shown)
    # The line is longer than the terminal is wide, and still whole: it can be copied and clicked.
    line = rb"\+05:00 crawl 1 senate: " + re.escape(failing.url.encode()) + rb": [^\r\n]+\r\n"
    assert re.search(line, shown), shown


def test_a_terminal_that_can_only_print_gets_lines_alone(
    workspace: Workspace, senate: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    workspace.point_at(senate)
    assert b"\x1b" not in _at_terminal(workspace)


@pytest.mark.usefixtures("terminal")
def test_no_colours_where_none_are_wanted(
    workspace: Workspace, senate: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    workspace.point_at(senate)
    assert not re.search(rb"\x1b\[[0-9;]*m", _at_terminal(workspace).replace(b"\x1b[0m", b""))


@pytest.mark.parametrize("smaller", ["9 captured", "100 captured"])
def test_columns_stay_in_place(smaller: str) -> None:
    rows = Rows()
    first = rows.text({"kazpravda": ("", "99 captured", "1 new"), "senate": ("7 left",)}).plain
    wide = rows.text({"kazpravda": ("12 left, about 1 min", "100 captured", "2 new")}).plain
    later = rows.text({"kazpravda": ("", smaller, "2 new"), "senate": ("", smaller)}).plain
    assert first.split("\n")[1].startswith("senate     0:00:00  7 left")
    for line in later.split("\n"):
        assert line.index("captured") == wide.index("captured")
    assert re.search(r"^kazpravda  \d:\d\d:\d\d  ", wide)
