"""The commands that only read, run by somebody who may not write the database or its folder."""

import json
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.store.database import open_for_writing
from pipeline.store.transactions import write, writing
from tests.permissions import heeding_permissions, unwritable
from tests.seeds.recorded_site import SEED
from tests.workspace import Workspace, finish


@pytest.fixture
def owner(recorded: Path) -> Workspace:
    return Workspace(recorded)


def _reading(owner: Workspace, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        heeding_permissions(owner.command(*arguments)), cwd=owner.path, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=owner.environment(), bufsize=0,
    )  # fmt: skip


def test_they_show_what_they_show_the_owner(owner: Workspace, tmp_path: Path) -> None:
    url = owner.rows("SELECT min(url) FROM items WHERE source = 'kazpravda'")[0][0]
    for arguments in (
        ["export", "--all", "-q"], ["export", "--format", "csv", "-q"], ["show", url],
        ["show", url, "--raw"], ["show", url, "--revisions", "--json"],
        ["show", url, "--against", url], ["sources"],
    ):  # fmt: skip
        with unwritable(owner.path):
            out, err = _reading(owner, *arguments).communicate(timeout=60)
        assert err == b""
        assert out.decode().splitlines() == owner.run(*arguments).stdout.splitlines()
    with unwritable(owner.path):
        reader = _reading(owner, "export", "--output", tmp_path / "items.jsonl")
        assert b"items.jsonl: 47 records\ncursor: " in reader.communicate(timeout=60)[1]
        out, _ = _reading(owner, "status", "--json").communicate(timeout=60)
        assert [one["items"] for one in json.loads(out)]
    assert {one.name for one in owner.path.iterdir()} == {"kazpress.db", "archive"}


def test_an_export_is_whole_and_of_one_time_while_somebody_writes(owner: Workspace) -> None:
    before = owner.export()
    with unwritable(owner.path):
        reader = _reading(owner, "export", "--all", "-q")
        assert reader.stdout is not None
        begin = reader.stdout.read(1)
    with closing(open_for_writing(owner.db, [])) as db:
        with writing(db):
            write(db, "UPDATE items SET body = upper(body), authors = '[\"another\"]'")
            write(db, "DELETE FROM translation_evidence")
        db.conn.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
    rest, err = reader.communicate(timeout=60)
    assert (reader.returncode, err) == (0, b"")
    assert (begin + rest).decode() == before
    assert owner.export() != before


def test_a_backup_that_nobody_may_write_is_read_and_tried_with_other_rules(
    owner: Workspace,
) -> None:
    kept = Workspace(owner.path / owner.run("backup", "kept").stdout.strip())
    url = owner.rows("SELECT min(url) FROM items WHERE source = 'kazpravda'")[0][0]
    for arguments in (
        ["export", "--all"], ["status"], ["show", url], ["show", url, "--raw"],
        ["reparse", "--dry-run", "--json"],
    ):  # fmt: skip
        before = owner.run(*arguments)
        with unwritable(kept.path):
            reader = _reading(kept, *arguments)
            out, err = reader.communicate(timeout=60)
        shown, said = (text.splitlines() for text in (before.stdout, out.decode()))
        if arguments == ["status"]:  # what follows depends on the time and on the disk
            shown, said = shown[:3], said[:3]
        assert (reader.returncode, said) == (before.status, shown), err
    assert {one.name for one in kept.path.iterdir()} == {"SHA256SUMS", "archive", "kazpress.db"}


def test_a_dry_run_leaves_the_database_as_it_was(owner: Workspace) -> None:
    with closing(sqlite3.connect(owner.db)) as db, db:
        db.execute("UPDATE items SET title = 'other'")
        db.execute("UPDATE record_versions SET record = ''")
    before = owner.db.read_bytes()
    ran = owner.run("reparse", "--dry-run", "--json")
    assert (ran.status, ran.json["changed"]) == (0, 55)
    assert owner.db.read_bytes() == before
    assert {one.name for one in owner.path.iterdir()} == {"kazpress.db", "archive"}


@pytest.mark.parametrize(("umask", "file_mode"), [(0o022, 0o644), (0o027, 0o640)])
def test_the_umask_says_who_may_read_what_is_written(
    workspace: Workspace, umask: int, file_mode: int
) -> None:
    for arguments in (["import", SEED], ["export", "--output", "items.jsonl"]):
        assert finish(workspace.start(*arguments, umask=umask)).status == 0
    with closing(open_for_writing(workspace.db, [])):
        written = [one for one in workspace.path.rglob("*") if one.is_file()]
        assert len(written) >= 5
        assert {stat.S_IMODE(one.stat().st_mode) for one in written} == {file_mode}
