"""One writer a source: the second is told who is first."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kazpress.errors import ArchiveError, SourceBusy
from pipeline.archive.lock import source_lock

NOW = datetime(2026, 3, 4, 13, 5, tzinfo=UTC)


def test_who_comes_second_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with source_lock(tmp_path / "new", "senate", "crawl", NOW):
        with pytest.raises(SourceBusy) as busy, source_lock(tmp_path / "new", "senate", "x", NOW):
            pass
        with source_lock(tmp_path / "new", "kazpravda", "crawl", NOW):
            pass
    assert str(busy.value) == (
        f"senate is held by process {os.getpid()} (crawl, since 2026-03-04T13:05:00Z)"
    )


def test_a_lock_is_free_again_after_its_holder(tmp_path: Path) -> None:
    for _ in range(2):
        with source_lock(tmp_path, "senate", "crawl", NOW):
            pass
    assert (tmp_path / "senate.lock").read_bytes() == b""


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    lock = source_lock(tmp_path / "file", "senate", "crawl", NOW)
    with pytest.raises(ArchiveError, match=r"file/senate\.lock: can't be made"):
        lock.__enter__()
