"""The command line: each body parses, calls one function, renders, exits."""

import io
import logging
import os
import sqlite3
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kazpress.errors import ExitStatus, KazpressError, UsageError, did_you_mean
from kazpress.options import (
    PATH,
    backfill_options,
    common_options,
    item_filters,
    json_option,
)

if TYPE_CHECKING:
    from kazpress.config import Config
    from pipeline.decisions import Verb


class _Commands(click.Group):
    """A group that says which command was perhaps meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            ctx.fail(f'there is no command "{name}"{did_you_mean(name, self.commands)}')
        return super().resolve_command(ctx, args)


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


@cli.command(short_help="Crawl now: all active sources, or those named.")
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
    type=PATH,
    metavar="WARC",
    help="Run over this WARC file instead of the network (repeatable).",
)
@click.option("--ends-with-stdin", is_flag=True, hidden=True)
@backfill_options
@json_option
@common_options
def crawl(
    targets: tuple[str, ...],
    since: date | None,
    until: date | None,
    limit: int | None,
    full: bool,
    replay: tuple[Path, ...],
    ends_with_stdin: bool,
    as_json: bool,
    config: "Config",
) -> None:  # fmt: skip
    """Crawl now: all active sources, or those named; a URL fetches that one article.

    \b
    Examples:
      kazpress crawl senate --limit 10
      kazpress crawl kazpravda --since 2013-11-12
      kazpress crawl --replay seeds/recorded-site.warc.gz --db demo/k.db
    """
    from kazpress.crawl import CrawlOptions, exit_status
    from kazpress.crawl import crawl as run_crawl
    from kazpress.rendering import show_crawls

    options = CrawlOptions(
        targets=targets, limit=limit, full=full, replay=replay, since=since, until=until,
        ends_with_stdin=ends_with_stdin,
    )  # fmt: skip
    ended = run_crawl(config, options)
    show_crawls(ended, as_json=as_json)
    raise click.exceptions.Exit(exit_status(ended))


@cli.command(short_help="Run crawls on their schedules.")
@click.option("--list", "only_list", is_flag=True, help="Show the next crawls, and end.")
@common_options
def daemon(only_list: bool, config: "Config") -> None:
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

    if only_list:
        show_due(next_crawls(config, utc_now()))
    else:
        run_daemon(config, click.get_current_context().params["config_file"])


@cli.command(short_help="Show the sources' state and what needs a look.")
@click.option(
    "--check", is_flag=True, help="One line; status 0 ok, 1 warning, 2 critical, 3 unknown."
)
@json_option
@common_options
def status(check: bool, as_json: bool, config: "Config") -> None:
    """Show, for each source, its state, its crawls, its items, and what needs a look.

    \b
    Examples:
      kazpress status
      kazpress status --check
    """
    from kazpress.rendering import show_check, show_status
    from kazpress.status import check_line, source_statuses
    from pipeline.clock import utc_now

    if check:
        line, code = check_line(config, utc_now())
        show_check(line)
        raise click.exceptions.Exit(code)
    show_status(source_statuses(config, utc_now()), as_json=as_json)


@cli.command(short_help="Look at the live sites: where is the fault, if any?")
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--save",
    is_flag=False,
    flag_value="",
    metavar="[DIR]",
    help="Write the pages with their reading as recorded pages, into tests/pages where that is, "
    "else recorded-pages.",
)
@click.option(
    "--replay",
    multiple=True,
    type=PATH,
    metavar="WARC",
    help="Look at this WARC file instead of the network (repeatable).",
)
@json_option
@common_options
def check(
    names: tuple[str, ...],
    save: str | None,
    replay: tuple[Path, ...],
    as_json: bool,
    config: "Config",
) -> None:
    """Look at the live sites, all active ones or those named: where is the fault, if there is any?

    Goes through name, TLS, robots.txt, each way of finding articles and the newest pages field by
    field, asking as slowly as a crawl, and ends in one sentence: what is wrong, where, and what to
    do. Stores nothing. Status 0: healthy; 1: the source fails; 3: something needs a look.

    \b
    Examples:
      kazpress check
      kazpress check kazpravda --save
    """
    from kazpress.check_save import save_pages, saving
    from kazpress.checking import check_sources, exit_status
    from kazpress.show_check import show_checks, show_saved

    names, folder = saving(names, save)
    checked = check_sources(config, names, replay)
    show_checks(checked, as_json=as_json)
    if save is not None:
        show_saved(save_pages(checked, folder))
    raise click.exceptions.Exit(exit_status(checked))


@cli.command()
@json_option
@common_options
def sources(as_json: bool, config: "Config") -> None:
    """Show the sources: addresses, languages, schedules.

    \b
    Examples:
      kazpress sources
      kazpress sources --json
    """
    from kazpress.rendering import show_sources
    from kazpress.status import described_sources

    show_sources(described_sources(config), as_json=as_json)


@cli.command(short_help="Show one item and its story.")
@click.argument("item", metavar="ID_OR_URL")
@click.option("--revisions", is_flag=True, help="All states of the item, oldest first.")
@click.option("--raw", is_flag=True, help="The captured page as it came, decoded.")
@click.option("--against", metavar="ID_OR_URL", help="Compare with this item; mark what both say.")
@json_option
@common_options
def show(
    item: str,
    revisions: bool,
    raw: bool,
    against: str | None,
    as_json: bool,
    config: "Config",
) -> None:
    """Show one item: its text, its story, who else printed it.

    \b
    Examples:
      kazpress show https://senate.parlam.kz/ru-RU/news/details/13203
      kazpress show 8f14e45fceea167a --revisions
      kazpress show 8f14e45fceea167a --against 3c59dc048e885024
    """
    from kazpress.comparing import against as compared
    from kazpress.show_against import show_against
    from kazpress.show_item import show_item, show_raw, show_revisions
    from kazpress.showing import item_view, raw_page, revision_views

    if raw + revisions + (raw and as_json) > 1:
        raise UsageError("--raw goes with neither --revisions nor --json")
    if against is not None and (raw or revisions):
        raise UsageError("--against goes with neither --raw nor --revisions")
    if against is not None:
        show_against(compared(config, item, against), as_json=as_json)
    elif raw:
        show_raw(raw_page(config, item))
    elif revisions:
        show_revisions(revision_views(config, item), as_json=as_json)
    else:
        show_item(item_view(config, item), as_json=as_json)


@cli.command(short_help="Write a dataset: a record a story, or an item.")
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
    type=PATH,
    metavar="PATH",
    help="The file (default: standard output); with several formats a stem.",
)
@click.option(
    "--all", "every_item", is_flag=True, help="Every item, instead of one record a story."
)
@item_filters
@common_options
def export(
    formats: str,
    output: Path | None,
    every_item: bool,
    source: tuple[str, ...],
    language: tuple[str, ...],
    since: date | None,
    until: date | None,
    config: "Config",
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

    names = tuple(configured_site(config, name).source.name for name in source)
    selection = Selection(
        source=names, language=language, since=since, until=until, every_item=every_item
    )
    export_files(config, known_formats(formats), output, selection)


@cli.command(short_help="Read the archive again with today's code.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@json_option
@common_options
def reparse(dry_run: bool, as_json: bool, config: "Config") -> None:
    """Read the archive again with today's code, into the same or an empty database.

    \b
    Examples:
      kazpress reparse --dry-run
      kazpress reparse --db new.db --archive archive
    """
    from kazpress.rendering import show_reparsed
    from kazpress.reparsing import reparse_archive

    result, notes = reparse_archive(config, dry_run=dry_run)
    show_reparsed(result, notes, dry_run=dry_run, as_json=as_json)
    raise click.exceptions.Exit(ExitStatus.NEEDS_LOOK if notes else ExitStatus.OK)


@cli.command("import", short_help="Take in texts, and WARC files of other tools.")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--source", help="Whose the texts are, where they name no source themselves.")
@json_option
@common_options
def import_(
    files: tuple[Path, ...],
    source: str | None,
    as_json: bool,
    config: "Config",
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

    imported = import_files(config, files, source)
    show_imported(imported, as_json=as_json)
    raise click.exceptions.Exit(imported.status)


@cli.command(short_help="Join two items in one story, or part them.")
@click.argument("decision", type=click.Choice(["join", "part"]), metavar="join|part")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@json_option
@common_options
def stories(
    decision: "Verb", one: str, other: str, as_json: bool, config: "Config"
) -> None:  # fmt: skip
    """Decide that two items, by id or address, tell one piece of news (join), or do not (part).

    Parted items are never related; joined ones count as one. The decision is kept in the archive,
    so it stays when the database is made anew. Of two contrary ones the later holds.

    \b
    Examples:
      kazpress stories join 8f14e45fceea167a https://kazpravda.kz/n/odin/
      kazpress stories part 8f14e45fceea167a text:c9f0f895fb98ab91 --json
    """
    from kazpress.deciding import decide
    from kazpress.show_decision import show_decision

    show_decision(decide(config, decision, one, other), as_json=as_json)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status. A user's mistake is one sentence, never a trace."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")  # a terminal that can't show Cyrillic is no error
    try:
        status = _run(arguments)
        out.flush()
    except BrokenPipeError:
        _silence(out)
        return ExitStatus.OK
    except SystemExit:
        if sys.stdout is out:
            raise
        sys.stdout = out  # where its reader has gone, click wraps it and exits
        _silence(out)
        return ExitStatus.OK
    except OSError as error:
        _silence(out)
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}", ExitStatus.FAILED)
    return status


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = cli.main(arguments, prog_name="kazpress", standalone_mode=False)
    except click.ClickException as error:
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
    click.echo(f"kazpress: {sentence}", err=True)
    return status


def _silence(out: TextIO) -> None:
    """Whoever read our output has gone, or it is full: let Python's end not complain of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


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
