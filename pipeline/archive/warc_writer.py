"""Makes the bytes of WARC records (ISO 28500:2017, WARC/1.1).

Each record is one gzip member, packed by zlib-ng: at its level 4 a page takes a third of the time
of zlib's level 6, and two or three hundredths more room. The head of an HTTP message is written
byte for byte as it came.
"""

import re
from datetime import datetime
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders
from zlib_ng import zlib_ng

from pipeline.archive.exchange import (
    MIRROR_HEADER,
    SOURCE_HEADER,
    Exchange,
    Headers,
    Reference,
    payload_digest,
)
from pipeline.clock import stamp

_NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_LEVEL = 4
_VERSION = "WARC/1.1"
_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_HTTP = "application/http; msgtype="
_LINE_ENDS = re.compile(r"[\r\n]+")
_EMPTY = payload_digest(b"")
_FRAMING = frozenset({"content-length", "transfer-encoding"})


def record_bytes(exchange: Exchange) -> bytes:
    """The exchange as gzip members: its record, then that of the request where it has one."""
    record_id = _new_id()
    main = _main_record(exchange, record_id)
    return main if exchange.request is None else main + _request(exchange, record_id)


def warcinfo_bytes(
    filename: str, time: datetime, software: str, *, agent: str | None, part_of: str
) -> bytes:
    """The warcinfo record, which begins a file: what wrote it, and `part_of` what it is; `agent` is
    the User-Agent of what asked for the first record in it, None where that was imported.
    """
    told = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": _STANDARD,
        "isPartOf": part_of,
        "robots": "obey" if agent else None,
        "http-header-user-agent": agent,
    }
    lines = [f"{name}: {_one_line(value)}\r\n" for name, value in told.items() if value]
    headers = {
        "WARC-Type": "warcinfo", "WARC-Record-ID": _new_id(), "WARC-Filename": filename,
        "WARC-Date": stamp(time),
    }  # fmt: skip
    return _member(headers, "application/warc-fields", "".join(lines).encode())


def _member(headers: dict[str, str], content_type: str, block: bytes) -> bytes:
    """A record, as one gzip member."""
    framing = {
        "WARC-Block-Digest": payload_digest(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    lines = [(name, _one_line(value)) for name, value in (headers | framing).items()]
    head: bytes = StatusAndHeaders("", lines, protocol=_VERSION).to_bytes(encoding="utf-8")
    packer = zlib_ng.compressobj(level=_LEVEL, wbits=31)
    packed = [packer.compress(piece) for piece in (head, block, b"\r\n\r\n")]
    return b"".join((*packed, packer.flush()))


def _main_record(exchange: Exchange, record_id: str) -> bytes:
    headers = {"WARC-Type": "response", **_about(exchange, record_id)}
    if exchange.mirror:
        headers[MIRROR_HEADER] = exchange.mirror
    if exchange.ip_address:
        headers["WARC-IP-Address"] = exchange.ip_address
    if exchange.source:
        headers[SOURCE_HEADER] = exchange.source
    if exchange.kind != "http":
        headers["WARC-Type"] = "metadata" if exchange.kind == "decision" else "resource"
        headers["WARC-Payload-Digest"] = exchange.digest
        return _member(headers, exchange.content_type, exchange.payload)
    line = f"{exchange.protocol} {exchange.status} {exchange.reason}".strip()
    head = _head(line, _stored_headers(exchange))
    if exchange.refers_to is None:
        headers["WARC-Payload-Digest"] = exchange.digest
        return _member(headers, f"{_HTTP}response", head + exchange.payload)
    headers |= {"WARC-Type": "revisit", **_revisit_headers(exchange, exchange.refers_to)}
    return _member(headers, f"{_HTTP}response", head)


def _request(exchange: Exchange, answer_id: str) -> bytes:
    assert exchange.request is not None
    headers = {
        "WARC-Type": "request", **_about(exchange, _new_id()), "WARC-Concurrent-To": answer_id,
        "WARC-Payload-Digest": _EMPTY,
    }  # fmt: skip
    return _member(headers, f"{_HTTP}request", _head(*exchange.request))


def _about(exchange: Exchange, record_id: str) -> dict[str, str]:
    return {
        "WARC-Record-ID": record_id,
        "WARC-Target-URI": exchange.target,
        "WARC-Date": stamp(exchange.time),
    }


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _revisit_headers(exchange: Exchange, refers_to: Reference) -> dict[str, str]:
    """What a revisit says of the exchange that it refers to, as far as it is known."""
    time = refers_to.time
    said = {
        "WARC-Profile": _NOT_MODIFIED_PROFILE if exchange.is_unchanged else _SAME_PAYLOAD_PROFILE,
        "WARC-Refers-To": refers_to.record_id,
        "WARC-Refers-To-Target-URI": refers_to.target,
        "WARC-Refers-To-Date": stamp(time) if time else None,
        "WARC-Payload-Digest": refers_to.digest,
    }
    return {name: value for name, value in said.items() if value}


def _stored_headers(exchange: Exchange) -> Headers:
    """The response's headers as they came, with the true Content-Length, no Transfer-Encoding."""
    kept = [pair for pair in exchange.headers if pair[0].lower() not in _FRAMING]
    if exchange.refers_to is None:
        kept.append(("Content-Length", str(len(exchange.payload))))
    return tuple(kept)


def _head(line: str, headers: Headers) -> bytes:
    """The head of an HTTP message."""
    lines = [line, *(f"{name}: {value}" for name, value in headers), ""]
    return b"".join(_header_bytes(one) + b"\r\n" for one in lines)


def _header_bytes(line: str) -> bytes:
    """A line of a head; its characters stand for bytes (Latin-1), as Scrapy's are decoded."""
    line = _one_line(line)
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode()


def _one_line(value: str) -> str:
    return _LINE_ENDS.sub(" ", value)
