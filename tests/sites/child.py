"""The replica's server as a child process: started, awaited, listened to, ended."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

_ROOT: Final = Path(__file__).parents[2]
_START_SECONDS: Final = 30


class Child:
    """One run of the server. It ends with this process, for it reads our end of a pipe."""

    def __init__(self, options: Sequence[str], on_line: Callable[[], None], errors: Path) -> None:
        with errors.open("ab") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.sites.server", *options],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,
                text=True,
                encoding="utf-8",
            )
        self._on_line = on_line
        self._ready = threading.Event()
        self._address = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._ready.wait(_START_SECONDS) or not self._address:
            self.end(kill=True)
            raise RuntimeError(f"the replica did not start: {errors.read_text(encoding='utf-8')}")
        self.url = self._address

    @property
    def pid(self) -> int:
        """For looking at the process from outside."""
        return self._process.pid

    def end(self, *, kill: bool) -> None:
        """Ends the process, at once or by closing its input, and waits for it."""
        if kill:
            self._process.kill()
        _pipe(self._process.stdin).close()
        self._process.wait(_START_SECONDS)
        self._reader.join(_START_SECONDS)
        _pipe(self._process.stdout).close()

    def _read(self) -> None:
        for line in _pipe(self._process.stdout):
            if self._ready.is_set():
                self._on_line()
            else:
                self._address = str(json.loads(line)["url"])
                self._ready.set()
        self._ready.set()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
