"""The replica's server, run as `python -m tests.sites.server --site kazpravda --seed 1`.

Prints `{"url": …}` when it serves, and ends when its standard input does. Commands (`Shelf.obey`)
come as JSON by POST to /__control__, or one a line from the file that `--commands` names, which
is read before the first request. With `--echo` each request's log line is printed too.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from tests.sites.answer import Answer, answer_to
from tests.sites.look import Look
from tests.sites.rules import Claimed, Delayed
from tests.sites.senate import STYLES
from tests.sites.shelf import SITES, Shelf
from tests.sites.thin import Thin
from tests.sites.ways import Ways

CONTROL: Final = "/__control__"
_HOST: Final = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """Serves a shelf and writes down who asked for what."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, shelf: Shelf, port: int, log: Path | None, *, echo: bool) -> None:
        super().__init__((_HOST, port), Handler)
        self.shelf = shelf
        self._echo = echo
        self._log = log.open("ab", buffering=0) if log else None
        self._lock = threading.Lock()

    def note(self, row: dict[str, Any]) -> None:
        """Writes one line, whole, before the answer's first byte."""
        line = json.dumps(row, ensure_ascii=False) + "\n"
        with self._lock:
            if self._log is not None:
                self._log.write(line.encode())
            if self._echo:
                _say(line)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silent about clients that went away; everything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "nginx"
    sys_version = ""
    server: Server

    def do_GET(self) -> None:
        """Answers as the site, or as the rules have it."""
        self._answer()

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self._answer()

    def do_POST(self) -> None:
        """Obeys a command; a crawler has no reason to post."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != CONTROL:
            self._answer()
            return
        try:
            self.server.shelf.obey(json.loads(body))
        except (KeyError, TypeError, ValueError) as error:
            self._send(Answer(status=400, headers=(), body=repr(error).encode()), Claimed())
        else:
            self._send(Answer(status=200, headers=(), body=b"{}"), Claimed())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing: the log is `Server.note`'s."""

    def _answer(self) -> None:
        monotonic, wall = time.monotonic(), time.time()
        shelf = self.server.shelf
        claimed = shelf.rules.claim(self.path)
        page = shelf.page(self.path, empty=claimed.emptied is not None)
        answer = answer_to(self.headers, page, claimed, shelf)
        reset = claimed.answered.reset
        self.server.note(
            {
                "monotonic": monotonic,
                "wall": wall,
                "method": self.command,
                "path": self.path,
                "headers": self.headers.items(),
                "status": 0 if reset else answer.status,
            }
        )
        _wait(claimed)
        if reset:
            self._reset()
        else:
            self._send(answer, claimed)

    def _reset(self) -> None:
        """Closes so that the client's system sees a reset, not an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())

    def _send(self, answer: Answer, claimed: Claimed) -> None:
        framed = claimed.framed
        chunked = framed.framing == "chunked" and not answer.bodiless
        self._send_head(answer, claimed, chunked=chunked)
        body = b"" if answer.bodiless or self.command == "HEAD" else answer.body
        for piece in _pieces(body[: framed.cut_after], claimed.delayed):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            if claimed.delayed.drip_seconds:
                claimed.lifted.wait(claimed.delayed.drip_seconds)
        if chunked and framed.cut_after is None:
            self.wfile.write(b"0\r\n\r\n")

    def _send_head(self, answer: Answer, claimed: Claimed, *, chunked: bool) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif claimed.framed.framing == "length" and not answer.bodiless:
            self.send_header("Content-Length", str(len(answer.body)))
        if claimed.framed.framing == "close" or claimed.framed.cut_after is not None:
            self.send_header("Connection", "close")
        self.end_headers()


def _wait(claimed: Claimed) -> None:
    delayed = claimed.delayed
    if delayed.held:
        claimed.lifted.wait()
    elif delayed.seconds:
        claimed.lifted.wait(delayed.seconds)


def _pieces(body: bytes, delayed: Delayed) -> Iterator[bytes]:
    size = delayed.drip_bytes or 65536
    for start in range(0, len(body), size):
        yield body[start : start + size]


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sites.server", description=__doc__)
    parser.add_argument("--site", choices=sorted(SITES), required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40, help="articles at the start")
    parser.add_argument("--style", type=int, choices=STYLES, help="the Senate's markup")
    parser.add_argument("--thin", type=json.loads, help="Thin.to_json: many short articles")
    parser.add_argument("--ways", type=json.loads, default={}, help="fields of Ways")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, help="file for one JSON line a request")
    parser.add_argument("--commands", type=Path, help="file of commands, one JSON a line")
    parser.add_argument("--echo", action="store_true", help="print the log lines too")
    return parser.parse_args()


def main() -> None:
    """Serves until standard input ends."""
    options = _options()
    look = Look(site=options.site, seed=options.seed, style=options.style)
    thin = None if options.thin is None else Thin.from_json(options.thin)
    shelf = Shelf(look, options.count, thin=thin, ways=Ways(**options.ways))
    if options.commands is not None:
        for line in options.commands.read_text(encoding="utf-8").splitlines():
            shelf.obey(json.loads(line))
    server = Server(shelf, options.port, options.log, echo=options.echo)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _say(json.dumps({"url": f"http://{_HOST}:{server.server_port}"}) + "\n")
    server.serve_forever()


if __name__ == "__main__":
    main()
