"""`kazpress reparse` in a workspace: files that were moved away, and its options."""

import shutil

import pytest

from tests.pipeline.reparse.archives import KAZ_FILE, fill
from tests.workspace import Workspace


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill(workspace.archive)
    assert workspace.run("reparse", "--workers", "2").status == 0
    return workspace


def test_a_file_that_was_moved_away_loses_no_item_and_is_named(filled: Workspace) -> None:
    before = filled.export()
    shutil.move(filled.archive / KAZ_FILE, filled.path / KAZ_FILE)
    for options in ((), ("--all",), ("--dry-run",)):
        ran = filled.run("reparse", *options)
        assert ran.status == 3
        assert f"needs a look: {KAZ_FILE}: is not at hand, so " in ran.stderr
        assert "bring it back into archive to read them again" in ran.stderr
        assert ", 0 would be removed" in ran.stdout or ", 0 removed" in ran.stdout
        assert filled.export() == before
    shutil.move(filled.path / KAZ_FILE, filled.archive / KAZ_FILE)
    assert filled.run("reparse", "--all").status == 0
    assert filled.export() == before


def test_where_all_files_were_moved_away_one_is_named(filled: Workspace) -> None:
    before = filled.export()
    filled.archive.rename(filled.path / "elsewhere")
    filled.archive.mkdir()
    ran = filled.run("reparse")
    assert ran.status == 1
    assert f"--archive, or bring {KAZ_FILE} back, which the database knows" in ran.stderr
    assert filled.export() == before


def test_what_was_read_again_is_counted(filled: Workspace) -> None:
    told = filled.run("reparse", "--json").json
    assert (told["read"], told["resumed"], told["left"]) == (2, 0, {})
    assert "would_change" not in told
    told = filled.run("reparse", "--json", "--all", "--dry-run").json
    assert told["read"] > 50
    assert told["would_change"] == {"fields": {}, "new": [], "removed": []}


def test_options_that_exclude_each_other_are_refused(workspace: Workspace) -> None:
    both = workspace.run("reparse", "--workers", "2", "--cluster", "tcp://127.0.0.1:1")
    assert both.status == 2
    assert "--workers and --cluster exclude each other" in both.stderr
    none = workspace.run("reparse", "--workers", "0")
    assert none.status == 2
    assert "0 is not in the range x>=1" in none.stderr
