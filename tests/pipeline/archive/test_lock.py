"""One writer a source: the lock names its holder, and is free once that is gone."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kazpress.errors import ArchiveError, SourceBusy
from pipeline.archive.lock import Lock, source_lock

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_the_second_is_told_who_is_the_first(tmp_path: Path) -> None:
    with source_lock(tmp_path, "senate", "crawl", _NOW):
        held = r"senate is held by process \d+ \(crawl, since 2026-03-04 17:00\)"
        with pytest.raises(SourceBusy, match=held), source_lock(tmp_path, "senate", "x", _NOW):
            pass
        with source_lock(tmp_path, "kazpravda", "crawl", _NOW):
            pass
    with source_lock(tmp_path, "senate", "import", _NOW):
        assert json.loads((tmp_path / "senate.lock").read_text())["doing"] == "import"
    assert (tmp_path / "senate.lock").read_text() == ""


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(ArchiveError, match=r"archive/senate.lock: can't be made \("):
        source_lock(tmp_path / "archive", "senate", "crawl", _NOW).__enter__()


def test_one_that_makes_nothing_keeps_others_out_only_where_there_is_a_file(
    tmp_path: Path,
) -> None:
    with Lock(tmp_path / "none" / "a.lock", "a", "check", _NOW, create=False):
        assert list(tmp_path.iterdir()) == []
    file = tmp_path / "a.lock"
    file.write_text("as it was")
    with Lock(file, "a", "check", _NOW, create=False):
        assert file.read_text() == "as it was"
        with pytest.raises(SourceBusy), Lock(file, "a", "crawl", _NOW):
            pass
    assert file.read_text() == "as it was"
    with Lock(file, "a", "crawl", _NOW):
        busy = pytest.raises(SourceBusy, match="a is held by process")
        with busy, Lock(file, "a", "check", _NOW, create=False):
            pass
