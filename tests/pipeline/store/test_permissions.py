"""What is written can be read by the group, by the right owner, and changed by no stranger."""

import os
import stat
from pathlib import Path

import pytest

from kazpress.errors import UsageError
from pipeline.store.permissions import refuse_foreign_root, shared_with_group
from tests.seeds.recorded_site import SEED
from tests.workspace import Workspace, finish


@pytest.mark.parametrize(
    ("umask", "file_mode", "folder_mode"),
    [(0o077, 0o640, 0o750), (0o000, 0o644, 0o775), (0o022, 0o644, 0o755), (0o002, 0o644, 0o775)],
)
def test_the_group_reads_and_no_stranger_writes(
    workspace: Workspace, umask: int, file_mode: int, folder_mode: int
) -> None:
    assert finish(workspace.start("import", SEED, umask=umask)).status == 0
    written = {*workspace.path.rglob("*")} - {workspace.archive}
    assert {stat.S_IMODE(one.stat().st_mode) for one in written} == {file_mode}
    assert stat.S_IMODE(workspace.archive.stat().st_mode) == folder_mode


def test_the_umask_is_as_before_afterwards() -> None:
    before = os.umask(0o077)
    try:
        with shared_with_group():
            pass
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)


def test_root_is_refused_where_another_user_is_at_home(tmp_path: Path) -> None:
    place = tmp_path / "not there" / "k.db"

    def refuse(user: int, owner: int) -> None:
        refuse_foreign_root([place], user=lambda: user, owner=lambda _: owner)

    refuse(0, 0)
    refuse(1000, 0)
    refuse(1000, 1001)
    with pytest.raises(UsageError, match=rf"{tmp_path}: belongs to #123456, .* as #123456"):
        refuse(0, 123456)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_a_command_of_roots_changes_nothing_there(workspace: Workspace) -> None:
    os.chown(workspace.path, 65534, 65534)
    for command in (["import", SEED], ["crawl"], ["tidy"]):
        ran = workspace.run(*command)
        assert ran.status in (1, 2)
        assert "Traceback" not in ran.stderr
    assert workspace.run("import", SEED).status == 2
    assert list(workspace.path.iterdir()) == []
