"""Whose a folder is, and how a new version takes its place there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kazpress.errors import ExportError, SourceBusy, UsageError
from pipeline.dataset.folder import (
    Former,
    check_folder,
    drop_if_same,
    former,
    new_version,
    strangers,
    take_place,
)
from tests.workspace import ROOT

_OURS = '{"kazpress_dataset": 1, "version": "1"}'
_MARCH, _APRIL = "data/jsonl/2026-03.jsonl", "data/jsonl/2026-04.jsonl"
_FIRST = {_MARCH: "3", "README.md": "1", "datapackage.json": _OURS, "SHA256SUMS": "1"}
_SECOND = {_APRIL: "4", "README.md": "2", "SHA256SUMS": "2"}


def _put(folder: Path, files: dict[str, str], removed: tuple[str, ...] = ()) -> list[str]:
    with new_version(folder) as aside:
        for path, text in files.items():
            (aside / path).parent.mkdir(parents=True, exist_ok=True)
            (aside / path).write_text(text)
        return take_place(folder, removed)


def _files(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_files_take_their_place_the_checksums_last(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "dataset"
    assert _put(folder, _FIRST) == ["README.md", _MARCH, "datapackage.json", "SHA256SUMS"]
    assert _files(folder) == _FIRST
    inode = (folder / "datapackage.json").stat().st_ino
    _put(folder, _SECOND, (_MARCH,))
    assert _files(folder) == {"datapackage.json": _OURS, **_SECOND}
    assert (folder / "datapackage.json").stat().st_ino == inode
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md", "SHA256SUMS", "data", "datapackage.json",
    ]  # fmt: skip


def test_a_folder_of_data_goes_with_its_last_file(tmp_path: Path) -> None:
    _put(tmp_path, _FIRST)
    _put(tmp_path, {}, (_MARCH,))
    assert not (tmp_path / "data").exists()


def test_only_data_files_are_removed(tmp_path: Path) -> None:
    _put(tmp_path / "d", _FIRST)
    (tmp_path / "mine").write_text("mine")
    _put(tmp_path / "d", {}, ("../mine", "README.md", str(tmp_path / "mine"), "data/../../mine"))
    assert (tmp_path / "mine").exists()
    assert _files(tmp_path / "d") == _FIRST


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    _put(tmp_path / "d", _FIRST)
    for name in ("d", "none"):
        with pytest.raises(KeyboardInterrupt):
            _break_off(tmp_path / name)
    assert _files(tmp_path / "d") == _FIRST
    assert not (tmp_path / "none").exists()


def _break_off(folder: Path) -> None:
    with new_version(folder) as aside:
        (aside / "README.md").write_text("half")
        raise KeyboardInterrupt


_KILLED = """
import os, sys
from pathlib import Path
from tests.pipeline.dataset.test_folder import _SECOND, _MARCH, _put
real, left = Path.replace, int(sys.argv[2])
def counted(self, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return real(self, target)
Path.replace = counted
_put(Path(sys.argv[1]), _SECOND, (_MARCH,))
"""
"""Ends itself before a file takes its place; the first one is the list that says that all is whole.
"""


def _killed(folder: Path, *, after: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, folder, str(after)], cwd=ROOT, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 9


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_what_was_killed_between_two_files_is_whole_after_the_next_run(
    tmp_path: Path, after: int
) -> None:
    _put(tmp_path, _FIRST)
    _killed(tmp_path, after=after)
    check_folder(tmp_path, force=False)
    with new_version(tmp_path):
        pass
    whole = {"datapackage.json": _OURS, **_SECOND} if after else _FIRST
    assert _files(tmp_path) == whole
    assert not (tmp_path / ".kazpress-new").exists()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_first_version_that_was_killed_is_known_as_ours(tmp_path: Path, after: int) -> None:
    folder = tmp_path / "d"
    _killed(folder, after=after)
    check_folder(folder, force=False)
    _put(folder, _FIRST)
    assert _files(folder).items() >= _FIRST.items()


def test_a_folder_that_is_not_ours_is_refused_unless_forced(tmp_path: Path) -> None:
    check_folder(tmp_path / "none", force=False)
    check_folder(tmp_path, force=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitattributes").write_text("* text=auto")
    check_folder(tmp_path, force=False)
    (tmp_path / "README.md").write_text("mine")
    for described in (None, "{}", "[]", "[" * 100_000, '{"name": "other"}', "\xff"):
        if described:
            (tmp_path / "datapackage.json").write_text(described, "latin-1")
        with pytest.raises(UsageError, match="holds files and no dataset of kazpress"):
            check_folder(tmp_path, force=False)
    check_folder(tmp_path, force=True)
    (tmp_path / "datapackage.json").write_text(_OURS)
    check_folder(tmp_path, force=False)
    with pytest.raises(UsageError, match="is a file; name a folder"):
        check_folder(tmp_path / "README.md", force=True)


def test_the_former_version_is_what_its_files_say(tmp_path: Path) -> None:
    sums = [f"{'0' * 64}  {path}" for path in (_MARCH, "README.md", "../x", "/etc/passwd")]
    (tmp_path / "SHA256SUMS").write_text("\n".join(["torn", *sums]))
    assert former(tmp_path) is None
    (tmp_path / "datapackage.json").write_text(_OURS)
    found = former(tmp_path)
    assert found is not None
    assert (found.version, set(found.files)) == ("1", {_MARCH})
    (tmp_path / "SHA256SUMS").write_bytes(b"\xff")
    found = former(tmp_path)
    assert found is not None
    assert found.files == frozenset()


def test_a_new_file_that_stands_there_already_is_dropped(tmp_path: Path) -> None:
    new, standing = tmp_path / "new", tmp_path / "standing"
    new.write_text("same")
    assert not drop_if_same(new, standing)
    standing.write_text("diff")
    assert not drop_if_same(new, standing)
    standing.write_text("same")
    assert drop_if_same(new, standing)
    assert not new.exists()


def test_what_stands_in_the_way_is_named_before_anything_is_moved(tmp_path: Path) -> None:
    _put(tmp_path, _FIRST)
    (tmp_path / _APRIL).mkdir()
    with pytest.raises(ExportError, match=r"2026-04\.jsonl: is a folder, where a file"):
        _put(tmp_path, _SECOND)
    (tmp_path / _APRIL).rmdir()
    assert _files(tmp_path) == _FIRST
    (tmp_path / "data" / "parquet").write_text("mine")
    with pytest.raises(ExportError, match="parquet: is a file, where a folder"):
        _put(tmp_path, {**_SECOND, "data/parquet/2026-04.parquet": ""})
    assert _files(tmp_path) == {**_FIRST, "data/parquet": "mine"}


def test_two_do_not_write_one_dataset_at_once(tmp_path: Path) -> None:
    with new_version(tmp_path):
        with pytest.raises(SourceBusy, match="another process is writing"), new_version(tmp_path):
            pass
        assert _put_by_another(tmp_path) == 75


def _put_by_another(folder: Path) -> int:
    program = (
        "import sys; from pathlib import Path; from kazpress.errors import SourceBusy\n"
        "from pipeline.dataset.folder import new_version\n"
        "try:\n  with new_version(Path(sys.argv[1])): pass\n"
        "except SourceBusy as error: sys.exit(int(error.status))"
    )
    done = subprocess.run([sys.executable, "-c", program, folder], cwd=ROOT, check=False)
    return done.returncode


def test_what_somebody_put_there_is_named_and_stays(tmp_path: Path) -> None:
    _put(tmp_path, _FIRST)
    for path in ("notes.txt", "data/jsonl/2019-01.jsonl", "data/x.txt", ".gitattributes"):
        (tmp_path / path).write_text("mine")
    (tmp_path / "plots").mkdir()
    found = strangers(tmp_path, _FIRST.keys())
    assert found == ["notes.txt", "plots/", "data/x.txt", "data/jsonl/2019-01.jsonl"]
    assert json.loads((tmp_path / "datapackage.json").read_text())["version"] == "1"


@pytest.mark.parametrize("name", ['"x\\n\\ud800"', '{"a": 1}', "[]", '"## 1"', "null"])
def test_a_version_by_an_odd_name_is_one_without(tmp_path: Path, name: str) -> None:
    (tmp_path / "datapackage.json").write_text(f'{{"kazpress_dataset": 1, "version": {name}}}')
    found = former(tmp_path)
    assert found is not None
    assert found.version in {"a version without a name", "None"}


def test_pipes_that_nobody_writes_to_are_not_waited_for(tmp_path: Path) -> None:
    for name in ("datapackage.json", "SHA256SUMS"):
        _put(tmp_path, {"datapackage.json": _OURS, "SHA256SUMS": "1"})
        (tmp_path / name).unlink()
        os.mkfifo(tmp_path / name)
        assert former(tmp_path) == (
            None if name == "datapackage.json" else Former(version="1", files=frozenset())
        )
        (tmp_path / name).unlink()


def test_what_is_to_be_removed_may_be_damaged(tmp_path: Path) -> None:
    _put(tmp_path, _FIRST)
    (tmp_path / ".kazpress-new").mkdir()
    (tmp_path / ".kazpress-new" / "removed").write_bytes(b"\xff\n../x\nREADME.md\n")
    _put(tmp_path, {})
    assert _files(tmp_path) == _FIRST
