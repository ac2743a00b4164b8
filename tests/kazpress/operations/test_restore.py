"""A backup is put in place when every file is what it was, and no capture is given up for it."""

import resource
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.errors import BackupError, SourceBusy, StoreError, UsageError
from kazpress.operations.backup import back_up
from kazpress.operations.restore import restore
from pipeline.archive.lock import source_lock
from tests.pipeline.archive.numbered_pages import FIRST, page, payloads, written
from tests.workspace import Workspace, finish

_NOW = datetime(2026, 11, 29, 10, 15, tzinfo=UTC)
_SUMS = "SHA256SUMS"


@pytest.fixture
def config(recorded: Path) -> Config:
    return Config(db=recorded / "kazpress.db", archive=recorded / "archive", sources={})


@pytest.fixture
def backup(config: Config, tmp_path: Path) -> Path:
    return back_up(config, tmp_path / "backups", _NOW).folder


@pytest.fixture
def other(config: Config, tmp_path: Path) -> Config:
    """Where nothing is yet."""
    return replace(config, db=tmp_path / "other" / "k.db", archive=tmp_path / "other" / "archive")


def test_a_restored_copy_gives_the_same_bytes(recorded: Path, backup: Path) -> None:
    owner = Workspace(recorded)
    place = ("--db", "new/k.db", "--archive", "new/archive")
    ran = owner.run("restore", backup, *place)
    assert (ran.status, ran.stdout) == (0, "")
    assert "restored: the database and 2 files of the archive (" in ran.stderr
    assert owner.export(*place) == owner.export()
    ran = owner.run("reparse", "--json", *place)
    assert [ran.json[name] for name in ("new", "changed", "removed")] == [0, 0, 0]


def test_an_existing_database_is_replaced_only_where_it_is_asked_for(
    config: Config, backup: Path
) -> None:
    with closing(sqlite3.connect(config.db)) as db, db:
        db.execute("DELETE FROM pairs")
    before = config.db.read_bytes()
    with pytest.raises(UsageError, match=r"kazpress\.db: is there already; --force"):
        restore(config, backup, _NOW)
    assert config.db.read_bytes() == before
    restored = restore(config, backup, _NOW, force=True)
    assert (restored.files, restored.kept) == (0, 2)
    assert config.db.read_bytes() == (backup / "kazpress.db").read_bytes()


def test_the_log_of_the_database_that_was_there_goes_with_it(config: Config, backup: Path) -> None:
    for end in ("-wal", "-shm"):
        config.db.with_name(f"kazpress.db{end}").write_bytes(b"of another database")
    restore(config, backup, _NOW, force=True)
    assert [one.name for one in config.db.parent.glob("kazpress.db*")].count("kazpress.db") == 1
    assert not list(config.db.parent.glob("kazpress.db-*"))


@pytest.mark.parametrize("name", ["kazpress.db", f"archive/{FIRST}"])
@pytest.mark.parametrize("how", ["changed", "short", "gone"])
def test_a_damaged_backup_is_named_and_changes_nothing(
    other: Config, backup: Path, name: str, how: str
) -> None:
    content = bytearray((backup / name).read_bytes())
    content[len(content) // 2] ^= 1
    (backup / name).write_bytes(content if how == "changed" else content[:-1])
    if how == "gone":
        (backup / name).unlink()
    with pytest.raises(BackupError, match=rf"{name} (is damaged|can't be read)"):
        restore(other, backup, _NOW)
    assert not other.db.parent.exists()


@pytest.mark.parametrize(
    ("list_", "said"),
    [(None, "is no backup"), ("", "not whole"), ("xyz", "not whole"), ("db gone", "not whole"),
     ("half a line", "not whole"), ("../outside", "not whole"), ("\xff", "no list of checksums")],
)  # fmt: skip
def test_a_list_that_is_not_whole_is_not_trusted(
    other: Config, backup: Path, list_: str | None, said: str
) -> None:
    lines = (backup / _SUMS).read_text(encoding="ascii").splitlines(keepends=True)
    texts = {
        "db gone": "".join(lines[:-1]), "half a line": "".join(lines)[:-4],
        "../outside": "".join([lines[0].replace("archive/", "archive/../"), *lines[1:]]),
    }  # fmt: skip
    (backup / _SUMS).unlink()
    if list_ is not None:
        (backup / _SUMS).write_text(texts.get(list_, list_), encoding="latin-1")
    with pytest.raises(BackupError, match=said):
        restore(other, backup, _NOW)
    assert not other.db.parent.exists()


def test_the_folder_of_the_backups_is_not_one_of_them(other: Config, backup: Path) -> None:
    with pytest.raises(BackupError, match=r"holds 1 backup; name one, such as .*T101500Z"):
        restore(other, backup.parent, _NOW)


def test_captures_that_came_later_stay(config: Config, backup: Path) -> None:
    written(config.archive, page(1))
    longer = (config.archive / FIRST).read_bytes()
    restored = restore(config, backup, _NOW, force=True)
    assert (restored.files, restored.kept) == (0, 2)
    assert (config.archive / FIRST).read_bytes() == longer


def test_a_file_that_lost_its_end_is_made_whole(config: Config, backup: Path) -> None:
    whole = (config.archive / FIRST).read_bytes()
    (config.archive / FIRST).write_bytes(whole[:-300])
    assert restore(config, backup, _NOW, force=True).files == 1
    assert (config.archive / FIRST).read_bytes() == whole


def test_a_file_with_other_captures_is_never_replaced(other: Config, backup: Path) -> None:
    written(other.archive, page(1))
    before = payloads(other.archive)
    with pytest.raises(BackupError, match="holds other captures"):
        restore(other, backup, _NOW, force=True)
    assert not other.db.exists()
    assert payloads(other.archive) == before
    assert [one.name for one in other.archive.glob("*.gz")] == [FIRST]


def test_it_waits_for_no_crawl(other: Config, backup: Path) -> None:
    with (
        source_lock(other.archive, "senate", "crawl", _NOW),
        pytest.raises(SourceBusy, match="senate is held by process"),
    ):
        restore(other, backup, _NOW)
    assert not other.db.exists()


def test_a_backup_of_a_newer_version_is_refused(config: Config, tmp_path: Path) -> None:
    with closing(sqlite3.connect(config.db)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('kazpress', 'm999_new', '')"
        )
    with pytest.raises(StoreError, match="newer version of kazpress"):
        back_up(config, tmp_path / "backups", _NOW)


@pytest.mark.parametrize("room", [0, 60_000, 500_000])
def test_where_it_finds_no_room_there_is_no_database_and_it_can_be_run_again(
    recorded: Path, backup: Path, room: int
) -> None:
    owner = Workspace(recorded)
    command = ("restore", backup, "--db", "new/k.db", "--archive", "new/archive")
    ran = finish(
        owner.start(
            *command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        )
    )
    assert (ran.status, len(ran.stderr.splitlines())) == (1, 1)
    assert "File too large; run the restore again" in ran.stderr
    assert not list((recorded / "new").glob("*.db"))
    assert not list((recorded / "new").rglob("*.part"))
    assert owner.run(*command).status == 0
    assert owner.export("--db", "new/k.db") == owner.export()
