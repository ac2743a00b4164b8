"""WARC records and files for the tests."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive.exchange import Exchange, Reference, payload_digest
from pipeline.archive.warc_reader import records
from pipeline.archive.warc_writer import record_bytes, warcinfo_bytes

TIME = datetime(2026, 3, 4, 13, 5, 0, 123456, tzinfo=UTC)
URL = "https://kazpravda.kz/n/odin/"
PAGE = Exchange(
    target=URL, time=TIME, status=200, reason="OK", headers=(("Content-Type", "text/html"),),
    payload="<p>Текст</p>".encode() * 50,
    request=("GET /n/odin/ HTTP/1.1", (("Host", "kazpravda.kz"),)),
)  # fmt: skip
UNCHANGED = Exchange(
    target=URL, time=TIME, status=304, reason="Not Modified", headers=(("ETag", '"1"'),),
    refers_to=Reference(
        target=URL, time=datetime(2026, 3, 1, tzinfo=UTC), digest=payload_digest(PAGE.payload)
    ),
)  # fmt: skip
TEXT = Exchange(
    target=f"urn:sha256:{'a' * 64}", time=TIME, status=0, source="kazpravda",
    payload=b"date 2026-03-04",
)  # fmt: skip


def warcinfo(name: str) -> bytes:
    """The record that begins a file of ours."""
    return warcinfo_bytes(
        name, TIME, "kazpress/0", agent="kazpress/0", part_of="kazpravda-articles"
    )


def warc_file(folder: Path, *exchanges: Exchange, name: str = "a.warc.gz") -> Path:
    """A file of ours with these exchanges."""
    path = folder / name
    path.write_bytes(warcinfo(name) + b"".join(record_bytes(e) for e in exchanges))
    return path


def exchanges(path: Path) -> list[Exchange]:
    """The exchanges in a file."""
    return [record.exchange for record in records(path)]


def as_read(exchange: Exchange) -> Exchange:
    """What is read back: without the request, and with the framing that the record has."""
    framing = ("content-length", "transfer-encoding")
    headers = tuple(pair for pair in exchange.headers if pair[0].lower() not in framing)
    if exchange.refers_to is not None:
        unchanged = replace(exchange, headers=headers, payload=b"", request=None)
        if exchange.status not in {200, 304}:
            return unchanged
        return replace(unchanged, status=304, reason="Not Modified")
    length = ("Content-Length", str(len(exchange.payload)))
    return replace(exchange, headers=(*headers, length), request=None)


def plain(*exchanges: Exchange) -> bytes:
    """The records of exchanges, uncompressed and without requests."""
    return b"".join(
        zlib.decompress(record_bytes(replace(one, request=None)), wbits=31) for one in exchanges
    )


def uncompressed(folder: Path, *exchanges: Exchange) -> Path:
    """A file of these records."""
    path = folder / "plain.warc"
    path.write_bytes(plain(*exchanges))
    return path


def warc_record(target: str, block: bytes, *headers: str, kind: str = "response") -> bytes:
    """A record as another tool writes it."""
    lines = (
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {target}",
        *(headers or ("WARC-Date: 2026-03-04T13:05:00Z",)), f"Content-Length: {len(block)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
