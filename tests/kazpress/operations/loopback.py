"""A real receiver on loopback, which behaves as it is told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

Way = Literal["answer", "hang", "drip", "reset"]


class LoopbackReceiver:
    """Takes events by POST. `with LoopbackReceiver() as receiver: …`"""

    def __init__(self) -> None:
        self.status = 200
        self.location: str | None = None
        self.way: Way = "answer"
        self.events: list[dict[str, Any]] = []
        """What it was sent and has taken."""
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        """Method, path and headers of each."""
        self._over = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver._take(self)

            do_GET = do_POST  # noqa: N815  # the library's name

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.requests.append((handler.command, handler.path, dict(handler.headers)))
        if self.way == "hang":
            self._over.wait()
        elif self.way == "drip":
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
            while not self._over.wait(0.05):
                handler.wfile.write(b"a")
        elif self.way == "answer":
            if self.status == 200:
                self.events.append(json.loads(body))
            handler.send_response(self.status)
            if self.location is not None:
                handler.send_header("Location", self.location)
            handler.end_headers()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
