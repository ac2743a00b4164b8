"""A crawl at a terminal shows how far it is."""

from __future__ import annotations

import os
import pty

from tests.sites.replica import Replica
from tests.workspace import Workspace


def test_a_line_moves_at_a_terminal(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    senate.hold("/kk-KZ")
    ours, theirs = pty.openpty()
    process = workspace.start("crawl", stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while b"3 captured" not in shown:
            shown += os.read(ours, 4096)
        senate.lift()
        process.communicate()
    finally:
        process.kill()
        os.close(ours)
    assert b"senate" in shown
    assert process.returncode == 0
