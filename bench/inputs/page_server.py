"""Made-up pages of some 50 kB on loopback, as HTML or gzipped by the server:
`python -m bench.inputs.page_server` prints its port, and serves until its standard input ends.

It is as small as it can be, so that what asks it is what is measured.
"""

import asyncio
import gzip
import re
import sys

from bench.inputs.site_articles import site_articles

_PATH = re.compile(rb"/(plain|gzip)/n/statya-([0-9]+)/")
_PAGES = 40
_LINKS = 200
_PARAGRAPHS = 70


def pages() -> list[bytes]:
    """Pages with different texts in one frame, a third of each text."""
    paragraphs = [text for one in site_articles(14 * _PAGES, "zipf") for text in one.paragraphs]
    links = "".join(
        f'<li class="menu__item"><a class="menu__link" href="/rubric/{at}/">Рубрика {at}</a></li>'
        for at in range(_LINKS)
    )
    head = '<!doctype html><html lang="ru"><meta charset="utf-8"><title>Заголовок</title>'
    return [
        f"{head}<body><ul>{links}</ul><article>"
        f"{''.join(f'<p>{text}</p>' for text in paragraphs[at::_PAGES][:_PARAGRAPHS])}"
        "</article></body></html>".encode()
        for at in range(_PAGES)
    ]


class _Answers(asyncio.Protocol):
    """Answers each request: under `/gzip/` with the same pages as under `/plain/`, gzipped."""

    def __init__(self, answers: dict[bytes, list[bytes]]) -> None:
        self._answers = answers
        self._transport: asyncio.Transport | None = None
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        *requests, self._waiting = (self._waiting + data).split(b"\r\n\r\n")
        for request in requests:
            coding, number = _PATH.search(request).groups()  # type: ignore[union-attr]
            self._transport.write(self._answers[coding][int(number) % _PAGES])


def _answer(body: bytes, *headers: str) -> bytes:
    lines = (
        "HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8",
        'ETag: "1"', f"Content-Length: {len(body)}", *headers,
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _serve() -> None:
    bodies = pages()
    answers = {
        b"plain": [_answer(body) for body in bodies],
        b"gzip": [
            _answer(gzip.compress(body, mtime=0), "Content-Encoding: gzip") for body in bodies
        ],
    }
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Answers(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
