"""The archive's files: appended to, found, mended; nothing captured is lost with a torn end."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kazpress.errors import ArchiveError
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange, payload_digest
from pipeline.archive.files import Torn, archive_files, mend, stored_captures, stored_payload
from pipeline.archive.to_capture import capture_of
from pipeline.model.source import Site
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.workspace import ROOT, Workspace

SITE = Site(KAZPRAVDA, KAZPRAVDA.base_url)
TIME = datetime(2026, 3, 4, 13, 5, tzinfo=UTC)
Place = tuple[str, int, int]
FIRST = "kazpravda-articles-000001.warc.gz"


def _page(number: int, **facts: object) -> Exchange:
    values = {
        "target": f"https://kazpravda.kz/n/statya-{number}/",
        "time": TIME + timedelta(hours=number),
        "status": 200, "payload": f"<p>{number}</p>".encode(), "headers": (),
    } | facts  # fmt: skip
    return Exchange(**values)  # type: ignore[arg-type]  # the values fit their names


def _written(
    folder: Path, *exchanges: Exchange, kind: str = "articles", largest: int = 1_000_000_000
) -> list[Place]:
    with ArchiveWriter(
        folder, "kazpravda", kind, "kazpress/0", largest_file_bytes=largest
    ) as writer:
        return [writer.append(one) for one in exchanges]


def _numbers(folder: Path, file: str = FIRST, start: int = 0) -> list[bytes]:
    return [payload for _, payload, _ in stored_captures(folder, SITE, file, start)]


def test_what_is_appended_is_found_where_it_was_put(tmp_path: Path) -> None:
    places = _written(tmp_path / "new" / "folder", *(_page(n) for n in range(3)))
    found = list(stored_captures(tmp_path / "new" / "folder", SITE, FIRST))
    assert [(one.file, one.offset, one.length) for one, _, _ in found] == places
    assert [after for _, _, after in found] == [offset + length for _, offset, length in places]
    for number, (capture, payload, _) in enumerate(found):
        assert payload == f"<p>{number}</p>".encode()
        assert stored_payload(tmp_path / "new" / "folder", capture) == payload
    assert _numbers(tmp_path / "new" / "folder", start=found[1][2]) == [b"<p>2</p>"]


def test_a_writer_goes_on_in_the_last_file(tmp_path: Path) -> None:
    (before,), (after,) = _written(tmp_path, _page(0)), _written(tmp_path, _page(1))
    assert after[:2] == (FIRST, before[1] + before[2])
    assert archive_files(tmp_path, "kazpravda") == [FIRST]


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    written = [file for file, _, _ in _written(tmp_path, _page(0), _page(1), largest=10)]
    written += [file for file, _, _ in _written(tmp_path, _page(2), largest=10)]
    assert written == [FIRST, FIRST.replace("1.", "2."), FIRST.replace("1.", "3.")]
    assert archive_files(tmp_path, "kazpravda") == written


def test_listings_go_to_a_file_for_each_day(tmp_path: Path) -> None:
    places = _written(tmp_path, _page(0), _page(24), _page(0), kind="listings")
    days = [file for file, _, _ in places]
    assert days[0] == days[2] == "kazpravda-listings-20260304.warc.gz"
    assert days[1] == "kazpravda-listings-20260305.warc.gz"
    assert archive_files(tmp_path, "kazpravda", "listings") == sorted(set(days))
    assert archive_files(tmp_path, "kazpravda") == archive_files(tmp_path, "senate") == []
    assert archive_files(tmp_path / "nowhere", "kazpravda") == []


def test_a_capture_bears_the_public_address_and_what_decides(tmp_path: Path) -> None:
    headers = (("Location", "/n/dva/"), ("ETag", '"1"'), ("Last-Modified", "Wed"), ("etag", '"2"'))
    one = _page(1, target="http://www.kazpravda.kz/n/statya-1?utm_source=x", headers=headers)
    capture = capture_of(one, SITE)
    assert capture is not None
    assert (capture.url, capture.target, capture.article) == (
        "https://kazpravda.kz/n/statya-1/", "https://kazpravda.kz/n/statya-1", True,
    )  # fmt: skip
    assert (capture.etag, capture.last_modified, capture.location) == ('"2"', "Wed", None)
    moved = capture_of(_page(1, status=301, headers=headers), SITE)
    assert moved is not None
    assert moved.location == "/n/dva/"


def test_what_is_no_address_of_the_source_is_no_capture_of_it() -> None:
    assert capture_of(_page(1), Site(SENATE, SENATE.base_url)) is None
    assert capture_of(_page(1, target="https://other.kz/n/statya-1/"), SITE) is None
    listing = capture_of(_page(1, target="https://kazpravda.kz/r/politika/"), SITE)
    assert listing is not None
    assert not listing.article


def test_an_imported_text_is_a_capture_of_its_own_source_alone() -> None:
    text = _page(1, target="urn:sha256:ab", status=0, source="kazpravda")
    assert capture_of(text, Site(SENATE, SENATE.base_url)) is None
    capture = capture_of(text, SITE)
    assert capture is not None
    assert (capture.url, capture.article, capture.status) == ("urn:sha256:ab", True, 0)


def test_a_revisit_stands_for_the_payload_that_it_refers_to() -> None:
    refers_to = ("https://kazpravda.kz/n/statya-1/", TIME, payload_digest(b"x"))
    capture = capture_of(_page(1, status=304, payload=b"", refers_to=refers_to), SITE)
    assert capture is not None
    assert (capture.refers_to, capture.digest) == (TIME, payload_digest(b"x"))


def test_a_whole_file_is_left_alone(tmp_path: Path) -> None:
    _written(tmp_path, _page(0))
    before = (tmp_path / FIRST).read_bytes()
    assert mend(tmp_path, FIRST, 0) is None
    assert (tmp_path / FIRST).read_bytes() == before


@pytest.mark.parametrize("tail", [b"\x1f", b"\x00" * 512, b"torn", None])
def test_a_torn_end_is_cut_off_and_writing_goes_on(tmp_path: Path, tail: bytes | None) -> None:
    places = _written(tmp_path, _page(0), _page(1))
    end = places[1][1] + places[1][2]
    if tail is None:  # half of a record, as a killed process leaves it
        _written(tmp_path, _page(2))
        tail = (tmp_path / FIRST).read_bytes()[end:][:-9]
    (tmp_path / FIRST).write_bytes((tmp_path / FIRST).read_bytes()[:end] + tail)
    assert mend(tmp_path, FIRST, places[1][1]) == Torn(file=FIRST, offset=end, bytes_cut=len(tail))
    assert (tmp_path / FIRST).stat().st_size == end
    _written(tmp_path, _page(3))
    assert _numbers(tmp_path) == [b"<p>0</p>", b"<p>1</p>", b"<p>3</p>"]


def test_a_damaged_record_costs_none_of_those_after_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    places = _written(tmp_path, _page(0), _page(1), _page(2))
    content = bytearray((tmp_path / FIRST).read_bytes())
    content[places[1][1] + 30] ^= 0xFF
    (tmp_path / FIRST).write_bytes(content)
    assert mend(tmp_path, FIRST, 0) is None
    assert (tmp_path / FIRST).read_bytes() == content
    assert _numbers(tmp_path) == [b"<p>0</p>", b"<p>2</p>"]
    assert f"the record at byte {places[1][1]} is damaged" in caplog.text


def test_a_capture_whose_record_is_gone_is_named(tmp_path: Path) -> None:
    _written(tmp_path, _page(0))
    (capture, _, _), *_ = stored_captures(tmp_path, SITE, FIRST)
    (tmp_path / FIRST).unlink()
    with pytest.raises(ArchiveError, match=r"articles-000001\.warc\.gz: can't be read"):
        stored_payload(tmp_path, capture)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"none\.warc\.gz: can't be read \(No such file"):
        mend(tmp_path, "none.warc.gz", 0)
    with pytest.raises(ArchiveError, match=r"none\.warc\.gz: can't be read \(No such file"):
        list(stored_captures(tmp_path, SITE, "none.warc.gz"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveError, match=r"file/archive/kazpravda-articles.* can't be written"):
        _written(tmp_path / "file" / "archive", _page(0))


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
writer = ArchiveWriter(Path(sys.argv[1]), "kazpravda", "articles", "kazpress/0")
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
    assert mend(tmp_path, FIRST, 0) is None
    assert len(_numbers(tmp_path)) == kept
    _written(tmp_path, _page(5))
    assert _numbers(tmp_path)[-1] == b"<p>5</p>"
