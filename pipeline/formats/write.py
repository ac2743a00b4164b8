"""A selection written in one of the formats."""

from dataclasses import replace
from typing import IO

from sqlite_utils import Database

from pipeline.export.increments import changed_since
from pipeline.export.selection import Selection, select
from pipeline.formats.as_csv import write_csv
from pipeline.formats.as_jsonl import write_jsonl
from pipeline.formats.as_parquet import write_parquet
from pipeline.formats.as_xlsx import write_xlsx
from pipeline.formats.known_formats import FileKind
from pipeline.formats.packing import packed
from pipeline.formats.spreadsheets import LongTexts


def write(
    db: Database,
    selection: Selection,
    kind: FileKind,
    out: IO[bytes],
    *,
    since: int | None = None,
    delimiter: str = ",",
    long_texts: LongTexts | None = None,
) -> int:
    """Write the records of a selection, or what has become of them since a change; how many. Texts
    that no cell of a spreadsheet holds are noted. Raises UsageError, StoreError, ExportError,
    OSError.
    """
    if kind.format == "atom":
        from pipeline.formats.as_atom import NEWEST, feed_of, write_atom  # lxml is slow to import

        chosen = replace(selection, newest=NEWEST)
        return write_atom(select(db, chosen), out, feed_of(db, selection))
    table = select(db, selection) if since is None else changed_since(db, selection, since)
    if kind.format == "xlsx":
        return write_xlsx(table, out, long_texts=long_texts)
    if kind.format == "parquet":
        return write_parquet(table, out)
    with packed(out, kind.packing) as file:
        if kind.format == "csv":
            return write_csv(table, file, delimiter=delimiter, long_texts=long_texts)
        return write_jsonl(table, file)
