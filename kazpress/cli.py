"""The command line: the group of commands, logging, and the exit status of a run."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import get_args

import click

from kazpress.commands.check import check
from kazpress.commands.crawl import crawl
from kazpress.commands.daemon import daemon
from kazpress.commands.export import export
from kazpress.commands.housekeeping import backup, restore, tidy
from kazpress.commands.import_ import import_
from kazpress.commands.reparse import reparse
from kazpress.commands.show import show
from kazpress.commands.sources import sources
from kazpress.commands.status import status
from kazpress.commands.stories import stories
from kazpress.errors import ExitStatus, KazpressError, did_you_mean
from kazpress.logs import LogFormat, log_to_stderr
from kazpress.streams import let_go_of_stderr, prepare_stdout, reader_may_leave, say, silence


class _Commands(click.Group):
    """A group that suggests a command for a misspelt one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            ctx.fail(f'there is no command "{name}"{did_you_mean(name, self.commands)}')
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kazpress", message="kazpress %(version)s")
@click.option("-v", "--verbose", count=True, help="Log more; -vv: the libraries' lines too.")
@click.option("-q", "--quiet", is_flag=True, help="Log only warnings.")
@click.option(
    "--log-format", type=click.Choice(get_args(LogFormat)), default="text", show_default=True,
    help="How log lines are written.",
)  # fmt: skip
def cli(verbose: int, quiet: bool, log_format: LogFormat) -> None:
    """Press items of Kazakhstan's Senate and of Kazakhstanskaya Pravda.

    Every page is captured once in a WARC archive. Items, stories and datasets are derived from the
    captures, and can be derived again without the network.

    \b
    Examples:
      kazpress crawl
      kazpress export --format jsonl --output items.jsonl
    """
    log_to_stderr(verbose or (-1 if quiet else 0), log_format)


for _command in (
    crawl, daemon, status, check, sources, show, export, reparse, import_, stories,
    backup, restore, tidy,
):  # fmt: skip
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status. Errors are sentences, never tracebacks."""
    out = prepare_stdout()
    status: int = ExitStatus.OK
    try:
        with reader_may_leave():
            status = _run(arguments)
    except OSError as error:
        silence(out)
        where = f"{error.filename}: " if error.filename else ""
        status = _say(f"{where}{error.strerror or error}", ExitStatus.FAILED)
    let_go_of_stderr()
    return status


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = cli.main(arguments, prog_name="kazpress", standalone_mode=False)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        return ExitStatus.USAGE
    except click.Abort:
        return _say("interrupted", ExitStatus.INTERRUPTED)
    except KazpressError as error:
        return _say(str(error), error.status)
    except sqlite3.Error as error:
        return _say(f"the database can't be read or written: {error}", ExitStatus.FAILED)
    return result if isinstance(result, int) else ExitStatus.OK


def _say(sentence: str, status: ExitStatus) -> ExitStatus:
    say(f"kazpress: {sentence}")
    return status
