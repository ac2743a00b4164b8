"""Crawls as child processes, which end when the daemon ends."""

import logging
import subprocess
import threading
import time

_STOP_SECONDS = 4.0
_MAX_CRAWL_SECONDS = 6 * 3600.0
_MAX_OUTPUT_BYTES = 1 << 20
_log = logging.getLogger(__name__)


class Children:
    """The crawls that are running, each in a child process."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._guard = threading.Lock()
        self._ending = False

    def crawl(self, source: str) -> None:
        """Run one crawl to its end. The child ends once its standard input closes, so it does not
        outlive a daemon that was killed.
        """
        child = self._started(source)
        if child is None:
            return
        with child:
            try:
                output = _output(child)
            finally:
                with self._guard:
                    del self._running[source]
        said = " ".join(output.decode(errors="replace").split())
        _log.info("%s: crawl ended with status %s %s", source, child.returncode, said[:2000])

    def _started(self, source: str) -> "subprocess.Popen[bytes] | None":
        with self._guard:
            if self._ending:
                return None
            child = subprocess.Popen(
                [*self._command, source],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
            self._running[source] = child
            return child

    def end(self) -> None:
        """End all crawls: SIGTERM now, SIGKILL after four seconds. No new one is started."""
        with self._guard:
            self._ending = True
            running = list(self._running.values())
        for child in running:
            child.terminate()
        until = time.monotonic() + _STOP_SECONDS
        for child in running:
            try:
                child.wait(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


def _output(child: "subprocess.Popen[bytes]") -> bytes:
    """The first megabyte that a child writes. A crawl that runs longer than six hours is ended."""
    assert child.stdout is not None
    watch = threading.Timer(_MAX_CRAWL_SECONDS, child.terminate)
    watch.daemon = True
    watch.start()
    try:
        output = child.stdout.read(_MAX_OUTPUT_BYTES)
        while child.stdout.read(_MAX_OUTPUT_BYTES):
            pass
        child.wait()
    finally:
        watch.cancel()
    return output
