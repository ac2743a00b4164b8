"""A crawl on a small disk: it ends before that is full, and where another program fills it."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store.free_space import LEAST_FREE_BYTES, free_bytes
from tests.sites.replica import Replica
from tests.workspace import Ran, Workspace, finish

pytestmark = pytest.mark.soak
_ARTICLE = re.compile("/n/")
_CRAWL_BYTES = 1_000_000
"""Less than a crawl of the replica's front pages and articles writes."""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on a disk of its own. Only root can make one."""
    size = LEAST_FREE_BYTES + 10_000_000
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no small disk can be made here")
    try:
        yield Workspace(tmp_path)
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


def _fill(disk: Workspace, *, but: int) -> Path:
    filler = disk.path / "filler"
    with filler.open("wb", buffering=0) as file:
        while (room := free_bytes(disk.path) - but) > 0 and file.write(bytes(min(room, 1 << 20))):
            pass
    return filler


def _goes_on(disk: Workspace, ran: Ran, filler: Path) -> None:
    """The crawl failed with a sentence, and the next one has all that there is."""
    assert ran.status == 1
    assert "Traceback" not in ran.stderr
    for file in disk.archive_files():
        gzip.decompress(file.read_bytes())
    filler.unlink()
    assert disk.crawl()["kazpravda"]["outcome"] == "done"
    assert disk.count("items") == 8
    assert disk.rows("PRAGMA integrity_check") == [("ok",)]


def test_it_ends_before_the_disk_is_full(small: Workspace, kazpravda: Replica) -> None:
    small.point_at(kazpravda)
    filler = _fill(small, but=LEAST_FREE_BYTES + _CRAWL_BYTES)
    ran = small.run("crawl", "--json")
    assert "MB are free on its disk, and 100 MB are needed" in ran.stderr
    (summary,) = ran.json
    assert summary["outcome"] == "failed"
    assert summary["captured"] > 0
    reason = small.rows("SELECT reason FROM crawls")[0][0]
    assert "make room there" in reason
    _goes_on(small, ran, filler)


def test_another_program_fills_it_meanwhile(small: Workspace, kazpravda: Replica) -> None:
    small.point_at(kazpravda)
    kazpravda.hold(_ARTICLE)
    kazpravda.slow(_ARTICLE, times=3)
    process = small.start("crawl")
    kazpravda.wait_for(_ARTICLE, count=4)
    filler = _fill(small, but=0)
    kazpravda.lift()
    ran = finish(process)
    assert "full" in ran.stderr or "No space left" in ran.stderr
    assert small.run("status").status == 0
    assert small.run("backup", "backups").status == 1
    assert not list((small.path / "backups").glob("kazpress-*"))
    _goes_on(small, ran, filler)
