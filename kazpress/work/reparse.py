"""`kazpress reparse`: from the configuration to `pipeline.ingest.reparse`."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kazpress.config import Config
from kazpress.errors import ArchiveError, StoreError
from kazpress.progress import progress
from pipeline.archive.files import archive_files, cut_torn_tail
from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from pipeline.ingest.open_sources import open_sources
from pipeline.ingest.reparse import Reparsed, reparse
from pipeline.model.source import Site
from pipeline.store.database import Store, open_for_writing
from pipeline.store.database_copy import copy_database
from pipeline.store.free_space import LEAST_FREE_BYTES, scarcity
from spiders.sources import all_sites


def reparse_archive(config: Config, *, dry_run: bool) -> tuple[Reparsed, list[str]]:
    """Read the whole archive again. Returns what changed, and sentences on what needs a look.

    Raises ArchiveError where there is no archive, SourceBusy where another process writes a source.
    """
    sites = all_sites(config)
    now = utc_now()
    files = [file for site in sites for file in archive_files(config.archive, site.source.name)]
    if not files:
        raise ArchiveError(f"{config.archive}: holds no archive; name its folder with --archive")
    with ExitStack() as opened:
        if dry_run:
            db: Store = opened.enter_context(_copy(config, sites, now))
        else:
            known = [site.source for site in sites]
            db = opened.enter_context(
                open_sources(
                    config.db, config.archive, sites, "reparse", known=known, now=now,
                    recovered=False,
                )
            )  # fmt: skip
        found = [] if dry_run else [cut_torn_tail(config.archive, one, 0) for one in files]
        captures = 0

        def on_read() -> None:
            nonlocal captures
            captures += 1

        with progress(lambda: {"reparse": (f"{captures} captures read",)}):
            result = reparse(db, config.archive, sites, now=now, dry_run=dry_run, on_read=on_read)
    return result, [torn.sentence for torn in found if torn]


@contextmanager
def _copy(config: Config, sites: Sequence[Site], now: datetime) -> Iterator[Store]:
    """A copy of the database, so that nothing is left of a dry run, and nothing has to be writable.
    The locks are held as far as their files are there. Raises SourceBusy, StoreError.
    """
    with ExitStack() as opened:
        for site in sites:
            name = site.source.name
            opened.enter_context(source_lock(config.archive, name, "reparse", now, create=False))
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="kazpress-")))
        copy = folder / "dry-run.db"
        if config.db.exists():
            needed = config.db.stat().st_size + LEAST_FREE_BYTES
            if scarce := scarcity([folder], needed=needed):
                raise StoreError(f"{scarce}, or set TMPDIR to a folder with room for a copy")
            copy_database(config.db, copy)
        db = open_for_writing(copy, [site.source for site in sites])
        opened.callback(db.close)
        yield db
