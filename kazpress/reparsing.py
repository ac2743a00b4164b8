"""`kazpress reparse`: the archive's locks, the database, then `pipeline.reparse`."""

from contextlib import ExitStack

from kazpress.config import Config
from kazpress.errors import ArchiveError
from pipeline.archive import archive_files, mend
from pipeline.clock import utc_now
from pipeline.lock import source_lock
from pipeline.reparse import Reparsed, reparse
from pipeline.store import open_for_writing
from spiders.sites import all_sites


def reparse_archive(config: Config, *, dry_run: bool) -> Reparsed:
    """Read the whole archive again. Raises ArchiveError where there is none, SourceBusy where a
    source is being written.
    """
    sites = all_sites(config)
    now = utc_now()
    files = [file for site in sites for file in archive_files(config.archive, site.source.name)]
    if not files:
        raise ArchiveError(f"{config.archive}: holds no archive; name its folder with --archive")
    with ExitStack() as opened:
        for site in sites:
            opened.enter_context(source_lock(config.archive, site.source.name, "reparse", now))
        for file in files:
            mend(config.archive, file, 0)
        db = open_for_writing(config.db, [site.source for site in sites])
        opened.callback(db.close)
        return reparse(db, config.archive, sites, now=now, dry_run=dry_run)
