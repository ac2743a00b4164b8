"""What every command prints with: tables without colour in a pipe, JSON, sentences, times."""

import sys

import pytest

from kazpress import console

SHORT = "https://kazpravda.kz/n/an-address-that-a-line-of-80-columns-holds/"
ADDRESS = SHORT.replace("holds", "does-not-hold-even-if-it-stands-there-alone")
Captured = pytest.CaptureFixture[str]


def test_numbers_stand_to_the_right_and_no_line_ends_in_blanks(capsys: Captured) -> None:
    console.print_table(("source", "new", "note"), [("senate", 7, None), ("kazpravda", 12, "x")])
    assert capsys.readouterr().out.splitlines() == [
        "source     new  note",
        "senate       7  -",
        "kazpravda   12  x",
    ]


def test_a_table_without_rows_is_its_head(capsys: Captured) -> None:
    console.print_table(("source", "schedule"), [])
    assert capsys.readouterr().out == "source  schedule\n"


def test_text_from_outside_steers_no_terminal(capsys: Captured) -> None:
    assert str(console.plain("a\x1b[2Jb")) == "ab"
    console.complain("no article\x1b[2J any more")
    assert capsys.readouterr().err == "kazpress: no article any more\n"


def test_json_keeps_its_letters_and_what_is_no_unicode_is_replaced(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    console.print_json({"title": "Сенат", "broken": "\udc80"})
    assert capfdbinary.readouterr().out.decode() == ('{\n  "title": "Сенат",\n  "broken": "?"\n}\n')


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-03-04T07:28:59.123456Z", "2026-03-04 12:28"),
        ("2026-03-04T12:28:00+05:00", "2026-03-04 12:28"),
        ("2024-02-01T12:28:00+06:00", "2024-02-01 12:28"),
        ("2026-03-04", "2026-03-04"),
    ],
)
def test_a_stored_time_is_shown_in_almaty_to_the_minute(stored: str, shown: str) -> None:
    assert console.almaty_text(stored) == shown


def _use_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns, without colours."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")


def _lines(capsys: Captured) -> list[str]:
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_a_line_breaks_between_words_and_no_address_does(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use_terminal(monkeypatch)
    words = "words " * 12
    console.output().print(console.plain(f"{words}{SHORT}, and\nat {ADDRESS} too\n"))
    assert _lines(capsys) == [words.rstrip(), f"{SHORT}, and", f"at {ADDRESS} too", ""]
    console.output().print(console.plain(ADDRESS), style="bold")
    assert _lines(capsys) == [ADDRESS]


def test_in_a_table_other_columns_give_way_to_addresses(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use_terminal(monkeypatch)
    for address in (SHORT, ADDRESS):
        rows = [("senate", address, "some words of a note")]
        console.print_table(("source", "address", "note"), rows)
        head, first, *more = _lines(capsys)
        assert head.split() == ["source", "address", "note"]
        assert first.split()[:2] == ["senate", address]
        assert "".join(more).split()[-1] == "note"


LISTED = [("a1", "Сенат принял закон о бюджете на будущие годы, и не один", 3), ("b2", None, 12)]


def test_elsewhere_a_list_is_lines_of_cells_parted_by_tabs(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    rows = [("a\t1", "x\ny\udc80", 3), ("", None, 0)]
    console.print_list(("id", "title", "copies"), rows, title=1)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == b"a 1\tx y\t3\n\t\t0\n"


def test_at_a_terminal_titles_are_cut_to_its_width(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "40")
    console.print_list(("id", "title", "copies"), LISTED, title=1)
    assert capsys.readouterr().out.splitlines() == [
        "id  title                         copies",
        "a1  Сенат принял закон о бюджет…       3",
        "b2  -                                 12",
    ]
    monkeypatch.setenv("COLUMNS", "5")
    console.print_list(("id", "title", "copies"), LISTED, title=1)
    assert capsys.readouterr().out.splitlines()[1] == "a1  Сенат приня…       3"


@pytest.mark.parametrize("values", [[], [{"a": "б\u2028", "c": [1, 2]}], [{}, {"a": None}, []]])
def test_a_list_in_json_is_the_same_written_as_it_comes(
    capfdbinary: pytest.CaptureFixture[bytes], values: list[object]
) -> None:
    console.print_json(values)
    whole = capfdbinary.readouterr().out
    console.print_json_list(iter(values))
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == whole


def test_that_nothing_came_is_said(capsys: Captured) -> None:
    assert list(console.said_if_none([1, 2], "nothing")) == [1, 2]
    assert capsys.readouterr().err == ""
    assert list(console.said_if_none([], "nothing")) == []
    assert capsys.readouterr().err == "kazpress: nothing\n"
