"""What a killed process left: archive records that the database does not know yet."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from kazpress.errors import ArchiveError
from pipeline.archive.files import archive_files, cut_torn_tail, stored_captures
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.ingest.reader import Reader
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Site
from pipeline.store.database import position
from pipeline.synced import sync

_BATCH_CAPTURES = 100
_log = logging.getLogger(__name__)


def recover(db: Database, archive: Path, site: Site, *, now: datetime) -> None:
    """Bring database and archive of a source together again.

    Hold the source's lock. Torn tails are cut off, and said; whole records that the database lacks
    are ingested.
    """
    for kind in ("articles", "listings"):
        for file in archive_files(archive, site.source.name, kind):
            if cut := cut_torn_tail(archive, file, _start(db, archive, file)):
                _log.warning("%s", cut.sentence)
    for file in archive_files(archive, site.source.name):
        for batch in _missing(db, archive, site, file):
            ingest(db, site.source, batch, now=now)
    for file in archive_files(archive, site.source.name, "listings"):
        end = (archive / file).stat().st_size
        if position(db, file) != end:
            ingest(db, site.source, Batch(positions=[(file, end)]), now=now)


def _start(db: Database, archive: Path, file: str) -> int:
    """The byte up to which a file stands in the database; 0 if it has become shorter than that."""
    known = position(db, file)
    return known if known <= (archive / file).stat().st_size else 0


def _bring_onto_disk(file: Path) -> None:
    """Who wrote it may have been killed before it was there, and its end is noted next."""
    try:
        sync(file)
    except OSError as error:
        raise ArchiveError(f"{file} can't be brought onto the disk: {error.strerror}") from error


def _missing(db: Database, archive: Path, site: Site, file: str) -> Iterator[Batch]:
    start = _start(db, archive, file)
    size = (archive / file).stat().st_size
    if start != size:
        _bring_onto_disk(archive / file)
    read = Reader(archive, site.source.name)
    examined: list[ClassifiedCapture] = []
    end = start
    for capture, payload, after in stored_captures(archive, site, file, start):
        examined.append(read(capture, payload, site))
        end = after
        if len(examined) == _BATCH_CAPTURES:
            yield Batch(examined=examined, positions=[(file, end)])
            examined = []
    if start != size:
        yield Batch(examined=examined, positions=[(file, size)])
