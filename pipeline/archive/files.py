"""The archive's files by name, the captures in them, and torn tails.

`<source>-articles-<number>.warc.gz` are kept for ever; `<source>-listings-<day>.warc.gz` (listings,
robots.txt, sitemaps, feeds) may be dropped after 30 days. Only the holder of the source's lock
writes to a file.
"""

import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kazpress.errors import ArchiveError, NotAtHand
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import exchange_of, record_at
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.warc.members import whole_members

_log = logging.getLogger(__name__)
_STEM = r"(?P<source>[a-z0-9_-]+?)-(?P<kind>articles|listings)-(?P<part>\d+)"
_NAME = re.compile(rf"{_STEM}\.warc\.gz")
_INDEX_NAME = re.compile(rf"{_STEM}\.cdxj")


@dataclass(frozen=True, slots=True, kw_only=True)
class TornTail:
    """The part of a record at a file's end that was cut off, as a killed process leaves it."""

    file: str
    offset: int
    bytes_cut: int

    @property
    def sentence(self) -> str:
        """What was done, as a sentence for a person."""
        return f"{self.file}: {self.bytes_cut} bytes of a torn record cut off at byte {self.offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """What the name of an archive's file says."""

    name: str
    source: str
    kind: str
    """`articles` or `listings`."""
    part: str
    """The number of a file of articles; the day of one of listings, YYYYMMDD."""


def archive_files(folder: Path, source: str, kind: str = "articles") -> list[str]:
    """The names of a source's files of one kind, `articles` or `listings`, in order."""
    return [one.name for one in all_files(folder) if one.source == source and one.kind == kind]


def all_files(folder: Path) -> list[ArchiveFile]:
    """The files of an archive, in the order of their names."""
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir())
    return [file for file in map(archive_file, names) if file]


def archive_file(name: str) -> ArchiveFile | None:
    """What a name says; None where no file of an archive has such a name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return ArchiveFile(name=name, source=match["source"], kind=match["kind"], part=match["part"])


def article_file(source: str, number: int) -> str:
    """The name of a source's file of articles with this number."""
    return f"{source}-articles-{number:06}.warc.gz"


def last_number(folder: Path, source: str, known: Iterable[str]) -> int:
    """The highest number of a source's files of articles: of those in the folder, those `known` by
    name, and those of which the folder has the index alone; 0 where there is none.
    """
    here = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    matches = (_NAME.fullmatch(one) or _INDEX_NAME.fullmatch(one) for one in (*here, *known))
    return max(
        (
            int(one["part"])
            for one in matches
            if one and one["source"] == source and one["kind"] == "articles"
        ),
        default=0,
    )


def away(folder: Path, known: Iterable[str]) -> list[str]:
    """Of the files `known` by name those of articles that are not in the folder, in order."""
    named = sorted((file for name in known if (file := archive_file(name))), key=_by_name)
    return [one.name for one in named if one.kind == "articles" and _is_away(folder / one.name)]


def check_at_hand(folder: Path, file: str) -> None:
    """Raises NotAtHand where a file is not in the folder."""
    if _is_away(folder / file):
        raise NotAtHand(folder, file)


def stored_payload(folder: Path, capture: Capture) -> bytes:
    """The payload of a capture, from the archive. Raises NotAtHand where its file was moved away,
    ArchiveError where the record is not there.
    """
    check_at_hand(folder, capture.file)
    return record_at(folder / capture.file, capture.offset).exchange.payload


def stored_captures(
    folder: Path, site: Site, file: str, start: int = 0
) -> Iterator[tuple[Capture, bytes, int]]:
    """The captures in one file from an offset on, each with its payload and the offset after it.

    Raises ArchiveError; NotAtHand where the file was moved away.
    """
    check_at_hand(folder, file)
    path = folder / file
    for offset, length, plain in _members(path, start):
        try:
            exchange = exchange_of(plain)
        except ArchiveError as error:
            _log.warning("%s: the record at byte %d was passed over: %s", path, offset, error)
            continue
        capture = capture_of(exchange, site) if exchange else None
        if capture and exchange:
            yield located(capture, file, offset, length), exchange.payload, offset + length


def located(capture: Capture, file: str, offset: int, length: int) -> Capture:
    """The capture with the place of its record in the archive."""
    return replace(capture, file=file, offset=offset, length=length)


def cut_torn_tail(folder: Path, file: str, start: int) -> TornTail | None:
    """Cut a file off after its last whole record; None where it ends with that.

    `start` is the offset of a record, from which on it is looked for. Raises ArchiveError.
    """
    path = folder / file
    end = whole_end(path, start)
    try:
        size = path.stat().st_size
        if size <= end:
            return None
        unshare(path)
        os.truncate(path, end)
    except OSError as error:
        raise ArchiveError(f"{path}: its torn end can't be cut off ({error.strerror})") from error
    return TornTail(file=file, offset=end, bytes_cut=size - end)


def whole_end(path: Path, start: int) -> int:
    """Where the last whole record of a file ends; `start` is the offset of a record, from which on
    it is looked for. Raises ArchiveError.
    """
    end = start
    for offset, length, _ in _members(path, start):
        end = offset + length
    return end


def unshare(path: Path) -> None:
    """Make a file one of its own where it has a second name, as in a backup: what is written to it
    changes that one no more. Raises OSError.
    """
    if not path.exists() or path.stat().st_nlink == 1:
        return
    own = path.with_name(f".{path.name}.part")
    shutil.copy2(path, own)
    own.replace(path)


def _is_away(path: Path) -> bool:
    # A file that may not be looked at is no file that was moved away.
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _by_name(file: ArchiveFile) -> str:
    return file.name


def _members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    try:
        yield from whole_members(path, start)
    except OSError as error:
        raise ArchiveError(f"{path}: can't be read ({error.strerror})") from error
