"""What is written can be read by the group, by the right owner, and changed by no stranger."""

import os
import stat
from pathlib import Path

import pytest

from kazpress.config import Config
from pipeline.model.source import Site
from pipeline.store.permissions import shared_with_group, shared_with_owner
from spiders.crawl.lifecycle import open_session
from spiders.senate import SENATE
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


def test_what_root_makes_is_given_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    given: list[tuple[str, int, int]] = []
    db, archive = tmp_path / "new" / "k.db", tmp_path / "archive"
    archive.mkdir()

    def make(user: int) -> None:
        shared = shared_with_owner(
            db, archive, user=lambda: user,
            give=lambda path, *owner: given.append((path.name, *owner)),
        )  # fmt: skip
        with shared:
            db.parent.mkdir(exist_ok=True)
            for path in (db, db.with_name("other.db"), archive / "senate.lock"):
                path.touch()

    make(user=1000)
    assert given == []
    make(user=0)
    assert given == [], "the folder is of the same owner"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_a_command_of_roots_leaves_all_to_the_folders_owner(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    os.chown(workspace.path, 65534, 65533)
    workspace.archive.mkdir()
    os.chown(workspace.archive, 65534, 65533)
    kept = {workspace.path / "mine", workspace.archive / "mine", workspace.archive / "a.lock"}
    for one in kept:
        one.touch()
    os.link(workspace.archive / "a.lock", workspace.path / "of root")
    kept.add(workspace.path / "of root")
    place = ("--db", "new/k.db", "--archive", "new/archive")
    for command in (["import", SEED], ["import", SEED, *place], ["tidy"], ["reparse"]):
        assert workspace.run(*command).status == 0
    backup = workspace.run("backup", tmp_path_factory.mktemp("backups")).stdout.strip()
    assert workspace.run("restore", backup, "--force").status == 0
    assert workspace.run("restore", backup, "--db", "third/k.db").status == 0
    made = {*workspace.path.rglob("*")} - kept
    assert len(made) >= 8
    assert {(one.stat().st_uid, one.stat().st_gid) for one in made} == {(65534, 65533)}
    assert {one.lstat().st_uid for one in kept} == {0}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_while_root_crawls_the_owner_can_ask_who_holds_the_source(workspace: Workspace) -> None:
    os.chown(workspace.path, 65534, 65533)
    config = Config(db=workspace.db, archive=workspace.archive, sources={})
    site = Site(SENATE, SENATE.base_url)
    with open_session(config, site):
        for path in workspace.path.rglob("*"):
            assert path.stat().st_uid == 65534, path
