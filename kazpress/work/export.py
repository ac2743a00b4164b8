"""`kazpress export`: selected records into files or standard output."""

import sys
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import UsageError, did_you_mean
from kazpress.streams import say
from pipeline.export.atomic_file import atomic_file
from pipeline.export.formats import FORMATS, Format, write
from pipeline.export.selection import Selection, records
from pipeline.store.database import reading


def known_formats(text: str) -> tuple[Format, ...]:
    """The formats in a comma-separated list. Raises UsageError."""
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
    config: Config,
    formats: tuple[Format, ...],
    output: Path | None,
    selection: Selection,
    *,
    quiet: bool = False,
) -> None:
    """Write the selected records in each format, all from one snapshot of the database. Unless
    `quiet`, each file is named on standard error. Raises UsageError, StoreError, ExportError.
    """
    to_stdout = output is None or str(output) == "-"
    if to_stdout and len(formats) > 1:
        raise UsageError("several formats need --output with a stem for their files' names")
    with reading(config.db) as db:
        for kind in formats:
            if output is None or to_stdout:
                _write(db, selection, kind, sys.stdout.buffer)
            else:
                path = output if len(formats) == 1 else Path(f"{output}.{kind}")
                with atomic_file(path) as out:
                    count = _write(db, selection, kind, out)
                if not quiet:
                    say(f"{path}: {count} record{'s' * (count != 1)}")


def _write(db: Database, selection: Selection, kind: Format, out: IO[bytes]) -> int:
    return write(records(db, selection), kind, out, with_copies=not selection.every_item)
