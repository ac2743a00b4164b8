"""`kazpress reparse`."""

from typing import TYPE_CHECKING

import click

from kazpress.errors import ExitStatus
from kazpress.options import command, common_options, json_option, verbosity
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Read the archive again with today's code.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
@common_options
def reparse(dry_run: bool, as_json: bool, config: "Config") -> None:
    """Read the archive again with today's code, into the same or an empty database.

    \b
    Examples:
      kazpress reparse --dry-run
      kazpress reparse --db new.db --archive archive
    """
    from kazpress.work.reparse import reparse_archive
    from kazpress.work.summaries import show_reparsed

    result, notes = reparse_archive(config, dry_run=dry_run)
    with reader_may_leave():
        show_reparsed(result, notes, dry_run=dry_run, as_json=as_json, quiet=verbosity() < 0)
    raise click.exceptions.Exit(ExitStatus.NEEDS_LOOK if notes else ExitStatus.OK)
