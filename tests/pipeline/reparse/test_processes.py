"""Child processes read the same as one, in any order of completion, and may die."""

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from signal import SIGKILL

import pytest
from sqlite_utils import Database

from kazpress.errors import ArchiveError
from pipeline.archive.appender import ArchiveWriter
from pipeline.ingest.reader import READER_DIED, page_of
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reparse.parts import Part, parts_of
from pipeline.reparse.processes import Processes
from pipeline.reparse.readers import Readers
from pipeline.reparse.reparse import How, reparse
from tests.pipeline.reading.page_fields import article
from tests.pipeline.reparse.archives import KAZ, KAZ_FILE, SITES, fill, page
from tests.pipeline.worlds.captures import NOW, new_database

_PART_BYTES = 5_000
_PAGES = 12
_DEADLY = "page-5/"
_SECONDS = 60
_OF_ITS_OWN_TIME = re.compile('INTO "(_sqlite_migrations|changes)"')


def _unevenly(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    """Read like the reader, some pages much later than those after them."""
    time.sleep(hashlib.sha256(payload).digest()[0] % 5 / 200)
    return classify(capture, payload, site)


def _dump(folder: Path, name: str, readers: Readers | None) -> list[str]:
    db = new_database(folder / name)
    how = How(part_bytes=_PART_BYTES) if readers is None else How(
        part_bytes=_PART_BYTES, readers=readers
    )  # fmt: skip
    reparse(db, folder / "archive", SITES, now=NOW, how=how)
    rows = [line for line in db.conn.iterdump() if not _OF_ITS_OWN_TIME.search(line)]
    db.close()
    return rows


@pytest.mark.parametrize("count", [2, 8])
def test_the_database_is_the_same_whoever_reads(tmp_path: Path, count: int) -> None:
    fill(tmp_path / "archive")
    alone = _dump(tmp_path, "alone.db", None)
    assert len(alone) > 1000
    with Processes(count, read=_unevenly) as readers:
        many = _dump(tmp_path, "many.db", readers)
    assert [pair for pair in zip(many, alone, strict=True) if pair[0] != pair[1]] == []


def _kills_itself(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    if capture.url.endswith(_DEADLY):
        os.kill(os.getpid(), SIGKILL)
    return classify(capture, payload, site)


def _fills_the_memory(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    if capture.url.endswith(_DEADLY):
        raise MemoryError
    return classify(capture, payload, site)


def _hangs(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    if capture.url.endswith(_DEADLY):
        time.sleep(_SECONDS)
    return classify(capture, payload, site)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with ArchiveWriter(folder, "kazpravda", "articles", "a test", known=tuple) as writer:
        for number in range(_PAGES):
            writer.append(page(number, article(body=f"<p>Это абзац страницы {number}.</p>")))
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = new_database(tmp_path / "kazpress.db")
    yield db
    db.close()


@pytest.mark.parametrize("read", [_kills_itself, _fills_the_memory, _hangs])
def test_a_page_that_two_readers_died_of_is_a_failure_and_no_other_is_lost(
    archive: Path, db: Database, read: Callable[..., ClassifiedCapture]
) -> None:
    with Processes(2, read=read, seconds_a_page=2) as readers:
        how = How(readers=readers, part_bytes=1_500)
        assert reparse(db, archive, [KAZ], now=NOW, how=how).captures == _PAGES
    failed = db.conn.execute("SELECT url, reason FROM failures").fetchall()
    assert failed == [(f"https://kazpravda.kz/n/{_DEADLY}", READER_DIED)]
    assert db.conn.execute("SELECT count(*) FROM items").fetchone() == (_PAGES - 1,)
    again = reparse(db, archive, [KAZ], now=NOW, how=How(every=True))
    assert again.changed == again.new == 0, "by what is noted beside the archive, it is so too"


def _dies_once(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    mark = Path(os.environ["KAZPRESS_TEST_MARK"])
    if capture.url.endswith(_DEADLY) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), SIGKILL)
    return classify(capture, payload, site)


def test_a_page_of_which_one_reader_died_is_read_by_the_next(
    archive: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAZPRESS_TEST_MARK", str(archive / "died"))
    with Processes(2, read=_dies_once) as readers:
        how = How(readers=readers, part_bytes=1_500)
        assert reparse(db, archive, [KAZ], now=NOW, how=how).items == _PAGES
    assert (archive / "kazpravda.reading").read_text() == "", "a later death is the first again"


def test_what_was_noted_before_counts(archive: Path, db: Database) -> None:
    deadly = page(5, article(body="<p>Это абзац страницы 5.</p>"))
    (archive / "kazpravda.reading").write_text(f"{page_of(deadly.digest)}\n" * 2)
    with Processes(2) as readers:
        assert reparse(db, archive, [KAZ], now=NOW, how=How(readers=readers)).items == _PAGES - 1
    assert (archive / "kazpravda.reading").read_text() == f"{page_of(deadly.digest)}\n" * 2


class _Ending(Site):
    """Ends whoever receives it."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[int]]:
        return os._exit, (1,)


def test_readers_that_die_at_no_page_end_the_work_with_a_sentence(archive: Path) -> None:
    path = archive / KAZ_FILE
    (part,) = parts_of(path, KAZ, 0, path.stat().st_size, 1 << 20)
    broken = replace(part, site=_Ending(KAZ.source, KAZ.base_url))
    said = "3 readers ended between bytes 0 and"
    with Processes(1) as readers, pytest.raises(ArchiveError, match=said):
        readers.read_one(broken)


def test_a_file_that_can_not_be_read_ends_the_work_with_its_name(tmp_path: Path) -> None:
    part = Part(path=tmp_path / "none.warc.gz", site=KAZ, start=0, end=9)
    with Processes(2) as readers, pytest.raises(ArchiveError, match="none"):
        list(readers.read([part] * 5))


def test_leaving_early_leaves_no_deaths_and_no_process(archive: Path) -> None:
    path = archive / KAZ_FILE
    parts = parts_of(path, KAZ, 0, path.stat().st_size, 1_500)
    with Processes(2, read=_hangs) as readers:
        next(iter(readers.read(parts)))
        children = [one._process for one in readers._children]
    assert not any(one.is_alive() for one in children)
    note = archive / "kazpravda.reading"
    assert not note.exists() or note.read_text() == ""
