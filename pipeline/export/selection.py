"""Datasets: one record a story, or one an item; the same bytes from the same data.

JSON Lines: one object a line, UTF-8. CSV (RFC 4180): UTF-8 with a byte order mark, so that a
spreadsheet shows Cyrillic; lists are JSON; a text that a spreadsheet could take for a formula gets
an apostrophe before it. `cell_text` takes that off again.
"""

import csv
import errno
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import IO, Any, Literal

from sqlite_utils import Database

from kazpress.errors import ExportError
from pipeline.model.press_item import Copy, PressItem
from pipeline.store.rows import Row, item_from_row, item_to_record, to_json

Format = Literal["jsonl", "csv"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv")

FIELDS = tuple(field.name for field in fields(PressItem))
COPY_FIELDS = tuple(field.name for field in fields(Copy))

_FORMULA = re.compile(r"[\t\r\n]|[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins: its signs, full-width ones too, also behind white space and quotes; and
the characters that some spreadsheets take for the cell's end (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which items are exported. Days are of publication, in Almaty, both included."""

    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    every_item: bool = False
    """Every item a record, instead of one a story."""


def records(db: Database, selection: Selection) -> Iterator[Row]:
    """The records in their order: by `published` as a string, then `id`; one at a time."""
    where, values = _condition(selection)
    if selection.every_item:
        yield from (item_to_record(item) for item in _items(db, where, values))
    else:
        for item in _heads(db, where, values):
            yield {**item_to_record(item), "copies": _copies(db, item, where, values)}


def write(rows: Iterator[Row], kind: Format, out: IO[bytes], *, with_copies: bool) -> int:
    """Write records as one dataset; how many."""
    if kind == "jsonl":
        return _write_lines(rows, out)
    return _write_csv(rows, out, with_copies=with_copies)


def cell_text(cell: str) -> str:
    """The text that a cell of our CSV stands for."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


@contextmanager
def written_aside(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` once it is whole and on the disk, and not before.

    What is no file (a device, a pipe) is written to as it is. Raises ExportError.
    """
    try:
        place = path.resolve()  # behind a link
        if place.exists() and not place.is_file() and not place.is_dir():
            with place.open("wb") as out:
                yield out
        else:
            with _replacing(place) as out:
                yield out
    except OSError as error:
        raise ExportError(f"{path}: can't be written ({error.strerror or error})") from error


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with aside.open("wb") as out:
        try:
            yield out
            out.flush()
            os.fsync(out.fileno())
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Bring the new name onto the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _condition(selection: Selection) -> tuple[str, list[Any]]:
    parts = ["i.story IS NOT NULL"]
    values: list[Any] = []
    for column, wanted in (("source", selection.source), ("language", selection.language)):
        if wanted:
            parts.append(f"+i.{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    if selection.since:
        parts.append("i.day >= ?")
        values.append(selection.since.isoformat())
    if selection.until:
        parts.append("i.day <= ?")
        values.append(selection.until.isoformat())
    return " AND ".join(parts), values


def _items(db: Database, where: str, values: list[Any]) -> Iterator[PressItem]:
    cursor = db.conn.execute(
        f"SELECT i.* FROM items i WHERE {where} ORDER BY i.published, i.id", values
    )
    return _from(cursor)


def _heads(db: Database, where: str, values: list[Any]) -> Iterator[PressItem]:
    """Of each story, the selected member that is first by rank."""
    cursor = db.conn.execute(
        "SELECT i.* FROM items i JOIN (SELECT i.id, row_number() OVER (PARTITION BY i.story"
        " ORDER BY s.rank, i.day, i.words DESC, i.id) AS place FROM items i"
        f" JOIN sources s ON s.name = i.source WHERE {where}) h ON h.id = i.id"
        " WHERE h.place = 1 ORDER BY i.published, i.id",
        values,
    )
    return _from(cursor)


def _from(cursor: Any) -> Iterator[PressItem]:
    names = [column[0] for column in cursor.description]
    return (item_from_row(dict(zip(names, row, strict=True))) for row in cursor)


def _copies(db: Database, head: PressItem, where: str, values: list[Any]) -> list[Row]:
    """The other selected members of a story, by day of publication, then id."""
    cursor = db.conn.execute(
        f"SELECT {', '.join(f'i.{name}' for name in COPY_FIELDS)} FROM items i"
        f" WHERE i.story = ? AND i.id != ? AND {where} ORDER BY i.day, i.id",
        [head.story, head.id, *values],
    )
    return [dict(zip(COPY_FIELDS, row, strict=True)) for row in cursor]


def _write_lines(rows: Iterator[Row], out: IO[bytes]) -> int:
    count = 0
    for row in rows:
        out.write(to_json(row).encode() + b"\n")
        count += 1
    return count


def _write_csv(rows: Iterator[Row], out: IO[bytes], *, with_copies: bool) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        header = (*FIELDS, "copies") if with_copies else FIELDS
        writer.writerow(header)
        count = 0
        for row in rows:
            writer.writerow([_cell(row[name]) for name in header])
            count += 1
        return count
    finally:
        text.detach()  # `out` stays open


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return to_json(value)
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
