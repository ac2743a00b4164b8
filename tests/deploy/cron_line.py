"""The line for cron, run as cron runs it: by sh, with next to no environment."""

from __future__ import annotations

import shlex
import subprocess
import sys

from tests.deploy.units import FOLDER, KAZPRESS, cron_fields
from tests.workspace import Workspace


def install(workspace: Workspace) -> None:
    """Put a program into a workspace's folder, for cron to run."""
    paths = shlex.quote(workspace.environment()["PYTHONPATH"])
    program = workspace.path / "kazpress"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={paths} exec {shlex.quote(sys.executable)} -m kazpress "$@"\n'
    )
    program.chmod(0o755)


def start(workspace: Workspace) -> subprocess.Popen[str]:
    """Start the line in the workspace; what it prints, cron would mail."""
    _, _, line = cron_fields("kazpress.cron")
    here = shlex.quote(str(workspace.path))
    line = line.replace(KAZPRESS, f"{here}/kazpress").replace(FOLDER, here)
    return subprocess.Popen(
        ["/bin/sh", "-c", line], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={"HOME": "/nonexistent", "LOGNAME": "kazpress", "SHELL": "/bin/sh",
             "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
