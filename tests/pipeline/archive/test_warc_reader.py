"""WARC files are read whatever tool wrote them, and damage is noticed."""

import contextlib
import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange
from pipeline.archive.warc_reader import Record, TornRecord, exchange_of, record_at, records
from tests.pipeline.archive.warc_records import (
    PAGE,
    TEXT,
    UNCHANGED,
    URL,
    as_read,
    exchanges,
    plain,
    uncompressed,
    warc_file,
    warc_record,
)


def test_each_record_is_found_again_by_its_offset(tmp_path: Path) -> None:
    for path in (
        warc_file(tmp_path, PAGE, UNCHANGED, TEXT),
        uncompressed(tmp_path, PAGE, UNCHANGED),
    ):
        found = list(records(path))
        assert len(found) >= 2
        for record in found:
            assert record_at(path, record.offset) == record
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz: no record at byte"):
        record_at(tmp_path / "a.warc.gz", (tmp_path / "a.warc.gz").stat().st_size)


def test_wgets_records_are_read(tmp_path: Path) -> None:
    body = gzip.compress("Текст".encode())
    chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    path = tmp_path / "wget.warc.gz"
    path.write_bytes(
        gzip.compress(warc_record("<metadata://gnu.org/x>", b"x", kind="metadata"))
        + gzip.compress(warc_record(f"<{URL}>", head + chunks))
        + gzip.compress(warc_record("<metadata://gnu.org/y>", b"", kind="resource"))
    )
    (found,) = exchanges(path)
    assert (found.target, found.payload, found.time.microsecond) == (URL, body, 0)
    assert found.header("Content-Encoding") == "gzip"


def test_an_uncompressed_file_is_read(tmp_path: Path) -> None:
    found = exchanges(uncompressed(tmp_path, PAGE, TEXT, UNCHANGED))
    assert found == [as_read(PAGE), TEXT, as_read(UNCHANGED)]


def test_a_revisit_of_the_same_bytes_refers_to_them(tmp_path: Path) -> None:
    refers = (
        f"WARC-Refers-To-Target-URI: <{URL}>", "WARC-Refers-To-Date: 2026-03-01T00:00:00Z",
        "WARC-Payload-Digest: sha1:ABC", "WARC-Date: 2026-03-04T13:05:00Z",
    )  # fmt: skip
    block = b"HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(
        warc_record(URL, block, *refers, kind="revisit")
        + warc_record(URL, b"", *refers, kind="revisit")
    )
    (found,) = exchanges(tmp_path / "a.warc")
    assert found.refers_to == (URL, datetime(2026, 3, 1, tzinfo=UTC), "sha1:ABC")
    assert found.digest == "sha1:ABC"


def test_part_of_a_page_does_not_pass_for_the_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>the first"
    said = ("WARC-Date: 2026-03-04T13:05:00Z", "WARC-Truncated: length")
    (tmp_path / "a.warc").write_bytes(
        warc_record(URL, cut) + warc_record(URL, b"HTTP/1.1 200 OK\r\n\r\n<p>", *said)
        + warc_record(URL, b"HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\n\r\n")
    )  # fmt: skip
    assert [one.status for one in exchanges(tmp_path / "a.warc")] == [304]
    assert caplog.text.count(f"{URL}, 2026-03-04T13:05:00Z: was cut short when captured") == 2


@pytest.mark.parametrize("date", ["", "20260304130500", "0001-01-01T00:00:00+05:00", "9999-12-31"])
def test_a_record_without_a_readable_date_ends_the_file(tmp_path: Path, date: str) -> None:
    bad = warc_record(URL, b"HTTP/1.1 200 OK\r\n\r\n", f"WARC-Date: {date}")
    (tmp_path / "a.warc").write_bytes(bad)
    with pytest.raises(ArchiveError, match=r"a\.warc: can't be taken as WARC: WARC-Date "):
        exchanges(tmp_path / "a.warc")
    (tmp_path / "b.warc").write_bytes(plain(PAGE) + bad)
    assert _until_torn(tmp_path / "b.warc") == ([as_read(PAGE)], True)


def _until_torn(path: Path) -> tuple[list[Exchange], bool]:
    found: list[Record] = []
    try:
        for record in records(path):
            found.append(record)  # noqa: PERF402 (what came before the end counts)
    except TornRecord:
        return [record.exchange for record in found], True
    return [record.exchange for record in found], False


@pytest.mark.parametrize("make", [warc_file, uncompressed])
def test_a_file_torn_at_any_byte_gives_the_whole_records_before_it(
    tmp_path: Path, make: Callable[..., Path]
) -> None:
    page = replace(PAGE, payload=b"0123456789" * 3, request=None)
    written = [page, UNCHANGED, replace(page, payload=b"other")]
    path = make(tmp_path, *written)
    whole = path.read_bytes()
    ends = [record.offset + record.length for record in records(path)]
    for length in range(16, len(whole), 3):
        path.write_bytes(whole[:length])
        found, torn = _until_torn(path)
        must = sum(end <= length for end in ends)
        assert must <= len(found) <= must + 1, length
        assert found == [as_read(one) for one in written[: len(found)]], length
        assert torn or len(found) > must or length - (ends[must - 1] if must else 0) < 300, length


def test_a_flipped_byte_gives_no_wrong_payload(tmp_path: Path) -> None:
    for make in (warc_file, uncompressed):
        path = make(tmp_path, replace(PAGE, payload=b"first page"), replace(PAGE, payload=b"last"))
        whole = path.read_bytes()
        for at in range(0, len(whole), 3):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x15]) + whole[at + 1 :])
            try:
                found, _ = _until_torn(path)
            except ArchiveError:
                continue
            payloads = [one.payload for one in found if one.status == 200]
            assert [one for one in payloads if one not in (b"first page", b"last")] == [], at


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no WARC at all\r\n\r\n", "is no|can't be taken as WARC"),
        (b"\x00" * 600, "can't be taken as WARC"),
        (b"\x1f\x8b" + b"garbage" * 50, "can't be taken as WARC: .*Error -3"),
        (gzip.compress(b"a text", mtime=0), "can't be taken as WARC: Unknown archive format"),
        (
            gzip.compress(plain(PAGE, PAGE), mtime=0),
            "gzipped as a whole; make it anew: warcio recompress",
        ),
        (b"filedesc://x.arc 0.0.0.0 20260304130500 text/plain 60\n1 0 x\nURL IP-address "
         b"Archive-date Content-type Archive-length\n\n", "it is no WARC; if it is ARC"),
    ],
)  # fmt: skip
def test_what_is_no_warc_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=rf"a\.warc\.gz: (.*)({why})"):
        list(records(path))


def test_nothing_is_in_an_empty_file_and_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"")
    assert list(records(tmp_path / "a.warc")) == []
    with pytest.raises(ArchiveError, match=r"b\.warc: can't be read \(No such file"):
        list(records(tmp_path / "b.warc"))
    with pytest.raises(ArchiveError, match=r"can't be read \(Is a directory\)"):
        list(records(tmp_path))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.booleans())
@example(b"WARC/1.0\r\n\r\n", False)
@example(b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", False)
@example(b"WARC/1.0\r\nContent-Length: 1_0\r\n\r\n", True)
@example(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n", False)
def test_no_bytes_raise_anything_but_our_own_errors(
    tmp_path: Path, content: bytes, packed: bool
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    _ends_cleanly(lambda: list(records(path)))
    _ends_cleanly(lambda: exchange_of(content))


def _ends_cleanly(read: Callable[[], Any]) -> None:
    with contextlib.suppress(ArchiveError, TornRecord):
        read()
