"""A file that is there whole or not at all."""

import os
import threading
from pathlib import Path
from typing import IO

import pytest

from kazpress.errors import ExportError
from pipeline.export.atomic_file import atomic_file, atomic_path


def test_a_file_takes_its_place_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(b"old")
    with atomic_file(path) as out:
        out.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == ["items.jsonl"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(ExportError, match=r"items\.jsonl: can't be written \(disk full\)"):
        _fail(path, OSError("disk full"))
    with pytest.raises(ValueError, match="of another kind"):
        _fail(path, ValueError("of another kind"))
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["items.jsonl"]


def _fail(path: Path, error: Exception) -> None:
    with atomic_file(path) as out:
        out.write(b"half")
        raise error


@pytest.mark.parametrize("name", ["nowhere/items", "file/items", ".", "n" * 300])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="can't be written"), atomic_file(tmp_path / name):
        pass
    assert _names(tmp_path) == ["file"]


def test_a_link_stays_a_link_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "items"
    link.symlink_to(tmp_path / "data" / "items")
    with atomic_file(link) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "data" / "items").read_bytes() == b"new"


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("ы" * 127)
    with atomic_file(path) as out:
        _write(out)
    assert _names(tmp_path) == [path.name]


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with atomic_file(pipe) as out:
        _write(out)
    reader.join()
    assert got == [b"through"]
    assert pipe.is_fifo()


def test_what_a_killed_process_left_is_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "items.db"
    (tmp_path / f".kazpress-{os.getpid()}.part").write_bytes(b"left")
    with atomic_path(path) as aside:
        assert not aside.exists()
        aside.write_bytes(b"new")
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == ["items.db"]


def test_a_file_written_by_name_takes_its_place_once_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "old.db").write_bytes(b"old")
    link = tmp_path / "items.db"
    link.symlink_to(tmp_path / "old.db")
    with pytest.raises(ValueError, match="of another kind"):
        _fail_by_name(link, ValueError("of another kind"))
    assert link.read_bytes() == b"old"
    with atomic_path(link) as aside:
        aside.write_bytes(b"new")
        assert link.read_bytes() == b"old"
    assert (tmp_path / "old.db").read_bytes() == b"new"
    assert _names(tmp_path) == ["items.db", "old.db"]
    with (
        pytest.raises(ExportError, match=r"items\.db: can't be written \(No such file"),
        atomic_path(link),
    ):
        pass
    assert link.read_bytes() == b"new"


def _fail_by_name(path: Path, error: Exception) -> None:
    with atomic_path(path) as aside:
        aside.write_bytes(b"half")
        raise error


@pytest.mark.parametrize("name", ["nowhere/items", "file/items", ".", "n" * 300])
def test_a_place_that_cannot_be_written_by_name_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="can't be written"), atomic_path(tmp_path / name) as one:
        one.write_bytes(b"")
    assert _names(tmp_path) == ["file"]


def test_a_pipe_cannot_be_written_by_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="pipe: is no file"), atomic_path(tmp_path / "pipe"):
        pass
    assert (tmp_path / "pipe").is_fifo()


def _write(out: IO[bytes]) -> None:
    out.write(b"through")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
