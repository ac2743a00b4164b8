"""Who reads the parts of an archive: this process alone, others, or those of a cluster. Whoever it
is, the parts come back in their order, and only so many wait as a window holds.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from pipeline.ingest.reader import Reader
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.read_part import read_part


class Readers(Protocol):
    """Reads parts."""

    def read(self, parts: Iterable[Part]) -> Iterator[PartRead]:
        """All of these, in their order. Raises ArchiveError."""

    def read_one(self, part: Part) -> PartRead:
        """One more, while others are read. Raises ArchiveError."""


class InThisProcess:
    """Reads one part after another. A page that this process dies of is noted (`Reader`), and
    passed over by a later one.
    """

    def __init__(self) -> None:
        self._readers: dict[str, Reader] = {}

    def read(self, parts: Iterable[Part]) -> Iterator[PartRead]:
        """All of these, in their order."""
        return map(self.read_one, parts)

    def read_one(self, part: Part) -> PartRead:
        """One part."""
        found = read_part(part, self._reader(part))
        return replace(found, warnings=())  # they were told here as they came

    def _reader(self, part: Part) -> Callable[[Capture, bytes, Site], ClassifiedCapture]:
        name = part.site.source.name
        if name not in self._readers:
            self._readers[name] = Reader(part.path.parent, name)
        return self._readers[name]


class Awaited(Protocol):
    """A part that is being read."""

    def result(self) -> PartRead:
        """The part, once it is read. Raises ArchiveError."""

    def cancel(self) -> object:
        """It is not needed any more."""


def in_order(
    parts: Iterable[Part], submit: Callable[[Part], Awaited], window: int
) -> Iterator[PartRead]:
    """Parts in their order, of which at most so many are being read or wait to be taken."""
    waiting: deque[Awaited] = deque()
    try:
        for part in parts:
            waiting.append(submit(part))
            if len(waiting) >= window:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for one in waiting:
            one.cancel()
