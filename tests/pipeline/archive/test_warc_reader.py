"""WARC files are read whatever tool wrote them, and damage is noticed."""

import contextlib
import gzip
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.warc_reader import (
    Record,
    entries,
    exchange_of,
    originals,
    record_at,
    records,
)
from pipeline.archive.warc_writer import record_bytes
from pipeline.warc.passed_over import PassedOver
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


def test_what_is_no_warc_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.compress(b"a text", mtime=0))
    with pytest.raises(ArchiveError, match=r"a\.warc: is gzipped; inside is a text, not a WARC"):
        list(records(path))


def test_what_is_passed_over_is_named_with_its_place_and_reason(tmp_path: Path) -> None:
    bad = warc_record(URL, b"HTTP/1.1 200 OK\r\n\r\n", "WARC-Date: 20260304130500")
    path = tmp_path / "a.warc"
    path.write_bytes(plain(PAGE) + bad + plain(TEXT))
    first, passed, last = entries(path)
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert passed == PassedOver(
        cause="damage", reason="date", target=URL,
        sentence=f"{path}: the record at byte {len(plain(PAGE))} of {URL} was passed over: "
        'its WARC-Date "20260304130500" is no time, or names no day',
    )  # fmt: skip


def test_the_files_in_a_wacz_are_read_in_turn(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    bad = gzip.compress(plain(replace(PAGE, payload=b"x" * 99)), mtime=0)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/b.warc.gz", bad[:60] + b"?" + bad[61:] + record_bytes(TEXT))
        package.writestr("archive/a.warc.gz", record_bytes(PAGE))
        package.writestr("archive/c.warc", b"")
    found = list(entries(path))
    taken = [one for one in found if isinstance(one, Record)]
    assert [one.exchange for one in taken] == [as_read(PAGE), TEXT]
    assert not any(one.is_direct for one in taken)
    said = [one.sentence for one in found if isinstance(one, PassedOver) and one.cause == "damage"]
    assert said[0].startswith(f"{path}, archive/b.warc.gz: the record at byte 0 was passed over: ")
    assert said[1] == f"{path}, archive/c.warc: is empty"


def test_what_a_record_is_named_by_its_id_is_looked_up(tmp_path: Path) -> None:
    path = warc_file(tmp_path, PAGE, UNCHANGED)
    first = next(records(path))
    assert first.record_id.startswith("<urn:uuid:")
    assert originals(path, {first.record_id, "<urn:uuid:x>"}) == {
        first.record_id: Reference(target=URL, time=PAGE.time, digest=PAGE.digest)
    }
    assert originals(tmp_path / "none", set()) == {}


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
