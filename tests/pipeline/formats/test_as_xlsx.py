"""Spreadsheets that open without a word: typed, cut where a cell ends, the same bytes each time."""

import io
import json
import resource
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from sqlite_utils import Database

from kazpress.errors import ExportError
from pipeline.export.columns import Record, Table, column
from pipeline.export.selection import Selection, select
from pipeline.formats import as_xlsx
from pipeline.formats.as_xlsx import write_xlsx
from pipeline.formats.spreadsheets import MAX_ROWS, LongTexts

ANY_TEXT = st.text(max_size=40)


def _written(names: Iterable[str], records: Iterable[Record]) -> bytes:
    out = io.BytesIO()
    write_xlsx(Table(tuple(column(name) for name in names), iter(records)), out)
    return out.getvalue()


def _sheets(written: bytes) -> list[Any]:
    return list(load_workbook(io.BytesIO(written)).worksheets)


def _cells(written: bytes, row: int = 2) -> list[Any]:
    (sheet,) = _sheets(written)
    return list(sheet[row])


def _one(name: str, value: Any) -> Any:
    (cell,) = _cells(_written([name], [(value,)]))
    return cell


def test_a_sheet_is_ready_to_be_read(db: Database) -> None:
    out = io.BytesIO()
    assert write_xlsx(select(db, Selection()), out) == 2
    (sheet,) = _sheets(out.getvalue())
    assert (sheet.title, sheet.freeze_panes, sheet.max_row) == ("Records", "A2", 3)
    assert sheet.auto_filter.ref == sheet.dimensions
    header = [cell.value for cell in sheet[1]]
    assert (header[0], header[-1]) == ("id", "copies")
    assert all(cell.font.b for cell in sheet[1])
    body = sheet["G2"].alignment
    assert (bool(body.wrap_text), body.vertical) == (False, "top")  # LibreOffice shows one line
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["D"].width
    assert sheet.sheet_format.customHeight
    values = dict(zip(header, [cell.value for cell in sheet[3]], strict=True))
    assert (values["id"], values["words"], values["similarity"]) == (f"{1:016x}", 300, 1)
    assert [one["relation"] for one in json.loads(values["copies"])] == ["excerpt", "reprint"]
    assert values["lead"] is values["tags"] is values["translations"] is None


@pytest.mark.parametrize(
    ("name", "written", "value", "shown"),
    [
        ("day", "2026-03-04", "2026-03-04T00:00:00", "yyyy-mm-dd"),
        ("published", "2026-03-04", "2026-03-04T00:00:00", "yyyy-mm-dd"),
        ("published", "2026-03-04T23:50:00+05:00", "2026-03-04T23:50:00", "yyyy-mm-dd hh:mm"),
        ("published", "2024-02-29T23:50:00+06:00", "2024-02-29T23:50:00", "yyyy-mm-dd hh:mm"),
        ("modified", "2026-03-04T20:00:00+00:00", "2026-03-05T01:00:00", "yyyy-mm-dd hh:mm"),
        ("gone", "2026-03-04T20:00:07Z", "2026-03-04T20:00:07", 'yyyy-mm-dd hh:mm:ss" UTC"'),
    ],
)
def test_times_are_times(name: str, written: str, value: str, shown: str) -> None:
    cell = _one(name, written)
    assert (cell.value.isoformat(), cell.number_format, cell.is_date) == (value, shown, True)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "soon",
        "",
        "1899-12-31",
        "1900-02-28T10:00:00+05:00",
        "0001-01-01T00:00:00+05:00",
        "2026-03-04T10:00:00",
    ],
)
def test_what_is_no_day_of_a_spreadsheet_stays_a_text(text: str) -> None:
    assert _one("published", text).value == (text or None)


@pytest.mark.parametrize("number", [0, 1, 0.953, -2.5, 2**53 - 1])
def test_numbers_are_numbers(number: float) -> None:
    cell = _one("similarity", number)
    assert (cell.value, cell.data_type) == (number, "n")


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 2**53 + 1])
def test_what_a_spreadsheet_would_round_stays_a_text(number: float) -> None:
    assert _one("similarity", number).value == str(number)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+7 777", "{=A1}", "007", "1e5", "http://a.kz/", "#REF!", "TRUE"]
)
def test_no_text_becomes_anything_else(text: str) -> None:
    for name in ("id", "title"):
        cell = _one(name, text)
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    "address",
    ["https://kazpravda.kz/n/закон-о-сенате/", "https://senate.parlam.kz/ru?a=1&b=%20#c",
     "http://a.kz", "https://a.kz/" + "ы" * 2_066],
)  # fmt: skip
def test_addresses_are_links(address: str) -> None:
    cell = _one("url", address)
    assert cell.value == address
    link = cell.hyperlink
    assert link.target + (f"#{link.location}" if link.location else "") == address


@pytest.mark.parametrize(
    "address",
    ["https:// a.kz/", "https://a.kz/a b", "https://a.kz/%zz", "https://a.kz/{a}", "javascript:a",
     "internal:Records!A1", "external:a.xlsx", "mailto:a@b.kz", "file:///etc/passwd", "n/1", "",
     "https://a.kz/" + "ы" * 2_067, "https://a.kz/#a#b", "https://a.kz/\ud800"],
)  # fmt: skip
def test_what_excel_takes_for_no_link_is_a_text(address: str) -> None:
    cell = _one("image_url", address)
    assert cell.hyperlink is None
    assert cell.value == (address.replace("\ud800", "\ufffd") or None)


def test_a_sheet_has_no_more_links_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_xlsx._MAX_LINKS == 65_530
    monkeypatch.setattr(as_xlsx, "_MAX_LINKS", 3)
    (sheet,) = _sheets(_written(["url", "image_url"], [("https://a.kz/1", "https://a.kz/2")] * 2))
    linked = [cell.hyperlink is not None for row in sheet["A2:B3"] for cell in row]
    assert linked == [True, True, True, False]
    assert sheet["B3"].value == "https://a.kz/2"


def test_records_beyond_the_rows_of_a_sheet_stand_on_further_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert MAX_ROWS == 1_048_576
    monkeypatch.setattr(as_xlsx, "MAX_ROWS", 3)
    sheets = _sheets(_written(["id"], [(f"{n}",) for n in range(5)]))
    assert [sheet.title for sheet in sheets] == ["Records", "Records 2", "Records 3"]
    columns = [[cell.value for cell in sheet["A"]] for sheet in sheets]
    assert columns == [["id", "0", "1"], ["id", "2", "3"], ["id", "4"]]
    assert {sheet.freeze_panes for sheet in sheets} == {"A2"}
    assert [sheet.auto_filter.ref for sheet in sheets] == ["A1:A3", "A1:A3", "A1:A2"]


def test_texts_that_no_cell_holds_are_cut_with_a_mark_and_noted() -> None:
    columns = tuple(column(name) for name in ("id", "body"))
    bodies = ["ы" * 32_767, "ы" * 32_768, "😀" * 16_384]
    out, long = io.BytesIO(), LongTexts()
    records: list[Record] = [(f"{n}", body) for n, body in enumerate(bodies)]
    write_xlsx(Table(columns, iter(records)), out, long_texts=long)
    assert str(long) == "2 texts are longer than 32,767 characters (in 1, 2)"
    whole, cut, faces = (_cells(out.getvalue(), row)[1].value for row in (2, 3, 4))
    assert whole == bodies[0]
    assert cut.endswith("ы … [cut here, of 32,768 characters]")
    assert len(cut) == 32_767
    assert faces.endswith("😀 … [cut here, of 16,384 characters]")


def test_what_is_written_for_a_text_is_not_too_long_either() -> None:
    text = "_x0041_" * 10 + "ы" * 32_697
    assert len(text) == 32_767
    cell = _one("body", text)
    assert cell.value.endswith("ы … [cut here, of 32,767 characters]")
    assert len(cell.value) == 32_767
    assert len(_one("body", "_x0041_" * 9_000).value) <= 32_767


def test_lists_are_read_as_people_read_them() -> None:
    assert _one("authors", ["Иван Иванов", "А. Б."]).value == "Иван Иванов; А. Б."
    assert _one("translations", [{"language": "kk", "id": "1", "url": None}]).value == (
        '{"language":"kk","id":"1","url":null}'.join("[]")
    )


def test_a_removed_record_is_marked() -> None:
    _, removed = _cells(_written(["id", "removed"], [("1", True)]))
    assert (removed.value, removed.data_type) == (True, "b")


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
@example("<r>\x00</r>", [])
@example("<r>&<b> </r>", ["</r>"])
@example("_x0041_ ", ["\r\n", "\ud83d\ude00", "\udc00\ufffe"])
def test_any_text_comes_back_or_what_stands_for_it(title: str, tags: list[str]) -> None:
    written = _written(["id", "title", "tags"], [("1", title, tags)])
    _, *cells = _cells(written)
    texts = [unescape(cell.value) if cell.value else "" for cell in cells]
    assert texts == [_stand_in(title), _stand_in("; ".join(tags))]
    assert _written(["id", "title", "tags"], [("1", title, tags)]) == written


def _stand_in(text: str) -> str:
    """What a cell has for a text, by the rules that the documentation gives."""
    one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one if one in "\t\n" or _is_of_xml(one) else "\ufffd" for one in one_line_end)


def _is_of_xml(one: str) -> bool:
    return " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"


def test_a_table_without_records_is_a_header() -> None:
    written = _written(["id", "day"], [])
    (sheet,) = _sheets(written)
    assert [[cell.value for cell in row] for row in sheet.rows] == [["id", "day"]]


def test_a_file_says_of_itself_nothing_that_changes() -> None:
    written = _written(["id"], [("1",)])
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert {one.date_time[:3] for one in parts.infolist()} == {(1980, 1, 31)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are put."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_no_temporary_file_stays(temporary: Path) -> None:
    _written(["id"], [("1",)])
    assert list(temporary.iterdir()) == []
    with pytest.raises(ZeroDivisionError):
        _written(["id"], ((f"{1 // n}",) for n in (1, 1, 0)))
    assert list(temporary.iterdir()) == []


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(("rows", "size"), [(500, 50_000), (3, 400)])
def test_a_full_disk_for_temporary_files_is_told(temporary: Path, rows: int, size: int) -> None:
    """While rows are written, and while the file is put together."""
    out = io.BytesIO()
    records = [(f"{n}", "Слово " * 100) for n in range(rows)]
    with (
        _files_of_at_most(size),
        pytest.raises(ExportError, match=r"temporary files can't be written \(.*too large"),
    ):
        write_xlsx(Table((column("id"), column("body")), iter(records)), out)
    assert list(temporary.iterdir()) == []
    assert out.getvalue() == b""


def test_a_folder_for_temporary_files_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(ExportError, match="TMPDIR"):
        _written(["id"], [("1",)])


def test_an_error_of_the_output_is_its_own() -> None:
    class Full(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise OSError("disk full")

    with pytest.raises(OSError, match=r"^disk full$"):
        write_xlsx(Table((column("id"),), iter([("1",)])), Full())
