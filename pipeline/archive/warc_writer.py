"""Makes the bytes of WARC records (ISO 28500:2017, WARC/1.1), with warcio.

Each record is one gzip member, packed by zlib-ng: at its level 5 a page takes a third of the time
of zlib's level 6, and one or two hundredths more room. warcio packs by zlib's level 9.
Headers are written byte for byte as they came; warcio would percent-encode some of them.
"""

import io
import re
from datetime import datetime
from typing import Any

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from zlib_ng import zlib_ng

from pipeline.archive.exchange import MIRROR_HEADER, SOURCE_HEADER, Exchange, Headers, Reference
from pipeline.clock import stamp

_NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_LEVEL = 5
_VERSION = "WARC/1.1"
_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_BUILDER = RecordBuilder(warc_version=_VERSION)
_LINE_ENDS = re.compile(r"[\r\n]+")
_FRAMING = frozenset({"content-length", "transfer-encoding"})


def record_bytes(exchange: Exchange) -> bytes:
    """The exchange as gzip members: its record, then that of the request where it has one."""
    main = _main_record(exchange)
    if exchange.request is None:
        return _member(main)
    return _member(main) + _member(_request(exchange, main))


def warcinfo_bytes(
    filename: str, time: datetime, software: str, *, agent: str | None, part_of: str
) -> bytes:
    """The warcinfo record, which begins a file: what wrote it, and `part_of` what it is; `agent` is
    the User-Agent of what asked for the first record in it, None where that was imported.
    """
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": _STANDARD,
        "isPartOf": part_of,
        "robots": "obey" if agent else None,
        "http-header-user-agent": agent,
    }
    record = _BUILDER.create_warcinfo_record(filename, info)
    record.rec_headers.replace_header("WARC-Date", stamp(time))
    return _member(record)


def _member(record: Any) -> bytes:
    out = io.BytesIO()
    WARCWriter(out, gzip=False, warc_version=_VERSION).write_record(record)
    packer = zlib_ng.compressobj(level=_LEVEL, wbits=31)
    return packer.compress(out.getvalue()) + packer.flush()


def _main_record(exchange: Exchange) -> Any:
    headers = {"WARC-Date": stamp(exchange.time)}
    if exchange.mirror:
        headers[MIRROR_HEADER] = exchange.mirror
    if exchange.ip_address:
        headers["WARC-IP-Address"] = exchange.ip_address
    if exchange.source:
        headers[SOURCE_HEADER] = exchange.source
    if exchange.kind != "http":
        return _BUILDER.create_warc_record(
            exchange.target, "metadata" if exchange.kind == "decision" else "resource",
            payload=io.BytesIO(exchange.payload), length=len(exchange.payload),
            warc_content_type=exchange.content_type, warc_headers_dict=headers,
        )  # fmt: skip
    line = f"{exchange.protocol} {exchange.status} {exchange.reason}".strip()
    http = _head(line, _stored_headers(exchange))
    if exchange.refers_to is None:
        return _BUILDER.create_warc_record(
            exchange.target, "response", payload=io.BytesIO(exchange.payload),
            length=len(exchange.payload), http_headers=http, warc_headers_dict=headers,
        )  # fmt: skip
    return _BUILDER.create_warc_record(
        exchange.target, "revisit", http_headers=http,
        warc_headers_dict=headers | _revisit_headers(exchange, exchange.refers_to),
    )  # fmt: skip


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


def _request(exchange: Exchange, main: Any) -> Any:
    assert exchange.request is not None
    return _BUILDER.create_warc_record(
        exchange.target, "request", http_headers=_head(*exchange.request),
        warc_headers_dict={
            "WARC-Date": stamp(exchange.time),
            "WARC-Concurrent-To": main.rec_headers.get_header("WARC-Record-ID"),
        },
    )  # fmt: skip


def _stored_headers(exchange: Exchange) -> Headers:
    """The response's headers as they came, with the true Content-Length, no Transfer-Encoding."""
    kept = [pair for pair in exchange.headers if pair[0].lower() not in _FRAMING]
    if exchange.refers_to is None:
        kept.append(("Content-Length", str(len(exchange.payload))))
    return tuple(kept)


def _head(line: str, headers: Headers) -> Any:
    """The head of an HTTP message for warcio, made to write our bytes instead of its own."""
    protocol, _, rest = line.partition(" ")
    head = StatusAndHeaders(rest, list(headers), protocol=protocol)
    lines = [line, *(f"{name}: {value}" for name, value in headers), ""]
    packed = b"".join(_header_bytes(one) + b"\r\n" for one in lines)
    head.to_ascii_bytes = lambda _filter=None: packed
    return head


def _header_bytes(line: str) -> bytes:
    """A line of a head; its characters stand for bytes (Latin-1), as Scrapy's are decoded."""
    line = _LINE_ENDS.sub(" ", line)
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode()
