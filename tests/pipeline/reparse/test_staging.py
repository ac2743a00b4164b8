"""What a reparse has read that was killed is not read again, and nothing was changed by it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from pipeline.model.capture import Capture
from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.readers import InThisProcess
from pipeline.reparse.reparse import How, reparse
from pipeline.reparse.staging import staging, staging_file
from pipeline.store.database import Store
from tests.pipeline.reparse.archives import SITES, fill
from tests.pipeline.worlds.captures import NOW, derived, exported, new_database
from tests.workspace import Workspace

_PART_BYTES = 8_000
_SECONDS = 60


class _Killed(BaseException):
    """Stands for the end of the process."""


class _Dying(InThisProcess):
    """Dies after so many parts; notes which records were read."""

    def __init__(self, parts: int = 1_000_000) -> None:
        super().__init__()
        self._left = parts
        self.read_of: list[Capture] = []

    def read_one(self, part: Part) -> PartRead:
        if not self._left:
            raise _Killed
        self._left -= 1
        found = super().read_one(part)
        self.read_of += [one.capture for one in found.captures]
        return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    fill(tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Store]:
    db = new_database(tmp_path / "kazpress.db")
    yield db
    db.close()


def _reparse(db: Store, archive: Path, readers: _Dying) -> tuple[int, int]:
    file = archive.parent / "kazpress.db"
    with staging(file) as staged:
        how = How(readers=readers, staged=staged, part_bytes=_PART_BYTES)
        result = reparse(db, archive, SITES, now=NOW, how=how)
    assert not staging_file(file).exists()
    return result.read, result.resumed


def test_it_goes_on_where_it_was_killed(
    db: Store, archive: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = list(db.conn.iterdump())
    first, second, last = _Dying(3), _Dying(2), _Dying()
    for dying in (first, second):
        with pytest.raises(_Killed):
            _reparse(db, archive, dying)
        assert list(db.conn.iterdump()) == before
    caplog.clear()
    read, resumed = _reparse(db, archive, last)
    done = len(first.read_of) + len(second.read_of)
    assert done > 10
    assert (read, resumed) == (done + len(last.read_of), done)
    assert f"{done} captures were read by a reparse that was ended" in caplog.text
    everything = [*first.read_of, *second.read_of, *last.read_of]
    assert len({(one.file, one.offset) for one in everything}) == len(everything)
    whole = new_database(tmp_path / "whole.db")
    reparse(whole, archive, SITES, now=NOW)
    assert exported(db) == exported(whole)
    assert derived(db) == derived(whole)
    whole.close()


def test_what_was_read_of_other_bytes_is_read_again(db: Store, archive: Path) -> None:
    first = _Dying(3)
    with pytest.raises(_Killed):
        _reparse(db, archive, first)
    for path in archive.glob("*.warc.gz"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    _, resumed = _reparse(db, archive, _Dying())
    assert resumed > 0, "what is still as it was"
    assert resumed < len(first.read_of)


def test_what_was_read_of_an_archive_of_the_same_names_is_not_taken(
    db: Store, archive: Path, tmp_path: Path
) -> None:
    with pytest.raises(_Killed):
        _reparse(db, archive, _Dying(3))
    for path in archive.glob("*.warc.gz"):
        content = path.read_bytes()
        path.write_bytes(content[len(content) // 2 :] + content[: len(content) // 2])
    assert _reparse(db, archive, _Dying())[1] == 0


def test_what_another_reader_has_read_is_not_taken(
    db: Store, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(_Killed):
        _reparse(db, archive, _Dying(3))
    monkeypatch.setattr("pipeline.reparse.staging.reader_version", lambda _: "older")
    assert _reparse(db, archive, _Dying())[1] == 0


@pytest.mark.parametrize("rubbish", [b"", b"no database at all, but rubbish" * 100])
def test_rubbish_in_its_place_hinders_nothing(db: Store, archive: Path, rubbish: bytes) -> None:
    staging_file(archive.parent / "kazpress.db").write_bytes(rubbish)
    assert _reparse(db, archive, _Dying())[1] == 0


_SLOW = """
import sys, time
from kazpress.cli import main
import pipeline.reparse.reparse as module
class Slow(module.InThisProcess):
    def read_one(self, part):
        time.sleep(0.05)
        print("part", flush=True)
        return super().read_one(part)
import kazpress.work.reparse as work
work.InThisProcess = Slow
how = work.How
work.How = lambda **more: how(part_bytes=20_000, **more)
sys.exit(main(["reparse", "--all"]))
"""


def test_a_killed_command_leaves_the_database_as_it_was_and_the_next_goes_on(
    workspace: Workspace,
) -> None:
    fill(workspace.archive)
    assert workspace.run("reparse").status == 0
    before = workspace.export()
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW], cwd=workspace.path, env=Workspace.environment(),
        stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        for _ in range(4):
            assert child.stdout.readline() == "part\n"
        os.kill(child.pid, SIGKILL)
    assert staging_file(workspace.db).exists()
    assert workspace.export() == before
    again = subprocess.run(
        [sys.executable, "-c", _SLOW], cwd=workspace.path, env=Workspace.environment(),
        capture_output=True, text=True, check=False, timeout=_SECONDS,
    )  # fmt: skip
    assert "were read by a reparse that was ended; they are not read again" in again.stderr
    assert again.returncode == 0
    assert "0 new, 0 changed, 0 removed" in again.stdout
    assert workspace.export() == before
    assert not staging_file(workspace.db).exists()
