"""kazpress at another time: `python -m tests.crawls.at MOMENT KILL ARGUMENT…`; its clock goes on
from there. KILL is `-`, or a name in `POINTS` and a number N: the process kills itself with SIGKILL
when it comes there for the N-th time.
"""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from pipeline import clock
from tests.workspace import Ran, Workspace

_SECONDS: Final = 120

POINTS: Final = {
    "before the archive": ("spiders.crawl.recorder", "ArchiveWriter.append", False),
    "after the archive": ("spiders.crawl.recorder", "ArchiveWriter.append", True),
    "before the batch": ("spiders.crawl.batch_queue", "ingest", False),
    "captures recorded": ("pipeline.ingest.ingest", "record_captures", True),
    "items derived": ("pipeline.ingest.derive", "derive_items", True),
    "stories derived": ("pipeline.ingest.ingest", "derive", True),
    "positions stored": ("pipeline.ingest.ingest", "store_position", True),
    "after the batch": ("spiders.crawl.batch_queue", "ingest", True),
}
"""Where a crawl may be killed: module, what is called there, and whether after that."""


def run_at(workspace: Workspace, moment: datetime, *arguments: object, kill: str = "-") -> Ran:
    """Run `kazpress ARGUMENTS` to its end, begun at this moment."""
    command = [sys.executable, "-m", "tests.crawls.at", moment.isoformat(), kill]
    done = subprocess.run(
        [*command, *map(str, arguments)], cwd=workspace.path, env=workspace.environment(),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        timeout=_SECONDS, check=False,
    )  # fmt: skip
    return Ran(status=done.returncode, stdout=done.stdout, stderr=done.stderr)


def main() -> int:
    """Turn the clock before anything of ours has looked at it, then run the command."""
    moment, kill = sys.argv.pop(1), sys.argv.pop(1)
    true_now = clock.utc_now
    ahead = datetime.fromisoformat(moment) - true_now()
    clock.utc_now = lambda: true_now() + ahead
    if kill != "-":
        point, _, times = kill.rpartition(" ")
        _kill_at(*POINTS[point], int(times))
    from kazpress.cli import main as run

    return run()


def _kill_at(module: str, path: str, after: bool, times: int) -> None:
    holder: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for one in outer:
        holder = getattr(holder, one)
    setattr(holder, name, _killing(getattr(holder, name), times, after=after))


def _killing(called: Callable[..., Any], times: int, *, after: bool) -> Callable[..., Any]:
    left = times

    def kill_in_time(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if not left and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = called(*args, **kwargs)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return kill_in_time


if __name__ == "__main__":
    sys.exit(main())
