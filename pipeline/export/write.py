"""A selection written in one of the formats."""

from dataclasses import replace
from typing import IO

from sqlite_utils import Database

from kazpress.errors import UsageError
from pipeline.export.as_csv import write_csv
from pipeline.export.as_jsonl import write_jsonl
from pipeline.export.as_parquet import write_parquet
from pipeline.export.formats import FileKind
from pipeline.export.increments import changed_since
from pipeline.export.packing import packed
from pipeline.export.selection import Selection, select


def write(
    db: Database,
    selection: Selection,
    kind: FileKind,
    out: IO[bytes],
    *,
    since: int | None = None,
    delimiter: str = ",",
) -> int:
    """Write the records of a selection, or what has become of them since a change; how many.
    Raises UsageError, StoreError, OSError.
    """
    if kind.format == "atom":
        from pipeline.export.as_atom import NEWEST, feed_of, write_atom  # lxml is slow to import

        chosen = replace(selection, newest=NEWEST)
        return write_atom(select(db, chosen), out, feed_of(db, selection))
    table = select(db, selection) if since is None else changed_since(db, selection, since)
    with packed(out, kind.packing) as file:
        if kind.format == "csv":
            return write_csv(table, file, delimiter=delimiter)
        if kind.format == "parquet":
            return write_parquet(table, file)
        if kind.format == "jsonl":
            return write_jsonl(table, file)
    raise UsageError(f"{kind.format} can't be written yet")
