"""`kazpress export`: selected records into files or standard output."""

import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import ExportError, StoreError, UsageError
from kazpress.streams import say
from kazpress.work.export_targets import Target, is_of_database
from pipeline.counted import counted
from pipeline.edits.edit import EditKind
from pipeline.export.atomic_file import atomic_file
from pipeline.export.increments import change_of, cursor
from pipeline.export.selection import Selection
from pipeline.formats.as_sqlite import write_sqlite
from pipeline.formats.extras import check_extras
from pipeline.formats.known_formats import TABULAR, Format
from pipeline.formats.spreadsheets import MAX_ROWS, LongTexts
from pipeline.formats.write import RecordsOf, write
from pipeline.history.stored_revisions import count_without_edits, said_without_edits
from pipeline.ingest.unsettled import count_unsettled
from pipeline.query.sections import with_stored_sections
from pipeline.store.database import reading

_NO_CELL = "whole in the file, but a spreadsheet's cell holds no more"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How records are written."""

    delimiter: str = ","
    """Between the cells of CSV."""
    changed_since: str | None = None
    """A time or a cursor: only what is new or otherwise since then, and what is no more."""
    of: RecordsOf = "items"
    """What records are of."""
    kinds: tuple[EditKind, ...] = ()
    """Of a feed of edits, the kinds that are wanted; none for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file that was written."""

    path: Path | None
    """None for standard output."""
    format: str
    records: int
    """With those that an increment says are no more; in a database, the items."""
    bytes: int | None
    """None for standard output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    files: tuple[ExportedFile, ...]
    cursor: str
    """What the next increment begins at."""


def export_files(
    config: Config,
    targets: Sequence[Target],
    selection: Selection,
    options: ExportOptions | None = None,
    *,
    quiet: bool = False,
) -> Exported:
    """Write the selected records into each file, all from one snapshot of the database; sections
    are as a person writes them. Unless `quiet`, each file is named on standard error; the cursor,
    too, which an increment tells in any case. Raises UsageError, StoreError, ExportError.
    """
    options = options or ExportOptions()
    _check_options(targets, selection, options)
    for target in targets:
        if target.path:
            _refuse_ours(config, target.path)
    with reading(config.db) as db:
        selection = with_stored_sections(db, selection)
        said = options.changed_since
        since = None if said is None else change_of(db, said)
        now = cursor(db)
        waiting = count_unsettled(db) if options.of == "items" else 0
        untold = count_without_edits(db) if options.of == "edits" else 0
        files = tuple(
            _write(db, config.db, target, selection, options, since) for target in targets
        )
    exported = Exported(files=files, cursor=now)
    if not quiet:
        _say_what_was_written(files, is_increment=since is not None)
        if waiting:
            say(
                f"{waiting} items are not compared with others yet, so each is a story of its own; "
                "the crawl that goes on, or the next one, does that"
            )
        if untold:
            say(said_without_edits(untold))
    if options.of == "items" and (not quiet or since is not None):
        say(f"cursor: {exported.cursor}")
    return exported


def _check_options(targets: Sequence[Target], selection: Selection, options: ExportOptions) -> None:
    """Raises UsageError for an option that none of the formats could follow, and for a format that
    can't be written here, before any is.
    """
    kinds = [target.kind.format for target in targets]
    if options.delimiter != "," and "csv" not in kinds:
        raise UsageError("--delimiter is for csv alone; leave it out, or name that format")
    for kind in kinds:
        check_extras(kind)
        if kind not in TABULAR and (selection.fields or not selection.with_body):
            raise UsageError(
                f"--fields and --no-body are for {', '.join(sorted(TABULAR))}; {kind} has fields "
                "of its own"
            )
    if options.of != "items":
        _check_history(kinds, selection, options)
    if options.changed_since is not None:
        _check_increment(kinds, selection)


def _check_history(kinds: Sequence[Format], selection: Selection, options: ExportOptions) -> None:
    """Raises UsageError where a format has no records of revisions, or of edits, and for what can't
    be asked of these.
    """
    for kind in kinds:
        if options.of == "edits" and kind != "atom":
            raise UsageError(
                "--edits is for atom alone; --revisions has records with their edits, and kazpress "
                "edits lists the newest"
            )
        if options.of == "revisions" and kind not in TABULAR:
            raise UsageError(
                f"--revisions is for {', '.join(sorted(TABULAR))}; {kind} has no records of "
                "revisions (--format atom --edits is a feed of what was edited)"
            )
    if options.changed_since is not None:
        raise UsageError("--changed-since tells of items and stories alone; leave it out")
    if options.of == "edits" and selection.sample is not None:
        raise UsageError("--edits tells the newest alone; leave out --sample")


def _check_increment(kinds: Sequence[Format], selection: Selection) -> None:
    """Raises UsageError where no increment could be put together with the export before it."""
    for kind in kinds:
        if kind not in TABULAR:
            raise UsageError(
                f"--changed-since is for {', '.join(sorted(TABULAR))}; {kind} can't say what is "
                "no longer there"
            )
    if selection.sample is not None:
        raise UsageError("--changed-since tells all that changed; leave out --sample")
    if selection.fields and "id" not in selection.fields:
        raise UsageError(
            "records of an increment take the place of those with the same id; add id to --fields"
        )


def _refuse_ours(config: Config, path: Path) -> None:
    """Raises UsageError where a dataset would replace the database or a file of the archive."""
    if is_of_database(path, config.db) or config.archive.resolve() in path.resolve().parents:
        raise UsageError(f"{path}: belongs to the database or the archive; name another file")


def _write(
    db: Database,
    database: Path,
    target: Target,
    selection: Selection,
    options: ExportOptions,
    since: int | None,
) -> ExportedFile:
    long_texts = LongTexts()

    def written(out: IO[bytes]) -> int:
        return write(
            db, selection, target.kind, out, since=since, of=options.of, kinds=options.kinds,
            delimiter=options.delimiter, long_texts=long_texts,
        )  # fmt: skip

    if target.path is None:
        count, size = _write_to_stdout(database, written), None
    elif target.kind.format == "sqlite":
        count = write_sqlite(db, selection, target.path)
        size = target.path.stat().st_size
    else:
        with atomic_file(target.path) as out:
            count = written(out)
        size = target.path.stat().st_size
    _say_what_no_spreadsheet_shows(target, count, long_texts)
    return ExportedFile(path=target.path, format=target.kind.format, records=count, bytes=size)


def _write_to_stdout(database: Path, written: Callable[[IO[bytes]], int]) -> int:
    try:
        count = written(sys.stdout.buffer)
        sys.stdout.buffer.flush()  # before the cursor is told
        return count
    except (sqlite3.Error, StoreError) as error:
        raise ExportError(
            f"{database}: can't be read to its end ({error}); what was written is not the whole"
        ) from error


def _say_what_no_spreadsheet_shows(target: Target, count: int, long_texts: LongTexts) -> None:
    """Also where little is said: it is lost to whoever looks at the file in a spreadsheet."""
    name = target.path or "standard output"
    if long_texts.count:
        what = "cut, for a cell holds no more" if target.kind.format == "xlsx" else _NO_CELL
        say(f"{name}: {long_texts}: {what}")
    if target.kind.format == "csv" and count >= MAX_ROWS:
        say(f"{name}: a spreadsheet shows the first {MAX_ROWS:,} rows alone; xlsx has more sheets")


def _say_what_was_written(files: Sequence[ExportedFile], *, is_increment: bool) -> None:
    if not any(file.records for file in files):
        say(
            "nothing that is selected has changed since then: no records"
            if is_increment
            else "nothing that is stored is selected: no records"
        )
    for file in files:
        if file.path:
            what = "item" if file.format == "sqlite" else "record"
            say(f"{file.path}: {counted(file.records, what)}")
