"""A backup is whole or not there, costs what is new, and is not changed by what comes later."""

import gzip
import resource
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.errors import BackupError, KazpressError, SourceBusy, StoreError
from kazpress.operations.backup import Backup, back_up, backups
from kazpress.operations.checksums import faults, read_list
from pipeline.archive.lock import Lock
from tests.pipeline.archive.numbered_pages import FIRST, page, written
from tests.workspace import ROOT, Workspace, finish

_NOW = datetime(2026, 11, 29, 10, 15, tzinfo=UTC)
_SECOND = "kazpravda-articles-000002.warc.gz"


@pytest.fixture
def config(recorded: Path) -> Config:
    return Config(db=recorded / "kazpress.db", archive=recorded / "archive", sources={})


def _back_up(config: Config, into: Path, *, days: int = 0) -> Backup:
    made = back_up(config, into, _NOW + timedelta(days=days))
    assert faults(made.folder, read_list(made.folder)) == []
    return made


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_ino == other.stat().st_ino


def test_it_has_the_database_and_the_archive_with_their_checksums(
    config: Config, tmp_path: Path
) -> None:
    made = _back_up(config, tmp_path / "all" / "backups")
    assert made.folder == tmp_path / "all" / "backups" / "kazpress-20261129T101500Z"
    assert {str(one.relative_to(made.folder)) for one in made.folder.rglob("*.*")} == {
        "kazpress.db", f"archive/{FIRST}", "archive/senate-articles-000001.warc.gz"
    }  # fmt: skip
    assert [*read_list(made.folder)][-1] == "kazpress.db"
    assert (made.files, made.linked) == (2, 0)
    assert backups(tmp_path / "all" / "backups") == [made.folder]


def test_the_common_tool_checks_it(config: Config, tmp_path: Path) -> None:
    made = _back_up(config, tmp_path / "backups")
    check = ["sha256sum", "--status", "--check", "SHA256SUMS"]
    assert subprocess.run(check, cwd=made.folder, check=False).returncode == 0


def test_the_next_one_is_whole_too_and_shares_what_has_not_changed(
    config: Config, tmp_path: Path
) -> None:
    first = _back_up(config, tmp_path / "backups").folder / "archive"
    written(config.archive, page(1))
    made = _back_up(config, tmp_path / "backups", days=1)
    second = made.folder / "archive"
    assert (made.files, made.linked) == (2, 1)
    assert _same(
        first / "senate-articles-000001.warc.gz", second / "senate-articles-000001.warc.gz"
    )
    assert (second / FIRST).read_bytes() == (config.archive / FIRST).read_bytes()
    assert len((first / FIRST).read_bytes()) < len((second / FIRST).read_bytes())


def test_a_damaged_file_of_the_last_backup_is_not_shared(config: Config, tmp_path: Path) -> None:
    damaged = _back_up(config, tmp_path / "backups").folder / "archive" / FIRST
    damaged.write_bytes(damaged.read_bytes()[:-1])
    made = _back_up(config, tmp_path / "backups", days=1)
    assert not _same(damaged, made.folder / "archive" / FIRST)


def test_a_complete_file_of_the_archive_is_linked_and_never_changed_in_the_backup(
    config: Config, tmp_path: Path
) -> None:
    written(config.archive, page(1), largest=1)
    full = config.archive / FIRST
    made = _back_up(config, tmp_path / "backups")
    assert _same(full, made.folder / "archive" / FIRST)
    assert not _same(config.archive / _SECOND, made.folder / "archive" / _SECOND)
    (config.archive / _SECOND).unlink()  # so the first one is written again
    written(config.archive, page(2))
    assert faults(made.folder, read_list(made.folder)) == []


def test_the_torn_end_of_a_record_that_is_being_written_is_left_out(
    config: Config, tmp_path: Path
) -> None:
    whole = (config.archive / FIRST).read_bytes()
    torn = gzip.compress(whole)[:500]
    (config.archive / FIRST).write_bytes(whole + torn)
    made = _back_up(config, tmp_path / "backups")
    assert (made.folder / "archive" / FIRST).read_bytes() == whole
    assert (config.archive / FIRST).stat().st_size == len(whole) + 500


def test_a_database_of_an_older_version_is_backed_up(tmp_path: Path) -> None:
    packed = ROOT / "tests" / "pipeline" / "store" / "old_database" / "kazpress.db.gz"
    (tmp_path / "kazpress.db").write_bytes(gzip.decompress(packed.read_bytes()))
    config = Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})
    assert _back_up(config, tmp_path / "backups").files == 0


@pytest.mark.parametrize("page_number", [2, 40, 150])
def test_of_a_damaged_database_no_backup_is_made(
    config: Config, tmp_path: Path, page_number: int
) -> None:
    with config.db.open("r+b") as file:
        file.seek(page_number * 4096)
        file.write(b"\xa5" * 4096)
    with pytest.raises(StoreError, match=r"kazpress\.db: .*(damaged|malformed)"):
        back_up(config, tmp_path / "backups", _NOW)
    assert {one.name for one in (tmp_path / "backups").iterdir()} == {"backup.lock"}


def test_what_a_killed_one_left_is_no_backup_and_is_removed(config: Config, tmp_path: Path) -> None:
    left = tmp_path / "backups" / ".kazpress-20261128T101500Z.part"
    left.mkdir(parents=True)
    (left / "kazpress.db").touch()
    assert backups(tmp_path / "backups") == []
    _back_up(config, tmp_path / "backups")
    assert not left.exists()


def test_two_at_once_are_refused(config: Config, tmp_path: Path) -> None:
    lock = Lock(tmp_path / "backups" / "backup.lock", "it", "backup", _NOW)
    with lock, pytest.raises(SourceBusy, match="is held by process"):
        back_up(config, tmp_path / "backups", _NOW)


def test_one_of_the_same_second_is_refused_and_changes_nothing(
    config: Config, tmp_path: Path
) -> None:
    made = _back_up(config, tmp_path / "backups")
    with pytest.raises(BackupError, match="is there already"):
        back_up(config, tmp_path / "backups", _NOW)
    assert faults(made.folder, read_list(made.folder)) == []


def test_where_there_is_nothing_nothing_is_made(config: Config, tmp_path: Path) -> None:
    none = Config(db=tmp_path / "none.db", archive=tmp_path, sources={})
    with pytest.raises(StoreError, match=r"none\.db: no such database"):
        back_up(none, tmp_path / "backups", _NOW)
    assert not (tmp_path / "backups").exists()


def test_a_folder_that_cannot_be_made_is_named(config: Config, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KazpressError, match=r"file/backup\.lock: can't be made"):
        back_up(config, tmp_path / "file", _NOW)


@pytest.mark.parametrize("room", [0, 50_000, 500_000])
def test_where_it_finds_no_room_no_backup_is_made(recorded: Path, room: int) -> None:
    ran = finish(
        Workspace(recorded).start(
            "backup", "backups",
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        )
    )  # fmt: skip
    assert ran.status == 1
    assert ran.stderr.startswith("kazpress: ")
    assert len(ran.stderr.splitlines()) == 1
    assert {one.name for one in (recorded / "backups").iterdir()} == {"backup.lock"}


def test_the_command_prints_the_new_folder(recorded: Path) -> None:
    ran = Workspace(recorded).run("backup", "kept here")
    assert ran.status == 0
    assert (recorded / ran.stdout.rstrip("\n") / "SHA256SUMS").is_file()
    assert "backed up: the database and 2 files of the archive (" in ran.stderr
    assert Workspace(recorded).run("--quiet", "backup", "another folder").stderr == ""
