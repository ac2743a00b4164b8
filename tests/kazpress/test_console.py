"""What every command prints with: tables without colour in a pipe, JSON, sentences, times."""

import pytest

from kazpress import console

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


def test_a_stored_moment_is_shown_to_whole_seconds() -> None:
    assert console.utc_text("2026-03-04T11:59:00.123456Z") == "2026-03-04 11:59:00 UTC"
