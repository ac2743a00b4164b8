"""What a whole record says, or why it gives no exchange."""

import hashlib
from datetime import UTC, datetime

import pytest

from pipeline.archive.exchange import Exchange, Reference, payload_digest
from pipeline.archive.record_exchange import NoExchange, exchange_in
from pipeline.warc.raw_records import RawRecord

URL = "https://kazpravda.kz/n/odin/"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Page"
TIME = datetime(2026, 3, 4, 13, 5, tzinfo=UTC)


def in_record(kind: str, block: bytes = PAGE, **headers: str | None) -> Exchange | NoExchange:
    said: dict[str, str | None] = {
        "warc-type": kind, "warc-target-uri": URL, "warc-date": "2026-03-04T13:05:00Z",
    }  # fmt: skip
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    present = {name: value for name, value in said.items() if value is not None}
    return exchange_in(RawRecord(position=0, headers=present, block=block))


def taken(kind: str, block: bytes = PAGE, **headers: str | None) -> Exchange:
    found = in_record(kind, block, **headers)
    assert isinstance(found, Exchange), found
    return found


def refused(kind: str, block: bytes = PAGE, **headers: str | None) -> NoExchange:
    found = in_record(kind, block, **headers)
    assert isinstance(found, NoExchange), found
    return found


def test_a_response_is_taken_as_it_came() -> None:
    found = taken("Response", warc_target_uri=f"<{URL}>")
    assert (found.target, found.time, found.status, found.payload) == (URL, TIME, 200, b"<p>Page")


@pytest.mark.parametrize(
    ("headers", "block", "reason", "cause"),
    [
        ({"warc_type": None}, PAGE, "headers", "damage"),
        ({"warc_target_uri": None}, PAGE, "headers", "damage"),
        ({"warc_target_uri": "dns:kazpravda.kz"}, b"kz. IN A", "response", "type"),
        ({}, b"no head of an answer", "http", "damage"),
        ({}, b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<p>", "truncated", "part"),
        ({}, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab", "truncated", "part"),
        ({"warc_truncated": "length"}, PAGE, "truncated", "part"),
        ({"warc_segment_number": "1"}, PAGE, "truncated", "part"),
    ],
)
def test_a_response_that_gives_no_page_says_why(
    headers: dict[str, str | None], block: bytes, reason: str, cause: str
) -> None:
    found = refused("response", block, **headers)
    assert (found.reason, found.cause) == (reason, cause)


@pytest.mark.parametrize(
    "kind", ["request", "warcinfo", "metadata", "conversion", "continuation", "something"]
)
def test_other_types_are_counted_by_their_names(kind: str) -> None:
    assert refused(kind, warc_target_uri=None) == NoExchange(
        reason=kind, detail=f"its type is {kind}", cause="type"
    )


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("2026-03-04T13:05:00Z", TIME),
        ("2026-03-04T13:05:00", TIME),
        ("2026-03-04T18:05:00+05:00", TIME),
        ("2026-03-04T13:05Z", TIME),
        ("2026-03-04T13:05:00.123456789Z", TIME.replace(microsecond=123456)),
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
    ],
)
def test_a_date_of_any_precision_that_names_a_day_is_taken(date: str, time: datetime) -> None:
    assert taken("response", warc_date=date).time == time


@pytest.mark.parametrize(
    "date",
    [None, "", "2026-03", "2026", "20260304130500", "2026-W10-3", "yesterday", "2026-13-04",
     "0001-01-01T00:00:00+05:00", "9999-12-31"],
)  # fmt: skip
def test_a_record_without_a_usable_date_is_damaged(date: str | None) -> None:
    for kind in ("response", "revisit"):
        found = refused(kind, warc_date=date)
        assert (found.reason, found.cause) == ("date", "damage")
        assert (date or "no WARC-Date") in found.detail


@pytest.mark.parametrize(
    ("said", "block", "content_type"),
    [
        ("text/html", b"<p>Page", "text/html"),
        ("text/html; charset=windows-1251", b"<p>Page", "text/html; charset=windows-1251"),
        ("application/xhtml+xml", b"<p>Page", "application/xhtml+xml"),
        (None, b"\xef\xbb\xbf <!-- x --> <!DOCTYPE html><p>Page", ""),
        ("application/octet-stream", b"<?xml version='1.0'?><html><p>Page", ""),
    ],
)
def test_a_resource_that_is_a_web_page_is_an_answer(
    said: str | None, block: bytes, content_type: str
) -> None:
    found = taken("resource", block, content_type=said)
    assert (found.status, found.payload, found.content_type) == (200, block, content_type)


@pytest.mark.parametrize("said", ["image/png", "application/pdf", "text/plain", None])
def test_other_resources_are_counted(said: str | None) -> None:
    found = refused("resource", b"\x89PNG", content_type=said)
    assert (found.reason, found.cause) == ("resource", "type")
    assert refused("resource", b"<html>", warc_target_uri="metadata://x").reason == "resource"
    assert refused("resource", b"<html>", warc_truncated="length").reason == "truncated"


@pytest.mark.parametrize(
    "block", [b"", PAGE, b"HTTP/1.1 304 Not Modified\r\n\r\n", b"no head at all"]
)
@pytest.mark.parametrize(
    ("headers", "refers_to"),
    [
        ({}, Reference()),
        ({"warc_refers_to": "<urn:uuid:1>"}, Reference(record_id="<urn:uuid:1>")),
        ({"warc_refers_to_date": "2026-03-04T13:05:00Z", "warc_refers_to_target_uri": f"<{URL}>"},
         Reference(target=URL, time=TIME)),
        ({"warc_refers_to_date": "2026-03"}, Reference()),
        ({"warc_payload_digest": f"sha1:{hashlib.sha1(b'x').hexdigest()}"},
         Reference(digest=payload_digest(b"x"))),
        ({"warc_payload_digest": payload_digest(b"x").lower()},
         Reference(digest=payload_digest(b"x"))),
        ({"warc_payload_digest": payload_digest(b"")}, Reference()),
        ({"warc_payload_digest": "sha256:00"}, Reference()),
        ({"warc_truncated": "length"}, Reference()),
    ],
)  # fmt: skip
def test_a_revisit_is_never_a_page_whatever_it_lacks(
    block: bytes, headers: dict[str, str | None], refers_to: Reference
) -> None:
    found = taken("revisit", block, **headers)
    assert (found.status, found.payload, found.is_unchanged) == (304, b"", True)
    assert found.refers_to == refers_to


def test_a_revisit_of_an_error_or_a_redirect_is_that() -> None:
    found = taken("revisit", b"HTTP/1.1 301 Moved\r\nLocation: /n/dva/\r\n\r\n")
    assert (found.status, found.header("Location"), found.is_unchanged) == (301, "/n/dva/", False)
    assert found.refers_to == Reference()
