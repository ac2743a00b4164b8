"""The command line: each body parses, calls one function, renders, exits."""

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kazpress.errors import ExitStatus, KazpressError, did_you_mean

if TYPE_CHECKING:
    from kazpress.config import Config

_Command = TypeVar("_Command", bound=Callable[..., Any])
_PATH = click.Path(path_type=Path)


class _Commands(click.Group):
    """A group that says which command was perhaps meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            ctx.fail(f'there is no command "{name}"{did_you_mean(name, self.commands)}')
        return super().resolve_command(ctx, args)


class _Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that a text names."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(
                f'"{value}" is no day; write it as YYYY-MM-DD, such as 2026-03-04', param, ctx
            )


def _common(command: _Command) -> _Command:
    """The options that every command takes."""
    for option in reversed(
        (
            click.option("--db", type=_PATH, envvar="KAZPRESS_DB", metavar="PATH",
                         help="The database (default: the configuration's, else kazpress.db)."),
            click.option("--archive", type=_PATH, metavar="DIR",
                         help="The archive (default: as configured, else beside the database)."),
            click.option("--config", "config_file", type=_PATH, envvar="KAZPRESS_CONFIG",
                         metavar="PATH", help="The configuration (default: kazpress.toml, if any)."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def _json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="For machines: JSON.")(command)


def _filters(command: _Command) -> _Command:
    """Which items are meant."""
    for option in reversed(
        (
            click.option("--source", multiple=True, help="Only this source (repeatable)."),
            click.option("--language", multiple=True, type=click.Choice(["ru", "kk", "en"]),
                         help="Only this language (repeatable)."),
            click.option("--since", type=_Day(), metavar="DATE",
                         help="Published on this day in Almaty or later."),
            click.option("--until", type=_Day(), metavar="DATE",
                         help="Published on this day in Almaty or earlier."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def _config(db: Path | None, archive: Path | None, config_file: Path | None) -> "Config":
    from kazpress.config import load_config
    from spiders.sources import SOURCES

    return load_config(config_file, db=db, archive=archive, known_sources=tuple(SOURCES))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kazpress", message="kazpress %(version)s")
@click.option("-v", "--verbose", is_flag=True, help="More lines about what is done.")
@click.option("-q", "--quiet", is_flag=True, help="Warnings only.")
def cli(verbose: bool, quiet: bool) -> None:
    """Press items of Kazakhstan's Senate and of Kazakhstanskaya Pravda.

    Every page is captured once in a WARC archive; items, stories and datasets follow from the
    captures and can be made again without the network.

    \b
    Examples:
      kazpress crawl
      kazpress export --format jsonl --output items.jsonl
    """
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    _log_to_stderr(level)


@cli.command()
@click.argument("targets", nargs=-1, metavar="[SOURCE or URL]...")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Ask at most N article addresses without an item, over all sources.",
)
@click.option("--full", is_flag=True, help="Look at everything again, failed addresses too.")
@click.option(
    "--replay",
    multiple=True,
    type=_PATH,
    metavar="WARC",
    help="Run over this WARC file instead of the network (repeatable).",
)
@click.option("--ends-with-stdin", is_flag=True, hidden=True)
@_json_option
@_common
def crawl(
    targets: tuple[str, ...],
    limit: int | None,
    full: bool,
    replay: tuple[Path, ...],
    ends_with_stdin: bool,
    as_json: bool,
    db: Path | None,
    archive: Path | None,
    config_file: Path | None,
) -> None:  # fmt: skip
    """Crawl now: all active sources, or those named; a URL fetches that one article.

    \b
    Examples:
      kazpress crawl senate --limit 10
      kazpress crawl --replay seeds/recorded-site.warc.gz --db demo.db --archive demo-archive
    """
    from kazpress.crawl import CrawlOptions, exit_status
    from kazpress.crawl import crawl as run_crawl
    from kazpress.rendering import show_crawls

    options = CrawlOptions(
        targets=targets, limit=limit, full=full, replay=replay, ends_with_stdin=ends_with_stdin
    )
    ended = run_crawl(_config(db, archive, config_file), options)
    show_crawls(ended, as_json=as_json)
    _exit(exit_status(ended))


@cli.command()
@click.option("--list", "only_list", is_flag=True, help="Show the next crawls, and end.")
@_common
def daemon(
    only_list: bool, db: Path | None, archive: Path | None, config_file: Path | None
) -> None:
    """Run crawls on their schedules until told to stop (SIGTERM or Ctrl-C).

    The same as python scheduler.py.

    \b
    Examples:
      kazpress daemon --list
      kazpress daemon --config /etc/kazpress.toml
    """
    from kazpress.daemon import next_crawls, run_daemon
    from kazpress.rendering import show_due
    from pipeline.clock import utc_now

    config = _config(db, archive, config_file)
    if only_list:
        show_due(next_crawls(config, utc_now()))
    else:
        run_daemon(config, config_file)


@cli.command()
@click.option(
    "--check", is_flag=True, help="One line; status 0 ok, 1 warning, 2 critical, 3 unknown."
)
@_json_option
@_common
def status(
    check: bool, as_json: bool, db: Path | None, archive: Path | None, config_file: Path | None
) -> None:
    """Show, for each source, its state, its crawls, its items, and what needs a look.

    \b
    Examples:
      kazpress status
      kazpress status --check
    """
    from kazpress.rendering import show_check, show_status
    from kazpress.status import check_line, source_statuses
    from pipeline.clock import utc_now

    config = _config(db, archive, config_file)
    if check:
        line, code = check_line(config, utc_now())
        show_check(line)
        sys.exit(code)
    show_status(source_statuses(config, utc_now()), as_json=as_json)


@cli.command()
@_json_option
@_common
def sources(as_json: bool, db: Path | None, archive: Path | None, config_file: Path | None) -> None:
    """Show the sources: addresses, languages, schedules.

    \b
    Examples:
      kazpress sources
      kazpress sources --json
    """
    from kazpress.rendering import show_sources
    from kazpress.status import described_sources

    show_sources(described_sources(_config(db, archive, config_file)), as_json=as_json)


@cli.command()
@click.argument("item", metavar="ID_OR_URL")
@click.option("--revisions", is_flag=True, help="All states of the item, oldest first.")
@click.option("--raw", is_flag=True, help="The captured page as it came, decoded.")
@_json_option
@_common
def show(
    item: str,
    revisions: bool,
    raw: bool,
    as_json: bool,
    db: Path | None,
    archive: Path | None,
    config_file: Path | None,
) -> None:
    """Show one item: its text, its story, who else printed it.

    \b
    Examples:
      kazpress show https://senate.parlam.kz/ru-RU/news/details/13203
      kazpress show 8f14e45fceea167a --revisions
    """
    from kazpress.rendering import show_item, show_raw, show_revisions
    from kazpress.showing import item_view, raw_page, revision_views

    config = _config(db, archive, config_file)
    if raw:
        show_raw(raw_page(config, item))
    elif revisions:
        show_revisions(revision_views(config, item), as_json=as_json)
    else:
        show_item(item_view(config, item), as_json=as_json)


@cli.command()
@click.option(
    "--format",
    "formats",
    default="jsonl",
    show_default=True,
    metavar="FORMATS",
    help="jsonl, csv, or both with a comma between them.",
)
@click.option(
    "--output",
    type=_PATH,
    metavar="PATH",
    help="The file (default: standard output); with several formats a stem.",
)
@click.option(
    "--all", "every_item", is_flag=True, help="Every item, instead of one record a story."
)
@_filters
@_common
def export(
    formats: str,
    output: Path | None,
    every_item: bool,
    source: tuple[str, ...],
    language: tuple[str, ...],
    since: date | None,
    until: date | None,
    db: Path | None,
    archive: Path | None,
    config_file: Path | None,
) -> None:  # fmt: skip
    """Write a dataset: one record a story, or with --all one an item.

    The same data gives the same bytes. A file takes its place only once it is whole.

    \b
    Examples:
      kazpress export --source senate --since 2026-03-01 > senate.jsonl
      kazpress export --all --format jsonl,csv --output items
    """
    from kazpress.exporting import export_files, known_formats
    from pipeline.export import Selection
    from spiders.sites import configured_site

    config = _config(db, archive, config_file)
    names = tuple(configured_site(config, name).source.name for name in source)
    selection = Selection(
        source=names, language=language, since=since, until=until, every_item=every_item
    )
    export_files(config, known_formats(formats), output, selection)


@cli.command()
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@_json_option
@_common
def reparse(
    dry_run: bool, as_json: bool, db: Path | None, archive: Path | None, config_file: Path | None
) -> None:
    """Read the archive again with today's code, into the same or an empty database.

    \b
    Examples:
      kazpress reparse --dry-run
      kazpress reparse --db new.db --archive archive
    """
    from kazpress.rendering import show_reparsed
    from kazpress.reparsing import reparse_archive

    config = _config(db, archive, config_file)
    show_reparsed(reparse_archive(config, dry_run=dry_run), dry_run=dry_run, as_json=as_json)


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE...")
@click.option("--source", help="Whose the texts are, where they name no source themselves.")
@_json_option
@_common
def import_(
    files: tuple[Path, ...],
    source: str | None,
    as_json: bool,
    db: Path | None,
    archive: Path | None,
    config_file: Path | None,
) -> None:
    """Take in texts such as the seed's, and WARC files of other tools.

    A text begins with a line "date YYYY-MM-DD", perhaps with a photo credit. It folds into the
    article that holds it, whichever comes first.

    \b
    Examples:
      kazpress import seeds/*.txt
      kazpress import wayback.warc.gz
    """
    from kazpress.importing import import_files
    from kazpress.rendering import show_imported

    imported = import_files(_config(db, archive, config_file), files, source)
    show_imported(imported, as_json=as_json)
    _exit(
        ExitStatus.FAILED if imported.failed
        else ExitStatus.NEEDS_LOOK if imported.notes else ExitStatus.OK
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status. A user's mistake is one sentence, never a trace."""
    try:
        result = cli.main(arguments, prog_name="kazpress", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return ExitStatus.USAGE
    except click.Abort:
        return 130
    except KazpressError as error:
        click.echo(f"kazpress: {error}", err=True)
        return error.status
    except BrokenPipeError:
        _silence_stdout()
        return ExitStatus.OK
    return result if isinstance(result, int) else ExitStatus.OK


def _exit(status: ExitStatus) -> None:
    if status is not ExitStatus.OK:
        sys.exit(status)


def _silence_stdout() -> None:
    """Whoever read our output has gone: let Python's end not complain of it."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log_to_stderr(level: int) -> None:
    """Our own lines at `level`; of the libraries, what is wrong."""
    lines = logging.Formatter("%(asctime)s %(message)s", datefmt="%H:%M:%S")
    for names, least in ((("kazpress", "spiders", "pipeline"), level), (("",), logging.ERROR)):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(lines)
        handler.setLevel(logging.DEBUG if level == logging.DEBUG else least)
        for name in names:
            logger = logging.getLogger(name)
            logger.handlers = [handler]
            logger.propagate = False
            logger.setLevel(level)
