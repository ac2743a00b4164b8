"""Records as CSV (RFC 4180) that spreadsheets open with Cyrillic intact.

UTF-8 with a byte order mark; lists are JSON; a text that a spreadsheet could take for a formula
gets an apostrophe before it, which `cell_text` takes off again.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from typing import IO, Any

from pipeline.model.press_item import FIELDS
from pipeline.store.rows import Row, to_json

_FORMULA = re.compile(r"[\t\r\n]|[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins: its signs, full-width ones too, also behind white space and quotes; and
the characters that some spreadsheets take for the cell's end (OWASP, CSV injection)."""


def cell_text(cell: str) -> str:
    """The text that a cell of our CSV stands for."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def write_csv(rows: Iterator[Row], out: IO[bytes], *, with_copies: bool) -> int:
    """Write the records; how many."""
    out.write(codecs.BOM_UTF8)
    writer = csv.writer(_Utf8(out), lineterminator="\r\n")
    header = (*FIELDS, "copies") if with_copies else FIELDS
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([_cell(row[name]) for name in header])
        count += 1
    return count


class _Utf8:
    """What `csv` writes to. It keeps nothing back, so that all but closing the file is done."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.encode())


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return to_json(value)
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
