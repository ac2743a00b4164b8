"""What today's reader has read is taken as it was read, what an older one has read is read again,
and what is not at hand is kept: the database is the same as if all had been read.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.archive.files import archive_files, stored_captures
from pipeline.ingest.reader_version import reader_version
from pipeline.model.capture import Capture
from pipeline.reparse.former import Run, forget_former, remember_former, runs
from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.readers import InThisProcess
from pipeline.reparse.reparse import How, Reparsed, reparse
from pipeline.store.database import dict_rows
from pipeline.store.transactions import write, writing
from tests.pipeline.reparse.archives import KAZ, SITES, begin, live
from tests.pipeline.worlds.captures import NOW, derived, exported, new_database

_FILE_BYTES = 60_000
"""So that a source has several files."""


@dataclass(frozen=True)
class Live:
    archive: Path
    db: Database

    @property
    def state(self) -> object:
        """All that follows from captures, and the captures."""
        captures = dict_rows(self.db.conn.execute("SELECT * FROM captures ORDER BY url, time"))
        for row in captures:
            del row["id"]
        return exported(self.db), derived(self.db), captures


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Live]:
    db = new_database(tmp_path / "live.db")
    live(db, tmp_path / "archive", max_file_bytes=_FILE_BYTES)
    yield Live(tmp_path / "archive", db)
    db.close()


class _Counting(InThisProcess):
    """Notes which records are read."""

    def __init__(self) -> None:
        super().__init__()
        self.read_of: list[Capture] = []

    def read_one(self, part: Part) -> PartRead:
        found = super().read_one(part)
        self.read_of += [one.capture for one in found.captures]
        return found


def _reparse(world: Live, **how: object) -> tuple[Reparsed, list[Capture]]:
    readers = _Counting()
    result = reparse(
        world.db,
        world.archive,
        SITES,
        now=NOW,
        how=How(readers=readers, **how),  # type: ignore[arg-type]
    )
    return result, readers.read_of


def _age(db: Database, which: str) -> int:
    """Let an older reader have read these captures, and read them otherwise."""
    of_pages = f"{which} AND status = 200"
    with writing(db):
        write(
            db,
            "INSERT INTO readings SELECT DISTINCT r.id || 'x', r.language, 'once', 'x',"
            " json_set(r.fields, '$.title', 'as it was read once')"
            f" FROM captures JOIN readings r ON r.id = reading WHERE {of_pages}",
        )
        write(db, f"UPDATE captures SET reading = reading || 'x' WHERE {of_pages}")
        return write(db, f"UPDATE captures SET reader_version = '1-older' WHERE {which}").rowcount


def test_what_todays_reader_has_read_is_not_read_again(world: Live) -> None:
    before = world.state
    result, read = _reparse(world)
    assert {one.status for one in read} == {0}, "texts and decisions alone, which are few"
    assert (result.new, result.changed, result.removed) == (0, 0, 0)
    assert result.read == len(read) == 2
    assert world.state == before


def test_with_all_it_is(world: Live) -> None:
    before = world.state
    result, read = _reparse(world, every=True)
    assert result.read == len(read) == result.captures + 1, "and the decision"
    assert world.state == before


@pytest.mark.parametrize(
    "which",
    ["1", "captures.id % 2", "captures.id % 5 = 0", "file LIKE '%2.warc.gz'",
     "source = 'senate'", "0", "reading IS NULL"],
)  # fmt: skip
def test_what_an_older_reader_has_read_is(world: Live, which: str) -> None:
    before = world.state
    older = _age(world.db, which)
    _, read = _reparse(world)
    http = [one for one in read if one.status]
    assert len(http) >= older - 2
    if which in ("captures.id % 2", "captures.id % 5 = 0"):
        assert len(http) == older - (len(read) - len(http) - 2), "and no other"
    assert world.state == before


def test_what_nobody_noted_who_has_read_is_read_again(world: Live) -> None:
    before = world.state
    world.db.conn.execute("UPDATE captures SET reader_version = NULL")
    world.db.conn.commit()
    result, _ = _reparse(world)
    assert result.read == result.captures + 1
    assert world.state == before


def test_with_other_facts_all_of_the_source_is_read_again(world: Live) -> None:
    mended = replace(KAZ, source=replace(KAZ.source, names=("other",)))
    sites = [mended if site is KAZ else site for site in SITES]
    assert reader_version(mended.source) != reader_version(KAZ.source)
    readers = _Counting()
    reparse(world.db, world.archive, sites, now=NOW, how=How(readers=readers))
    assert {one.source for one in readers.read_of} == {"kazpravda"}
    assert len([one for one in readers.read_of if one.status]) > 30


def test_how_a_source_is_crawled_is_no_matter_of_reading() -> None:
    other = replace(KAZ.source, schedule="@hourly", delay_seconds=9.0, state="gone")
    assert reader_version(other) == reader_version(KAZ.source)


def _files(world: Live) -> list[str]:
    return archive_files(world.archive, "kazpravda")


def test_items_whose_archive_file_was_moved_away_stay(world: Live, tmp_path: Path) -> None:
    before = world.state
    moved = _files(world)[0]
    shutil.move(world.archive / moved, tmp_path / moved)
    for every in (False, True):
        result, read = _reparse(world, every=every)
        assert list(result.left) == [moved]
        assert result.left[moved] > 3
        assert (result.new, result.changed, result.removed) == (0, 0, 0)
        assert moved not in {one.file for one in read}
        assert world.state == before
    shutil.move(tmp_path / moved, world.archive / moved)
    result, _ = _reparse(world, every=True)
    assert result.left == {}
    assert world.state == before


def test_what_is_not_at_hand_is_still_by_its_older_reader_and_read_again_once_it_is_back(
    world: Live, tmp_path: Path
) -> None:
    before = world.state
    moved = _files(world)[0]
    shutil.move(world.archive / moved, tmp_path / moved)
    older = _age(world.db, f"file = '{moved}'")
    result, _ = _reparse(world)
    assert result.left == {moved: older}
    shutil.move(tmp_path / moved, world.archive / moved)
    result, read = _reparse(world)
    assert result.left == {}
    assert len([one for one in read if one.file == moved]) == older
    assert world.state == before


def test_decisions_and_imported_texts_that_are_not_at_hand_stay(
    world: Live, tmp_path: Path
) -> None:
    before = world.state
    for name in _files(world):
        shutil.move(world.archive / name, tmp_path / name)
    result, read = _reparse(world, every=True)
    assert {one.source for one in read} == {"senate"}
    assert sum(result.left.values()) > 30
    assert world.state == before


def test_captures_that_a_file_has_lost_stay(world: Live) -> None:
    before = exported(world.db)
    last = _files(world)[-1]
    path = world.archive / last
    offsets = [one.offset for one, _, _ in stored_captures(world.archive, KAZ, last)]
    path.write_bytes(path.read_bytes()[: offsets[1]])
    result, _ = _reparse(world, every=True)
    assert result.left == {last: len(offsets) - 1}
    assert exported(world.db) == before


def test_a_file_that_was_packed_anew_is_read_and_counts_once(world: Live) -> None:
    """All its records lie elsewhere now; what was read before must not win over what is."""
    before = exported(world.db)
    first = _files(world)[0]
    path = world.archive / first
    path.write_bytes(begin("a longer name" * 9) + path.read_bytes())
    _age(world.db, f"file = '{first}'")
    result, _ = _reparse(world, every=True)
    assert result.left == {}
    assert exported(world.db) == before


def test_what_was_no_article_by_former_facts_is_one_by_todays(tmp_path: Path) -> None:
    db = new_database(tmp_path / "live.db")
    live(db, tmp_path / "archive")
    narrow = replace(KAZ, source=replace(KAZ.source, articles=KAZ.source.articles[:0]))
    sites = [narrow if site is KAZ else site for site in SITES]
    before = exported(db)
    reparse(db, tmp_path / "archive", sites, now=NOW)
    assert exported(db) != before
    reparse(db, tmp_path / "archive", SITES, now=NOW)
    assert exported(db) == before
    db.close()


def test_what_is_not_at_hand_and_no_article_by_todays_facts_is_no_item(
    world: Live, tmp_path: Path
) -> None:
    for name in _files(world):
        shutil.move(world.archive / name, tmp_path / name)
    narrow = replace(KAZ, source=replace(KAZ.source, articles=KAZ.source.articles[:0]))
    sites = [narrow if site is KAZ else site for site in SITES]
    reparse(world.db, world.archive, sites, now=NOW)
    rows = world.db.conn.execute(
        "SELECT count(*) FROM items WHERE source = 'kazpravda' AND url IS NOT NULL"
    )
    assert rows.fetchone() == (0,)


def test_runs_of_a_file(world: Live) -> None:
    db, source, size = world.db, KAZ.source, 10_000
    with writing(db):
        write(db, "UPDATE captures SET file = 'x', status = 200, reader_version = 'older'")
        write(
            db,
            "UPDATE captures SET \"offset\" = 1000 * id, length = 500, source = 'kazpravda',"
            " reader_version = CASE WHEN id IN (2, 3, 5, 30) THEN ? ELSE 'older' END",
            (reader_version(source),),
        )
        remember_former(db)
        found = runs(db, source, "x", size, every=False)
        assert found == [
            Run(start=0, end=2000, is_of_today=False),
            Run(start=2000, end=3500, is_of_today=True),
            Run(start=3500, end=5000, is_of_today=False),
            Run(start=5000, end=5500, is_of_today=True),
            Run(start=5500, end=size, is_of_today=False),
        ]
        assert runs(db, source, "x", size, every=True) == [
            Run(start=0, end=size, is_of_today=False)
        ]
        assert runs(db, source, "y", 0, every=False) == []
        forget_former(db)
