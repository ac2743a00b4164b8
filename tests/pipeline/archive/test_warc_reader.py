"""WARC records: written so that other tools accept them, read whatever tool wrote them."""

import contextlib
import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, payload_digest
from pipeline.archive.gzip_members import whole_members
from pipeline.archive.warc_reader import Record, TornRecord, exchange_of, record_at, records
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
    refers_to=(URL, datetime(2026, 3, 1, tzinfo=UTC), payload_digest(PAGE.payload)),
)  # fmt: skip
TEXT = Exchange(
    target=f"urn:sha256:{'a' * 64}", time=TIME, status=0, source="kazpravda",
    headers=(("Content-Type", "text/plain; charset=utf-8"),), payload=b"date 2026-03-04",
)  # fmt: skip

_BYTES = st.text(st.characters(max_codepoint=0xFF, exclude_categories=["Cc"]), max_size=20)
HEADER = st.tuples(
    st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,10}", fullmatch=True), _BYTES.map(lambda v: v.strip(" "))
)
EXCHANGES = st.builds(
    Exchange,
    target=st.just(URL),
    time=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2999, 12, 31),  # noqa: DTZ001 (as it asks)
                      timezones=st.just(UTC)),
    status=st.integers(100, 599),
    reason=st.sampled_from(["", "OK", "Not Found"]),
    headers=st.lists(HEADER, max_size=5).map(tuple),
    payload=st.binary(max_size=300),
    request=st.none() | st.just(PAGE.request),
    refers_to=st.none() | st.just(UNCHANGED.refers_to),
    mirror=st.none() | st.just("http://127.0.0.1:8000/n/odin/"),
)  # fmt: skip


def _file(folder: Path, *exchanges: Exchange, name: str = "a.warc.gz") -> Path:
    path = folder / name
    path.write_bytes(
        warcinfo_bytes(name, TIME, "kazpress/0") + b"".join(record_bytes(e) for e in exchanges)
    )
    return path


def _exchanges(path: Path) -> list[Exchange]:
    return [record.exchange for record in records(path)]


def _as_read(exchange: Exchange) -> Exchange:
    """What is read back: without the request, and with the framing that the record has."""
    framing = ("content-length", "transfer-encoding")
    headers = tuple(pair for pair in exchange.headers if pair[0].lower() not in framing)
    if exchange.refers_to is not None:
        return replace(exchange, headers=headers, payload=b"", request=None)
    length = ("Content-Length", str(len(exchange.payload)))
    return replace(exchange, headers=(*headers, length), request=None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EXCHANGES, max_size=3))
@example([UNCHANGED])
@example([replace(PAGE, headers=(("Location", "/n/\xd0\xb4\xd0\xb0/"), ("X", "a;b=\xff")))])
@example([replace(PAGE, payload=b"\n\nHTTP/1.1 200 OK\r\n\r\n"), replace(PAGE, payload=b"")])
def test_what_is_written_is_read_back(tmp_path: Path, written: list[Exchange]) -> None:
    assert _exchanges(_file(tmp_path, *written)) == [_as_read(one) for one in written]


def test_an_imported_text_is_read_back(tmp_path: Path) -> None:
    assert _exchanges(_file(tmp_path, TEXT)) == [TEXT]


def test_other_tools_accept_our_files(tmp_path: Path) -> None:
    path = _file(
        tmp_path, PAGE, UNCHANGED, TEXT, replace(PAGE, status=404, reason="Not Found", payload=b""),
        replace(PAGE, headers=(("Location", "/n/\xd0\xb4\xd0\xb0/"),), status=301),
    )  # fmt: skip
    warcio = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    checked = subprocess.run(warcio, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    assert "fail" not in checked.stdout
    assert subprocess.run(["gzip", "-t", str(path)], check=False).returncode == 0


def test_each_record_is_found_again_by_its_offset(tmp_path: Path) -> None:
    for path in (_file(tmp_path, PAGE, UNCHANGED, TEXT), _uncompressed(tmp_path, PAGE, UNCHANGED)):
        found = list(records(path))
        assert len(found) >= 2
        for record in found:
            assert record_at(path, record.offset) == record
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz: no record at byte"):
        record_at(tmp_path / "a.warc.gz", (tmp_path / "a.warc.gz").stat().st_size)


def test_a_header_is_utf8_where_its_bytes_are_that() -> None:
    headers = (("Location", "/n/\xd0\xb4\xd0\xb0/"), ("X", "\xe4"), ("x", "\xff"))
    one = replace(PAGE, headers=headers)
    assert (one.header("location"), one.header("X"), one.header("Y")) == ("/n/да/", "\xff", None)


def test_a_line_end_in_a_header_begins_no_other_header(tmp_path: Path) -> None:
    path = _file(tmp_path, replace(PAGE, headers=(("A", "b\r\nC: d"),)))
    assert _exchanges(path)[0].headers[0] == ("A", "b C: d")


# Files of other tools


def _plain(*exchanges: Exchange) -> bytes:
    return b"".join(
        zlib.decompress(record_bytes(replace(one, request=None)), wbits=31) for one in exchanges
    )


def _uncompressed(folder: Path, *exchanges: Exchange) -> Path:
    path = folder / "plain.warc"
    path.write_bytes(_plain(*exchanges))
    return path


def _warc(target: str, block: bytes, *headers: str, kind: str = "response") -> bytes:
    lines = (
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {target}",
        *(headers or ("WARC-Date: 2026-03-04T13:05:00Z",)), f"Content-Length: {len(block)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def test_wgets_records_are_read(tmp_path: Path) -> None:
    body = gzip.compress("Текст".encode())
    chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    path = tmp_path / "wget.warc.gz"
    path.write_bytes(
        gzip.compress(_warc("<metadata://gnu.org/x>", b"x", kind="metadata"))
        + gzip.compress(_warc(f"<{URL}>", head + chunks))
        + gzip.compress(_warc("<metadata://gnu.org/y>", b"", kind="resource"))
    )
    (found,) = _exchanges(path)
    assert (found.target, found.payload, found.time.microsecond) == (URL, body, 0)
    assert found.header("Content-Encoding") == "gzip"


def test_a_body_that_was_put_together_but_says_chunked_stays(tmp_path: Path) -> None:
    block = b"HTTP/2 200\r\nTransfer-Encoding: chunked\r\n\r\n<p>no chunks</p>"
    (tmp_path / "a.warc").write_bytes(_warc(URL, block))
    (found,) = _exchanges(tmp_path / "a.warc")
    assert (found.payload, found.protocol, found.status) == (b"<p>no chunks</p>", "HTTP/2", 200)


def test_an_uncompressed_file_is_read(tmp_path: Path) -> None:
    found = _exchanges(_uncompressed(tmp_path, PAGE, TEXT, UNCHANGED))
    assert found == [_as_read(PAGE), TEXT, _as_read(UNCHANGED)]


def test_a_revisit_of_the_same_bytes_refers_to_them(tmp_path: Path) -> None:
    refers = (
        f"WARC-Refers-To-Target-URI: <{URL}>", "WARC-Refers-To-Date: 2026-03-01T00:00:00Z",
        "WARC-Payload-Digest: sha1:ABC", "WARC-Date: 2026-03-04T13:05:00Z",
    )  # fmt: skip
    block = b"HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(
        _warc(URL, block, *refers, kind="revisit") + _warc(URL, b"", *refers, kind="revisit")
    )
    (found,) = _exchanges(tmp_path / "a.warc")
    assert found.refers_to == (URL, datetime(2026, 3, 1, tzinfo=UTC), "sha1:ABC")
    assert found.digest == "sha1:ABC"


@pytest.mark.parametrize(
    "block",
    [b"", b"no head at all", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 000 OK\r\n\r\n",
     b"HTTP/1.1 2\xb2\xb2 OK\r\n\r\n"],
)  # fmt: skip
def test_a_record_without_an_answer_is_passed_over(tmp_path: Path, block: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(_warc(URL, block) + _plain(PAGE))
    assert _exchanges(tmp_path / "a.warc") == [_as_read(PAGE)]


def test_part_of_a_page_does_not_pass_for_the_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>the first"
    said = ("WARC-Date: 2026-03-04T13:05:00Z", "WARC-Truncated: length")
    (tmp_path / "a.warc").write_bytes(
        _warc(URL, cut) + _warc(URL, b"HTTP/1.1 200 OK\r\n\r\n<p>", *said)
        + _warc(URL, b"HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\n\r\n")
    )  # fmt: skip
    assert [one.status for one in _exchanges(tmp_path / "a.warc")] == [304]
    assert caplog.text.count(f"{URL}, 2026-03-04T13:05:00Z: was cut short when captured") == 2


@pytest.mark.parametrize("date", ["", "20260304130500", "0001-01-01T00:00:00+05:00", "9999-12-31"])
def test_a_record_without_a_readable_date_ends_the_file(tmp_path: Path, date: str) -> None:
    bad = _warc(URL, b"HTTP/1.1 200 OK\r\n\r\n", f"WARC-Date: {date}")
    (tmp_path / "a.warc").write_bytes(bad)
    with pytest.raises(ArchiveError, match=r"a\.warc: can't be taken as WARC: WARC-Date "):
        _exchanges(tmp_path / "a.warc")
    (tmp_path / "b.warc").write_bytes(_plain(PAGE) + bad)
    assert _until_torn(tmp_path / "b.warc") == ([_as_read(PAGE)], True)


# Damage


def _until_torn(path: Path) -> tuple[list[Exchange], bool]:
    found: list[Record] = []
    try:
        for record in records(path):
            found.append(record)  # noqa: PERF402 (what came before the end counts)
    except TornRecord:
        return [record.exchange for record in found], True
    return [record.exchange for record in found], False


@pytest.mark.parametrize("make", [_file, _uncompressed])
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
        assert found == [_as_read(one) for one in written[: len(found)]], length
        assert torn or len(found) > must or length - (ends[must - 1] if must else 0) < 300, length


def test_a_flipped_byte_gives_no_wrong_payload(tmp_path: Path) -> None:
    for make in (_file, _uncompressed):
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
            gzip.compress(_plain(PAGE, PAGE), mtime=0),
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


def test_a_damaged_record_of_ours_is_passed_over_where_whole_ones_follow(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inner = replace(PAGE, payload=record_bytes(PAGE), request=None)  # a page that is gzipped
    path = _file(tmp_path, inner, inner, inner)
    first, second, third = list(records(path))
    whole = bytearray(path.read_bytes())
    whole[second.offset + 40] ^= 0xFF
    path.write_bytes(whole)
    offsets = [offset for offset, _, _ in whole_members(path, 0)]
    assert offsets == [0, first.offset, third.offset]
    assert f"a.warc.gz: the record at byte {second.offset} is damaged" in caplog.text
