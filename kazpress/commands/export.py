"""`kazpress export`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.errors import UsageError
from kazpress.options import (
    PATH,
    Count,
    Several,
    Slice,
    command,
    common_options,
    edit_kinds,
    json_option,
    kind_option,
    selection_options,
    verbosity,
)
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kazpress.config import Config
    from pipeline.formats.write import RecordsOf


@command(short_help="Write records into files: one per story, or per item.")
@click.option(
    "--format", "formats", metavar="FORMATS",
    help="jsonl, csv, xlsx, parquet, atom, sqlite, or several: jsonl,csv (default: by the suffix "
    "of --output, else jsonl).",
)  # fmt: skip
@click.option(
    "--output", type=PATH, metavar="PATH",
    help="The file (default: standard output), such as x.csv or x.jsonl.gz. With several formats "
    "each file gets its own suffix: items.jsonl, items.csv.",
)  # fmt: skip
@click.option(
    "--all", "--items", "every_item", is_flag=True,
    help="One record per item instead of one per story.",
)  # fmt: skip
@click.option(
    "--revisions", is_flag=True,
    help="One record per state of an item, with what was edited since the state before.",
)  # fmt: skip
@click.option(
    "--edits", is_flag=True,
    help="With --format atom: a feed of the newest edits, an entry per state of an item.",
)  # fmt: skip
@kind_option
@selection_options
@click.option(
    "--sample", type=Count(), metavar="N",
    help="At most N records, the same ones each time.",
)  # fmt: skip
@click.option(
    "--fields", multiple=True, type=Several(click.STRING), metavar="NAMES",
    help="Only these fields, in this order: id,day,title.",
)  # fmt: skip
@click.option("--no-body", is_flag=True, help="All fields but the text.")
@click.option(
    "--delimiter", default=",", metavar="CHARACTER",
    help='Between the cells of CSV, such as ";" for a spreadsheet that expects it (default: ,).',
)  # fmt: skip
@click.option(
    "--changed-since", metavar="TIME_OR_CURSOR",
    help="Only what is new or otherwise since then, and the ids of what is no more: the cursor of "
    "an earlier export, a time with its offset, or a day in Almaty.",
)  # fmt: skip
@click.option(
    "--dataset", "dataset", type=PATH, metavar="DIR",
    help="A folder that can be published: data by month, descriptions, checksums.",
)  # fmt: skip
@click.option(
    "--force", is_flag=True,
    help="With --dataset: write into a folder that holds other files, too.",
)  # fmt: skip
@json_option
@common_options
def export(
    formats: str | None,
    output: Path | None,
    every_item: bool,
    revisions: bool,
    edits: bool,
    kinds: "Sequence[tuple[str, ...]]",
    chosen: Slice,
    sample: int | None,
    fields: "Sequence[tuple[str, ...]]",
    no_body: bool,
    delimiter: str,
    changed_since: str | None,
    dataset: Path | None,
    force: bool,
    as_json: bool,
    config: "Config",
) -> None:
    """Write records into a file, one per story, or with --all one per item; or, with --dataset, a
    folder that can be published.

    The same data gives the same bytes. A file appears under its name only when it is complete.

    \b
    Examples:
      kazpress export --output stories.csv
      kazpress export --source senate --since 2026-03-01 > senate.jsonl
      kazpress export --all --format jsonl,xlsx --output items
      kazpress export --all --fields id,day,title --sample 500 --output sample.csv
      kazpress export --dataset press-items
      kazpress export --all --changed-since 0123456789ab-42 --output new.jsonl
      kazpress export --revisions --output revisions.parquet
      kazpress export --edits --kind number,quotation --output edits.atom
    """
    from kazpress.work.dataset import export_dataset
    from kazpress.work.export import ExportOptions, export_files
    from kazpress.work.export_targets import export_targets, formats_named
    from kazpress.work.summaries import show_exported
    from pipeline.export.selection import Selection
    from pipeline.formats.spreadsheets import known_delimiter

    selection = Selection(
        **asdict(chosen), every_item=every_item, sample=sample, with_body=not no_body,
        fields=tuple(name.lower() for names in fields for name in names),
    )  # fmt: skip
    if dataset:
        _refuse_with_dataset(
            format=formats, output=output, sample=sample, fields=fields or None, no_body=no_body,
            delimiter=delimiter != ",", changed_since=changed_since, json=as_json,
            revisions=revisions, edits=edits, kind=kinds or None,
        )  # fmt: skip
        export_dataset(config, dataset, selection, force=force, quiet=verbosity() < 0)
        return
    if force:
        raise UsageError("--force is for --dataset alone; a file is replaced without it")
    targets = export_targets(formats_named(formats), output)
    if as_json and targets[0].path is None:
        raise UsageError("--json tells of files that were written; name one with --output")
    options = ExportOptions(
        delimiter=known_delimiter(delimiter), changed_since=changed_since,
        of=_records_of(revisions=revisions, edits=edits, has_kinds=bool(kinds)),
        kinds=edit_kinds(kinds),
    )  # fmt: skip
    exported = export_files(config, targets, selection, options, quiet=verbosity() < 0)
    if as_json:
        with reader_may_leave():
            show_exported(exported)


def _records_of(*, revisions: bool, edits: bool, has_kinds: bool) -> "RecordsOf":
    """What records are of. Raises UsageError for options that go together with nothing."""
    if revisions and edits:
        raise UsageError("--revisions and --edits are two kinds of records; name one of them")
    if has_kinds and not edits:
        raise UsageError("--kind chooses edits; it goes with --format atom --edits")
    if edits:
        return "edits"
    return "revisions" if revisions else "items"


def _refuse_with_dataset(**options: object) -> None:
    """Raises UsageError for an option that a dataset can't follow."""
    for name, said in options.items():
        if said not in (None, False, ()):
            raise UsageError(
                f"--dataset has formats and fields of its own: leave out --{name.replace('_', '-')}"
            )
