"""What a replica was asked: a file of one JSON line a request, read by the test, and awaited."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sites.rules import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as the server got it."""

    monotonic: float
    """The system's monotonic clock, the same in every process here."""
    wall: float
    method: str
    path: str
    """With the query."""
    headers: tuple[tuple[str, str], ...]
    status: int
    """As answered; 0 if the connection was reset."""

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its letter case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class RequestLog:
    """The log of one replica, over all its runs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()
        self._heard = threading.Condition()
        self._forgotten = 0
        self._reading = threading.Lock()
        self._read: list[Request] = []
        self._read_bytes = 0

    def requests(self, where: Where | None = None) -> tuple[Request, ...]:
        """Those that are not forgotten, in order."""
        rows = self._rows()[self._forgotten :]
        return tuple(one for one in rows if where is None or where.matches(one.path))

    def forget(self) -> None:
        """Forgets those that have come."""
        self._forgotten = len(self._rows())

    def notify(self) -> None:
        """Tells who waits that a request has come."""
        with self._heard:
            self._heard.notify_all()

    def wait_for(self, where: Where, *, count: int, seconds: float) -> Request:
        """The `count`-th that is meant, as soon as it has come. Raises TimeoutError."""
        with self._heard:
            if not self._heard.wait_for(lambda: len(self.requests(where)) >= count, seconds):
                raise TimeoutError(f"{where}: no {count} requests in {seconds} s")
        return self.requests(where)[count - 1]

    def _rows(self) -> list[Request]:
        """All that have come; only what is new is read."""
        with self._reading:
            with self.path.open("rb") as file:
                file.seek(self._read_bytes)
                lines = file.readlines()
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                self._read_bytes += len(line)
                self._read.append(_request(json.loads(line)))
            return self._read


def _request(row: dict[str, Any]) -> Request:
    headers = tuple((name, value) for name, value in row["headers"])
    return Request(**row | {"headers": headers})
