"""Records as a spreadsheet (XLSX) for people: dates are dates, addresses are links.

Nothing is taken for a formula or a number that is none. Lists of texts are joined by "; ", other
lists are JSON. A text that is too long for a cell is cut, with a mark at its end; characters that
XML lacks become U+FFFD; an end of line is one character. Records beyond the rows of a sheet stand
on further ones.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from kazpress.errors import ExportError
from pipeline.clock import ALMATY
from pipeline.export.columns import Column, Kind, Record, Table
from pipeline.formats.extras import check_extras
from pipeline.formats.spreadsheets import MAX_ROWS, MAX_UNITS, LongTexts, cut, is_too_long
from pipeline.normalize.characters import for_xml
from pipeline.store.rows import to_json

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MAX_LINKS = 65_530
"""How many links a sheet may have."""
_MAX_LINK = 2_079
_IN_LINK = r"(?:[\w~.:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_LINK = re.compile(rf"https?://[\w.-]+(:\d+)?(/{_IN_LINK})?(#{_IN_LINK})?")
"""Addresses that Excel takes as links; with others in it, it offers to repair the file."""
_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
"""What Excel would read as a character's number. XlsxWriter writes `_x005F` before it, which counts
towards the length of a cell's text."""
_LONGER_BY = len("_x005F")
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets disagree on days."""
_EXACT = 2**53
"""From here on, numbers of a spreadsheet are rounded."""
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""When the file was made, as it says itself: always the same, so that the bytes repeat."""
_ROW_HEIGHT = 15.75
"""Not the default, so that it is written, and rows stay low though bodies have many lines."""
_WIDTHS: dict[Kind, int] = {
    "code": 18, "url": 40, "text": 40, "day": 11, "time": 16, "moment": 24, "integer": 9,
    "number": 10, "flag": 9, "texts": 24, "translations": 30, "copies": 30,
    "edits": 40,
}  # fmt: skip


def write_xlsx(table: Table, out: IO[bytes], *, long_texts: LongTexts | None = None) -> int:
    """Write the records; how many. Texts that were cut are noted. Raises MissingExtra, and
    ExportError where the system's folder for temporary files can't take the sheets.
    """
    check_extras("xlsx")
    noted = LongTexts() if long_texts is None else long_texts
    with _temporary_folder() as folder:
        book = folder / "book.xlsx"
        with _told_as_temporary():
            count = _write_book(table, book, noted)
        with book.open("rb") as whole:
            copyfileobj(whole, out)
    return count


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    with _told_as_temporary():
        folder = TemporaryDirectory(prefix="kazpress-")
    with folder as path:
        yield Path(path)


@contextmanager
def _told_as_temporary() -> Iterator[None]:
    from xlsxwriter.exceptions import XlsxFileError

    try:
        yield
    except (OSError, XlsxFileError) as error:
        raise ExportError(
            f"temporary files can't be written ({error}); name a folder with more room in TMPDIR"
        ) from error


def _write_book(table: Table, path: Path, noted: LongTexts) -> int:
    from xlsxwriter import Workbook

    book = Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
    try:
        book.use_zip64()
        book.set_properties({"created": _MADE})
        sheets = _Sheets(book, table.columns, noted)
        for record in table.records:
            sheets.add(record)
        sheets.finish()
        book.close()
    finally:
        _close_files(book)
    return sheets.records


def _close_files(book: "Workbook") -> None:
    """What XlsxWriter leaves open where it fails."""
    for sheet in book.worksheets():
        for file in (sheet.row_data_fh, sheet.fh):
            with suppress(OSError):
                file.close()


class _Sheets:
    """Records in the rows of a sheet, and of the next where one is full."""

    def __init__(self, book: "Workbook", columns: tuple[Column, ...], noted: LongTexts) -> None:
        self.records = 0
        self._book = book
        self._columns = columns
        self._noted = noted
        self._bold = book.add_format({"bold": True})
        self._top = book.add_format({"valign": "top"})
        """Of a text of several lines the first is seen, where a spreadsheet shows but one."""
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._second = book.add_format({"num_format": 'yyyy-mm-dd hh:mm:ss" UTC"'})
        self._add_as: list[Callable[[int, Any], None]] = [self._way(one.kind) for one in columns]
        self._id_place = next((n for n, one in enumerate(columns) if one.name == "id"), None)
        self._id: str | None = None
        self._start()

    def add(self, record: Record) -> None:
        """One more row."""
        if self._row + 1 == MAX_ROWS:
            self.finish()
            self._start()
        self._row += 1
        self.records += 1
        if self._id_place is not None:
            self._id = record[self._id_place]
        for place, value in enumerate(record):
            if value is not None:
                self._add_as[place](place, value)

    def finish(self) -> None:
        """End the sheet: which rows can be filtered is known only now."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)

    def _start(self) -> None:
        number = len(self._book.worksheets()) + 1
        self._sheet: Worksheet = self._book.add_worksheet(
            "Records" if number == 1 else f"Records {number}"
        )
        self._row = self._links = 0
        self._sheet.set_default_row(_ROW_HEIGHT)
        self._sheet.freeze_panes(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})
        for place, column in enumerate(self._columns):
            shown = self._top if column.kind == "text" else None
            self._sheet.set_column(place, place, _WIDTHS[column.kind], shown)
            self._sheet.write_string(0, place, column.name, self._bold)

    def _way(self, kind: Kind) -> Callable[[int, Any], None]:
        match kind:
            case "url":
                return self._add_address
            case "day" | "time" | "moment":
                return self._add_time
            case "integer" | "number":
                return self._add_number
            case "flag":
                return self._add_flag
            case "texts":
                return self._add_texts
            case "translations" | "copies" | "edits":
                return self._add_json
            case _:
                return self._add_text

    def _add_text(self, place: int, text: str) -> None:
        text = for_xml(text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        units = MAX_UNITS - _LONGER_BY * len(_ESCAPE.findall(text)) if "_x" in text else MAX_UNITS
        if is_too_long(text, units):
            self._noted.note(self._id)
            text = cut(text, units)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for its own markup, unless it makes that itself
            self._sheet.write_rich_string(self._row, place, text[:1], text[1:-1], text[-1:])
        elif text:
            self._sheet.write_string(self._row, place, text)

    def _add_address(self, place: int, address: str) -> None:
        if self._links < _MAX_LINKS and _is_link(address):
            self._links += 1
            self._sheet.write_url(self._row, place, address)
        else:
            self._add_text(place, address)

    def _add_time(self, place: int, text: str) -> None:
        """A day as such; a time with an offset in Almaty, one in UTC as such."""
        try:
            time, shown = self._time(text)
        except (ValueError, OverflowError):
            self._add_text(place, text)
        else:
            self._sheet.write_datetime(self._row, place, time, shown)

    def _time(self, text: str) -> "tuple[date, Format]":
        if len(text) == len("YYYY-MM-DD"):
            time: date = date.fromisoformat(text)
            shown, day = self._day, time
        else:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                raise ValueError(text)
            in_utc = text.endswith("Z")
            local = moment.astimezone(UTC if in_utc else ALMATY).replace(tzinfo=None)
            time, shown, day = local, self._second if in_utc else self._minute, local.date()
        if day < _FIRST_DAY:
            raise ValueError(text)
        return time, shown

    def _add_number(self, place: int, number: float) -> None:
        if abs(number) < _EXACT:
            self._sheet.write_number(self._row, place, number)
        else:
            self._add_text(place, str(number))

    def _add_flag(self, place: int, flag: bool) -> None:
        self._sheet.write_boolean(self._row, place, flag)

    def _add_texts(self, place: int, texts: list[str]) -> None:
        self._add_text(place, "; ".join(texts))

    def _add_json(self, place: int, parts: list[Any]) -> None:
        if parts:
            self._add_text(place, to_json(parts))


def _is_link(address: str) -> bool:
    return len(address.encode("utf-16-le", "replace")) <= 2 * _MAX_LINK and bool(
        _LINK.fullmatch(address)
    )
