"""`kazpress list`: items and stories by lines, for scripts, and as a table at a terminal."""

import json
import sqlite3
from contextlib import closing
from typing import Any

from tests.kazpress.conftest import Run


def _lines(run: Run, *options: object) -> list[list[str]]:
    ran = run("list", *options)
    assert (ran.status, ran.err) == (0, "")
    return [line.split("\t") for line in ran.out.splitlines()]


def _exported(run: Run, *options: str) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in run("export", *options).out.splitlines()]
    return records[::-1]


def test_each_item_is_a_line_of_six_cells_the_newest_first(run: Run, recorded: object) -> None:
    stories = {one["story"]: len(one["copies"]) for one in _exported(run)}
    assert _lines(run) == [
        [one["id"], one["published"][:10], one["source"], one["language"], one["title"] or "",
         str(stories[one["story"]])]
        for one in _exported(run, "--all")
    ]  # fmt: skip


def test_each_story_is_a_line_with_what_is_selected(run: Run, recorded: object) -> None:
    wanted = ["--source", "kazpravda", "--language", "ru", "--since", "2026-03-02"]
    listed = _lines(run, "--stories", *wanted)
    assert [line[0] for line in listed] == [one["id"] for one in _exported(run, *wanted)]
    assert _lines(run, "--source", "KAZPRAVDA,senate", "--language", "Kk") == _lines(
        run, "--language", "kk"
    )


def test_a_section_is_named_in_any_letter_case(run: Run, recorded: object) -> None:
    section = next(one["section"] for one in _exported(run, "--all") if one["section"])
    of_it = [one["id"] for one in _exported(run, "--all") if one["section"] == section]
    assert [line[0] for line in _lines(run, "--section", section.upper())] == of_it
    ran = run("list", "--section", f"{section}x")
    assert (ran.status, ran.out) == (2, "")
    assert f'there is no section "{section}x"; did you mean "{section.lower()}"?' in ran.err


def test_words_are_found_in_any_letter_case(run: Run, recorded: object) -> None:
    word = "СЕНАТ"
    found = [line[0] for line in _lines(run, "--like", f"«{word}»,")]
    assert found == [
        one["id"] for one in _exported(run, "--all")
        if "сенат" in f"{one['title']} {one['body']}".lower()
    ]  # fmt: skip
    assert found


def test_json_is_a_list_of_the_same(run: Run, recorded: object) -> None:
    ran = run("list", "--json", "--limit", 2, "-q")
    told = json.loads(ran.out)
    assert ran.out == json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    assert [list(one) for one in told] == [
        ["id", "day", "source", "language", "title", "copies", "url", "story"]
    ] * 2
    assert [one["id"] for one in told] == [line[0] for line in _lines(run)[:2]]


def test_how_many_more_there_are_is_said_apart(run: Run, recorded: object) -> None:
    ran = run("list", "--limit", 50)
    assert (ran.status, ran.out.count("\n")) == (0, 50)
    assert ran.err == "kazpress: 5 more; --limit 55 shows all\n"
    assert run("list", "--limit", 55).err == ""
    assert run("list", "--limit", 50, "-q").err == ""


def test_nothing_found_is_said_and_no_error(run: Run, recorded: object) -> None:
    ran = run("list", "--since", "2099-01-01")
    assert (ran.status, ran.out, ran.err) == (
        0,
        "",
        "kazpress: nothing that is stored is selected\n",
    )
    ran = run("list", "--since", "2099-01-01", "--json", "-q")
    assert (ran.status, ran.out, ran.err) == (0, "[]\n", "")


def test_no_title_breaks_a_line_or_steers_a_terminal(run: Run, recorded: object) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE items SET title = ?", ("a\tb\r\nc\u2028d\x1b[2Je\x00f\x85g",))
    assert {tuple(line[4:5]) for line in _lines(run)} == {("a b c def g",)}
    assert {len(line) for line in _lines(run)} == {6}
