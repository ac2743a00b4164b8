"""`kazpress export`: selected records into files or standard output."""

import sqlite3
import sys
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import ExportError, StoreError, UsageError, did_you_mean
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
    if output is None or str(output) == "-":
        if len(formats) > 1:
            raise UsageError("several formats need --output with a stem for their files' names")
        with reading(config.db) as db:
            _write_to_stdout(db, config.db, selection, formats[0])
        return
    paths = [output] if len(formats) == 1 else [Path(f"{output}.{kind}") for kind in formats]
    for path in paths:
        _refuse_ours(config, path)
    with reading(config.db) as db:
        for kind, path in zip(formats, paths, strict=True):
            with atomic_file(path) as out:
                count = _write(db, selection, kind, out)
            if not quiet:
                say(f"{path}: {count} record{'s' * (count != 1)}")


def _refuse_ours(config: Config, path: Path) -> None:
    """Raises UsageError where a dataset would replace the database or a file of the archive."""
    target, archive = path.resolve(), config.archive.resolve()
    if target == config.db.resolve() or archive in target.parents:
        raise UsageError(f"{path}: belongs to the database or the archive; name another file")


def _write_to_stdout(db: Database, path: Path, selection: Selection, kind: Format) -> None:
    try:
        _write(db, selection, kind, sys.stdout.buffer)
    except (sqlite3.Error, StoreError) as error:
        raise ExportError(
            f"{path}: can't be read to its end ({error}); what was written is not the whole"
        ) from error


def _write(db: Database, selection: Selection, kind: Format, out: IO[bytes]) -> int:
    return write(records(db, selection), kind, out, with_copies=not selection.every_item)
