"""The command line: the group of commands, logging, and the exit status of a run."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import get_args

import click

from kazpress.commands.check import check
from kazpress.commands.crawl import crawl
from kazpress.commands.daemon import daemon
from kazpress.commands.export import export
from kazpress.commands.housekeeping import backup, restore, tidy
from kazpress.commands.import_ import import_
from kazpress.commands.lists import edits, list_
from kazpress.commands.reparse import reparse
from kazpress.commands.show import show
from kazpress.commands.sources import sources
from kazpress.commands.status import status
from kazpress.commands.stories import stories
from kazpress.errors import ExitStatus, KazpressError, NoDatabase
from kazpress.help import CommandGroup, NearestChoice, completion, show_help
from kazpress.logs import LogFormat
from kazpress.options import verbosity_options
from kazpress.streams import let_go_of_stderr, prepare_stdout, reader_may_leave, say, silence


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    None, "-V", "--version", package_name="kazpress", message="kazpress %(version)s"
)
@verbosity_options
@click.option(
    "--log-format", type=NearestChoice(get_args(LogFormat)), default="text", show_default=True,
    help="How log lines are written.",
)  # fmt: skip
@click.pass_context
def cli(ctx: click.Context, /, **_: object) -> None:
    """Press items of Kazakhstan's Senate and of Kazakhstanskaya Pravda.

    Every page is captured once in a WARC archive. Items, stories and datasets are derived from the
    captures, and can be derived again without the network.

    \b
    Examples:
      kazpress crawl
      kazpress export --format jsonl --output items.jsonl
      kazpress help crawl
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


cli.add_section("Collect", crawl, daemon, import_)
cli.add_section("Look", status, list_, show, edits, check, sources)
cli.add_section("Take out", export)
cli.add_section("Correct", stories, reparse)
cli.add_section("Keep", backup, restore, tidy)
cli.add_section("Help", show_help, completion)


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
    except NoDatabase as error:
        return _say(f"{error}{_demo_database()}", error.status)
    except KazpressError as error:
        return _say(str(error), error.status)
    except sqlite3.Error as error:
        return _say(f"the database can't be read or written: {error}", ExitStatus.FAILED)
    return result if isinstance(result, int) else ExitStatus.OK


def _demo_database() -> str:
    """Where the database of `make demo` is, if it was made here."""
    made = Path("demo", "kazpress.db")
    return f"; that of the demo is --db {made}" if made.is_file() else ""


def _say(sentence: str, status: ExitStatus) -> ExitStatus:
    say(f"kazpress: {sentence}")
    return status
