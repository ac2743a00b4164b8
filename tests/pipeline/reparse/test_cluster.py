"""A real Dask cluster on loopback reads the same, whatever becomes of its workers."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from kazpress.errors import ClusterError, MissingExtra
from pipeline.archive.appender import ArchiveWriter
from pipeline.ingest.reader import READER_DIED
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reparse.cluster import Cluster
from pipeline.reparse.readers import InThisProcess, Readers
from pipeline.reparse.reparse import How, Reparsed, reparse
from tests.pipeline.reading.page_fields import article
from tests.pipeline.reparse.archives import KAZ, SITES, fill, page
from tests.pipeline.worlds.captures import NOW, derived, exported, new_database
from tests.workspace import Workspace

distributed = pytest.importorskip("distributed")

_PAGES = 8
_DEADLY = "page-5/"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a cluster with two workers, of which one may die of a task."""
    import dask

    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
        dashboard_address=None, silence_logs=50,
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


def _read(
    folder: Path, name: str, readers: Readers, sites: tuple[Site, ...]
) -> tuple[Reparsed, object, list[tuple[str, str]]]:
    db = new_database(folder / name)
    how = How(readers=readers, part_bytes=4_000)
    result = reparse(db, folder / "archive", sites, now=NOW, how=how)
    failed = db.conn.execute("SELECT url, reason FROM failures ORDER BY url").fetchall()
    found = result, (exported(db), derived(db)), failed
    db.close()
    return found


def test_it_reads_the_same(address: str, tmp_path: Path) -> None:
    fill(tmp_path / "archive")
    with Cluster(address, tmp_path / "archive") as cluster:
        many = _read(tmp_path, "many.db", cluster, SITES)
    assert many == _read(tmp_path, "alone.db", InThisProcess(), SITES)


def _kills_its_worker(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    if capture.url.endswith(_DEADLY):
        os.kill(os.getpid(), SIGKILL)
    return classify(capture, payload, site)


def test_a_page_that_its_workers_die_of_is_a_failure_and_no_other_is_lost(
    address: str, tmp_path: Path
) -> None:
    with ArchiveWriter(
        tmp_path / "archive", "kazpravda", "articles", "a test", known=tuple
    ) as writer:
        for number in range(_PAGES):
            writer.append(page(number, article(body=f"<p>Это абзац страницы {number}.</p>")))
    with Cluster(address, tmp_path / "archive", read=_kills_its_worker) as cluster:
        result, _, failed = _read(tmp_path, "many.db", cluster, (KAZ,))
    assert (result.captures, result.items) == (_PAGES, _PAGES - 1)
    assert failed == [(f"https://kazpravda.kz/n/{_DEADLY}", READER_DIED)]


def test_a_worker_that_does_not_see_the_archive_is_named(address: str, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"worker tcp://127.* does not see .*/none; mount"):
        Cluster(address, tmp_path / "none").__enter__()


def test_nobody_at_an_address_is_said(workspace: Workspace) -> None:
    fill(workspace.archive)
    ran = workspace.run("reparse", "--cluster", "tcp://127.0.0.1:1")
    assert ran.status == 1
    (said,) = ran.stderr.splitlines()
    assert "nobody answers at tcp://127.0.0.1:1; name the address that `dask scheduler`" in said
    for address in ("nonsense", "foo://127.0.0.1:1"):
        with pytest.raises(ClusterError, match=f"nobody answers at {address}"):
            Cluster(address, workspace.archive).__enter__()


def test_whoever_answers_there_and_is_no_scheduler_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.reparse.cluster._CONNECT_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ClusterError, match="nobody answers at"):
            Cluster(address, tmp_path).__enter__()


def test_without_dask_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"pip install 'kazpress\[cluster\]'"):
        Cluster("tcp://127.0.0.1:1", tmp_path).__enter__()
