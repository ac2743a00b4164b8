"""`kazpress reparse`."""

import os
from typing import TYPE_CHECKING

import click

from kazpress.errors import ExitStatus, UsageError
from kazpress.options import command, common_options, json_option, verbosity
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Read the archive again with today's code.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would change, field by field, and change nothing."
)
@click.option("--all", "every", is_flag=True, help="Read again also what today's reader has read.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N",
    help="Read in so many processes at most (default: as many as there are processors to use).",
)  # fmt: skip
@click.option(
    "--cluster", metavar="ADDRESS",
    help="Read on the workers of the Dask cluster whose scheduler is at ADDRESS.",
)  # fmt: skip
@json_option
@common_options
def reparse(
    dry_run: bool,
    every: bool,
    workers: int | None,
    cluster: str | None,
    as_json: bool,
    config: "Config",
) -> None:
    """Read the archive again with today's code, into the same or an empty database.

    Read again is what an older reader has read; of the rest what was read then is taken, unless
    --all is given. One that is killed leaves the database as it was, and the next goes on with what
    it had read.

    \b
    Examples:
      kazpress reparse --dry-run
      kazpress reparse --all --workers 4
      kazpress reparse --db new.db --archive archive
    """
    from kazpress.work.reparse import Asked, reparse_archive
    from kazpress.work.reparse_summary import show_reparsed

    if workers is not None and cluster is not None:
        raise UsageError("--workers and --cluster exclude each other; give one of them")
    asked = Asked(
        dry_run=dry_run, every=every, workers=workers or _processors(), cluster=cluster
    )  # fmt: skip
    result, notes = reparse_archive(config, asked)
    with reader_may_leave():
        show_reparsed(result, notes, dry_run=dry_run, as_json=as_json, quiet=verbosity() < 0)
    raise click.exceptions.Exit(ExitStatus.NEEDS_LOOK if notes else ExitStatus.OK)


def _processors() -> int:
    """As many as this process may use, where the system tells; else all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
