"""The export command over the recorded site: formats, files, days, the same bytes again."""

import csv
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pipeline.formats.as_csv import cell_text
from tests.kazpress.conftest import Run
from tests.pipeline.feeds.feed_rules import feed_faults


def _records(run: Run, *options: str) -> list[dict[str, Any]]:
    ran = run("export", *options, "-q")
    assert (ran.status, ran.err) == (0, "")
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_story_is_one_record_and_all_are_one_an_item(run: Run, recorded: Path) -> None:
    stories, items = _records(run), _records(run, "--all")
    assert sum(1 + len(story["copies"]) for story in stories) == len(items) == 55
    assert [(one["published"], one["id"]) for one in items] == sorted(
        (one["published"], one["id"]) for one in items
    )
    assert {one["story"] for one in items} == {one["story"] for one in stories}


def test_each_copy_is_an_item_with_the_same_values(run: Run, recorded: Path) -> None:
    items = {one["id"]: one for one in _records(run, "--all")}
    copies = [(story, copy) for story in _records(run) for copy in story["copies"]]
    assert copies
    for story, copy in copies:
        item = items[copy["id"]]
        assert copy == {name: item[name] for name in copy}
        assert item["story"] == story["story"]


def test_what_is_selected_first_decides_who_tells_the_story(run: Run, recorded: Path) -> None:
    whole = {one["story"]: one for one in _records(run)}
    for record in _records(run, "--source", "kazpravda"):
        assert record["source"] == "kazpravda"
        canonical = whole[record["story"]]
        if record["id"] != canonical["id"]:
            assert (record["relation"] != "canonical") == (canonical["source"] == "senate")
        others = {canonical["id"], *(copy["id"] for copy in canonical["copies"])} - {record["id"]}
        assert {copy["id"] for copy in record["copies"]} == others


def test_lists_are_parted_by_commas_in_any_letter_case(run: Run, recorded: Path) -> None:
    wanted = ("--all", "--source", "Senate,KAZPRAVDA", "--language", "KK,en")
    assert _records(run, *wanted) == [
        one for one in _records(run, "--all") if one["language"] != "ru"
    ]
    section = next(one["section"] for one in _records(run, "--all") if one["section"])
    assert _records(run, "--all", "--section", section.upper()) == [
        one for one in _records(run, "--all") if one["section"] == section
    ]
    ran = run("export", "--section", f"{section}x", "--output", "x.csv")
    assert (ran.status, Path("x.csv").exists()) == (2, False)
    assert f'did you mean "{section.lower()}"?' in ran.err


def test_fields_are_named_in_any_letter_case_and_at_least_one(run: Run, recorded: Path) -> None:
    named = _records(run, "--fields", "day,id")
    assert _records(run, "--fields", "Day, ID") == named
    assert _records(run, "--fields", "day", "--fields", "id") == named
    for said, sentence in (
        (("",), "'--fields': name at least one; it is empty\n"),
        ((",",), "'--fields': name at least one; it is empty\n"),
        (
            ("body", "--no-body"),
            "the text alone is asked for, and left out; name other fields too\n",
        ),
    ):
        ran = run("export", "--fields", *said)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.endswith(sentence)


def test_days_both_count(run: Run, recorded: Path) -> None:
    items = _records(run, "--all", "--since", "2026-03-04", "--until", "2026-03-05")
    assert {one["published"][:10] for one in items} == {"2026-03-04", "2026-03-05"}
    everyone = [one["published"][:10] for one in _records(run, "--all")]
    assert len(items) == sum(day in ("2026-03-04", "2026-03-05") for day in everyone)


def test_nothing_selected_is_an_empty_export_and_no_error(run: Run, recorded: Path) -> None:
    for kind, lines in (("jsonl", 0), ("csv", 1)):
        ran = run("export", "--since", "2099-01-01", "--format", kind)
        assert (ran.status, ran.out.count("\n")) == (0, lines)
        assert ran.err.startswith("nothing that is stored is selected: no records\ncursor: ")


def test_files_and_stdout_hold_the_same_bytes_every_time(run: Run, recorded: Path) -> None:
    for kind in ("jsonl", "csv"):
        printed = run("export", "--format", kind).out.encode()
        assert run("export", "--format", kind, "--output", "-").out.encode() == printed
        assert run("export", "--format", kind, "--output", "one").status == 0
        assert Path("one").read_bytes() == printed
    assert run("export", "--format", "csv,jsonl", "--output", "both.2026").status == 0
    assert Path("both.2026.csv").read_bytes() == printed
    assert Path("both.2026.jsonl").is_file()


def test_csv_and_json_lines_say_the_same(run: Run, recorded: Path) -> None:
    assert run("export", "--format", "csv", "--output", "k.csv").status == 0
    with Path("k.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, record in zip(rows, _records(run), strict=True):
        for name, value in record.items():
            cell = cell_text(row[name])
            if isinstance(value, list | int | float):
                assert json.loads(cell) == value
            else:
                assert cell == (value or "")


def test_a_damaged_row_ends_the_export_with_a_sentence(run: Run, recorded: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        last = "SELECT id FROM items ORDER BY published DESC, id DESC LIMIT 1"
        (damaged,) = db.execute(last).fetchone()
        db.execute(f"UPDATE items SET authors = '[\"cut' WHERE id = ({last})")
    ran = run("export", "--all")
    assert (ran.status, len(ran.out.splitlines())) == (1, 54)
    assert ran.err.startswith("kazpress: kazpress.db: can't be read to its end (the database is ")
    assert f"item {damaged}" in ran.err
    assert ran.err.endswith("; what was written is not the whole\n")
    for arguments in (["export", "--all", "--output", "items"], ["show", damaged]):
        ran = run(*arguments)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith(f"kazpress: the database is damaged: item {damaged} can't be ")
    assert {one.name for one in Path().iterdir()} == {"kazpress.db", "archive"}


def test_damaged_pages_of_the_file_end_the_export_with_a_sentence(run: Run, recorded: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db:
        (roots,) = db.execute("SELECT max(rootpage) FROM sqlite_master").fetchone()
        (pages,) = db.execute("PRAGMA page_count").fetchone()
    with Path("kazpress.db").open("r+b") as file:
        file.seek(roots * 4096)
        file.write(b"\xff" * 4096 * (pages - roots))
    ran = run("export", "--all")
    assert (ran.status, "Traceback" in ran.err) == (1, False)
    assert "(database disk image is malformed); what was written is not the whole" in ran.err
    ran = run("export", "--all", "--output", "items")
    assert (ran.status, ran.out) == (1, "")
    assert "kazpress.db: is no SQLite database, or a damaged one" in ran.err
    assert not Path("items").exists()


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_no_name_of_sqlites_own_files_is_taken(run: Run, recorded: Path, end: str) -> None:
    Path("other").mkdir()
    Path("other/link").symlink_to(recorded / f"kazpress.db{end}")
    for arguments in (["--output", f"kazpress.db{end}"], ["--output", "other/link"]):
        ran = run("export", *arguments)
        assert (ran.status, ran.out) == (2, "")
        assert "belongs to the database or the archive; name another file" in ran.err
    ran = run("export", "--dataset", f"kazpress.db{end}")
    assert (ran.status, ran.out) == (2, "")
    assert "holds the database" in ran.err
    assert {one.name for one in recorded.iterdir()} == {"archive", "kazpress.db", "other"}


@pytest.mark.parametrize("name", ["kazpress.db", "archive/senate-articles-000001.warc.gz"])
def test_a_dataset_replaces_nothing_of_ours(run: Run, recorded: Path, name: str) -> None:
    before = Path(name).read_bytes()
    Path("link").symlink_to(name)
    for output in (name, "link"):
        ran = run("export", "--output", output)
        assert (ran.status, ran.out) == (2, "")
        refused = (
            "no format has the suffix" if output.endswith(".gz") else "belongs to the database"
        )
        assert f"{output}: {refused}" in ran.err
    assert Path(name).read_bytes() == before


def test_a_feed_and_a_database_hold_what_the_lines_hold(run: Run, recorded: Path) -> None:
    stories, items = _records(run), _records(run, "--items")
    for _ in range(2):
        ran = run("export", "--format", "atom,sqlite", "--output", "items.db")
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.startswith("items.atom: 47 records\nitems.sqlite: 55 items\ncursor: ")
    feed = Path("items.atom").read_bytes()
    assert feed_faults(feed) == []
    assert {f"urn:kazpress:story:{one['story']}" for one in stories} == {
        entry.id for entry in feedparser.parse(feed).entries
    }
    with closing(sqlite3.connect("items.sqlite")) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {row[0] for row in db.execute("SELECT id FROM items")} == {
            one["id"] for one in items
        }
        pairs = db.execute("SELECT canonical, copy FROM who_printed_what").fetchall()
        days = db.execute("SELECT sum(items), sum(stories) FROM items_by_day").fetchone()
    assert sorted(pairs) == sorted(
        (story["id"], copy["id"]) for story in stories for copy in story["copies"]
    )
    assert days[0] == len(items) <= days[1] + sum(len(story["copies"]) for story in stories)
    assert list(Path().glob("*-wal")) == list(Path().glob("*-journal")) == []
    ran = run("export", "--format", "sqlite")
    assert (ran.status, "sqlite goes to a file alone" in ran.err) == (2, True)


@pytest.mark.parametrize("command", [["export", "--sample"], ["list", "--limit"]])
def test_more_than_there_can_be_is_all(run: Run, recorded: Path, command: list[str]) -> None:
    ran = run(*command, str(2**63))
    assert (ran.status, ran.out) == (0, run(command[0]).out)


@pytest.mark.parametrize(
    ("library", "arguments", "purpose"),
    [
        ("xlsxwriter", ["--output", "x.xlsx"], "XLSX"),
        ("pyarrow", ["--output", "x.parquet"], "Parquet"),
        ("xlsxwriter", ["--format", "csv,sqlite,xlsx", "--output", "x"], "XLSX"),
        ("pyarrow", ["--dataset", "x"], "a dataset"),
    ],
)
@pytest.mark.parametrize("how", ["it is nowhere", "it does not work"])
def test_a_missing_library_is_told_before_anything_is_written(
    run: Run,
    recorded: Path,
    monkeypatch: pytest.MonkeyPatch,
    library: str,
    arguments: list[str],
    purpose: str,
    how: str,
) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    if how == "it is nowhere":
        monkeypatch.setitem(sys.modules, library, None)
    else:
        broken = recorded / "broken"
        broken.mkdir()
        (broken / f"{library}.py").write_text("import no_such_library_anywhere")
        monkeypatch.syspath_prepend(broken)
    ran = run("export", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"kazpress: {purpose} needs {library}, not installed here; install it with: "
        "pip install 'kazpress[data]'\n"
    )
    assert not list(recorded.glob("x*"))
    assert run("export", "--format", "csv,jsonl,atom,sqlite", "--output", "x").status == 0


def test_every_state_of_an_item_is_a_record_with_what_was_edited(run: Run, recorded: Path) -> None:
    revisions, items = _records(run, "--revisions"), _records(run, "--all")
    counts = {one["id"]: one["revision"] for one in items}
    assert len(revisions) == sum(counts.values()) > len(items)
    assert [one["id"] for one in revisions if one["revision"] == counts[one["id"]]] == list(counts)
    for one in revisions:
        assert (one["revision"] > 1) or not one["edits"]
    ran = run("export", "--revisions", "--output", "x.jsonl")
    assert ran.err == f"x.jsonl: {len(revisions)} records\n"
    assert [json.loads(line) for line in Path("x.jsonl").read_text().splitlines()] == revisions


def test_a_feed_of_edits_has_an_entry_a_revision(run: Run, recorded: Path) -> None:
    edited = [one for one in _records(run, "--revisions") if one["edits"]]
    ran = run("export", "--edits", "--output", "edits.atom", "-q")
    assert (ran.status, ran.err) == (0, "")
    written = Path("edits.atom").read_bytes()
    assert feed_faults(written) == []
    assert len(feedparser.parse(written).entries) == len(edited) > 0
    assert run("export", "--edits", "--format", "atom").out.encode() == written


def test_a_feed_says_that_edits_of_before_are_not_told_yet(run: Run, recorded: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE revisions SET edits = NULL WHERE revision > 1")
    assert "not told yet of 1 older revision;" in run("export", "--edits", "--format", "atom").err
    assert run("export", "--revisions").err == ""


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--revisions", "--format", "atom"], "--revisions is for csv, jsonl, parquet, xlsx; atom"),
        (["--revisions", "--output", "x.db"], "--revisions is for csv, jsonl, parquet, xlsx; sql"),
        (["--revisions", "--changed-since", "2026-03-04"], "--changed-since tells of items and"),
        (["--edits"], "--edits is for atom alone; --revisions has records with their edits, and"),
        (["--edits", "--format", "csv,atom", "--output", "x"], "--edits is for atom alone"),
        (["--edits", "--format", "atom", "--sample", "3"], "--edits tells the newest alone; leave"),
        (["--edits", "--format", "atom", "--fields", "id"], "--fields and --no-body are for csv"),
        (["--edits", "--revisions"], "--revisions and --edits are two kinds of records"),
        (["--kind", "number"], "--kind chooses edits; it goes with --format atom --edits"),
        (["--kind", "nummer", "--edits"], 'did you mean "number"?'),
        (["--revisions", "--fields", "story"], 'there is no field "story"'),
        (["--revisions", "--dataset", "d"], "leave out --revisions"),
        (["--edits", "--dataset", "d"], "leave out --edits"),
        (["--kind", "number", "--dataset", "d"], "leave out --kind"),
    ],
)
def test_what_can_be_no_records_of_the_past_is_refused(
    run: Run, recorded: Path, options: list[str], sentence: str
) -> None:
    before = sorted(Path().iterdir())
    ran = run("export", *options)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert sorted(Path().iterdir()) == before
