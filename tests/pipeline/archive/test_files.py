"""The archive's files: nothing captured is lost with a torn end."""

import os
from pathlib import Path

import pytest

from kazpress.errors import ArchiveError, NotAtHand
from pipeline.archive.files import (
    TornTail,
    all_files,
    away,
    cut_torn_tail,
    stored_captures,
    stored_payload,
)
from tests.pipeline.archive.numbered_pages import FIRST, SITE, page, payloads, written


def test_a_whole_file_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path, page(0))
    before = (tmp_path / FIRST).read_bytes()
    assert cut_torn_tail(tmp_path, FIRST, 0) is None
    assert (tmp_path / FIRST).read_bytes() == before


@pytest.mark.parametrize("tail", [b"\x1f", b"\x00" * 512, b"torn", None])
def test_a_torn_end_is_cut_off_and_writing_goes_on(tmp_path: Path, tail: bytes | None) -> None:
    places = written(tmp_path, page(0), page(1))
    end = places[1][1] + places[1][2]
    if tail is None:  # half of a record, as a killed process leaves it
        written(tmp_path, page(2))
        tail = (tmp_path / FIRST).read_bytes()[end:][:-9]
    (tmp_path / FIRST).write_bytes((tmp_path / FIRST).read_bytes()[:end] + tail)
    assert cut_torn_tail(tmp_path, FIRST, places[1][1]) == TornTail(
        file=FIRST, offset=end, bytes_cut=len(tail)
    )
    assert (tmp_path / FIRST).stat().st_size == end
    written(tmp_path, page(3))
    assert payloads(tmp_path) == [b"<p>0</p>", b"<p>1</p>", b"<p>3</p>"]


def test_a_damaged_record_costs_none_of_those_after_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    places = written(tmp_path, page(0), page(1), page(2))
    content = bytearray((tmp_path / FIRST).read_bytes())
    content[places[1][1] + 30] ^= 0xFF
    (tmp_path / FIRST).write_bytes(content)
    assert cut_torn_tail(tmp_path, FIRST, 0) is None
    assert (tmp_path / FIRST).read_bytes() == content
    assert payloads(tmp_path) == [b"<p>0</p>", b"<p>2</p>"]
    assert f"the record at byte {places[1][1]} is damaged" in caplog.text


def test_a_capture_whose_record_is_gone_is_named(tmp_path: Path) -> None:
    written(tmp_path, page(0))
    (capture, _, _), *_ = stored_captures(tmp_path, SITE, FIRST)
    (tmp_path / FIRST).unlink()
    with pytest.raises(NotAtHand) as raised:
        stored_payload(tmp_path, capture)
    assert str(raised.value) == (
        f"{tmp_path / FIRST}: is not at hand; bring it back, or name the archive's folder with "
        "--archive"
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"none\.warc\.gz: can't be read \(No such file"):
        cut_torn_tail(tmp_path, "none.warc.gz", 0)
    with pytest.raises(NotAtHand, match=r"/none\.warc\.gz: is not at hand; bring it back, "):
        list(stored_captures(tmp_path, SITE, "none.warc.gz"))


def test_files_that_are_away_are_named(tmp_path: Path) -> None:
    written(tmp_path, page(0))
    second = FIRST.replace("1.", "2.")
    listings = "kazpravda-listings-20260304.warc.gz"
    assert away(tmp_path, [second, FIRST, listings, "no name"]) == [second]
    assert away(tmp_path / "none", [FIRST]) == [FIRST]


def test_what_is_written_to_a_file_does_not_change_its_second_name(tmp_path: Path) -> None:
    archive, backup = tmp_path / "archive", tmp_path / "backup"
    places = written(archive, page(0), page(1))
    backup.mkdir()
    before = (archive / FIRST).read_bytes()
    os.link(archive / FIRST, backup / FIRST)
    written(archive, page(2))
    assert (backup / FIRST).read_bytes() == before
    os.link(archive / FIRST, backup / "second")
    with (archive / FIRST).open("ab") as file:  # torn, under both names
        file.write(b"torn")
    before = (backup / "second").read_bytes()
    assert cut_torn_tail(archive, FIRST, places[0][1]) is not None
    assert (backup / "second").read_bytes() == before
    assert payloads(archive) == [b"<p>0</p>", b"<p>1</p>", b"<p>2</p>"]
    assert [one.name for one in archive.iterdir()] == [FIRST]


def test_an_archives_files_are_told_by_their_names(tmp_path: Path) -> None:
    for name in (FIRST, "senate-listings-20260304.warc.gz", "senate.lock", f".{FIRST}.part"):
        (tmp_path / name).touch()
    assert [(one.source, one.kind, one.part) for one in all_files(tmp_path)] == [
        ("kazpravda", "articles", "000001"), ("senate", "listings", "20260304")
    ]  # fmt: skip
    assert all_files(tmp_path / "none") == []
