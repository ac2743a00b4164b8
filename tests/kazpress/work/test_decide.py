"""`stories`: a person's decision is pinned, in the database and in the archive."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from tests.kazpress.conftest import Run
from tests.workspace import Workspace

RELEASE = "https://senate.parlam.kz/ru-RU/news/details/13203"
ARCHIVES = ("senate-articles-000001.warc.gz", "kazpravda-articles-000001.warc.gz")


def _exports(run: Run, *options: str) -> tuple[str, str]:
    return run("export", *options).out, run("export", "--all", *options).out


def _shown(run: Run, name: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run("show", name, "--json").out)
    return shown


def _reprint(run: Run) -> str:
    """The address of an item in the release's story."""
    found = next(one for one in _shown(run, RELEASE)["story_items"] if one["url"] != RELEASE)
    return str(found["url"])


def _stranger(run: Run, language: str = "ru") -> str:
    """The address of an item of the newspaper that shares nothing with the release."""
    items = [json.loads(line) for line in run("export", "--language", language).out.splitlines()]
    return next(
        str(item["url"]) for item in items
        if item["source"] == "kazpravda" and item["url"] and not item["copies"]
    )  # fmt: skip


def test_parted_items_come_apart_and_are_said_to_be(run: Run, recorded: Path) -> None:
    reprint = _reprint(run)
    ran = run("stories", "part", RELEASE, reprint)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"parted: {RELEASE}\n   and: {reprint}\n")
    assert f"{reprint}: now " in ran.out
    shown = _shown(run, reprint)
    assert shown["story"] != _shown(run, RELEASE)["story"]
    assert [(one["decision"], one["url"]) for one in shown["decisions"]] == [("part", RELEASE)]
    text = run("show", reprint).out
    assert re.search(rf"\nParted by a person on 20[-\d]+ \d\d:\d\d: from {RELEASE}\n", text)


def test_joined_items_are_one_story_with_what_changed(run: Run, recorded: Path) -> None:
    stranger = _stranger(run)
    old = _shown(run, stranger)["story"]
    told = json.loads(run("stories", "join", stranger, RELEASE, "--json").out)
    assert (told["decision"], told["known"], told["one_story"]) == ("join", False, True)
    first, second = told["items"]
    assert (first["url"], first["relation"], first["similarity"]) == (stranger, "joined", None)
    assert (second["url"], second["relation"]) == (RELEASE, "canonical")
    assert stranger in [one["url"] for one in told["changed"]]
    assert _shown(run, old)["story"] == first["story"]
    shown = run("show", RELEASE).out
    assert f"\n  joined: {stranger}\n    0.00 of this stands in it" in shown
    assert re.search(rf" \d\d:\d\d: with {stranger}\n", shown)


def test_the_contrary_decision_takes_one_back_and_the_same_again_writes_nothing(
    run: Run, recorded: Path
) -> None:
    before, stranger = _exports(run), _stranger(run)
    run("stories", "join", RELEASE, stranger)
    sizes = [Path("archive", name).stat().st_size for name in ARCHIVES]
    again = run("stories", "join", stranger, RELEASE)
    assert (again.status, again.out.splitlines()[0]) == (0, f"joined already: {stranger}")
    assert [Path("archive", name).stat().st_size for name in ARCHIVES] == sizes
    assert run("stories", "part", stranger, RELEASE).status == 0
    assert _exports(run) == before
    assert [one["decision"] for one in _shown(run, RELEASE)["decisions"]] == ["part"]


def test_forgetting_leaves_what_the_texts_say_live_and_from_the_archive(
    run: Run, recorded: Path
) -> None:
    before, stranger, reprint = _exports(run), _stranger(run), _reprint(run)
    run("stories", "join", RELEASE, stranger)
    run("stories", "part", RELEASE, reprint)
    assert _exports(run) != before
    ran = run("stories", "forget", stranger, RELEASE)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"forgotten: {stranger}\n      and: {RELEASE}\n")
    assert f"{stranger}: now " in ran.out
    assert ran.out.endswith("Now they are in two stories.\n")
    told = json.loads(run("stories", "forget", RELEASE, reprint, "--json").out)
    assert (told["decision"], told["known"], told["one_story"]) == ("forget", False, True)
    assert reprint in [one["url"] for one in told["changed"]]
    assert _exports(run) == before
    assert _shown(run, RELEASE)["decisions"] == []
    assert run("reparse", "--db", "new.db").status == 0
    assert _exports(run, "--db", "new.db") == before
    files = [Path("archive", name) for name in ARCHIVES]
    ran = run("import", *files[::-1], "--db", "other.db", "--archive", "other")
    assert (ran.status, ran.err) == (0, "")
    assert _exports(run, "--db", "other.db", "--archive", "other") == before


def test_where_nothing_was_decided_nothing_is_written(run: Run, recorded: Path) -> None:
    stranger = _stranger(run)
    sizes = [Path("archive", name).stat().st_size for name in ARCHIVES]
    ran = run("stories", "forget", RELEASE, stranger)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"nothing was decided on {RELEASE} and {stranger}\n"
    assert json.loads(run("stories", "forget", RELEASE, stranger, "--json").out)["known"] is True
    assert [Path("archive", name).stat().st_size for name in ARCHIVES] == sizes
    run("stories", "join", RELEASE, stranger)
    assert run("stories", "forget", RELEASE, stranger).out.startswith("forgotten: ")
    assert run("stories", "forget", RELEASE, stranger).out.startswith("nothing was decided on ")


def test_an_overruled_decision_can_be_forgotten_too(run: Run, recorded: Path) -> None:
    before, stranger, reprint = _exports(run), _stranger(run), _reprint(run)
    for verb, one, other in (
        ("join", reprint, stranger), ("join", stranger, RELEASE), ("part", reprint, RELEASE),
    ):  # fmt: skip
        assert run("stories", verb, one, other).out.startswith(f"{verb}ed: ")
    for one, other in ((stranger, RELEASE), (reprint, stranger), (reprint, RELEASE)):
        assert run("stories", "forget", one, other).out.startswith("forgotten: ")
    assert _exports(run) == before


def test_reparse_and_import_of_the_archive_know_it(run: Run, recorded: Path) -> None:
    stranger, reprint = _stranger(run), _reprint(run)
    run("stories", "join", RELEASE, stranger)
    run("stories", "part", reprint, stranger)
    live = _exports(run)
    assert run("reparse", "--db", "new.db").status == 0
    assert _exports(run, "--db", "new.db") == live
    told = json.loads(run("reparse", "--json").out)
    assert (told["captures"], told["changed"]) == (61, 0)
    assert _exports(run) == live
    files = [Path("archive", name) for name in ARCHIVES]
    ran = run("import", *files, "--db", "other.db", "--archive", "other")
    assert (ran.status, ran.err) == (0, "")
    assert _exports(run, "--db", "other.db", "--archive", "other") == live
    assert "0 new, 0 updated" in run("import", *files).out


def test_a_replay_of_the_archive_passes_it_over_and_an_import_takes_it(
    run: Run, recorded: Path
) -> None:
    run("stories", "join", _stranger(run), RELEASE)
    live, places = _exports(run), ("--db", "other.db", "--archive", "other")
    files = [f"archive/{name}" for name in ARCHIVES]
    replay = [f"--replay={file}" for file in files]
    child = Workspace(recorded)
    ran = child.run("crawl", RELEASE, *replay, *places)
    assert ran.status == 0, ran.stderr
    assert len(run("export", *places).out.splitlines()) == 1
    checked = child.run("check", "senate", *replay)
    assert (checked.status, checked.stderr) == (3, "")
    assert run("import", *files, *places).status == 0
    assert _exports(run, *places) == live


def test_a_kill_between_archive_and_database_loses_nothing(run: Run, recorded: Path) -> None:
    stranger = _stranger(run)
    shutil.copy("kazpress.db", "before.db")
    run("stories", "join", stranger, RELEASE)
    live = _exports(run)
    for name in ("kazpress.db", "kazpress.db-wal", "kazpress.db-shm"):
        Path(name).unlink(missing_ok=True)
    shutil.move("before.db", "kazpress.db")
    assert _exports(run) != live
    ran = run("stories", "join", stranger, RELEASE)
    assert ran.out.startswith("joined already: ")
    assert _exports(run) == live


def test_the_archive_stays_readable_to_other_tools(run: Run, recorded: Path) -> None:
    run("stories", "join", _stranger(run), RELEASE)
    warcio = [sys.executable, "-m", "warcio.cli"]
    for name in ARCHIVES:
        path = Path("archive", name)
        for command in (["gzip", "-t"], [*warcio, "check"]):
            assert subprocess.run([*command, str(path)], check=False).returncode == 0
    index = [*warcio, "index", "-f", "warc-type,warc-target-uri"]
    listed = subprocess.run(
        [*index, f"archive/{ARCHIVES[1]}"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert json.loads(listed[-1]) == {
        "warc-type": "metadata", "warc-target-uri": "urn:kazpress:decision",
    }  # fmt: skip


def test_what_cant_be_decided_is_one_sentence_and_writes_nothing(run: Run, recorded: Path) -> None:
    other = _stranger(run, "kk")
    sizes = [Path("archive", name).stat().st_size for name in ARCHIVES]
    for names, status, sentence in (
        ((RELEASE, f"{RELEASE}#x"), 2, "are the same item; name two"),
        ((RELEASE, other), 2, f"{RELEASE} is in ru, {other} in kk; a story has one language"),
        ((RELEASE, "nothing"), 1, "nothing: nothing is stored under this id or address"),
    ):
        ran = run("stories", "join", *names)
        assert (ran.status, ran.out) == (status, "")
        assert sentence in ran.err
        assert ran.err.count("\n") == 1
    assert [Path("archive", name).stat().st_size for name in ARCHIVES] == sizes


def test_without_a_database_none_is_made(run: Run) -> None:
    ran = run("stories", "join", "a", "b")
    assert ran.status == 1
    assert "no such database" in ran.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("held", ["senate", "kazpravda"])
def test_a_source_that_is_held_is_status_75(run: Run, recorded: Path, held: str) -> None:
    stranger, child = _stranger(run), Workspace(recorded)
    with source_lock(recorded / "archive", held, "a test", utc_now()):
        ran = child.run("stories", "join", RELEASE, stranger)
    assert (ran.status, ran.stdout) == (75, "")
    assert f"{held} is held by process" in ran.stderr
    assert child.run("stories", "join", RELEASE, stranger).status == 0
