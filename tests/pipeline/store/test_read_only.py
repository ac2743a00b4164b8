"""Who may read a database and not write it sees it as it stood, whatever others write meanwhile."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from kazpress.errors import StoreError
from pipeline.store.database import Store, open_for_writing
from pipeline.store.read_only import connect_frozen
from pipeline.store.transactions import write, write_many, writing
from spiders.senate import SENATE
from tests.permissions import heeding_permissions, unwritable
from tests.workspace import ROOT, Workspace

_READ_TWICE = """
import sys
from pathlib import Path
from pipeline.store.database import reading
def look(db):
    whole = db.conn.execute("PRAGMA integrity_check").fetchone()[0]
    rows = db.conn.execute("SELECT name, ingested FROM archive_files ORDER BY name").fetchall()
    print(whole, len(rows), hash(tuple(rows)), flush=True)
with reading(Path(sys.argv[1])) as db:
    look(db)
    db.conn.execute("PRAGMA shrink_memory")  # so that all is read from the file again
    sys.stdin.readline()
    look(db)
"""
_READ_OFTEN = """
import sys
from contextlib import closing
from pathlib import Path
from pipeline.store.read_only import connect_frozen
for _ in range(25):
    with closing(connect_frozen(Path(sys.argv[1]), busy_seconds=60)) as db:
        counts = [db.execute("SELECT count(*) FROM archive_files").fetchone()[0] for _ in range(3)]
        assert len(set(counts)) == 1, counts
        assert counts[0] % 500 == 0, counts
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
"""
_WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from tests.pipeline.store.test_read_only import add_rows, opened
path, again = Path(sys.argv[1]), sys.argv[2:] == ["again"]
number = 1
while True:
    db = opened(path)
    add_rows(db, number)
    number += 1
    if again:
        db.close()
    else:
        print("written", flush=True)
        sys.stdin.read()
"""
ROWS = 500
"""As many rows at once as take the database through a checkpoint."""


def opened(path: Path) -> Store:
    """The database, opened to be written, with checkpoints after every few pages."""
    db = open_for_writing(path, [SENATE])
    db.conn.execute("PRAGMA wal_autocheckpoint = 10")
    return db


def add_rows(db: Store, number: int) -> None:
    """Add some rows in one transaction."""
    add = "INSERT INTO archive_files VALUES (?, 'senate', ?)"
    with writing(db):
        write_many(db, add, [(f"{number}-{row}-{'x' * 200}", number) for row in range(ROWS)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with some rows that nobody has open."""
    (tmp_path / "of another user").mkdir()
    path = tmp_path / "of another user" / "kaz?press#100%.db"
    with closing(opened(path)) as db:
        add_rows(db, 0)
    return path


def _child(code: str, *arguments: object, heeds: bool = False) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(
        heeding_permissions(command) if heeds else command, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=Workspace.environment({"PYTHONHASHSEED": "0"}),
    )  # fmt: skip


def _views(path: Path, meanwhile: Callable[[], object]) -> tuple[str, str]:
    """What a reader sees who may not write, before and after what is done meanwhile."""
    with _reader(path) as (first, rest):
        meanwhile()
        return first, rest()


@contextmanager
def _reader(path: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """A reader who may not write: what it saw, and what lets it look again and end."""
    with unwritable(path.parent.resolve()):
        child = _child(_READ_TWICE, path, heeds=True)
        assert child.stdout is not None
        first = child.stdout.readline()

    def rest() -> str:
        out, err = child.communicate("\n", timeout=60)
        assert child.returncode == 0, err
        return out

    yield first, rest
    if child.returncode is None:
        rest()


def _write_much(path: Path) -> None:
    for number in (2, 3):
        with closing(opened(path)) as db:
            add_rows(db, number)


def _kill(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


def _crashed(path: Path) -> None:
    """Let a writer be killed that has committed more rows and has the database open."""
    child = _child(_WRITE_UNTIL_KILLED, path)
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    _kill(child)


def _names(path: Path) -> list[str]:
    return sorted(one.name.removeprefix(path.name) for one in path.parent.iterdir())


def test_a_writer_that_comes_meanwhile_changes_nothing(path: Path) -> None:
    first, second = _views(path, lambda: _write_much(path))
    assert first == second
    assert first.startswith("ok 500 ")
    assert _names(path) == [""]


def test_a_reader_needs_no_writer_and_leaves_nothing_behind(path: Path) -> None:
    before = path.read_bytes()
    first, second = _views(path, lambda: None)
    assert first == second
    assert (_names(path), path.read_bytes()) == ([""], before)


def test_a_writer_that_was_there_before_may_write_and_end(path: Path) -> None:
    db = opened(path)
    with ExitStack() as open_still:
        with writing(db):
            write(db, "DELETE FROM archive_files WHERE name LIKE '0-1%'")
            first, rest = open_still.enter_context(_reader(path))
        add_rows(db, 1)
        db.close()
        _write_much(path)
        assert rest() == first
    assert first.startswith("ok 500 ")
    opened(path).close()  # the next writer tidies up
    assert _names(path) == [""]


@pytest.mark.parametrize("lost", [None, "-shm"])
def test_what_a_killed_writer_had_committed_is_seen(path: Path, lost: str | None) -> None:
    _crashed(path)
    if lost:
        path.with_name(f"{path.name}{lost}").unlink()
    first, second = _views(path, lambda: _write_much(path))
    assert first == second
    assert first.startswith("ok 1000 ")


def test_a_leftover_of_shared_memory_alone_is_no_writer(path: Path) -> None:
    path.with_name(f"{path.name}-shm").write_bytes(b"\0" * 32768)
    first, second = _views(path, lambda: _write_much(path))
    assert first == second
    assert first.startswith("ok 500 ")


def test_a_link_is_read_as_the_file_that_it_leads_to(path: Path, tmp_path: Path) -> None:
    _crashed(path)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    first, second = _views(link, lambda: _write_much(path))
    assert first == second
    assert first.startswith("ok 1000 ")


def test_a_database_without_write_ahead_is_read_too(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    first, second = _views(path, lambda: _write_much(path))
    assert first == second
    assert first.startswith("ok 500 ")


def test_writers_that_come_and_go_disturb_no_reader(path: Path) -> None:
    writer = _child(_WRITE_UNTIL_KILLED, path, "again")
    readers = [_child(_READ_OFTEN, path) for _ in range(2)]
    for reader in readers:
        _, err = reader.communicate(timeout=60)
        assert reader.returncode == 0, err
    assert writer.poll() is None
    _kill(writer)


def test_a_database_that_somebody_keeps_to_himself_is_said_to_be_locked(path: Path) -> None:
    holder = _child(
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA journal_mode = DELETE'); db.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True); sys.stdin.read()",
        path,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(StoreError, match="is locked by another process; try again later"):
        connect_frozen(path, busy_seconds=0)
    _kill(holder)
    connect_frozen(path, busy_seconds=0).close()


def test_where_no_copy_can_be_made_it_is_said_what_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(path.parent / "none"))
    with pytest.raises(StoreError, match=r"can't be copied to be read \(No such file.*set TMPDIR"):
        connect_frozen(path, busy_seconds=0)
