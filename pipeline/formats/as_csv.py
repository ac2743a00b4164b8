"""Records as CSV (RFC 4180) that spreadsheets open with Cyrillic intact.

UTF-8 with a byte order mark; lists are JSON; a text that a spreadsheet could take for a formula
gets an apostrophe before it, which `cell_text` takes off again.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import IO, Any

from pipeline.export.columns import LISTS, Column, Kind, Record, Table
from pipeline.formats.spreadsheets import MAX_UNITS, LongTexts, is_too_long
from pipeline.store.rows import to_json

_FORMULA = re.compile(r"[\t\r\n]|[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins: its signs, full-width ones too, also behind white space and quotes; and
the characters that some spreadsheets take for the cell's end (OWASP, CSV injection)."""
_SUSPECT = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\"'=+-@\uff1d\uff0b\uff0d\uff20"
)
"""The first characters of all that _FORMULA matches: cheaper to ask, and rarely there."""
_POSSIBLY_LONG = MAX_UNITS // 2


def cell_text(cell: str) -> str:
    """The text that a cell of our CSV stands for."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def write_csv(
    table: Table, out: IO[bytes], *, delimiter: str = ",", long_texts: LongTexts | None = None
) -> int:
    """Write the records; how many. Texts that no cell of a spreadsheet holds are noted."""
    out.write(codecs.BOM_UTF8)
    target = _Utf8(out)
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    noted = LongTexts() if long_texts is None else long_texts
    writer.writerows(_rows(table.columns, table.records, noted))
    return target.lines - 1


class _Utf8:
    """What `csv` writes to, a line at a time. It keeps nothing back, so that all but closing the
    file is done.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.lines = 0

    def write(self, text: str) -> int:
        self.lines += 1
        return self._out.write(text.encode())


def _rows(
    columns: tuple[Column, ...], records: Iterable[Record], noted: LongTexts
) -> Iterator[list[Any]]:
    """The records as cells. Only texts and addresses, which come from pages, can look like formulas
    or be too long; so can lists be, as JSON.
    """
    lists, flags = _places(columns, LISTS), _places(columns, {"flag"})
    texts = _places(columns, LISTS | {"text", "url"})
    id_place = next((place for place, one in enumerate(columns) if one.name == "id"), None)
    for record in records:
        cells = list(record)
        for place in lists:
            if cells[place] is not None:
                cells[place] = to_json(cells[place]) if cells[place] else "[]"
        for place in texts:
            cell = cells[place]
            if cell:
                if cell[0] in _SUSPECT and _FORMULA.match(cell):
                    cells[place] = f"'{cell}"
                if len(cell) > _POSSIBLY_LONG and is_too_long(cell):
                    noted.note(None if id_place is None else record[id_place])
        for place in flags:
            cells[place] = "true" if cells[place] else None
        yield cells


def _places(columns: tuple[Column, ...], kinds: AbstractSet[Kind]) -> list[int]:
    return [place for place, column in enumerate(columns) if column.kind in kinds]
