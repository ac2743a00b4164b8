"""What a crawl has put into the archive, and which of it the database does not know yet."""

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.store.database import is_kept
from spiders.network.user_agent import user_agent

_Key = tuple[str, datetime, str]
"""What makes two captures the same: address, time, payload digest."""


class CaptureRecorder:
    """Appends exchanges to a source's archive. A capture that is kept is taken in later; until
    then no position beyond it is told, so that a crawl after a crash finds it.
    """

    def __init__(self, site: Site, db: Database, archive: Path) -> None:
        self._site = site
        self._db = db
        self._writers = {
            kind: ArchiveWriter(archive, site.source.name, kind, user_agent(None))
            for kind in ("articles", "listings")
        }
        self._ends: dict[str, int] = {}
        """Up to where each file was written since its position was last told whole."""
        self._kept: dict[_Key, tuple[str, int]] = {}
        """Captures that were not taken in yet: their file and offset."""
        self._pending: set[_Key] = set()
        """Captures that were taken in since the last flush."""

    def keep(self, exchange: Exchange, *, unless_known: bool) -> Capture | None:
        """Append an exchange; None where it is not the source's, or is known already and only
        unknown ones are wanted. Raises ArchiveError.
        """
        capture = capture_of(exchange, self._site)
        if capture is None or (unless_known and self._is_known(capture)):
            return None
        file, offset, length = self._writers["articles" if capture.article else "listings"].append(
            exchange
        )
        self._ends[file] = offset + length
        self._kept[capture.key] = (file, offset)
        return located(capture, file, offset, length)

    def taken(self, capture: Capture) -> None:
        """Note that a capture goes into the next batch."""
        self._kept.pop(capture.key, None)
        self._pending.add(capture.key)

    def synced_positions(self) -> tuple[tuple[str, int], ...]:
        """For each file, now on the disk, the first byte that is not taken in after this batch."""
        for writer in self._writers.values():
            writer.sync()
        return tuple(
            (file, min([at for name, at in self._kept.values() if name == file], default=end))
            for file, end in self._ends.items()
        )

    def flushed(self) -> None:
        """Note that the batch is in the database."""
        waiting = {file for file, _ in self._kept.values()}
        self._ends = {file: end for file, end in self._ends.items() if file in waiting}
        self._pending = set()

    def close(self) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()

    def _is_known(self, capture: Capture) -> bool:
        if capture.key in self._pending or capture.key in self._kept:
            return True
        return is_kept(self._db, capture)
