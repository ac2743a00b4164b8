"""Parts of WARC files, so that one file is work for many: the records that begin in a range of
bytes, wherever its ends fall, as engines for large data cut files (the input splits of Hadoop).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Site
from pipeline.similarity.shingles import CutBody

PART_BYTES = 1 << 20
"""A second's work or less, so that parts end at about the same time and few results wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The records of one WARC file that begin in a range of bytes, and by whose facts they are
    read. It can be sent to another process or machine that sees the file.
    """

    path: Path
    site: Site
    start: int
    end: int
    """The first byte after the range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """What reading a part gave. It can be sent like the part."""

    part: Part
    captures: tuple[ClassifiedCapture, ...]
    """In their order in the file."""
    begin: int | None
    """Where the first record from the part's start on begins; None where there is none."""
    following: int | None
    """Where the first record after the part begins; None where there is none."""
    checksum: int
    """CRC-32 of the part's bytes."""
    warnings: tuple[str, ...] = ()
    """What a person should know, such as records that are damaged."""
    cuts: tuple[tuple[str, CutBody], ...] = ()
    """The bodies as they are compared, by their digests, as far as that was worked out too."""


def parts_of(path: Path, site: Site, start: int, end: int, part_bytes: int) -> list[Part]:
    """A range of a file, cut at all multiples of `part_bytes`: the same cuts whatever the range."""
    inner = range((start // part_bytes + 1) * part_bytes, end, part_bytes)
    cuts = [start, *inner, end] if start < end else []
    return [Part(path=path, site=site, start=one, end=other) for one, other in pairwise(cuts)]


def joined(reads: Iterable[PartRead], read_again: Callable[[Part], PartRead]) -> Iterator[PartRead]:
    """Parts in their order, as if each file had been read from its start to its end.

    A cut may fall where the bytes of a page, or what is damaged, look like the beginning of a
    record. Only who comes from the record before knows, so a part that began elsewhere than the one
    before it ended is read again from there.
    """
    before: PartRead | None = None
    for read in reads:
        part = read.part
        if before is not None and _is_next(part, before.part) and read.begin != before.following:
            read = _from(part, before.following, read, read_again)  # noqa: PLW2901 - in its place
        yield read
        before = read


def _is_next(part: Part, before: Part) -> bool:
    return (part.path, part.start) == (before.path, before.end)


def _from(
    part: Part, begin: int | None, read: PartRead, read_again: Callable[[Part], PartRead]
) -> PartRead:
    if begin is None or begin >= part.end:
        return replace(read, captures=(), begin=begin, following=begin, warnings=(), cuts=())
    again = read_again(replace(part, start=begin))
    return replace(again, part=part, checksum=read.checksum)
