"""A selection written in one of the formats."""

from dataclasses import replace
from typing import IO, Literal

from sqlite_utils import Database

from pipeline.edits.edit import EditKind
from pipeline.export.columns import Table
from pipeline.export.increments import changed_since
from pipeline.export.selection import Selection, select
from pipeline.formats.as_csv import write_csv
from pipeline.formats.as_jsonl import write_jsonl
from pipeline.formats.as_parquet import write_parquet
from pipeline.formats.as_xlsx import write_xlsx
from pipeline.formats.known_formats import FileKind
from pipeline.formats.packing import packed
from pipeline.formats.spreadsheets import LongTexts
from pipeline.history.revision_records import select_revisions

RecordsOf = Literal["items", "revisions", "edits"]
"""What records are of: items, or their stories; revisions; in a feed also revisions by their edits.
"""


def write(
    db: Database,
    selection: Selection,
    kind: FileKind,
    out: IO[bytes],
    *,
    since: int | None = None,
    of: RecordsOf = "items",
    kinds: tuple[EditKind, ...] = (),
    delimiter: str = ",",
    long_texts: LongTexts | None = None,
) -> int:
    """Write the records of a selection, or what has become of them since a change; how many. Of a
    feed of edits, `kinds` are those that are wanted. Texts that no cell of a spreadsheet holds are
    noted. Raises UsageError, StoreError, ExportError, OSError.
    """
    if kind.format == "atom":
        if of == "edits":
            return _write_edits(db, selection, kinds, out)
        return _write_atom(db, selection, out)
    table = _table(db, selection, since, of)
    if kind.format == "xlsx":
        return write_xlsx(table, out, long_texts=long_texts)
    if kind.format == "parquet":
        return write_parquet(table, out)
    with packed(out, kind.packing) as file:
        if kind.format == "csv":
            return write_csv(table, file, delimiter=delimiter, long_texts=long_texts)
        return write_jsonl(table, file)


def _table(db: Database, selection: Selection, since: int | None, of: RecordsOf) -> Table:
    if of == "revisions":
        return select_revisions(db, selection)
    return select(db, selection) if since is None else changed_since(db, selection, since)


def _write_atom(db: Database, selection: Selection, out: IO[bytes]) -> int:
    from pipeline.feeds.atom import NEWEST, feed_of  # lxml is slow to import
    from pipeline.feeds.records_feed import write_atom

    chosen = replace(selection, newest=NEWEST)
    what = "items" if selection.every_item else "stories"
    return write_atom(select(db, chosen), out, feed_of(db, selection, what=what))


def _write_edits(
    db: Database, selection: Selection, kinds: tuple[EditKind, ...], out: IO[bytes]
) -> int:
    from pipeline.feeds.atom import NEWEST, feed_of
    from pipeline.feeds.edits_feed import write_edits_feed
    from pipeline.history.edited_revisions import edited_revisions

    newest = edited_revisions(db, selection, kinds, NEWEST)
    return write_edits_feed(newest, out, feed_of(db, selection, what="edits", kinds=kinds))
