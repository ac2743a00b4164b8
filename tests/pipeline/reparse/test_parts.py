"""A file read in parts gives what it gives when it is read from its start to its end."""

import gzip
import logging
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazpress.errors import ArchiveError
from pipeline.archive.warc_writer import record_bytes
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reparse.parts import Part, PartRead, joined, parts_of
from pipeline.reparse.read_part import read_part
from tests.pipeline.reparse.archives import KAZ, KAZ_FILE, begin, fill, page

_WARC = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://kazpravda.kz/n/false/\r\n"


def _plain(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    """Where records begin and end is looked at here, not what pages say."""
    return ClassifiedCapture(capture=capture, outcome="other")


def _whole(path: Path) -> PartRead:
    return read_part(Part(path=path, site=KAZ, start=0, end=path.stat().st_size), _plain)


def _in_parts(path: Path, part_bytes: int, start: int = 0) -> list[ClassifiedCapture]:
    parts = parts_of(path, KAZ, start, path.stat().st_size, part_bytes)
    reads = joined((read_part(one, _plain) for one in parts), lambda one: read_part(one, _plain))
    return [one for read in reads for one in read.captures]


@pytest.mark.parametrize("part_bytes", [100, 997, 4096, 1 << 20])
def test_of_the_recorded_site(tmp_path: Path, part_bytes: int) -> None:
    fill(tmp_path)
    path = tmp_path / KAZ_FILE
    whole = _whole(path).captures
    assert len(whole) > 30
    assert _in_parts(path, part_bytes) == list(whole)


def _false_record() -> bytes:
    """What a page may hold so that its bytes in the archive look like a record of the archive."""
    return gzip.compress(_WARC + b"Content-Length: 0\r\n\r\n\r\n\r\n", mtime=0)


def _pieces(random_bytes: bytes) -> list[bytes]:
    """Records, and what may stand between them in a damaged file."""
    sound = [record_bytes(page(number, f"<p>{number}</p>" * 50)) for number in range(4)]
    nested = page(9, "")
    nested = replace(nested, payload=random_bytes * 20 + _false_record() + random_bytes)
    return [
        *sound,
        record_bytes(nested),
        gzip.compress(b"no record of ours", mtime=0),
        sound[0][: len(sound[0]) // 2],
        sound[1][:-9] + b"\0" * 9,
        gzip.compress(b"", mtime=0),
        b"\0" * 30,
    ]


@given(
    order=st.lists(st.integers(0, 9), min_size=1, max_size=8),
    noise=st.binary(min_size=200, max_size=400),
    part_bytes=st.integers(50, 3000),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_of_any_file(tmp_path: Path, order: Sequence[int], noise: bytes, part_bytes: int) -> None:
    pieces = _pieces(noise)
    path = tmp_path / KAZ_FILE
    path.write_bytes(begin(KAZ_FILE) + b"".join(pieces[one] for one in order))
    assert _in_parts(path, part_bytes) == list(_whole(path).captures)


def test_a_part_that_begins_in_a_page_that_looks_like_a_record_is_read_again(
    tmp_path: Path,
) -> None:
    noise = bytes(range(256)) * 40
    nested = replace(page(1, ""), payload=noise + _false_record() + noise)
    first = record_bytes(nested)
    path = tmp_path / KAZ_FILE
    stored = _stored(first)
    path.write_bytes(stored + record_bytes(page(2, "<p>2</p>")))
    at_false = stored.index(_false_record())
    part = Part(path=path, site=KAZ, start=at_false, end=at_false + 10)
    assert read_part(part, _plain).begin == at_false, "from here it can't be known"
    for part_bytes in (at_false, at_false - 5, at_false // 2):
        assert [one.capture.url[-2] for one in _in_parts(path, part_bytes)] == ["1", "2"]


def _stored(member: bytes) -> bytes:
    """The same content in a member that does not compress it."""
    import zlib

    packer = zlib.compressobj(level=0, wbits=31)
    return packer.compress(gzip.decompress(member)) + packer.flush()


def test_parts_and_what_they_gave_can_be_sent(tmp_path: Path) -> None:
    fill(tmp_path)
    path = tmp_path / KAZ_FILE
    part = Part(path=path, site=KAZ, start=0, end=path.stat().st_size)
    read = read_part(pickle.loads(pickle.dumps(part)))
    assert pickle.loads(pickle.dumps(read)) == read
    assert {one.outcome for one in read.captures} >= {"reading", "other"}


def test_the_cuts_are_the_same_whatever_the_range() -> None:
    whole = parts_of(Path("x"), KAZ, 0, 95, 10)
    assert [(one.start, one.end) for one in whole][-2:] == [(80, 90), (90, 95)]
    later = parts_of(Path("x"), KAZ, 33, 95, 10)
    assert [(one.start, one.end) for one in later][:2] == [(33, 40), (40, 50)]
    assert later[1:] == whole[4:]
    assert parts_of(Path("x"), KAZ, 5, 5, 10) == []


@pytest.mark.parametrize("level", [logging.DEBUG, logging.CRITICAL])
def test_what_is_damaged_in_a_part_is_said_with_it_whatever_is_logged_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, level: int
) -> None:
    caplog.set_level(level, "pipeline")  # and back again at the end
    sound = record_bytes(page(1, "<p>1</p>"))
    path = tmp_path / KAZ_FILE
    path.write_bytes(sound[:-9] + b"\0" * 9 + sound)
    read = _whole(path)
    assert len(read.captures) == 1
    (said,) = read.warnings
    assert "the record at byte 0 is damaged" in said
    assert logging.getLogger("pipeline").level == level


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="none"):
        read_part(Part(path=tmp_path / "none.warc.gz", site=KAZ, start=0, end=9))
