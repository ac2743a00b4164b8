"""A server on loopback that answers as a web archive does, or as a test has it; it writes down what
was asked.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut_to: int | None = None
    """So many bytes are sent of it, whatever its Content-Length says."""


@dataclass(slots=True, kw_only=True)
class _Rule:
    pattern: re.Pattern[str]
    reply: Reply
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request."""

    path: str
    headers: Mapping[str, str]
    at: float
    """Monotonic seconds."""


class StandIn:
    """Serves from a thread for as long as its block runs."""

    def __init__(self, reply_to: Callable[[str, Mapping[str, str]], Reply]) -> None:
        self.asked: list[Asked] = []
        self._reply_to = reply_to
        self._rules: list[_Rule] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stand_in._answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def answer(self, pattern: str, reply: Reply, *, times: int = 1_000_000) -> None:
        """From now on requests whose path holds this get this answer, so many times."""
        self._rules.append(_Rule(pattern=re.compile(pattern), reply=reply, left=times))

    def lift(self) -> None:
        """From now on it answers as the archive does; what was asked is forgotten."""
        self._rules.clear()
        self.asked.clear()

    def paths(self, holding: str = "") -> list[str]:
        """The paths that were asked, in order."""
        return [one.path for one in self.asked if holding in one.path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = dict(handler.headers.items())
        self.asked.append(Asked(path=handler.path, headers=headers, at=time.monotonic()))
        reply = self._ruled(handler.path) or self._reply_to(handler.path, headers)
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body[: reply.cut_to])
        if reply.cut_to is not None:
            handler.close_connection = True

    def _ruled(self, path: str) -> Reply | None:
        for rule in self._rules:
            if rule.left and rule.pattern.search(path):
                rule.left -= 1
                return rule.reply
        return None
