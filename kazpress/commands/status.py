"""`kazpress status`."""

from typing import TYPE_CHECKING, Any

import click

from kazpress.errors import UsageError
from kazpress.help import Command
from kazpress.options import common_options, json_option
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


class _Monitored(Command):
    """A command that, with `--check`, prints one line whatever happens, and ends with a status of
    monitoring plugins: what can't be looked at is unknown, 3, be it for a wrong configuration, a
    wrong option, or a fault of ours.
    """

    def make_context(self, *arguments: Any, **extra: Any) -> click.Context:
        """Read the options."""
        words = list(arguments[1] if len(arguments) > 1 else extra["args"])
        try:
            return super().make_context(*arguments, **extra)
        except click.UsageError as error:
            if "--check" not in words:
                raise
            raise _unknown(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        if not ctx.params.get("check"):
            return super().invoke(ctx)
        try:
            line, status = super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, MemoryError):
            raise
        except Exception as error:
            raise _unknown(error) from error
        raise _told(line, status)


@click.command(cls=_Monitored, short_help="Show the sources' state and what needs a look.")
@click.option(
    "--check", is_flag=True, help="One line; status 0 ok, 1 warning, 2 critical, 3 unknown."
)
@click.option("--prometheus", is_flag=True, help="Metrics in Prometheus' text format.")
@json_option
@common_options
def status(
    check: bool, prometheus: bool, as_json: bool, config: "Config"
) -> tuple[str, int] | None:
    """Show, for each source, its state, its crawls, its items, and what needs a look.

    With --json also how many items have each field, and which step gave it (`coverage`), and how
    each source was asked, day by day (`politeness`).

    \b
    Examples:
      kazpress status
      kazpress status --json
      kazpress status --check
    """
    from kazpress.status.metrics import metrics_text
    from kazpress.status.monitor_line import check_line
    from kazpress.status.source_status import source_statuses
    from kazpress.status.table import show_status
    from pipeline.clock import utc_now

    if check:
        return check_line(config, utc_now())
    if prometheus and as_json:
        raise UsageError("--prometheus and --json are two forms of the same: name one")
    statuses = source_statuses(config, utc_now(), with_coverage=as_json)
    if prometheus:
        click.echo(metrics_text(statuses), nl=False)
    else:
        show_status(statuses, as_json=as_json)
    return None


def _unknown(error: Exception) -> click.exceptions.Exit:
    from kazpress.status.monitor_line import UNKNOWN, unknown_line

    return _told(unknown_line(error), UNKNOWN)


def _told(line: str, status: int) -> click.exceptions.Exit:
    """Print the line; the status to end with."""
    with reader_may_leave():
        click.echo(line)
    return click.exceptions.Exit(status)
