"""`show`: one item found under any of its names, readable, safe for a terminal."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.kazpress.conftest import Run
from tests.pipeline.archive.warc_records import PAGE, warc_file
from tests.pipeline.reading.page_fields import article

RELEASE = "https://senate.parlam.kz/ru-RU/news/details/13203"
CHANGED = "https://kazpravda.kz/n/na-shahte-v-shahtinske-iz-zaboya-podnyali-43-cheloveka/"


def _items(run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("export", "--all").out.splitlines()]


@pytest.mark.parametrize(
    "name",
    [RELEASE, RELEASE.replace("ru-RU", "ru-ru"), RELEASE + "/?utm_source=x#top", f"  {RELEASE}\n",
     RELEASE.replace("https://", "http://www."), RELEASE.removeprefix("https://")],
)  # fmt: skip
def test_an_address_is_known_in_all_its_forms(run: Run, recorded: Path, name: str) -> None:
    ran = run("show", name, "--json")
    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["url"] == RELEASE


def test_an_item_is_shown_with_its_facts_its_text_and_its_story(run: Run, recorded: Path) -> None:
    ran = run("show", RELEASE)
    item = json.loads(run("show", RELEASE, "--json").out)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == item["title"]
    assert f"address:      {RELEASE}" in lines
    assert item["body"] in ran.out
    story = lines[lines.index("The same story:") :]
    assert f"  canonical: {RELEASE} (this item)" in story
    assert any(line.startswith("  reprint (0.") for line in story)
    assert not any(line != line.rstrip() for line in lines)


def test_an_item_says_why_it_is_in_its_story(run: Run, recorded: Path) -> None:
    lines = run("show", RELEASE).out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  reprint ("))
    assert lines[at + 1] == (
        "    0.92 of this stands in it, 0.93 of it in this: 328 words in 1 passage"
    )
    own, other = json.loads(run("show", RELEASE, "--json").out)["story_items"]
    assert "share_here" not in own
    assert (other["shared_words"], other["shared_passages"]) == (328, 1)
    assert (round(other["share_here"], 3), round(other["share_there"], 3)) == (0.921, 0.933)


def test_an_item_says_what_tells_its_translations(run: Run, recorded: Path) -> None:
    kazakh = RELEASE.replace("ru-RU", "kk-KZ")
    assert (
        f"in kk:        {kazakh} (by its link and its number)"
        in run("show", RELEASE).out.splitlines()
    )
    names = "Ашимбаев; 47,5 %"
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("DELETE FROM translation_evidence WHERE kind = 'link'")
        db.execute(
            "UPDATE translation_evidence SET kind = 'entities', detail = ? WHERE target = ?",
            (names, RELEASE),
        )
    told = [line for line in run("show", kazakh).out.splitlines() if line.startswith("in ")]
    assert f"in ru:        {RELEASE} (by names and numbers: {names})" in told
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("DELETE FROM translation_evidence")
    assert f"in kk:        {kazakh} (by way of another language)" in run("show", RELEASE).out


def test_the_record_comes_first_for_machines(run: Run, recorded: Path) -> None:
    (record,) = (one for one in _items(run) if one["url"] == RELEASE)
    shown = json.loads(run("show", "--json", record["id"]).out)
    assert {name: shown[name] for name in record} == record
    assert list(shown)[len(record) :] == ["read_by", "story_items", "elsewhere", "decisions"]


def test_every_item_can_be_shown_and_no_fact_is_empty(run: Run, recorded: Path) -> None:
    for item in _items(run):
        ran = run("show", item["id"])
        assert ran.status == 0
        facts = ran.out.split("\n\n")[0].splitlines()[1:]
        assert all(line.partition(":")[2].strip() for line in facts), facts


def test_all_revisions_are_shown_oldest_first(run: Run, recorded: Path) -> None:
    ran = run("show", CHANGED, "--revisions")
    told = json.loads(run("show", CHANGED, "--revisions", "--json").out)
    assert [one["revision"] for one in told] == list(range(1, len(told) + 1))
    assert len(told) >= 2
    numbers = re.findall(r"^Revision (\d+), ", ran.out, re.MULTILINE)
    assert [int(number) for number in numbers] == [one["revision"] for one in told]
    assert all(one["body"] for one in told)
    assert all(edit["kind"] in ran.out for one in told for edit in one["edits"])


def test_the_captured_page_is_shown_as_it_came(run: Run, recorded: Path) -> None:
    ran = run("show", CHANGED, "--raw")
    assert ran.status == 0
    assert "<html" in ran.out
    assert ran.err == ""


def test_letters_of_the_other_script_are_repaired_counted_and_listed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    payload = article(body="<p>Cенат назвал новые праvила, а AI остался.</p><p>Второй абзац.</p>")
    page = replace(PAGE, payload=payload.encode())
    run("import", str(warc_file(tmp_path, page)))
    item = json.loads(run("show", page.target, "--json").out)
    assert item["body"].startswith("Сенат назвал новые правила, а AI остался.")
    assert item["repairs"] == ["Cенат", "праvила"]
    assert "2 words had letters of the other script" in run("show", page.target).out
    raw = run("show", page.target, "--raw")
    assert "Cенат назвал" in raw.out
    assert raw.err.splitlines() == [
        "letters of the other script: Cенат → Сенат",
        "letters of the other script: праvила → правила",
    ]


def test_the_page_of_a_lost_archive_is_named(run: Run, recorded: Path) -> None:
    ran = run("show", CHANGED, "--raw", "--archive", "elsewhere")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("kazpress: elsewhere/kazpravda-articles-000001.warc.gz: ")


def test_a_known_address_without_an_item_says_why(run: Run, recorded: Path) -> None:
    failed = json.loads(run("status", "--json").out)[0]["newest_failures"][0]
    ran = run("show", failed["url"])
    assert ran.status == 1
    assert ran.err == (
        f"kazpress: {failed['url']}: nothing is stored under this id or address: "
        f"{failed['detail']}\n"
    )


def test_text_from_a_page_cannot_steer_the_terminal(run: Run, recorded: Path) -> None:
    hostile = "\x1b]0;title\x07\x1b[2J[red]bold[/red]\u202e\x9b31m"
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE items SET title = ?, body = ?", (hostile, f"{hostile}\n\nтекст"))
        db.execute("UPDATE failures SET detail = ?", (hostile,))
    never_crawled = 1
    for arguments, status in (
        (["show", RELEASE], 0), (["status"], 0), (["status", "--check"], never_crawled),
    ):  # fmt: skip
        ran = run(*arguments)
        assert ran.status == status
        assert not set(ran.out) & set("\x1b\x07\u202e\x9b")
    assert "[red]bold[/red]" in run("show", RELEASE).out


def test_the_beginning_of_an_id_is_enough_wherever_an_id_is(run: Run, recorded: Path) -> None:
    ids = [line.split("\t")[0] for line in run("list").out.splitlines()]
    one, other = ids[:2]
    assert sum(each.startswith(one[:6]) for each in ids) == 1
    assert json.loads(run("show", one[:6], "--json").out)["id"] == one
    told = json.loads(run("show", one, "--against", other[:6], "--json").out)
    assert (told["a"]["id"], told["b"]["id"]) == (one, other)
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE items SET id = ? WHERE id = ?", (f"{one[:6]}{other[6:]}", other))
    ran = run("show", one[:6])
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"kazpress: {one[:6]}: the ids of 2 items begin so; name more")
    assert f"\n  {one}  " in ran.err
