"""The index of one WARC file of ours, in a file of the same name beside it, sorted by address and
time. Only what was appended since it was written is read.

Its first line, as CDXJ has it for what is no capture, says how many bytes of the WARC file are in
it.
"""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kazpress.errors import ArchiveError
from pipeline.archive.warc_reader import exchange_of, record_at
from pipeline.cdxj.index_line import index_line, place_in
from pipeline.warc.members import whole_members

_ENDING = ".cdxj"
_MOST_HEAD_BYTES = 1000
_HEAD = re.compile(r'!meta 0 .*"bytes": (?P<bytes>[0-9]{1,18})\}\n')


@dataclass(frozen=True, slots=True)
class _Index:
    """What an index holds."""

    lines: tuple[str, ...] = ()
    end: int = 0
    """The byte up to which it has the records of its WARC file."""


def index_of(warc: Path) -> Path:
    """Where the index of a WARC file is."""
    return warc.with_name(warc.name.removesuffix(".warc.gz") + _ENDING)


def update_index(warc: Path, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Bring the index of a WARC file up to date, or make it; whether it was written. Where there is
    no more time, it goes as far as was read, and further the next time. Raises ArchiveError.
    """
    index = index_of(warc)
    try:
        if _is_up_to_date(index, warc):
            return False
        known = _known(index, warc)
        kept = known or _Index()
        more = _read(warc, kept.end, is_over)
        if known is not None and more.end == known.end:
            return False  # a record is being written just now
        _write(index, warc.name, _Index(tuple(sorted(kept.lines + more.lines)), more.end))
    except OSError as error:
        raise ArchiveError(f"{index}: can't be written ({error.strerror})") from error
    return True


def _is_up_to_date(index: Path, warc: Path) -> bool:
    try:
        with index.open(encoding="utf-8") as file:
            head = _HEAD.fullmatch(file.readline(_MOST_HEAD_BYTES))
    except (FileNotFoundError, UnicodeError):
        return False
    return head is not None and int(head["bytes"]) == warc.stat().st_size


def _known(index: Path, warc: Path) -> _Index | None:
    """What an index holds of its WARC file; None where there is none, or it is not this file's,
    which was another then, or has become shorter.
    """
    try:
        head, *lines = index.read_text(encoding="utf-8").splitlines(keepends=True) or [""]
    except (FileNotFoundError, UnicodeError):
        return None
    said = _HEAD.fullmatch(head)
    places = {place: line for line in lines if (place := place_in(line))}
    if said is None or len(places) != len(lines) or int(said["bytes"]) > warc.stat().st_size:
        return None
    known = _Index(tuple(lines), int(said["bytes"]))
    return known if not places or _is_there(warc, max(places), places) else None


def _is_there(warc: Path, place: tuple[int, int], lines: dict[tuple[int, int], str]) -> bool:
    """Whether the record of a line is still where it says."""
    with suppress(ArchiveError):
        exchange = record_at(warc, place[0]).exchange
        return index_line(exchange, warc.name, *place) == lines[place]
    return False


def _read(warc: Path, start: int, is_over: Callable[[], bool]) -> _Index:
    lines: list[str] = []
    end = start
    for offset, length, content in whole_members(warc, start):
        if is_over():
            break
        end = offset + length
        with suppress(ArchiveError):  # a damaged record is told of when it is read
            exchange = exchange_of(content)
            line = exchange and index_line(exchange, warc.name, offset, length)
            if line:
                lines.append(line)
    return _Index(tuple(lines), end)


def _write(index: Path, name: str, holds: _Index) -> None:
    """Raises OSError."""
    told = json.dumps({"format": "cdxj", "filename": name, "bytes": holds.end})
    part = index.with_name(f".{index.name}.part")
    try:
        part.write_text(f"!meta 0 {told}\n{''.join(holds.lines)}", encoding="utf-8")
        part.replace(index)
    finally:
        part.unlink(missing_ok=True)
