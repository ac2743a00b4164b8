"""What a crawl has put into the archive, and which of it the database does not know yet."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.store.database import known_files
from pipeline.store.same_capture import is_kept, says_more
from spiders.network.user_agent import user_agent

_Place = tuple[str, int]
"""The file and offset of a record in the archive."""


class CaptureRecorder:
    """Appends exchanges to a source's archive. A capture is first in the archive alone, then queued
    for the next batch, then in the database. The positions up to which the database knows the
    files never pass a capture that is only in the archive: so a crawl after a crash finds it.
    """

    def __init__(self, site: Site, db: Database, archive: Path) -> None:
        self._site = site
        self._db = db
        name = site.source.name
        known = partial(known_files, db, name)
        self._writers = {
            kind: ArchiveWriter(archive, name, kind, user_agent(None), known=known)
            for kind in ("articles", "listings")
        }
        self._ends: dict[str, int] = {}
        """The end of each file that the database does not know up to there."""
        self._unqueued: dict[_Place, Capture] = {}
        """Captures that are in the archive alone."""
        self._queued: dict[_Place, Capture] = {}
        """Captures of the next batch."""

    def append(self, exchange: Exchange, *, unless_known: bool) -> Capture | None:
        """Append an exchange; None where it is not the source's, or is known already and only
        unknown ones are wanted. Raises ArchiveError.
        """
        capture = capture_of(exchange, self._site)
        if capture is None or (unless_known and self._is_known(capture)):
            return None
        writer = self._writers["articles" if capture.article else "listings"]
        file, offset, length = writer.append(exchange)
        self._ends[file] = offset + length
        self._unqueued[file, offset] = capture
        return located(capture, file, offset, length)

    def queue(self, capture: Capture) -> None:
        """Note that a capture goes into the next batch."""
        place = capture.file, capture.offset
        self._unqueued.pop(place, None)
        self._queued[place] = capture

    def synced_positions(self) -> tuple[tuple[str, int], ...]:
        """For each file that has grown, now on the disk: up to where the database knows it once
        the next batch is written.
        """
        for writer in self._writers.values():
            writer.sync()
        return tuple(
            (file, min([at for name, at in self._unqueued if name == file], default=end))
            for file, end in self._ends.items()
        )

    @property
    def is_ahead(self) -> bool:
        """Whether a file has grown since the database was told how far it is known."""
        return bool(self._ends)

    def mark_flushed(self, positions: Sequence[tuple[str, int]]) -> None:
        """Note that the batch is in the database, with these positions."""
        for file, end in positions:
            if self._ends[file] == end:
                del self._ends[file]
        self._queued = {}

    def close(self) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()

    def _is_known(self, capture: Capture) -> bool:
        source = self._site.source
        for one in (*self._queued.values(), *self._unqueued.values()):
            if one.key == capture.key and not says_more(capture, one, source):
                return True
        return is_kept(self._db, capture, source)
