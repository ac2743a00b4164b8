"""`kazpress export`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.commands.options import PATH, common_options, item_filters

if TYPE_CHECKING:
    from kazpress.config import Config


@click.command(short_help="Write a dataset: a record a story, or an item.")
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
) -> None:
    """Write a dataset: one record a story, or with --all one an item.

    The same data gives the same bytes. A file takes its place only once it is whole.

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
    export_files(config, known_formats(formats), output, selection)
