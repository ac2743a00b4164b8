"""What SQLite leaves in a file and never reads: its own version, and in the pages of tables and
indexes the remains of rows that have moved. Both differ between versions of SQLite that write the
same rows by the same statements (seen: 3.40 and 3.51).
"""

from collections.abc import Iterable
from pathlib import Path
from struct import unpack_from
from typing import BinaryIO

PAGE_BYTES = 4096
_VERSION_AT = 96
_FIRST_PAGE_FROM = 100
"""Before it stands the header of the file, on its first page."""
_LEAVES = (10, 13)


def clear_remains(path: Path, roots: Iterable[int]) -> None:
    """Put zeros in their place, in a database with pages of this size that nobody has open, by the
    first pages of its tables and indexes (SQLite's file format, 1.3 and 1.6).
    """
    with path.open("r+b") as file:
        file.seek(_VERSION_AT)
        file.write(bytes(4))
        waiting = [1, *roots]
        while waiting:
            waiting += _clear_page(file, waiting.pop())


def _clear_page(file: BinaryIO, number: int) -> list[int]:
    """Put zeros between where the cells are told and the cells; the pages below this one."""
    at = (number - 1) * PAGE_BYTES
    file.seek(at)
    page = file.read(PAGE_BYTES)
    head = _FIRST_PAGE_FROM if number == 1 else 0
    kind, _, cells, content = unpack_from(">BHHH", page, head)
    told = head + (8 if kind in _LEAVES else 12)
    end = told + 2 * cells
    if any(page[end:content]):
        file.seek(at + end)
        file.write(bytes(content - end))
    if kind in _LEAVES:
        return []
    below = [unpack_from(">I", page, cell)[0] for cell in unpack_from(f">{cells}H", page, told)]
    return [*below, *unpack_from(">I", page, head + 8)]
