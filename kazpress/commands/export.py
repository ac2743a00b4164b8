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
    "--format", "formats", metavar="FORMATS",
    help="jsonl, csv, xlsx, parquet, atom, sqlite, or several: jsonl,csv (default: by the suffix "
    "of --output, else jsonl).",
)  # fmt: skip
@click.option(
    "--output", type=PATH, metavar="PATH",
    help="The file (default: standard output), such as x.csv or x.jsonl.gz; with several formats "
    "each puts its suffix in the place of a known one.",
)  # fmt: skip
@click.option(
    "--all", "--items", "every_item", is_flag=True,
    help="One record per item instead of one per story.",
)  # fmt: skip
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
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N",
    help="At most N records, the same ones each time.",
)  # fmt: skip
@click.option("--fields", metavar="NAMES", help="Only these fields, in this order: id,day,title.")
@click.option("--no-body", is_flag=True, help="All fields but the text.")
@click.option(
    "--delimiter", default=",", metavar="CHARACTER",
    help='Between the cells of CSV, such as ";" for a spreadsheet that expects it (default: ,).',
)  # fmt: skip
@common_options
def export(
    formats: str | None,
    output: Path | None,
    every_item: bool,
    source: tuple[str, ...],
    language: tuple[str, ...],
    since: date | None,
    until: date | None,
    sample: int | None,
    fields: str | None,
    no_body: bool,
    delimiter: str,
    config: "Config",
) -> None:
    """Write a dataset: one record per story, or with --all one per item.

    The same data gives the same bytes. A file appears under its name only when it is complete.

    \b
    Examples:
      kazpress export --output stories.csv
      kazpress export --source senate --since 2026-03-01 > senate.jsonl
      kazpress export --all --format jsonl,xlsx --output items
      kazpress export --all --fields id,day,title --sample 500 --output sample.csv
    """
    from kazpress.work.export import ExportOptions, export_files
    from kazpress.work.export_targets import export_targets, known_formats
    from pipeline.export.selection import Selection
    from spiders.sources import configured_site

    names = tuple(configured_site(config, name).source.name for name in source)
    selection = Selection(
        source=names, language=language, since=since, until=until, every_item=every_item,
        sample=sample, fields=_names(fields), with_body=not no_body,
    )  # fmt: skip
    export_files(
        config, export_targets(known_formats(formats), output), selection,
        ExportOptions(delimiter=delimiter), quiet=verbosity() < 0,
    )  # fmt: skip


def _names(fields: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (fields or "").split(",") if name.strip())
