"""`kazpress export`: selected records into files or standard output."""

import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import ExportError, StoreError, UsageError
from kazpress.streams import say
from kazpress.work.export_targets import Target
from pipeline.export.atomic_file import atomic_file
from pipeline.export.formats import TABULAR
from pipeline.export.selection import Selection
from pipeline.export.write import write
from pipeline.query.sections import named_sections
from pipeline.store.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How records are written."""

    delimiter: str = ","
    """Between the cells of CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file that was written."""

    path: Path | None
    """None for standard output."""
    format: str
    records: int


def export_files(
    config: Config,
    targets: Sequence[Target],
    selection: Selection,
    options: ExportOptions | None = None,
    *,
    quiet: bool = False,
) -> tuple[ExportedFile, ...]:
    """Write the selected records into each file, all from one snapshot of the database; sections
    are as a person writes them. Unless `quiet`, each file is named on standard error. Raises
    UsageError, StoreError, ExportError.
    """
    options = options or ExportOptions()
    _check_options(targets, selection, options)
    for target in targets:
        if target.path:
            _refuse_ours(config, target.path)
    with reading(config.db) as db:
        selection = replace(selection, section=named_sections(db, selection.section))
        files = tuple(_write(db, config.db, target, selection, options) for target in targets)
    if not quiet:
        _say_what_was_written(files)
    return files


def _check_options(targets: Sequence[Target], selection: Selection, options: ExportOptions) -> None:
    """Raises UsageError for an option that none of the formats could follow."""
    kinds = [target.kind.format for target in targets]
    if options.delimiter != "," and "csv" not in kinds:
        raise UsageError("--delimiter is for csv alone; leave it out, or name that format")
    for kind in kinds:
        if kind not in TABULAR and (selection.fields or not selection.with_body):
            raise UsageError(
                f"--fields and --no-body are for {', '.join(sorted(TABULAR))}; {kind} has fields "
                "of its own"
            )


def _refuse_ours(config: Config, path: Path) -> None:
    """Raises UsageError where a dataset would replace the database or a file of the archive."""
    target, archive = path.resolve(), config.archive.resolve()
    if target == config.db.resolve() or archive in target.parents:
        raise UsageError(f"{path}: belongs to the database or the archive; name another file")


def _write(
    db: Database, database: Path, target: Target, selection: Selection, options: ExportOptions
) -> ExportedFile:
    if target.path is None:
        count = _write_to_stdout(db, database, target, selection, options)
    else:
        with atomic_file(target.path) as out:
            count = write(db, selection, target.kind, out, delimiter=options.delimiter)
    return ExportedFile(path=target.path, format=target.kind.format, records=count)


def _write_to_stdout(
    db: Database, database: Path, target: Target, selection: Selection, options: ExportOptions
) -> int:
    try:
        out = sys.stdout.buffer
        return write(db, selection, target.kind, out, delimiter=options.delimiter)
    except (sqlite3.Error, StoreError) as error:
        raise ExportError(
            f"{database}: can't be read to its end ({error}); what was written is not the whole"
        ) from error


def _say_what_was_written(files: Sequence[ExportedFile]) -> None:
    if not any(file.records for file in files):
        say("nothing that is stored is selected: no records")
    for file in files:
        if file.path:
            say(f"{file.path}: {file.records} record{'s' * (file.records != 1)}")
