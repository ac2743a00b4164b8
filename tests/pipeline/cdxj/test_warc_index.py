"""The index of a WARC file: what other tools make of it, and nothing read twice."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.warc_reader import record_at
from pipeline.cdxj.warc_index import index_of, update_index
from tests.pipeline.archive.numbered_pages import FIRST, TIME, page, written
from tests.pipeline.archive.warc_records import PAGE, TEXT, UNCHANGED

_OTHERS = (
    replace(PAGE, target="https://kazpravda.kz/n/odin/?b=2&a=1", payload=b"\x00\xff" * 9,
            headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))),
    replace(PAGE, target="https://senate.parlam.kz/ru-RU/news/details/13203", headers=()),
    replace(PAGE, target="https://kazpravda.kz/n/%D0%B4%D0%B0/", status=404, payload=b""),
    replace(PAGE, status=301, headers=(("Location", "/n/dva/"),), payload=b""),
    replace(PAGE, time=PAGE.time + timedelta(microseconds=1), payload=b"again"),  # the same second
    replace(PAGE, status=410, refers_to=Reference(digest=PAGE.digest, time=TIME, target="x")),
)  # fmt: skip
_LEFT_OUT = (UNCHANGED, TEXT, replace(PAGE, status=304, headers=(), payload=b""))
"""What a replay can do nothing with."""


def lines(warc: Path) -> list[str]:
    """The lines of an index, without its first one."""
    return index_of(warc).read_text(encoding="utf-8").splitlines()[1:]


def places(warc: Path) -> list[int]:
    """Where the records begin that an index names, in their order in the file."""
    return sorted(int(json.loads(line.split(" ", 2)[2])["offset"]) for line in lines(warc))


def test_it_has_what_the_judge_finds(tmp_path: Path) -> None:
    written(tmp_path, page(1), *_OTHERS, *_LEFT_OUT, page(2), page(1))
    warc = tmp_path / FIRST
    assert update_index(warc)
    judged = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "cdxj_indexer.main", "--sort", str(warc)],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    left_out = [one for one in judged if '"status": "304"' in one or '"urn:' in one]
    assert len(left_out) == len(_LEFT_OUT)
    assert lines(warc) == [one for one in judged if one not in left_out]


def test_each_line_leads_to_its_record(tmp_path: Path) -> None:
    exchanges = [page(1), *_OTHERS, *_LEFT_OUT]
    written(tmp_path, *exchanges)
    update_index(tmp_path / FIRST)
    found = [record_at(tmp_path / FIRST, offset).exchange for offset in places(tmp_path / FIRST)]
    assert [(one.target, one.time, one.status) for one in found] == [
        (one.target, one.time, one.status) for one in exchanges if one not in _LEFT_OUT
    ]


def test_its_first_line_is_no_capture_and_it_is_sorted(tmp_path: Path) -> None:
    written(tmp_path, page(3), *_OTHERS, page(1))
    update_index(tmp_path / FIRST)
    content = index_of(tmp_path / FIRST).read_bytes()
    assert content.startswith(b'!meta 0 {"format": "cdxj", "filename": "kazpravda-articles-')
    assert sorted(content.splitlines()) == content.splitlines()


def test_what_was_appended_is_added_and_nothing_else_is_read(tmp_path: Path) -> None:
    warc = tmp_path / FIRST
    written(tmp_path, page(5), UNCHANGED)
    assert update_index(warc)
    assert not update_index(warc)
    before = index_of(warc).stat()
    written(tmp_path, page(1))
    # What was read before is read no more: damage there is not seen.
    content = bytearray(warc.read_bytes())
    content[50] ^= 0xFF  # in the warcinfo record
    warc.write_bytes(content)
    assert update_index(warc)
    assert index_of(warc).stat().st_ino != before.st_ino  # whole or not there at all
    incremental = index_of(warc).read_bytes()
    index_of(warc).unlink()
    update_index(warc)
    assert index_of(warc).read_bytes() == incremental
    assert len(lines(warc)) == 2


def test_a_file_without_pages_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, UNCHANGED, TEXT)
    assert update_index(tmp_path / FIRST)
    assert lines(tmp_path / FIRST) == []
    monkeypatch.setattr("pipeline.cdxj.warc_index.whole_members", None)
    assert not update_index(tmp_path / FIRST)


def test_a_record_that_is_being_written_waits(tmp_path: Path) -> None:
    warc = tmp_path / FIRST
    written(tmp_path, page(0), page(1))
    whole = warc.read_bytes()
    for cut in (len(whole) - 1, len(whole) - 200):
        index_of(warc).unlink(missing_ok=True)
        warc.write_bytes(whole[:cut])
        assert update_index(warc)
        assert len(lines(warc)) == 1
        assert not update_index(warc)
        warc.write_bytes(whole)
        assert update_index(warc)
        assert len(lines(warc)) == 2


@pytest.mark.parametrize("now", [(page(7),), (page(7), page(8), page(9)), (TEXT, page(0))])
def test_an_index_of_another_file_of_this_name_is_made_anew(
    tmp_path: Path, now: tuple[Exchange, ...]
) -> None:
    warc = tmp_path / FIRST
    written(tmp_path, page(0), page(1))
    update_index(warc)
    written(tmp_path / "other", *now)
    (tmp_path / "other" / FIRST).replace(warc)
    assert update_index(warc)
    found = [record_at(warc, offset).exchange.target for offset in places(warc)]
    assert found == [one.target for one in now if one is not TEXT]


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe", b"a text\n", b'!meta 0 {"bytes": 99}\nno line\n']
)
def test_a_damaged_index_is_made_anew(tmp_path: Path, content: bytes) -> None:
    warc = tmp_path / FIRST
    written(tmp_path, page(0), page(1))
    index_of(warc).write_bytes(content)
    assert update_index(warc)
    assert len(lines(warc)) == 2


def test_a_damaged_record_costs_none_of_those_after_it(tmp_path: Path) -> None:
    places_ = written(tmp_path, page(0), page(1), page(2))
    warc = tmp_path / FIRST
    content = bytearray(warc.read_bytes())
    content[places_[1][1] + 30] ^= 0xFF
    warc.write_bytes(content)
    update_index(warc)
    assert places(warc) == [places_[0][1], places_[2][1]]


def test_where_there_is_no_more_time_it_goes_on_the_next_time(tmp_path: Path) -> None:
    warc = tmp_path / FIRST
    written(tmp_path, *(page(number) for number in range(4)))
    update_index(warc)
    whole = index_of(warc).read_bytes()
    index_of(warc).unlink()
    steps = 0
    while not index_of(warc).exists() or index_of(warc).read_bytes() != whole:
        left = iter([False, False])
        assert update_index(warc, lambda left=left: next(left, True))  # type: ignore[misc]
        steps += 1
    assert 2 <= steps <= 4
    assert not update_index(warc)


def test_a_file_that_is_not_there_and_one_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"000001\.cdxj: can't be written \(No such file"):
        update_index(tmp_path / FIRST)
    written(tmp_path, page(0))
    (tmp_path / f".{index_of(tmp_path / FIRST).name}.part").mkdir()
    with pytest.raises(ArchiveError, match=r"000001\.cdxj: can't be written"):
        update_index(tmp_path / FIRST)
