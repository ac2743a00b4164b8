"""WARC files are read whatever tool wrote them, and damage is noticed."""

import contextlib
import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange
from pipeline.archive.warc_reader import Record, entries, exchange_of, record_at, records
from pipeline.warc.passed_over import PassedOver
from tests.pipeline.archive.warc_records import (
    PAGE,
    TEXT,
    UNCHANGED,
    URL,
    as_read,
    exchanges,
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


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no WARC at all\r\n\r\n", "is no WARC file"),
        (b"\x00" * 600, "is neither a text nor a WARC file"),
        (b"\x1f\x8b" + b"garbage" * 50, "is gzipped, but can't be unpacked .*Error -3"),
        (gzip.compress(b"a text", mtime=0), "is gzipped, and inside a text, not a WARC file"),
        (b"filedesc://x.arc 0.0.0.0 20260304130500 text/plain 60\n1 0 x\n", "is an ARC file"),
        (b"", "is empty"),
    ],
)  # fmt: skip
def test_what_is_no_warc_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=rf"a\.warc: {why}"):
        list(records(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"b\.warc: can't be read \(No such file"):
        list(records(tmp_path / "b.warc"))
    with pytest.raises(ArchiveError, match=r"can't be read \(Is a directory\)"):
        list(records(tmp_path))


def _read(path: Path) -> tuple[list[Exchange], list[str]]:
    """The exchanges in a file, and the reasons for which the others were passed over."""
    found = list(entries(path))
    taken = [one.exchange for one in found if isinstance(one, Record)]
    return taken, [one.reason for one in found if isinstance(one, PassedOver)]


@pytest.mark.parametrize("make", [warc_file, uncompressed])
def test_a_file_torn_at_any_byte_gives_the_whole_records_before_it(
    tmp_path: Path, make: Callable[..., Path]
) -> None:
    page = replace(PAGE, payload=b"0123456789" * 3, request=None)
    written = [page, UNCHANGED, replace(page, payload=b"other")]
    path = make(tmp_path, *written)
    whole = path.read_bytes()
    offsets = [record.offset for record in records(path)]
    ends = [*offsets[1:], len(whole)]
    for length in range(offsets[0] + 60, len(whole), 3):
        path.write_bytes(whole[:length])
        found, reasons = _read(path)
        # Of an uncompressed record the line ends behind its block may be missing.
        must, may = (sum(end - more <= length for end in ends) for more in (0, 4))
        assert must <= len(found) <= (may if make is uncompressed else must), length
        assert found == [as_read(one) for one in written[: len(found)]], length
        assert [one for one in reasons if one != "warcinfo"] == (
            [] if length in ends or len(found) > must else ["torn"]
        ), length


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
    _ends_cleanly(lambda: list(entries(path)))
    _ends_cleanly(lambda: exchange_of(content))


def _ends_cleanly(read: Callable[[], Any]) -> None:
    with contextlib.suppress(ArchiveError):
        read()
