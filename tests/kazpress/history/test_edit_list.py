"""`kazpress edits`: the newest edits, a line each, by kind."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.edits.edit import EDIT_KINDS
from tests.kazpress.conftest import Run
from tests.kazpress.history.conftest import EDITED


def _lines(run: Run, *options: object) -> list[list[str]]:
    ran = run("edits", *options)
    assert ran.status == 0, ran.err
    return [line.split("\t") for line in ran.out.splitlines()]


def test_each_edit_is_a_line_of_four_cells_the_newest_first(run: Run, edited: Path) -> None:
    lines = _lines(run)
    assert {len(line) for line in lines} == {4}
    assert [line[1] for line in lines] == sorted((line[1] for line in lines), reverse=True)
    item = json.loads(run("show", EDITED, "--json").out)["id"]
    assert lines[-1] == [item, "2026-03-02 13:00", "number", "146 → 147"]
    of_third = [line[2] for line in lines if line[1] == "2026-03-02 16:00"]
    assert of_third == ["title", "sentence-added"]


def test_edits_that_are_none_by_kind_are_not_listed(run: Run, edited: Path) -> None:
    """The last state has other quotation marks, and nothing else."""
    assert not any(line[1] == "2026-03-02 21:00" for line in _lines(run))


def test_kinds_are_chosen_by_a_list_in_any_letter_case(run: Run, edited: Path) -> None:
    kinds = {kind: [line for line in _lines(run) if line[2] == kind] for kind in EDIT_KINDS}
    assert _lines(run, "--kind", "Number") == kinds["number"] != []
    assert _lines(run, "--kind", "title,number") == [*kinds["title"], *kinds["number"]]
    assert _lines(run, "--kind", "title", "--kind", "number") == _lines(
        run, "--kind", "number, title"
    )
    assert _lines(run, "--kind", "sentence") == kinds["sentence-added"] != []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--kind", "numbr"], 'did you mean "number"?'),
        (["--kind", "sentence-aded"], 'did you mean "sentence-added"?'),
        (["--kind", ","], "name at least one; it is empty"),
        (["--since", "2026-03-04", "--until", "2026-03-03"], "--since 2026-03-04 is later than"),
        (["--limit", "0"], "'--limit'"),
    ],
)
def test_what_can_be_no_selection_is_refused(run: Run, options: list[str], sentence: str) -> None:
    ran = run("edits", *options)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err


def test_days_are_those_on_which_an_edit_was_seen(run: Run, edited: Path) -> None:
    assert _lines(run, "--since", "2026-03-02", "--until", "2026-03-02") == _lines(run)
    ran = run("edits", "--since", "2026-03-03")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "kazpress: no edit that is stored is selected\n"


def test_for_machines_an_edit_says_where_it_was_made(run: Run, edited: Path) -> None:
    ran = run("edits", "--json", "--kind", "number")
    (told,) = json.loads(ran.out)
    assert list(told) == [
        "item", "revision", "number", "at", "source", "language", "url", "title", "kind", "field",
        "before", "after", "was", "now",
    ]  # fmt: skip
    assert (told["url"], told["revision"], told["at"]) == (EDITED, 2, "2026-03-02T08:00:00Z")
    assert (told["was"], told["now"]) == ("146", "147")


def test_how_many_more_there_are_is_said_apart(run: Run, edited: Path) -> None:
    count = len(_lines(run))
    ran = run("edits", "--limit", 1)
    assert len(ran.out.splitlines()) == 1
    assert ran.err == f"kazpress: {count - 1} more; --limit {count} shows all\n"
    assert run("edits", "--limit", 1, "-q").err == ""


def test_that_edits_of_before_are_not_told_yet_is_said(run: Run, edited: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE revisions SET edits = NULL WHERE revision > 1")
    assert run("edits").err == (
        "kazpress: what was edited is not told yet of 4 older revisions; kazpress reparse tells "
        "it\n"
    )
    assert run("edits", "-q").err == ""


def test_no_text_of_a_page_breaks_a_line_or_steers_a_terminal(run: Run, edited: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE edits SET was = ?, now = 'x'", ("a\tb\r\nc\u2028d\x1b[2Je\x00f\x85g",))
    assert {line[3] for line in _lines(run)} == {"a b c def g → x"}
