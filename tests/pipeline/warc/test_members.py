"""Gzip members, whole or passed over."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive.warc_reader import records
from pipeline.archive.warc_writer import record_bytes
from pipeline.warc.members import whole_members
from tests.pipeline.archive.warc_records import PAGE, warc_file


def test_a_damaged_record_of_ours_is_passed_over_where_whole_ones_follow(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inner = replace(PAGE, payload=record_bytes(PAGE), request=None)  # a page that is gzipped
    path = warc_file(tmp_path, inner, inner, inner)
    first, second, third = list(records(path))
    whole = bytearray(path.read_bytes())
    whole[second.offset + 40] ^= 0xFF
    path.write_bytes(whole)
    offsets = [offset for offset, _, _ in whole_members(path, 0)]
    assert offsets == [0, first.offset, third.offset]
    assert f"a.warc.gz: the record at byte {second.offset} is damaged" in caplog.text
