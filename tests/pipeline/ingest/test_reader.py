"""A page that its readers die of is read twice, then passed over and named by whatever reads."""

from __future__ import annotations

import multiprocessing
import os
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from signal import SIGKILL

import pytest

from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import archive_files, stored_captures
from pipeline.archive.warc_writer import record_bytes
from pipeline.ingest.reader import READER_DIED, Reader
from pipeline.ingest.recover import recover
from pipeline.ingest.reparse import reparse
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.store.database import RULES_VERSION
from tests.pipeline.archive.warc_records import warcinfo
from tests.pipeline.reading.page_fields import CAPTURED, PAPER, article
from tests.pipeline.worlds.captures import NOW, new_database
from tests.workspace import Workspace

SOUND, DEADLY = ("https://kazpravda.kz/n/sound/", "https://kazpravda.kz/n/deadly/")
_SECONDS = 60


@dataclass(frozen=True)
class Places:
    """Where a test has its archive and its database."""

    archive: Path
    db: Path

    @property
    def note(self) -> Path:
        """The file that names the page being read."""
        return self.archive / "kazpravda.reading"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """An archive with a page, a deadly one and another page; an empty database."""
    archive = tmp_path / "archive"
    with ArchiveWriter(archive, "kazpravda", "articles", "a test", known=tuple) as writer:
        for exchange in _exchanges():
            writer.append(exchange)
    return Places(archive, tmp_path / "kazpress.db")


def _exchanges() -> list[Exchange]:
    urls = (SOUND, DEADLY, "https://kazpravda.kz/n/another/")
    return [
        Exchange(
            target=url, time=CAPTURED, status=200, headers=(("Content-Type", "text/html"),),
            payload=article(body=f"<p>Это абзац страницы {url}.</p>").encode(),
        )
        for url in urls
    ]  # fmt: skip


def _dies(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    """Read like the reader, but never come to the end of the deadly page."""
    if capture.url == DEADLY:
        time.sleep(_SECONDS)
    return classify(capture, payload, site)


def _read(archive: Path) -> list[ClassifiedCapture]:
    read = Reader(archive, "kazpravda", _dies)
    return [
        read(capture, payload, PAPER)
        for file in archive_files(archive, "kazpravda")
        for capture, payload, _ in stored_captures(archive, PAPER, file)
    ]


def _killed_while_reading(places: Places, *, deaths: int) -> None:
    """Let a process read the archive, and kill it while it reads the deadly page."""
    deadly = _exchanges()[1].digest
    for _ in range(deaths):
        before = _noted(places).count(deadly)
        child = multiprocessing.get_context("spawn").Process(target=_read, args=(places.archive,))
        child.start()
        given_up = time.monotonic() + _SECONDS
        while _noted(places).count(deadly) == before and time.monotonic() < given_up:
            time.sleep(0.01)
        assert child.pid is not None
        os.kill(child.pid, SIGKILL)
        child.join(_SECONDS)
        assert child.exitcode == -SIGKILL


def _noted(places: Places) -> list[str]:
    if not places.note.exists():
        return []
    return [line.split()[-1] for line in places.note.read_text().splitlines()]


def _failures(places: Places) -> dict[str, str]:
    db = new_database(places.db)
    found = dict(db.conn.execute("SELECT url, reason FROM failures").fetchall())
    db.close()
    return found


def _recover(places: Places) -> int:
    """Recover; the number of captures stored by that."""
    db = new_database(places.db)
    recover(db, places.archive, PAPER, now=NOW)
    stored = db.conn.execute("SELECT count(*) FROM captures").fetchone()[0]
    db.close()
    return int(stored)


def test_a_page_of_which_one_reader_died_is_read_again(places: Places) -> None:
    _killed_while_reading(places, deaths=1)
    assert _recover(places) == 3
    assert _failures(places) == {}
    assert _noted(places) == [], "a later death is the first again"


def test_recovery_passes_over_what_killed_twice_names_it_and_reads_the_rest(
    places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    _killed_while_reading(places, deaths=2)
    assert _recover(places) == 3
    assert _failures(places) == {DEADLY: READER_DIED}
    (said,) = caplog.messages
    assert said.startswith(f"{DEADLY}: passed over")
    assert "of kazpravda-articles-000001.warc.gz" in said


def test_reparse_passes_it_over_too(places: Places) -> None:
    _killed_while_reading(places, deaths=2)
    db = new_database(places.db)
    assert reparse(db, places.archive, [PAPER], now=NOW).items == 2
    db.close()
    assert _failures(places) == {DEADLY: READER_DIED}


def test_later_rules_try_it_again(places: Places) -> None:
    _killed_while_reading(places, deaths=2)
    older = places.note.read_text().replace(f"{RULES_VERSION} ", f"{RULES_VERSION - 1} ")
    places.note.write_text(older)
    assert _recover(places) == 3
    assert _failures(places) == {}


def test_import_and_replay_pass_the_same_page_over_and_status_tells(workspace: Workspace) -> None:
    deadly = _exchanges()[1]
    workspace.archive.mkdir()
    note = workspace.archive / "kazpravda.reading"
    note.write_text(f"{RULES_VERSION} {deadly.digest}\n" * 2)
    warc = workspace.path / "other.warc.gz"
    for day, command in enumerate((("import",), ("crawl", "--replay"))):
        again = replace(deadly, time=CAPTURED + timedelta(days=day))
        warc.write_bytes(warcinfo(warc.name) + record_bytes(again))
        ran = workspace.run(*command, warc)
        assert f"{DEADLY}: passed over, for twice the program was ended" in ran.stderr
    assert "reader-died" in workspace.run("status").stdout


@pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe\n", b"4", b"\n\n", b"x y z\n"])
def test_rubbish_in_its_file_hinders_nothing(places: Places, rubbish: bytes) -> None:
    places.note.write_bytes(rubbish)
    assert _recover(places) == 3
    assert _failures(places) == {}


def test_an_exception_counts_as_a_death(places: Places) -> None:
    def fails(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
        raise MemoryError

    ((capture, payload, _), *_rest) = stored_captures(
        places.archive, PAPER, "kazpravda-articles-000001.warc.gz"
    )
    for _ in range(2):
        with pytest.raises(MemoryError):
            Reader(places.archive, "kazpravda", fails)(capture, payload, PAPER)
    found = Reader(places.archive, "kazpravda", fails)(capture, payload, PAPER)
    assert found.failure is not None
    assert found.failure.reason == READER_DIED
