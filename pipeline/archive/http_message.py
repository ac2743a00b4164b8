"""HTTP answers as WARC records have them (RFC 9112)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.archive.exchange import Headers, header

_STATUS_LINE = re.compile(
    r"(?P<protocol>HTTP/[\d.]+) +(?P<status>[1-9][0-9]{2})(?: +(?P<reason>.*))?"
)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(r"\r?\n(?![ \t])")
_CHUNK_SIZE = re.compile(rb"[ \t]*(?P<size>[0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHUNK_END = re.compile(rb"\r?\n")
_CONTINUATION = re.compile(r"[ \t]*\r?\n[ \t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """An HTTP answer: head, and body without Transfer-Encoding."""

    protocol: str
    status: int
    reason: str
    headers: Headers
    body: bytes = field(repr=False)
    is_short: bool
    """Whether the body is shorter than its Content-Length says, or breaks off in its chunks."""


def parse_answer(block: bytes) -> HttpAnswer | None:
    """The answer in a WARC record's block; None where there is none."""
    end = _HEAD_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    lines = _LINE_END.split(head.decode("latin-1"))
    line = _STATUS_LINE.fullmatch(lines[0])
    if line is None:
        return None
    headers = tuple(_headers(lines[1:]))
    if "chunked" in (header(headers, "Transfer-Encoding") or "").lower():
        body, is_short = _joined(body)
    else:
        said = header(headers, "Content-Length") or ""
        is_short = said.isdecimal() and len(body) < int(said[:18])
    return HttpAnswer(
        protocol=line["protocol"],
        status=int(line["status"]),
        reason=line["reason"] or "",
        headers=headers,
        body=body,
        is_short=is_short,
    )


def _headers(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(" \t"), _CONTINUATION.sub(" ", value.strip(" \t\r\n"))


def _joined(body: bytes) -> tuple[bytes, bool]:
    """A chunked body without its chunks, and whether it breaks off before the last one; unchanged
    where it has none, whatever the header says.
    """
    chunks: list[bytes] = []
    begins = _CHUNK_SIZE.match(body)
    if begins is None:
        return body, False
    while begins and (size := int(begins["size"], 16)):
        chunks.append(body[begins.end() : begins.end() + size])
        end = _CHUNK_END.match(body, begins.end() + size)
        begins = _CHUNK_SIZE.match(body, end.end()) if end else None
    return b"".join(chunks), begins is None
