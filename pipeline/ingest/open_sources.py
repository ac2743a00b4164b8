"""Sources opened for writing: their locks, the database, and what a killed process left."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from kazpress.errors import StoreError
from pipeline.archive.lock import source_lock
from pipeline.frontier.crawls import note_killed
from pipeline.ingest.recover import recover
from pipeline.ingest.settle import settle_all
from pipeline.model.source import Site, Source
from pipeline.store.database import Store, open_for_writing
from pipeline.store.permissions import shared_with_owner


@contextmanager
def open_sources(
    db_file: Path,
    archive: Path,
    sites: Sequence[Site],
    doing: str,
    *,
    known: Iterable[Source],
    now: datetime,
    recovered: bool = True,
) -> Iterator[Store]:
    """The database, with the locks of `sites` held for as long as the block runs.

    `doing` is what another process is told that asks for a lock. `known` are all sources whose
    facts the database holds. Crawls that were killed are noted as such. With `recovered`, what
    they left in the archives of `sites` is ingested first. What waits in the database to be settled
    is settled. Whatever was opened is closed again, also where opening fails.

    Raises SourceBusy, StoreError, ArchiveError.
    """
    with ExitStack() as opened:
        give_away = opened.enter_context(shared_with_owner(db_file, archive))
        for site in sites:
            opened.enter_context(source_lock(archive, site.source.name, doing, now))
        db = open_for_writing(db_file, known)
        opened.callback(db.close)
        give_away()
        try:
            for site in sites:
                note_killed(db, site.source.name, now)
                if recovered:
                    recover(db, archive, site, now=now)
            settle_all(db, now=now)
        except sqlite3.Error as error:
            raise StoreError(f"{db_file}: {error}") from error
        yield db
