"""Writes the recorded site, seeds/recorded-site.warc.gz: `python seeds/record.py [OUTPUT]`.

The same bytes come out each time: times, ids and gzip headers follow from the addresses. No page
was fetched: the pages are made from the written items, and the warcinfo record says so.
"""

import hashlib
import sys
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if __package__ in (
    None,
    "",
):  # run as a script: the project's root is not among the places where modules are sought
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from seeds.pages import Page, site_pages

OUTPUT = Path(__file__).resolve().with_name("recorded-site.warc.gz")
LEVEL = 6

STARTS = {1: datetime(2026, 3, 16, 6, 0, tzinfo=UTC), 2: datetime(2026, 3, 17, 6, 30, tzinfo=UTC)}
"""When each visit began."""

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 404: "Not Found"}

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A page with the time at which it was recorded."""

    page: Page
    when: datetime


def recorded_site() -> bytes:
    """The WARC file: warcinfo, then each response with its request, one gzip member a record."""
    return b"".join(gzip_member(record) for record in records())


def records() -> Iterator[bytes]:
    """The records, not compressed, in order of time."""
    yield _record(
        "", "warcinfo", STARTS[1], payload=_warcinfo(), content_type="application/warc-fields"
    )
    for exchange in exchanges(site_pages()):
        yield _response(exchange)
        yield _request(exchange)


def exchanges(pages: Iterable[Page]) -> Iterator[Exchange]:
    """The pages with their times: a visit begins at its hour, requests are 2 to 4 seconds apart."""
    now = dict(STARTS)
    for page in pages:
        yield Exchange(page=page, when=now[page.visit])
        now[page.visit] += timedelta(seconds=2 + zlib.crc32(page.url.encode()) % 3)


def gzip_member(content: bytes) -> bytes:
    """One gzip member (RFC 1952) without name and time, "unknown" as its system."""
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = compressor.compress(content) + compressor.flush()
    trailer = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(
        4, "little"
    )
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + packed + trailer


def _warcinfo() -> bytes:
    fields = {
        "software": "kazpress seeds/record.py",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "A made site for tests: written items in the shape of two real sites. "
        "No page was fetched.",
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()


def _response(exchange: Exchange) -> bytes:
    page = exchange.page
    body = page.body.encode()
    headers = [
        ("Server", "nginx"),
        ("Date", format_datetime(exchange.when, usegmt=True)),
        ("Content-Type", page.content_type),
        *_validators(exchange, body),
    ]
    if page.location:
        headers.append(("Location", page.location))
    if _is_compressed(page):
        body = gzip_member(body)
        headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    headers.append(("Content-Length", str(len(body))))
    status = f"{page.status} {REASONS[page.status]}"
    return _record(
        page.url, "response", exchange.when, http=(f"HTTP/1.1 {status}", headers), payload=body
    )


def _request(exchange: Exchange) -> bytes:
    address = urlsplit(exchange.page.url)
    headers = [
        ("Host", address.netloc),
        ("User-Agent", "kazpress/0 (made for tests, not sent)"),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Encoding", "gzip, deflate"),
        ("Accept-Language", exchange.page.language),
    ]
    concurrent = _record_id("response", exchange.page.url, exchange.when)
    http = (f"GET {address.path} HTTP/1.1", headers)
    return _record(exchange.page.url, "request", exchange.when, http=http, concurrent=concurrent)


def _validators(exchange: Exchange, body: bytes) -> Headers:
    """ETag at the paper, Last-Modified on some of the Senate's pages, none but with status 200."""
    page = exchange.page
    if page.status != 200:
        return []
    if urlsplit(page.url).netloc == "kazpravda.kz":
        return [
            ("ETag", f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'),
            ("Cache-Control", "no-cache"),
        ]
    if zlib.crc32(page.url.encode()) % 2:
        return [("Last-Modified", format_datetime(STARTS[1] - timedelta(hours=9), usegmt=True))]
    return []


def _is_compressed(page: Page) -> bool:
    """Two of three pages come gzipped; what is not a page of text does not."""
    return (
        page.status == 200
        and page.content_type.startswith("text/html")
        and zlib.crc32(page.url.encode()) % 3 != 0
    )


def _record(
    url: str,
    kind: str,
    when: datetime,
    *,
    payload: bytes = b"",
    http: tuple[str, Headers] | None = None,
    content_type: str = "",
    concurrent: str | None = None,
) -> bytes:
    """The bytes of one record, with digests."""
    named = {
        "WARC-Record-ID": _record_id(kind, url, when),
        "WARC-Date": f"{when:%Y-%m-%dT%H:%M:%SZ}",
    }
    if kind == "warcinfo":
        named["WARC-Filename"] = OUTPUT.name
    if concurrent:
        named["WARC-Concurrent-To"] = concurrent
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        warc_content_type=content_type,
        warc_headers_dict=named,
        http_headers=_http_headers(*http) if http else None,
    )
    writer.write_record(record)
    return out.getvalue()


def _http_headers(first_line: str, headers: Headers) -> StatusAndHeaders:
    """A status line is split, protocol first; a request line stays whole: so wants warcio."""
    if first_line.startswith("HTTP/"):
        protocol, status = first_line.split(" ", 1)
        return StatusAndHeaders(status, headers, protocol=protocol)
    return StatusAndHeaders(first_line, headers, is_http_request=True)


def _record_id(kind: str, url: str, when: datetime) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {url} {when.isoformat()}')}>"


def main(arguments: list[str]) -> None:
    """Writes the file named, by default the one beside this script."""
    output = Path(arguments[0]) if arguments else OUTPUT
    output.write_bytes(recorded_site())


if __name__ == "__main__":
    main(sys.argv[1:])
