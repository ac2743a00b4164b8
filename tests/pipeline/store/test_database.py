"""The database file: made, brought up to date, refused where it is none of ours."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.store.database import (
    _write_ahead,
    in_batches,
    open_for_reading,
    open_for_writing,
    reading,
)
from pipeline.store.migrations import MIGRATIONS, migration_names
from pipeline.store.transactions import writing
from spiders.senate import SENATE
from tests.workspace import ROOT, Workspace

OPEN_ONCE = """
import sys
from pathlib import Path
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE
sys.stdin.read()
open_for_writing(Path(sys.argv[1]), [SENATE]).close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kazpress.db"


def _made(path: Path) -> Path:
    open_for_writing(path, [SENATE]).close()
    return path


def test_a_new_file_has_strict_tables_in_wal_mode(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    tables = db.conn.execute("PRAGMA table_list").fetchall()
    loose = [name for schema, name, kind, _, _, strict in tables
             if schema == "main" and kind == "table" and not strict
             and not name.startswith(("sqlite_", "_sqlite"))]  # fmt: skip
    assert loose == []
    assert db.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert db.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_the_tables_of_the_contract_are_there(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    assert set(db.table_names()) >= {
        "sources", "crawls", "addresses", "captures", "items", "revisions", "pairs", "stories",
        "story_ids", "failures",
    }  # fmt: skip
    db.close()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert _made(tmp_path / "a" / "b" / "kazpress.db").is_file()


def test_processes_that_make_a_new_file_at_once_all_succeed(path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_ONCE, str(path)], cwd=ROOT, stdin=subprocess.PIPE,
            stderr=subprocess.PIPE, env=Workspace.environment(),
        )
        for _ in range(6)
    ]  # fmt: skip
    for child in children:
        assert child.stdin is not None
        child.stdin.close()
        child.stdin = None
    ended = [child.communicate(timeout=60)[1] for child in children]
    assert [child.returncode for child in children] == [0] * 6, ended
    db = open_for_reading(path)
    assert {step.name for step in MIGRATIONS.applied(db)} == migration_names()
    db.close()


def test_the_switch_to_write_ahead_waits_for_who_reads_the_file(path: Path) -> None:
    db, reader = (
        Database(sqlite3.connect(path, isolation_level=None, timeout=0)) for _ in range(2)
    )
    db.conn.execute("CREATE TABLE a (b)")
    reader.conn.execute("BEGIN")
    reader.conn.execute("SELECT * FROM a").fetchall()
    tries: list[str] = []

    def leave_at_the_third_try(statement: str) -> None:
        tries.append(statement)
        if len(tries) == 3:
            reader.conn.rollback()

    db.conn.set_trace_callback(leave_at_the_third_try)
    _write_ahead(db)
    assert tries == ["PRAGMA journal_mode = WAL"] * 3
    db.conn.set_trace_callback(None)
    assert db.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    reader.close()
    db.close()


@pytest.mark.parametrize(
    ("free", "said"),
    [(4096, "its disk has no room left; make room there"), (1 << 30, r"disk I/O error$")],
)
def test_a_full_disk_is_told_from_a_broken_one(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    """SQLite says the same of both where it can't make the files beside the database."""
    monkeypatch.setattr("pipeline.store.database.free_bytes", lambda _: free)
    _made(path)
    with pytest.raises(StoreError, match=said), reading(path):
        raise sqlite3.OperationalError("disk I/O error")


def test_a_failing_step_leaves_no_trace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(db: Database) -> None:
        db.conn.execute("CREATE TABLE half_made (a TEXT)")
        raise sqlite3.OperationalError("disk I/O error")

    steps = [*MIGRATIONS._migrations, MIGRATIONS._Migration("m999_broken", breaks_off)]
    monkeypatch.setattr(MIGRATIONS, "_migrations", steps)
    with pytest.raises(StoreError, match="disk I/O error"):
        open_for_writing(path, [SENATE])
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    db.close()


def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    with writing(db):
        db.conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('kazpress', 'm777_later', '')"
        )
    db.close()
    for opened in _both_ways(path):
        with pytest.raises(StoreError, match=r"newer version of kazpress .*m777_later.*update"):
            opened()


def test_a_file_of_another_program_is_refused_and_stays(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (a TEXT)")
    other.close()
    before = path.read_bytes()
    for opened in _both_ways(path):
        with pytest.raises(StoreError, match="is another program's database"):
            opened()
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_stays(path: Path) -> None:
    path.write_bytes(b"no database at all " * 100)
    before = path.read_bytes()
    for opened in _both_ways(path):
        with pytest.raises(StoreError, match="is no SQLite database, or a damaged one"):
            opened()
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    for opened in _both_ways(tmp_path):
        with pytest.raises(StoreError, match="is a folder; name the database's file with --db"):
            opened()


def test_a_place_where_no_file_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match=r"file/x\.db: "):
        open_for_writing(tmp_path / "file" / "x.db", [SENATE])


def test_reading_makes_no_database(path: Path) -> None:
    with pytest.raises(StoreError, match="no such database; a crawl or an import makes one"):
        open_for_reading(path)
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="holds no tables of kazpress"):
        open_for_reading(path)
    assert path.read_bytes() == b""


def test_a_reader_changes_nothing_and_leaves_nothing_behind(path: Path) -> None:
    before = _made(path).read_bytes()
    db = open_for_reading(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.conn.execute("DELETE FROM sources")
    db.close()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["kazpress.db"]


def test_a_file_that_may_not_be_written_is_read_as_it_lies() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own lets no other user in
        path = _made(Path(folder) / "kazpress.db")
        path.chmod(0o444)
        path.parent.chmod(0o555)
        _as_nobody(
            path,
            "db = open_for_reading(path); assert db.table('sources').count == 1; db.close()\n"
            "try: open_for_writing(path, [])\n"
            "except StoreError as error: assert 'check the path' in str(error), error\n"
            "else: raise SystemExit('written')",
        )
        assert [one.name for one in path.parent.iterdir()] == ["kazpress.db"]
        path.parent.chmod(0o755)


def _as_nobody(path: Path, code: str) -> None:
    """Run code under a user for whom permissions count; the test's own may be root."""
    head = (
        "import os, sys\nfrom pathlib import Path\nfrom kazpress.errors import StoreError\n"
        "from pipeline.store.database import open_for_reading, open_for_writing\n"
        "path = Path(sys.argv[1])\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", head + code, str(path)], cwd=ROOT, capture_output=True, text=True,
        env=Workspace.environment(), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _both_ways(path: Path) -> list[Callable[[], Database]]:
    return [lambda: open_for_writing(path, [SENATE]), lambda: open_for_reading(path)]


def test_values_come_once_each_in_order_behind_as_many_question_marks() -> None:
    batches = list(in_batches(range(2000, 0, -1)))
    assert [one for _, batch in batches for one in batch] == [*range(1, 2001)]
    assert len(batches) > 1
    assert all(marks.split(", ") == ["?"] * len(batch) for marks, batch in batches)
    assert list(in_batches([])) == []
