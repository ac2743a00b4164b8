"""Old files of the archive are moved away and brought back: nothing is lost, nothing is counted
anew, and what can't be shown meanwhile says which file to bring back.
"""

import json
from pathlib import Path

import pytest

from pipeline.archive.warc_reader import records
from tests.kazpress.conftest import Run
from tests.pipeline.archive.numbered_pages import FIRST, page
from tests.pipeline.archive.warc_records import warc_file
from tests.seeds.recorded_site import RECORDED, SEED

_SECOND = FIRST.replace("1.", "2.")
_PAGE = """<html lang="ru"><body><h1>Сенат принял закон о новом</h1>
<time datetime="2026-03-05T10:00:00+05:00">5 марта 2026, 10:00</time>
<article><p>Сенат на пленарном заседании принял закон о том, чего раньше не было, и направил его на
подпись главе государства.</p></article></html>"""


@pytest.fixture
def away(recorded: Path) -> Path:
    """Where Kazpravda's first file of articles was moved to."""
    moved = recorded / "shelf" / FIRST
    moved.parent.mkdir()
    (recorded / "archive" / FIRST).rename(moved)
    return moved


def _ids(run: Run) -> dict[str, str]:
    """An item of each source with an address."""
    items = map(json.loads, run("export", "--all").out.splitlines())
    return {one["source"]: one["id"] for one in items if one["url"]}


def test_the_page_says_which_file_to_bring_back(run: Run, away: Path, recorded: Path) -> None:
    ids = _ids(run)
    ran = run("show", ids["kazpravda"], "--raw")
    assert (ran.status, ran.out) == (1, "")
    folder = recorded / "archive"
    assert (
        f"archive/{FIRST}: is not at hand; bring it back, or name the archive's folder with "
        "--archive\n"
    ) in ran.err
    assert run("show", ids["senate"], "--raw").status == 0
    assert run("show", ids["kazpravda"]).status == 0
    assert run("show", ids["kazpravda"], "--raw", "--archive", away.parent).status == 0
    away.rename(folder / FIRST)
    assert run("show", ids["kazpravda"], "--raw").status == 0


def test_status_names_it_and_finds_no_fault(run: Run, away: Path, recorded: Path) -> None:
    ran = run("status")
    assert f"kazpravda: files of the archive that are not at hand: 1 ({FIRST})\n" in ran.out
    told = {one["source"]: one["files_away"] for one in json.loads(run("status", "--json").out)}
    assert told == {"kazpravda": [FIRST], "senate": []}
    assert run("status", "--check").status == _status_at_home(run, away, recorded)


def _status_at_home(run: Run, away: Path, recorded: Path) -> int:
    away.rename(recorded / "archive" / FIRST)
    return run("status", "--check").status


def test_exports_backups_and_housekeeping_go_on(run: Run, away: Path, recorded: Path) -> None:
    there = run("export", "--all").out
    assert run("tidy").status == 0
    made = run("backup", recorded / "backup")
    assert made.status == 0
    assert "; without 1 file not at hand" in made.err
    (backup,) = (recorded / "backup").glob("kazpress-*")
    new = ("--db", recorded / "new.db", "--archive", recorded / "new")
    assert run("restore", backup, *new).status == 0
    assert run("export", "--all", *new).out == run("export", "--all").out == there
    away.rename(recorded / "archive" / FIRST)
    assert "not at hand" not in run("backup", recorded / "other").err


def test_what_is_captured_meanwhile_takes_no_files_place(
    run: Run, away: Path, recorded: Path
) -> None:
    before = run("export", "--all").out
    known = json.loads(run("import", RECORDED, SEED, "--json").out)
    assert (known["captures"], known["known"] > 0) == (0, True)
    new = warc_file(
        recorded, page(1, payload=_PAGE.encode(), headers=(("Content-Type", "text/html"),))
    )
    assert json.loads(run("import", new, "--json").out)["captures"] == 1
    archive = recorded / "archive"
    assert not (archive / FIRST).exists()
    assert len(list(records(archive / _SECOND))) == 1
    after = run("export", "--all").out
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    away.rename(archive / FIRST)
    assert json.loads(run("import", RECORDED, new, "--json").out)["captures"] == 0
    assert run("export", "--all").out == after
    assert run("reparse").status == 0
    assert run("export", "--all").out == after


def test_what_a_killed_process_left_in_it_is_taken_when_it_is_back(
    run: Run, away: Path, recorded: Path
) -> None:
    new = warc_file(
        recorded, page(1, payload=_PAGE.encode(), headers=(("Content-Type", "text/html"),))
    )
    with away.open("ab") as file:
        file.write(new.read_bytes() + b"torn")
    before = run("export", "--all").out
    assert run("import", SEED).status == 0
    assert run("export", "--all").out == before
    away.rename(recorded / "archive" / FIRST)
    ran = run("import", SEED)
    assert "4 bytes of a torn record cut off" in ran.err
    assert len(run("export", "--all").out.splitlines()) == len(before.splitlines()) + 1
