"""Our own files, torn or damaged at any place: every whole record is found, and none that is not as
it was written.
"""

import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.files import cut_torn_tail
from tests.pipeline.archive.numbered_pages import FIRST, page, payloads, written
from tests.pipeline.archive.warc_records import PAGE

_PAGES = [replace(page(number), request=PAGE.request) for number in range(4)]
_PAYLOADS = [one.payload for one in _PAGES]


def _file() -> tuple[bytes, list[int], list[int]]:
    """A file of ours, where each of its members begins and ends, and where those of pages begin."""
    with TemporaryDirectory() as folder:
        places = written(Path(folder), *_PAGES)
        content = (Path(folder) / FIRST).read_bytes()
    begins = [place for place in range(len(content)) if content[place : place + 4] == _MAGIC]
    return content, [*begins, len(content)], [offset for _, offset, _ in places]


_MAGIC = b"\x1f\x8b\x08\x00"
_CONTENT, _BOUNDS, _PAGE_OFFSETS = _file()


def _payloads(content: bytes) -> list[bytes]:
    with TemporaryDirectory() as folder:
        (Path(folder) / FIRST).write_bytes(content)
        return payloads(Path(folder))


def test_the_file_has_a_member_for_each_record() -> None:
    assert len(_BOUNDS) == 1 + 2 * len(_PAGES) + 1
    assert _payloads(_CONTENT) == _PAYLOADS


@pytest.mark.parametrize("tail", [b"", bytes(4096), b"garbage \x1f\x8b\x08\x00 WARC/1.1"])
def test_a_file_torn_at_any_byte_is_mended(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / FIRST
    step = 5 if tail else 1  # in the first and in the last page's records
    ends = *range(0, _BOUNDS[1], step), *range(_BOUNDS[-3], len(_CONTENT), step)
    for cut in (*ends, *range(_BOUNDS[1], _BOUNDS[-3], 13)):
        content = _CONTENT[:cut] + tail
        path.write_bytes(content)
        torn = cut_torn_tail(tmp_path, FIRST, 0)
        end = max(bound for bound in _BOUNDS if content.startswith(_CONTENT[:bound]))
        assert (path.stat().st_size, torn is not None) == (end, end != cut + len(tail)), cut
        assert payloads(tmp_path) == _PAYLOADS[: sum(one < end for one in _PAGE_OFFSETS)], cut


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_writing_goes_on_in_a_mended_file(tmp_path: Path, cut: int) -> None:
    path = tmp_path / FIRST
    path.write_bytes(_CONTENT[:cut])
    cut_torn_tail(tmp_path, FIRST, 0)
    before = payloads(tmp_path)
    written(tmp_path, page(9))
    assert payloads(tmp_path) == [*before, b"<p>9</p>"]
    assert subprocess.run(["gzip", "-t", str(path)], check=False).returncode == 0
    first = subprocess.run(["gzip", "-dc", str(path)], capture_output=True, check=True).stdout
    assert first.split(b"\r\n")[1] == b"WARC-Type: warcinfo"


@given(
    st.sampled_from(["flip", "cut", "insert", "zero"]),
    st.integers(0, len(_CONTENT) - 1),
    st.binary(min_size=1, max_size=400) | st.sampled_from([_MAGIC, _CONTENT[:40], b"WARC/1.1\r\n"]),
)
def test_damage_costs_no_record_elsewhere(how: str, at: int, noise: bytes) -> None:
    end = min(at + len(noise), len(_CONTENT))
    damaged = {
        "flip": _CONTENT[:at] + noise[: end - at] + _CONTENT[end:],
        "cut": _CONTENT[:at] + _CONTENT[end:],
        "insert": _CONTENT[:at] + noise + _CONTENT[at:],
        "zero": _CONTENT[:at] + bytes(end - at) + _CONTENT[end:],
    }[how]
    found = _payloads(damaged)
    assert [one for one in found if one not in _PAYLOADS] == []
    whole = [
        payload
        for begins, ends in pairwise(_BOUNDS)
        for offset, payload in zip(_PAGE_OFFSETS, _PAYLOADS, strict=True)
        if begins == offset
        and (not begins < at < ends if how == "insert" else end <= begins or at >= ends)
    ]
    assert [one for one in whole if one not in found] == []
