"""`kazpress export`: from options to files."""

import sys
from pathlib import Path

import click

from kazpress.config import Config
from kazpress.errors import UsageError, did_you_mean
from pipeline.export import FORMATS, Format, Selection, records, write, written_aside
from pipeline.store import open_for_reading


def known_formats(text: str) -> tuple[Format, ...]:
    """The formats that a comma-separated list names. Raises UsageError."""
    chosen: list[Format] = []
    for name in text.split(","):
        match = next((one for one in FORMATS if one == name.strip().lower()), None)
        if match is None:
            known = ", ".join(FORMATS)
            raise UsageError(
                f'there is no format "{name.strip()}"{did_you_mean(name, FORMATS)} (known: {known})'
            )
        chosen.append(match)
    return tuple(dict.fromkeys(chosen))


def export_files(
    config: Config, formats: tuple[Format, ...], output: Path | None, selection: Selection
) -> None:
    """Write the selected records in each format."""
    if output is None and len(formats) > 1:
        raise UsageError("several formats need --output with a stem for their files' names")
    with_copies = not selection.every_item
    db = open_for_reading(config.db)
    try:
        for kind in formats:
            if output is None or str(output) == "-":
                write(records(db, selection), kind, sys.stdout.buffer, with_copies=with_copies)
                sys.stdout.buffer.flush()
                continue
            path = output if len(formats) == 1 else output.with_name(f"{output.name}.{kind}")
            with written_aside(path) as out:
                count = write(records(db, selection), kind, out, with_copies=with_copies)
            click.echo(f"{path}: {count} records", err=True)
    finally:
        db.close()
