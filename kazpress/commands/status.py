"""`kazpress status`."""

from typing import TYPE_CHECKING

import click

from kazpress.commands.options import command, common_options, json_option
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Show the sources' state and what needs a look.")
@click.option(
    "--check", is_flag=True, help="One line; status 0 ok, 1 warning, 2 critical, 3 unknown."
)
@json_option
@common_options
def status(check: bool, as_json: bool, config: "Config") -> None:
    """Show, for each source, its state, its crawls, its items, and what needs a look.

    With --json also how many items have each field, and which step gave it (`coverage`).

    \b
    Examples:
      kazpress status
      kazpress status --json
      kazpress status --check
    """
    from kazpress.work.status import check_line, source_statuses
    from kazpress.work.status_table import show_check, show_status
    from pipeline.clock import utc_now

    if check:
        line, code = check_line(config, utc_now())
        with reader_may_leave():
            show_check(line)
        raise click.exceptions.Exit(code)
    show_status(source_statuses(config, utc_now(), with_coverage=as_json), as_json=as_json)
