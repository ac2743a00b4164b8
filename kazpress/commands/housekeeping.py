"""`kazpress backup`, `kazpress restore` and `kazpress tidy`."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.options import PATH, command, common_options

if TYPE_CHECKING:
    from kazpress.config import Config

_log = logging.getLogger(__name__)


@command(short_help="Back up database and archive, also during a crawl.")
@click.argument("folder", type=PATH, metavar="DIR")
@common_options
def backup(folder: Path, config: "Config") -> None:
    """Back up database and archive into a new folder of DIR, named for the moment (UTC). Crawls may
    run meanwhile.

    Files that have not changed since the last backup in DIR are hard links to its files where the
    file system has such, and so are complete files of the archive where DIR is on the same disk.
    The name of the new folder is printed. It is there only when the backup is whole.

    \b
    Examples:
      kazpress backup /backup/kazpress
      kazpress backup /mnt/usb --db /srv/kazpress/kazpress.db
    """
    from kazpress.operations.backup import back_up
    from pipeline.clock import utc_now

    made = back_up(config, folder, utc_now())
    click.echo(made.folder)
    _log.info("%s", made.sentence)


@command(short_help="Put a backup in place, after checking it.")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--force", is_flag=True, help="Replace an existing database.")
@common_options
def restore(folder: Path, force: bool, config: "Config") -> None:
    """Put a backup's database and archive in place, after checking each file's SHA-256. DIR is a
    folder that `kazpress backup` made. No crawl and no daemon may run.

    Captures that the archive has beyond the backup's stay, and the next crawl takes them in.

    \b
    Examples:
      kazpress restore /backup/kazpress/kazpress-20261129T101500Z
      kazpress restore DIR --db new/kazpress.db --archive new/archive
    """
    from kazpress.operations.restore import restore as put_back
    from pipeline.clock import utc_now

    _log.info("%s", put_back(config, folder, utc_now(), force=force).sentence)


@command(short_help="Drop old listings, tidy the database up, index the archive.")
@click.option("--dry-run", is_flag=True, help="Say what would be dropped, and drop nothing.")
@common_options
def tidy(dry_run: bool, config: "Config") -> None:
    """Drop the captures of listings older than 30 days, let SQLite tidy the database up, and bring
    the index of the archive up to date, which pywb reads. The daemon does so once a day.

    \b
    Examples:
      kazpress tidy --dry-run
      kazpress tidy --db /srv/kazpress/kazpress.db
    """
    from kazpress.operations.archive_index import index_archive
    from kazpress.operations.tidy import tidy as tidy_up
    from pipeline.clock import utc_now

    for sentence in tidy_up(config, utc_now(), dry_run=dry_run).sentences(dry_run=dry_run):
        _log.info("%s", sentence)
    if not dry_run and (indexed := index_archive(config, utc_now())):
        _log.info("%s", indexed)
