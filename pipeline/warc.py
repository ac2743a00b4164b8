"""WARC records, written and read (ISO 28500:2017, WARC/1.1), with warcio.

What warcio leaves to its users is done here: one gzip member a record at level 6 (warcio's fixed
level 9 gives the same size and takes three times as long), a record cut short is noticed, chunked
bodies of other tools' files are put together while their Content-Encoding stays.
"""

import base64
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

from kazpress.errors import ArchiveError
from pipeline.clock import moment, stamp

NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
MIRROR_HEADER = "Kazpress-Mirror"
SOURCE_HEADER = "Kazpress-Source"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP exchange, or one imported text, apart from where it is stored."""

    target: str
    time: datetime
    status: int
    """The HTTP status; 0 of an imported text."""
    reason: str = ""
    protocol: str = "HTTP/1.1"
    headers: Headers = ()
    payload: bytes = field(default=b"", repr=False)
    """The body with its Content-Encoding, without Transfer-Encoding."""
    request: tuple[str, Headers] | None = None
    """The request's first line and headers."""
    refers_to: tuple[str, datetime, str] | None = None
    """Of a revisit: target, time and payload digest of what it refers to."""
    mirror: str | None = None
    source: str | None = None
    """Of an imported text: whose it is."""

    def header(self, name: str) -> str | None:
        """The last value of a response header."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return values[-1] if values else None

    @property
    def digest(self) -> str:
        """The payload's digest, or that of the payload that a revisit refers to."""
        return self.refers_to[2] if self.refers_to else payload_digest(self.payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One exchange as it lies in a WARC file."""

    exchange: Exchange
    offset: int
    length: int


def payload_digest(payload: bytes) -> str:
    """A payload's digest in the form that WARC files customarily bear: SHA-1, Base32."""
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


def record_bytes(exchange: Exchange) -> bytes:
    """The exchange as gzip members: the response, revisit or resource, then the request."""
    writer = BufferWARCWriter(gzip=False, warc_version="WARC/1.1")
    main = _main_record(writer, exchange)
    members = [_member(writer, main)]
    if exchange.request is not None:
        members.append(
            _member(
                BufferWARCWriter(gzip=False, warc_version="WARC/1.1"),
                _request(writer, exchange, main),
            )
        )
    return b"".join(members)


def warcinfo_bytes(filename: str, time: datetime, software: str) -> bytes:
    """The record that begins a file."""
    writer = BufferWARCWriter(gzip=False, warc_version="WARC/1.1")
    info = {"software": software, "format": "WARC File Format 1.1"}
    record = writer.create_warcinfo_record(filename, info)
    record.rec_headers.replace_header("WARC-Date", stamp(time))
    return _member(writer, record)


def records(path: Path) -> Iterator[Record]:
    """The exchanges of a WARC file of any tool, in the file's order.

    A torn last record ends the walk with a `TornRecord`. Raises ArchiveError where the file
    can't be read or is no WARC.
    """
    try:
        with path.open("rb") as file:
            yield from _walk(file, path)
    except OSError as error:
        raise ArchiveError(f"{path}: can't be read ({error.strerror or error})") from error


def record_at(path: Path, offset: int) -> Record:
    """The exchange whose record begins at an offset. Raises ArchiveError where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in _walk(file, path):
                return record
    except (OSError, TornRecord) as error:
        raise ArchiveError(f"{path}: no whole record at byte {offset} ({error})") from error
    raise ArchiveError(f"{path}: no record at byte {offset}")


def whole_members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """The whole gzip members of a file from an offset on: offset, length, what they hold.

    Ends before the first one that is torn or broken.
    """
    with path.open("rb") as file:
        file.seek(start)
        offset, waiting = start, b""
        while True:
            member = zlib.decompressobj(wbits=31)
            plain: list[bytes] = []
            length = 0
            try:
                while not member.eof:
                    waiting = waiting or file.read(1 << 20)
                    if not waiting:
                        return
                    plain.append(member.decompress(waiting))
                    length += len(waiting) - len(member.unused_data)
                    waiting = member.unused_data
            except zlib.error:
                return
            yield offset, length, b"".join(plain)
            offset += length


def exchange_of(plain: bytes) -> Exchange | None:
    """The exchange that one decompressed record holds; None of a request or warcinfo record."""
    for record in ArchiveIterator(io.BytesIO(plain)):
        return _exchange(record)
    return None


class TornRecord(Exception):
    """A WARC file ends within a record; bears the file and the offset of that record."""

    def __init__(self, path: Path, offset: int) -> None:
        super().__init__(f"{path}: the record at byte {offset} is torn")
        self.path = path
        self.offset = offset


def _member(writer: BufferWARCWriter, record: Any) -> bytes:
    writer.write_record(record)
    packer = zlib.compressobj(level=6, wbits=31)
    return packer.compress(writer.get_contents()) + packer.flush()


def _main_record(writer: BufferWARCWriter, exchange: Exchange) -> Any:
    headers = {"WARC-Date": stamp(exchange.time)}
    if exchange.mirror:
        headers[MIRROR_HEADER] = exchange.mirror
    if exchange.source:
        headers[SOURCE_HEADER] = exchange.source
    if exchange.status == 0:
        return writer.create_warc_record(
            exchange.target, "resource", payload=io.BytesIO(exchange.payload),
            length=len(exchange.payload), warc_content_type="text/plain; charset=utf-8",
            warc_headers_dict=headers,
        )  # fmt: skip
    http = StatusAndHeaders(
        f"{exchange.status} {exchange.reason}".strip(),
        _stored_headers(exchange),
        protocol=exchange.protocol,
    )
    if exchange.refers_to:
        target, time, digest = exchange.refers_to
        record = writer.create_revisit_record(
            exchange.target,
            digest,
            target,
            stamp(time),
            http_headers=http,
            warc_headers_dict=headers,
        )
        record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED_PROFILE)
        return record
    return writer.create_warc_record(
        exchange.target, "response", payload=io.BytesIO(exchange.payload),
        length=len(exchange.payload), http_headers=http, warc_headers_dict=headers,
    )  # fmt: skip


def _stored_headers(exchange: Exchange) -> list[tuple[str, str]]:
    """The response's headers as they came, with the true Content-Length, no Transfer-Encoding."""
    dropped = {"content-length", "transfer-encoding"}
    kept = [(name, value) for name, value in exchange.headers if name.lower() not in dropped]
    if exchange.refers_to is None:
        kept.append(("Content-Length", str(len(exchange.payload))))
    return kept


def _request(writer: BufferWARCWriter, exchange: Exchange, main: Any) -> Any:
    assert exchange.request is not None
    line, headers = exchange.request
    http = StatusAndHeaders(line, list(headers), is_http_request=True)
    return writer.create_warc_record(
        exchange.target, "request", http_headers=http,
        warc_headers_dict={
            "WARC-Date": stamp(exchange.time),
            "WARC-Concurrent-To": main.rec_headers.get_header("WARC-Record-ID"),
        },
    )  # fmt: skip


def _walk(file: BinaryIO, path: Path) -> Iterator[Record]:
    iterator = ArchiveIterator(file)
    offset = file.tell()
    seen = False
    try:
        for record in iterator:
            seen = True
            exchange = _exchange(record)
            missing = record.raw_stream.limit
            offset = iterator.get_record_offset()
            if missing:
                raise TornRecord(path, offset)
            length = iterator.get_record_length()
            if exchange is not None:
                yield Record(exchange=exchange, offset=offset, length=length)
    except (ArchiveLoadFailed, EOFError, zlib.error) as error:
        if seen:
            raise TornRecord(path, offset) from error
        reason = (
            str(error).strip().splitlines()[0] if str(error).strip() else "no WARC record in it"
        )
        raise ArchiveError(f"{path}: is no WARC file ({reason})") from error


def _exchange(record: Any) -> Exchange | None:
    kind = record.rec_type
    get = record.rec_headers.get_header
    target = (get("WARC-Target-URI") or "").strip("<>")
    if kind == "resource" and target.startswith("urn:sha256:"):
        payload = _all(record.raw_stream)
        return Exchange(
            target=target, time=moment(get("WARC-Date")), status=0, payload=payload,
            headers=(("Content-Type", "text/plain; charset=utf-8"),), source=get(SOURCE_HEADER),
        )  # fmt: skip
    if kind not in ("response", "revisit") or not record.http_headers:
        _all(record.raw_stream)
        return None
    payload = _payload(record)
    status = record.http_headers.get_statuscode()
    return Exchange(
        target=target,
        time=moment(get("WARC-Date")),
        status=int(status) if status.isdigit() else 0,
        reason=record.http_headers.statusline.partition(" ")[2],
        protocol=record.http_headers.protocol or "HTTP/1.1",
        headers=tuple((str(name), str(value)) for name, value in record.http_headers.headers),
        payload=payload,
        refers_to=_refers_to(record) if kind == "revisit" else None,
        mirror=get(MIRROR_HEADER),
    )


def _payload(record: Any) -> bytes:
    coding = (record.http_headers.get_header("Transfer-Encoding") or "").lower()
    if "chunked" not in coding:
        return _all(record.raw_stream)
    joined = _all(ChunkedDataReader(record.raw_stream, decomp_type=None))
    _all(record.raw_stream)
    return joined


def _all(stream: Any) -> bytes:
    """What is left of a stream; warcio's give a buffer at a time."""
    return b"".join(iter(lambda: stream.read(1 << 16), b""))


def _refers_to(record: Any) -> tuple[str, datetime, str] | None:
    get = record.rec_headers.get_header
    target, date, digest = (
        get("WARC-Refers-To-Target-URI"), get("WARC-Refers-To-Date"), get("WARC-Payload-Digest"),
    )  # fmt: skip
    if not target or not date or not digest:
        return None
    return target.strip("<>"), moment(date), digest
