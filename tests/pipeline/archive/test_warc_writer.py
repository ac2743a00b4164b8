"""WARC records that other tools accept, and that are read back as they were written."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.archive.exchange import Exchange, Reference
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
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EXCHANGES, max_size=3))
@example([UNCHANGED])
@example([replace(UNCHANGED, refers_to=Reference())])
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


def test_a_line_end_in_a_header_begins_no_other_header(tmp_path: Path) -> None:
    path = warc_file(tmp_path, replace(PAGE, headers=(("A", "b\r\nC: d"),)))
    assert exchanges(path)[0].headers[0] == ("A", "b C: d")
