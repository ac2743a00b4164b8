"""Exchanges appended to a source's files."""

import subprocess
import sys
from pathlib import Path

import pytest

from kazpress.errors import ArchiveError
from pipeline.archive.files import (
    archive_files,
    cut_torn_tail,
    stored_captures,
    stored_payload,
)
from tests.pipeline.archive.numbered_pages import FIRST, SITE, page, payloads, written
from tests.workspace import ROOT, Workspace


def test_what_is_appended_is_found_where_it_was_put(tmp_path: Path) -> None:
    places = written(tmp_path / "new" / "folder", *(page(n) for n in range(3)))
    found = list(stored_captures(tmp_path / "new" / "folder", SITE, FIRST))
    assert [(one.file, one.offset, one.length) for one, _, _ in found] == places
    assert [after for _, _, after in found] == [offset + length for _, offset, length in places]
    for number, (capture, payload, _) in enumerate(found):
        assert payload == f"<p>{number}</p>".encode()
        assert stored_payload(tmp_path / "new" / "folder", capture) == payload
    assert payloads(tmp_path / "new" / "folder", start=found[1][2]) == [b"<p>2</p>"]


def test_a_writer_goes_on_in_the_last_file(tmp_path: Path) -> None:
    (before,), (after,) = written(tmp_path, page(0)), written(tmp_path, page(1))
    assert after[:2] == (FIRST, before[1] + before[2])
    assert archive_files(tmp_path, "kazpravda") == [FIRST]


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    names = [file for file, _, _ in written(tmp_path, page(0), page(1), largest=10)]
    names += [file for file, _, _ in written(tmp_path, page(2), largest=10)]
    assert names == [FIRST, FIRST.replace("1.", "2."), FIRST.replace("1.", "3.")]
    assert archive_files(tmp_path, "kazpravda") == names


def test_the_number_of_a_file_that_was_moved_away_is_not_given_again(tmp_path: Path) -> None:
    names = [file for file, _, _ in written(tmp_path, page(0), page(1), page(2), largest=10)]
    for name in names[1:]:
        (tmp_path / name).unlink()
    ((fourth, _, _),) = written(tmp_path, page(3), known=names)
    assert fourth == FIRST.replace("1.", "4.")
    for path in tmp_path.glob("*.warc.gz"):
        path.unlink()
    ((fourth, _, _),) = written(tmp_path, page(3), known=names)
    assert fourth == FIRST.replace("1.", "4.")


def test_a_file_of_which_the_index_is_left_keeps_its_number(tmp_path: Path) -> None:
    (tmp_path / "kazpravda-articles-000002.cdxj").touch()
    (tmp_path / "senate-articles-000007.cdxj").touch()
    ((name, _, _),) = written(tmp_path, page(0))
    assert name == FIRST.replace("1.", "3.")


def test_the_last_file_is_gone_on_with_when_it_is_brought_back(tmp_path: Path) -> None:
    ((first, _, _),) = written(tmp_path, page(0))
    (tmp_path / first).rename(tmp_path / "away")
    ((second, _, _),) = written(tmp_path, page(1), known=[first])
    (tmp_path / "away").rename(tmp_path / first)
    ((third, _, _),) = written(tmp_path, page(2), known=[first, second])
    assert [first, second, third] == [FIRST, FIRST.replace("1.", "2."), FIRST.replace("1.", "2.")]


def test_listings_go_to_a_file_for_each_day(tmp_path: Path) -> None:
    places = written(tmp_path, page(0), page(24), page(0), kind="listings")
    days = [file for file, _, _ in places]
    assert days[0] == days[2] == "kazpravda-listings-20260304.warc.gz"
    assert days[1] == "kazpravda-listings-20260305.warc.gz"
    assert archive_files(tmp_path, "kazpravda", "listings") == sorted(set(days))
    assert archive_files(tmp_path, "kazpravda") == archive_files(tmp_path, "senate") == []
    assert archive_files(tmp_path / "nowhere", "kazpravda") == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveError, match=r"file/archive/kazpravda-articles.* can't be written"):
        written(tmp_path / "file" / "archive", page(0))


WRITE_UNTIL_FULL = """
import os, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from kazpress.errors import ArchiveError
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
page = Exchange(
    target="https://kazpravda.kz/n/odin/", time=datetime(2026, 3, 4, tzinfo=UTC), status=200,
    payload=os.urandom(3000),
)
writer = ArchiveWriter(Path(sys.argv[1]), "kazpravda", "articles", "kazpress/0", known=tuple)
for number in range(9):
    try:
        writer.append(page)
    except ArchiveError as error:
        print(number, error)
        break
writer.close()
"""


@pytest.mark.parametrize(("limit", "kept"), [(10_000, 2), (100, 0), (0, 0)])
def test_a_full_disk_is_named_and_leaves_whole_records(
    tmp_path: Path, limit: int, kept: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITE_UNTIL_FULL, str(tmp_path), str(limit)], cwd=ROOT,
        env=Workspace.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{kept} {tmp_path / FIRST}: can't be written (File too large)\n"
    assert cut_torn_tail(tmp_path, FIRST, 0) is None
    assert len(payloads(tmp_path)) == kept
    written(tmp_path, page(5))
    assert payloads(tmp_path)[-1] == b"<p>5</p>"
