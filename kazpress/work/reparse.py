"""`kazpress reparse`: from the configuration to `pipeline.ingest.reparse`."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from kazpress.config import Config
from kazpress.errors import ArchiveError
from kazpress.progress import progress
from pipeline.archive.files import archive_files, cut_torn_tail
from pipeline.clock import utc_now
from pipeline.ingest.open_sources import open_sources
from pipeline.ingest.reparse import Reparsed, reparse
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
        db_file = config.db
        if dry_run and not db_file.exists():
            # Nothing may be left of a dry run, also no empty database.
            db_file = Path(opened.enter_context(TemporaryDirectory())) / "dry-run.db"
        known = [site.source for site in sites]
        db = opened.enter_context(
            open_sources(
                db_file, config.archive, sites, "reparse", known=known, now=now, recovered=False
            )
        )
        found = [] if dry_run else [cut_torn_tail(config.archive, one, 0) for one in files]
        captures = 0

        def on_read() -> None:
            nonlocal captures
            captures += 1

        with progress(lambda: {"reparse": (f"{captures} captures read",)}):
            result = reparse(db, config.archive, sites, now=now, dry_run=dry_run, on_read=on_read)
    return result, [torn.sentence for torn in found if torn]
