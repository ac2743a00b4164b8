"""`kazpress export`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.help import NearestChoice
from kazpress.options import PATH, Day, SourceName, command, common_options, verbosity

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Write a dataset: one record per story, or per item.")
@click.option(
    "--format",
    "formats",
    default="jsonl",
    show_default=True,
    metavar="FORMATS",
    help="jsonl, csv, or both: jsonl,csv.",
)
@click.option(
    "--output",
    type=PATH,
    metavar="PATH",
    help="The file (default: standard output); with several formats, its name without the suffix.",
)
@click.option(
    "--all", "every_item", is_flag=True, help="One record per item instead of one per story."
)
@click.option(
    "--source",
    multiple=True,
    type=SourceName(),
    metavar="NAME",
    help="Only this source (repeatable).",
)
@click.option(
    "--language",
    multiple=True,
    type=NearestChoice(["ru", "kk", "en"]),
    help="Only this language (repeatable).",
)
@click.option(
    "--since", type=Day(), metavar="DATE", help="Published on this day in Almaty or later."
)
@click.option(
    "--until", type=Day(), metavar="DATE", help="Published on this day in Almaty or earlier."
)
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
) -> None:
    """Write a dataset: one record per story, or with --all one per item.

    The same data gives the same bytes. A file appears under its name only when it is complete.

    \b
    Examples:
      kazpress export --source senate --since 2026-03-01 > senate.jsonl
      kazpress export --all --format jsonl,csv --output items
    """
    from kazpress.work.export import export_files, known_formats
    from pipeline.export.selection import Selection
    from spiders.sources import configured_site

    names = tuple(configured_site(config, name).source.name for name in source)
    selection = Selection(
        source=names, language=language, since=since, until=until, every_item=every_item
    )
    export_files(config, known_formats(formats), output, selection, quiet=verbosity() < 0)
