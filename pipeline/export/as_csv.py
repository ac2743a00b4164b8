"""Records as CSV (RFC 4180) that spreadsheets open with Cyrillic intact.

UTF-8 with a byte order mark; lists are JSON; a text that a spreadsheet could take for a formula
gets an apostrophe before it, which `cell_text` takes off again.
"""

import codecs
import csv
import re
from typing import IO, Any

from pipeline.export.columns import LISTS, Table
from pipeline.store.rows import to_json

_FORMULA = re.compile(r"[\t\r\n]|[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins: its signs, full-width ones too, also behind white space and quotes; and
the characters that some spreadsheets take for the cell's end (OWASP, CSV injection)."""


def cell_text(cell: str) -> str:
    """The text that a cell of our CSV stands for."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def write_csv(table: Table, out: IO[bytes], *, delimiter: str = ",") -> int:
    """Write the records; how many."""
    out.write(codecs.BOM_UTF8)
    writer = csv.writer(_Utf8(out), delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    lists = [place for place, one in enumerate(table.columns) if one.kind in LISTS]
    texts = [place for place, one in enumerate(table.columns) if one.kind in ("text", "url")]
    count = 0
    for record in table.records:
        cells = list(record)
        for place in lists:
            cells[place] = to_json(cells[place]) if cells[place] is not None else None
        for place in texts:
            cells[place] = _formula_safe(cells[place])
        writer.writerow(cells)
        count += 1
    return count


def _formula_safe(cell: Any) -> Any:
    return f"'{cell}" if cell and _FORMULA.match(cell) else cell


class _Utf8:
    """What `csv` writes to. It keeps nothing back, so that all but closing the file is done."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.encode())
