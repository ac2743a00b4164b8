"""`export --dataset`: a folder that can be published, its versions, and what can go wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlite_utils import Database

from bench.inputs.chunks import new_bytes_of
from kazpress.config import Config
from kazpress.work.dataset import export_dataset
from pipeline.export.selection import Selection
from pipeline.store.transactions import writing
from tests.kazpress.conftest import Run
from tests.permissions import heeding_permissions, unwritable
from tests.pipeline.worlds.captures import decision, kaz, new_database, page, prose, take
from tests.pipeline.worlds.rows import database, item_row
from tests.workspace import ROOT, Workspace

_DATA = ("data/jsonl", "data/parquet")
_WORDS = [f"{a}{b}{c}" for a in "бвгдклмнпрст" for b in ("ара", "ено", "или") for c in "аеиоуы"]


def _states(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """What each file is, and whether it is the same one."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes(),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }  # fmt: skip


def _contents(folder: Path) -> dict[str, bytes]:
    return {path: state[2] for path, state in _states(folder).items()}


def _check_sums(folder: Path) -> None:
    """By the tool that people have."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert _states(folder).keys() - listed == {"SHA256SUMS", "CHANGES.md"}


def _item(number: int, day: date, words: int = 120) -> dict[str, Any]:
    dice = Random(number)
    body = " ".join(dice.choices(_WORDS, k=words))
    when = f"{day}T{dice.randrange(9, 20):02}:{dice.randrange(60):02}"
    return item_row(
        number, id=f"{dice.getrandbits(64):016x}", title=" ".join(dice.choices(_WORDS, k=6)),
        body=body, words=words, published=f"{when}:00+05:00", last_changed=f"{when}:00Z",
        content_sha256=f"{dice.getrandbits(256):064x}", source=dice.choice(["senate", "kazpravda"]),
    )  # fmt: skip


def _months(count: int, per_month: int, words: int = 120) -> Iterator[dict[str, Any]]:
    for number in range(count * per_month):
        month, at = divmod(number, per_month)
        first = date(2024 + month // 12, month % 12 + 1, 1)
        yield _item(number, first + timedelta(days=at * 27 // per_month), words)


def _add(db: Database, *rows: dict[str, Any]) -> None:
    with writing(db):
        db.table("items").insert_all(rows)
        db.conn.execute(
            "INSERT OR REPLACE INTO stories (id, language, canonical, items)"
            " SELECT story, min(language), min(id), count(*) FROM items GROUP BY story"
        )


@pytest.fixture
def months(config: Config) -> Iterator[Database]:
    """Three months of items."""
    db = database(config.db, _months(3, 8))
    yield db
    db.close()


def _export(config: Config, folder: Path, **selection: Any) -> None:
    export_dataset(config, folder, Selection(**selection), quiet=True)


def test_the_recorded_site_is_a_folder_that_is_whole(run: Run, recorded: Path) -> None:
    ran = run("export", "--dataset", "press")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("press: version 2026.3.")
    assert "55 items in 4 months; " in ran.err
    _check_sums(Path("press"))
    lines = [
        json.loads(line)
        for path in sorted(Path("press/data/jsonl").iterdir())
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) == 55
    exported = [json.loads(x) for x in run("export", "--all").out.splitlines()]
    digests = [one.pop("capture_digest") for one in lines]
    assert lines == exported
    archived = b"".join(path.read_bytes() for path in _unpacked(recorded / "archive"))
    assert all(f"WARC-Payload-Digest: {digest}".encode() in archived
               for digest in digests)  # fmt: skip


def _unpacked(archive: Path) -> Iterator[Path]:
    for path in archive.glob("*.warc.gz"):
        target = path.with_suffix("")
        target.write_bytes(
            subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
        )
        yield target


def test_the_same_data_is_the_same_folder_and_not_written_again(run: Run, recorded: Path) -> None:
    run("export", "--dataset", "a")
    run("export", "--dataset", "elsewhere/b")
    assert _contents(Path("a")) == _contents(Path("elsewhere/b"))
    before = _states(Path("a"))
    ran = run("export", "--dataset", "a")
    assert ran.err.endswith("; nothing changed\n")
    assert _states(Path("a")) == before
    Path("a/CITATION.cff").unlink()
    assert run("export", "--dataset", "a").err.endswith(" in 4 months; 1 file written\n")
    assert _contents(Path("a")) == _contents(Path("elsewhere/b"))


def test_the_machine_does_not_show_in_the_bytes(run: Run, recorded: Path) -> None:
    run("export", "--dataset", "a")
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "17", "TZ": "America/Lima",
        "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "OMP_NUM_THREADS": "1", "HOME": "/nonexistent",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "kazpress", "-q", "export", "--dataset", "b"], env=env, check=True
    )
    assert _contents(Path("a")) == _contents(Path("b"))


def test_a_day_more_changes_the_files_of_its_month_alone(
    config: Config, months: Database, tmp_path: Path
) -> None:
    _export(config, tmp_path / "d")
    before = _states(tmp_path / "d")
    _add(months, _item(900, date(2024, 3, 28)))
    _export(config, tmp_path / "d")
    after = _states(tmp_path / "d")
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if path.startswith("data/")} == {
        "data/jsonl/2024-03.jsonl", "data/parquet/2024-03.parquet",
    }  # fmt: skip
    assert before.keys() == after.keys()
    _check_sums(tmp_path / "d")


def test_a_new_month_adds_its_files_and_a_month_that_is_no_more_takes_them_away(
    config: Config, months: Database, tmp_path: Path
) -> None:
    _export(config, tmp_path / "d")
    before = _states(tmp_path / "d")
    _add(months, _item(900, date(2024, 4, 1)))
    _export(config, tmp_path / "d")
    after = _states(tmp_path / "d")
    assert sorted(after.keys() - before.keys()) == [
        "data/jsonl/2024-04.jsonl", "data/parquet/2024-04.parquet",
    ]  # fmt: skip
    assert all(after[path] == before[path] for path in before if path.startswith("data/"))
    _export(config, tmp_path / "d", since=date(2024, 2, 1))
    left = {path for path in _states(tmp_path / "d") if path.startswith("data/")}
    assert {Path(path).stem for path in left} == {"2024-02", "2024-03", "2024-04"}
    _check_sums(tmp_path / "d")


def test_an_ordinary_days_new_bytes_are_a_twentieth_or_less(config: Config, tmp_path: Path) -> None:
    """Of two years, at the end of a month, when its files are as long as they get."""
    db = database(config.db, _months(24, 70, words=250))
    _export(config, tmp_path / "d")
    shutil.copytree(tmp_path / "d", tmp_path / "before")
    _add(db, *(_item(9_000 + number, date(2025, 12, 28), 250) for number in range(3)))
    with writing(db):
        db.conn.execute(
            "UPDATE items SET revision = 2, body = body || ' ещё', last_changed ="
            " '2025-12-28T12:00:00Z' WHERE day = '2025-12-26'"
        )
    db.close()
    _export(config, tmp_path / "d")
    size = sum(len(content) for content in _contents(tmp_path / "d").values())
    new = new_bytes_of(tmp_path / "before", tmp_path / "d")
    assert 0 < sum(new.values()) <= size / 20


def test_changes_are_told_and_the_version_is_that_of_the_data(
    config: Config, months: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "d"
    _export(config, folder)
    first = _described(folder)["version"]
    with writing(months):
        months.conn.execute("UPDATE items SET title = 'Иначе' WHERE day = '2024-02-01'")
    _export(config, folder)
    second = _described(folder)["version"]
    assert first != second
    changes = (folder / "CHANGES.md").read_text("utf-8")
    assert f"## {second}\n\n24 items. Since {first}: 0 new, 1 changed, 0 merged, 0 gone." in changes
    assert changes.index(f"## {second}") < changes.index(f"## {first}")
    _export(config, tmp_path / "fresh")
    here, there = _contents(folder), _contents(tmp_path / "fresh")
    assert {path for path in here if here[path] != there[path]} == {"CHANGES.md"}


def test_a_story_that_joins_another_is_told_as_merged(config: Config, tmp_path: Path) -> None:
    one, other, later = kaz("one"), kaz("other"), kaz("later")
    db = new_database(config.db)
    take(db, page(one, 0, prose("а", 60)), page(other, 1, prose("б", 60)))
    _export(config, tmp_path / "d")
    take(db, decision("join", one, other, 5), page(later, 6, prose("в", 60)))
    joined = db.conn.execute("SELECT id, story FROM items WHERE url = ?", (other,)).fetchone()
    db.close()
    _export(config, tmp_path / "d")
    changes = (tmp_path / "d" / "CHANGES.md").read_text("utf-8")
    assert "1 new, 1 changed, 1 merged, 0 gone." in changes  # the other is canonical no more
    assert f"- `{joined[0]}` (now in story `{joined[1]}`) Заголовок" in changes


def _described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


def test_nothing_selected_is_a_dataset_without_records(run: Run, recorded: Path) -> None:
    ran = run("export", "--dataset", "none", "--since", "2099-01-01")
    assert ran.status == 0
    assert "nothing that is stored is selected: a dataset without records" in ran.err
    _check_sums(Path("none"))
    assert not Path("none/data").exists()
    assert run("-q", "export", "--dataset", "none").err == ""
    assert len(list(Path("none/data/jsonl").iterdir())) == 4


def test_a_folder_with_other_files_is_written_when_forced_alone(run: Run, recorded: Path) -> None:
    mine = Path("mine")
    mine.mkdir()
    (mine / "README.md").write_text("mine")
    (mine / "notes.txt").write_text("mine")
    ran = run("export", "--dataset", "mine")
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert _contents(mine) == {"README.md": b"mine", "notes.txt": b"mine"}
    ran = run("export", "--dataset", "mine", "--force")
    assert ran.status == 0
    assert ran.err.endswith("mine: left alone, not part of the dataset: notes.txt\n")
    assert (mine / "notes.txt").read_text() == "mine"
    assert b"mine" not in _contents(mine)["README.md"]
    assert run("export", "--dataset", "mine").status == 0


@pytest.mark.parametrize("where", [".", "archive", "archive/x", "..", "link"])
def test_the_database_and_the_archive_are_no_place_for_it(
    run: Run, recorded: Path, where: str
) -> None:
    Path("link").symlink_to("archive")
    before = sorted(Path().rglob("*"))
    ran = run("export", "--dataset", where, "--force")
    assert ran.status == 2
    assert "holds the database or the archive, or stands in it" in ran.err
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    "options",
    [
        ("--dataset", "d", "--output", "x"), ("--dataset", "d", "--format", "csv"),
        ("--dataset", "d", "--fields", "id"), ("--dataset", "d", "--no-body"),
        ("--dataset", "d", "--sample", "3"), ("--dataset", "d", "--delimiter", ";"),
        ("--force",),
    ],
)  # fmt: skip
def test_options_that_a_dataset_cannot_follow_are_refused(
    run: Run, recorded: Path, options: tuple[str, ...]
) -> None:
    ran = run("export", *options)
    assert (ran.status, ran.out) == (2, "")
    assert options[-1] in ran.err or options[-2] in ran.err
    assert not Path("d").exists()


def test_a_missing_database_makes_no_folder(run: Run, tmp_path: Path) -> None:
    assert run("export", "--dataset", "d").status == 1
    assert not Path("d").exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
from kazpress.cli import main
real, left = Path.replace, int(sys.argv[1])
def counted(self, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return real(self, target)
Path.replace = counted
sys.exit(main(["export", "--dataset", "d"]))
"""


@pytest.mark.parametrize("after", [0, 1, 2, 4])
def test_killed_between_two_files_it_is_whole_after_the_next_run(
    run: Run, recorded: Path, after: int
) -> None:
    run("export", "--dataset", "d", "--until", "2026-02-28")
    run("export", "--dataset", "whole", "--until", "2026-02-28")
    run("export", "--dataset", "whole")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(after)], check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert run("export", "--dataset", "d").status == 0
    _check_sums(Path("d"))
    assert _contents(Path("d")) == _contents(Path("whole"))


def test_a_folder_that_may_not_be_written_is_one_sentence(recorded: Path) -> None:
    assert _run_as_anybody("d").returncode == 0
    shutil.copytree("d", "before")
    with unwritable(Path("d")):
        done = _run_as_anybody("d", "--source", "senate")
    assert done.returncode == 1
    assert "can't be written (Permission denied)" in done.stderr
    assert done.stderr.count("\n") == 1
    assert _contents(Path("d")) == _contents(Path("before"))


def _run_as_anybody(folder: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kazpress", "export", "--dataset", folder, *options]
    return subprocess.run(
        heeding_permissions(command), capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, with room for one dataset and no more. Only root can make
    one.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no small disk can be made here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk_leaves_the_former_version_whole(run: Run, recorded: Path, small: Path) -> None:
    folder = small / "d"
    assert run("export", "--dataset", folder, "--source", "senate").status == 0
    before = _states(folder)
    (small / "filler").write_bytes(bytes(60_000))
    while True:
        try:
            with (small / "filler").open("ab") as file:
                file.write(bytes(4096))
        except OSError:
            break
    ran = run("export", "--dataset", folder)
    assert ran.status == 1
    assert "No space left" in ran.err or "is full" in ran.err
    assert "Traceback" not in ran.err
    assert _states(folder) == before
    (small / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    assert run("export", "--dataset", folder).status == 0
    _check_sums(folder)


def test_the_workspace_command_makes_it_too(tmp_path: Path, recorded_folder: Path) -> None:
    workspace = Workspace(tmp_path)
    shutil.copy(recorded_folder / "kazpress.db", workspace.db)
    assert workspace.run("export", "--dataset", "d", "--language", "kk").status == 0
    _check_sums(tmp_path / "d")


def test_what_was_chosen_stands_in_the_changes(run: Run, recorded: Path) -> None:
    """So that nobody takes for gone what was not asked for."""
    assert run("export", "--dataset", "d").status == 0
    chosen = ("--source", "senate", "--since", "2026-03-01")
    assert run("export", "--dataset", "d", *chosen).status == 0
    _, newest, first = Path("d/CHANGES.md").read_text("utf-8").split("\n## ")
    assert re.match(r"\S+\n\n12 items \(source senate; since 2026-03-01\)\. Since ", newest)
    assert first.endswith("The first version in this folder: 55 items.\n")


def test_sections_are_named_as_in_any_export(run: Run, recorded: Path) -> None:
    sections = sorted(
        {json.loads(line)["section"] or "" for line in run("export", "--all").out.splitlines()}
    )[1:3]
    ran = run("export", "--dataset", "d", "--section", f"{sections[0]}x")
    assert (ran.status, Path("d").exists()) == (2, False)
    assert ran.err.startswith(f'kazpress: there is no section "{sections[0]}x"')
    assert run("export", "--dataset", "d", "--section", ",".join(sections)).status == 0
    told = [json.loads(line) for file in sorted(Path("d/data/jsonl").iterdir())
            for line in file.read_text("utf-8").splitlines()]  # fmt: skip
    assert {one["section"] for one in told} == set(sections)
    before = _contents(Path("d"))
    assert run("export", "--dataset", "d", "--section", ",".join(sections).upper()).status == 0
    assert _contents(Path("d")) == before


def test_a_link_may_lead_to_a_folder_that_is_not_there_yet(run: Run, recorded: Path) -> None:
    Path("link").symlink_to("folder")
    assert run("export", "--dataset", "link").status == 0
    assert Path("folder/SHA256SUMS").is_file()
