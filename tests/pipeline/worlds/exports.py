"""What a database exports, in memory."""

import io
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from pipeline.export.selection import Selection, select
from pipeline.formats.known_formats import FileKind, Format
from pipeline.formats.write import write


def records(db: Database, selection: Selection) -> Iterator[dict[str, Any]]:
    """The records of a selection by the names of their fields."""
    table = select(db, selection)
    names = [column.name for column in table.columns]
    return (dict(zip(names, record, strict=True)) for record in table.records)


def exported(db: Database, kind: Format, selection: Selection) -> bytes:
    """A selection in a format."""
    out = io.BytesIO()
    write(db, selection, FileKind(kind), out)
    return out.getvalue()
