"""Crawls as child processes: limited in time and memory, and ended with the daemon."""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MAX_CRAWL_SECONDS = 6 * 3600.0
STOP_SECONDS = 4.0
"""How long a child has from SIGTERM to SIGKILL."""
MAX_MEMORY_BYTES = 2 << 30
"""Of a child's own data; some five times as much as the largest page takes that is read. It is
looked at from outside, since with a limit of the system's own (RLIMIT_DATA) lxml takes a page for
an empty one when memory runs out.
"""
_LOOK_SECONDS = 0.5
_OF_THE_DAEMON = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnd:
    """How a child process ended."""

    status: int
    """Its exit status; a signal's number, negative, where a signal ended it."""
    limit: str | None = None
    """Which limit it was ended for, as the end of a sentence on it."""


class Children:
    """The crawls that are running, each in a child process; at most one for each source."""

    def __init__(
        self,
        *,
        max_seconds: float = MAX_CRAWL_SECONDS,
        max_memory_bytes: int = MAX_MEMORY_BYTES,
    ) -> None:
        self._max_seconds = max_seconds
        self._max_memory_bytes = max_memory_bytes
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._guard = threading.Lock()
        self.ending = False
        """Whether no more are started."""

    def run(self, source: str, command: Sequence[str], keep_open: Sequence[int]) -> ChildEnd | None:
        """Run one crawl to its end; None where no more are started. The child ends once its
        standard input closes, so it does not outlive a daemon that was killed. Its standard output
        is dropped: how it ended is written in the database.

        Raises OSError where the process can't be started.
        """
        with self._guard:
            if self.ending:
                return None
            child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=keep_open,
                start_new_session=True, env=_environment(),
            )  # fmt: skip
            self._running[source] = child
        with child:
            try:
                return self._wait(child)
            finally:
                _kill_group(child)  # what it may have started, and itself where we were interrupted
                with self._guard:
                    del self._running[source]

    def end(self) -> None:
        """End all crawls: SIGTERM now, SIGKILL after four seconds. No new one is started."""
        with self._guard:
            self.ending = True
            running = list(self._running.values())
        for child in running:
            child.terminate()
        until = time.monotonic() + STOP_SECONDS
        for child in running:
            _kill_after(child, until - time.monotonic())

    def _wait(self, child: subprocess.Popen[bytes]) -> ChildEnd:
        until = time.monotonic() + self._max_seconds
        while True:
            with suppress(subprocess.TimeoutExpired):
                return self._ended(child.wait(_LOOK_SECONDS))
            if _memory_bytes(child.pid) > self._max_memory_bytes:
                _kill_group(child)
                limit = f"needed more than {self._max_memory_bytes / (1 << 30):g} GB of memory"
                return ChildEnd(status=child.wait(), limit=limit)
            if time.monotonic() > until:
                child.terminate()
                _kill_after(child, STOP_SECONDS)
                limit = f"did not end within {self._max_seconds / 3600:g} hours"
                return ChildEnd(status=child.wait(), limit=limit)

    def _ended(self, status: int) -> ChildEnd:
        if self.ending and status == -signal.SIGKILL:
            return ChildEnd(status=status, limit=f"did not stop within {STOP_SECONDS:g} seconds")
        return ChildEnd(status=status)


def _environment() -> dict[str, str]:
    """Ours, without what the service manager says to the daemon alone."""
    return {name: value for name, value in os.environ.items() if name not in _OF_THE_DAEMON}


def _memory_bytes(process: int) -> int:
    """What a process has allocated, in memory or swapped out; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmData:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _kill_after(child: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        child.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired:
        _kill_group(child)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
