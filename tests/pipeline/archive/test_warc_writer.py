"""WARC records that other tools accept, and that are read back as they were written."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from pipeline.archive.exchange import Exchange, Reference
from tests.pipeline.archive.numbered_pages import FIRST, written
from tests.pipeline.archive.warc_records import (
    PAGE,
    TEXT,
    UNCHANGED,
    URL,
    as_read,
    exchanges,
    warc_file,
)

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
    refers_to=st.none() | st.builds(
        Reference, target=st.none() | st.just(URL), time=st.none() | st.just(UNCHANGED.time),
        digest=st.none() | st.just(PAGE.digest), record_id=st.none() | st.just("<urn:uuid:1>"),
    ),
    mirror=st.none() | st.just("http://127.0.0.1:8000/n/odin/"),
    ip_address=st.none() | st.ip_addresses().map(str),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EXCHANGES, max_size=3))
@example([UNCHANGED])
@example([replace(UNCHANGED, refers_to=Reference())])
@example([replace(UNCHANGED, reason="")])
@example([replace(PAGE, headers=(("Location", "/n/\xd0\xb4\xd0\xb0/"), ("X", "a;b=\xff")))])
@example([replace(PAGE, payload=b"\n\nHTTP/1.1 200 OK\r\n\r\n"), replace(PAGE, payload=b"")])
def test_what_is_written_is_read_back(tmp_path: Path, written: list[Exchange]) -> None:
    assert exchanges(warc_file(tmp_path, *written)) == [as_read(one) for one in written]


def test_an_imported_text_is_read_back(tmp_path: Path) -> None:
    assert exchanges(warc_file(tmp_path, TEXT)) == [TEXT]


def test_other_tools_accept_our_files(tmp_path: Path) -> None:
    path = warc_file(
        tmp_path, PAGE, UNCHANGED, TEXT, replace(PAGE, status=404, reason="Not Found", payload=b""),
        replace(PAGE, headers=(("Location", "/n/\xd0\xb4\xd0\xb0/"),), status=301),
    )  # fmt: skip
    warcio = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    checked = subprocess.run(warcio, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    assert "fail" not in checked.stdout
    assert subprocess.run(["gzip", "-t", str(path)], check=False).returncode == 0
    with path.open("rb") as file:
        blocks = [one.verify_block_digest() for one in ArchiveIterator(file, parse_http=False)]
    assert blocks == [True] * 9
    with path.open("rb") as file:
        payloads = {
            one.headers["WARC-Type"]: one.verify_payload_digest()
            for one in ArchiveIterator(file)
        }  # fmt: skip
    # A revisit's payload is another record's; what has no HTTP head has none apart from its block.
    assert {kind for kind, is_right in payloads.items() if is_right} == {"response", "request"}


def test_records_say_what_belongs_to_them(tmp_path: Path) -> None:
    page = replace(PAGE, ip_address="2001:db8::7", mirror="http://127.0.0.1:8000/n/odin/")
    with warc_file(tmp_path, page, UNCHANGED).open("rb") as file:
        info, response, request, revisit = [
            (one.rec_headers, one.content_stream().read()) for one in WarcioIterator(file)
        ]
    assert info[1].decode().splitlines() == [
        "software: kazpress/0", "format: WARC File Format 1.1",
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf: kazpravda-articles", "robots: obey", "http-header-user-agent: kazpress/0",
    ]  # fmt: skip
    assert info[0]["WARC-Filename"] == "a.warc.gz"
    assert {one.protocol for one, _ in (info, response, request, revisit)} == {"WARC/1.1"}
    assert response[0]["WARC-Date"] == "2026-03-04T13:05:00.123456Z"
    assert response[0]["WARC-IP-Address"] == "2001:db8::7"
    assert response[0]["WARC-Payload-Digest"] == PAGE.digest
    assert request[0]["WARC-Concurrent-To"] == response[0]["WARC-Record-ID"]
    assert request[0]["WARC-Date"] == response[0]["WARC-Date"]
    said = {name: revisit[0][f"WARC-{name}"] for name in (
        "Profile", "Refers-To-Target-URI", "Refers-To-Date", "Payload-Digest"
    )}  # fmt: skip
    assert said == {
        "Profile": "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        "Refers-To-Target-URI": URL, "Refers-To-Date": "2026-03-01T00:00:00.000000Z",
        "Payload-Digest": PAGE.digest,
    }  # fmt: skip


def test_a_file_of_imports_says_nothing_of_robots(tmp_path: Path) -> None:
    written(tmp_path, replace(PAGE, request=None))
    with (tmp_path / FIRST).open("rb") as file:
        info = next(iter(WarcioIterator(file))).content_stream().read().decode()
    assert "robots" not in info
    assert "isPartOf: kazpravda-articles" in info


def test_a_line_end_in_a_header_begins_no_other_header(tmp_path: Path) -> None:
    path = warc_file(tmp_path, replace(PAGE, headers=(("A", "b\r\nC: d"),)))
    assert exchanges(path)[0].headers[0] == ("A", "b C: d")
