"""Import of WARC files of other tools: what is taken, what is not, and what is said of it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.exchange import Exchange, payload_digest
from pipeline.archive.warc_reader import records
from tests.kazpress.conftest import Run
from tests.pipeline.archive.warc_records import plain, warc_record
from tests.pipeline.archive.zstandard import zstd_compress
from tests.pipeline.reading.page_fields import article
from tests.seeds.recorded_site import RECORDED

START = datetime(2026, 3, 21, 18, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
FIRST = "https://kazpravda.kz/n/s-1/"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def page(number: int) -> bytes:
    """The record of an article, uncompressed."""
    return plain(
        Exchange(
            target=f"https://kazpravda.kz/n/s-{number}/", time=START + timedelta(minutes=number),
            status=200, headers=(("Content-Type", "text/html"),),
            payload=article().replace("</p>", f" {number}.</p>").encode(),
        )
    )  # fmt: skip


def revisit(hours: int, *headers: str, block: bytes = b"") -> bytes:
    date = (START + timedelta(hours=hours)).strftime("WARC-Date: %Y-%m-%dT%H:%M:%SZ")
    return warc_record(FIRST, block, date, *headers, kind="revisit")


def resource(target: str, block: bytes, content_type: str) -> bytes:
    said = ("WARC-Date: 2026-03-21T18:00:00Z", f"Content-Type: {content_type}")
    return warc_record(target, block, *said, kind="resource")


def gzipped(*parts: bytes) -> bytes:
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


def imported(run: Run, name: str, content: bytes, status: int = 0) -> dict[str, Any]:
    """What `import --json` says of a file."""
    Path(name).write_bytes(content)
    ran = run("import", name, "--json")
    assert ran.status == status, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def items(run: Run) -> list[dict[str, Any]]:
    """The exported items, which are the same where the archive is read again."""
    export = run("export", "--all").out
    again = run("reparse", "--db", "again.db")
    assert again.status == 0, again.err
    assert run("export", "--all", "--db", "again.db").out == export
    return [json.loads(line) for line in export.splitlines()]


@pytest.mark.parametrize(
    ("bad", "reason", "said"),
    [
        (page(2).replace("Заголовок".encode(), "ЗАГОЛОВОК".encode()), "digest",
         "its WARC-Block-Digest is another than its content's"),
        (warc_record(FIRST, HEAD, "WARC-Date: 20260321180000"), "date",
         'its WARC-Date "20260321180000" is no time, or names no day'),
        (warc_record(FIRST, HEAD, "WARC-Date: 2026-03"), "date", 'its WARC-Date "2026-03" is no'),
        (warc_record(FIRST, b"no head"), "http", "it has no head of an HTTP answer"),
        (warc_record(FIRST, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<p>"), "truncated",
         "it was cut short when it was captured"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("pack", [gzipped, lambda *parts: b"".join(parts)])
def test_a_bad_record_costs_no_other(
    run: Run, bad: bytes, reason: str, said: str, pack: Callable[..., bytes]
) -> None:
    told = imported(run, "a.warc.gz", pack(page(1), bad, page(3)), status=3)
    assert (told["captures"], told["new"], told["not_taken"]) == (2, 2, {reason: 1})
    (note,) = told["notes"]
    assert note.startswith("a.warc.gz: the record at byte ")
    assert " of https://kazpravda.kz/n/s-" in note
    assert said in note
    assert {one["url"][-4:] for one in items(run)} == {"s-1/", "s-3/"}


def test_bad_records_are_told_in_a_few_sentences(run: Run) -> None:
    bad = warc_record(FIRST, HEAD, "WARC-Date: 2026")
    Path("a.warc").write_bytes(page(1) + bad * 9)
    ran = run("import", "a.warc")
    assert ran.status == 3
    assert ran.err.count("needs a look") == 6
    assert "a.warc: 4 more were passed over: 4 date" in ran.err
    assert "not taken: 9 date" in ran.out


@pytest.mark.parametrize("order", [1, -1])
def test_a_revisit_within_the_same_second_hides_no_page(run: Run, order: int) -> None:
    same = warc_record(
        FIRST, b"", "WARC-Date: 2026-03-21T18:01:00Z", f"WARC-Payload-Digest: {DIGEST}",
        kind="revisit",
    )  # fmt: skip
    content = gzipped(*[page(1), same][::order])
    assert imported(run, "a.warc.gz", content)["captures"] == (1 if order == 1 else 2)
    assert [one["url"] for one in items(run)] == [FIRST]
    assert imported(run, "a.warc.gz", content)["captures"] == 0


def test_a_record_of_others_that_is_too_large_or_cut_short_needs_no_look(run: Run) -> None:
    film = warc_record("https://other.kz/film", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
    told = imported(run, "a.warc.gz", gzipped(page(1), film))
    assert (told["captures"], told["not_taken"], told["notes"]) == (1, {"truncated": 1}, [])


DIGEST = payload_digest(article().replace("</p>", " 1.</p>").encode())


@pytest.mark.parametrize("block", [b"", HEAD, b"HTTP/1.1 304 Not Modified\r\n\r\n"])
@pytest.mark.parametrize(
    "headers",
    [
        (f"WARC-Payload-Digest: {DIGEST}",),
        ("WARC-Profile: http://netpreserve.org/warc/1.0/revisit/server-not-modified",),
        (f"WARC-Refers-To-Target-URI: {FIRST}",),
        (f"WARC-Refers-To-Target-URI: {FIRST}", "WARC-Refers-To-Date: 2026-03-21T18:01:00Z"),
        ("WARC-Refers-To: <urn:uuid:1>",),
        ("WARC-Payload-Digest: sha256:00",),
    ],
)
def test_a_revisit_is_a_sighting_of_what_it_names(
    run: Run, block: bytes, headers: tuple[str, ...]
) -> None:
    content = gzipped(page(1), *(revisit(hours, *headers, block=block) for hours in (48, 96)))
    told = imported(run, "a.warc.gz", content)
    assert (told["captures"], told["without_item"], told["notes"]) == (3, 0, [])
    (item,) = items(run)
    assert (item["gone"], item["revision"]) == (None, 1)
    assert json.loads(run("status", "--json").out)[1]["failures"] == 0


def test_a_revisit_of_an_older_content_is_found_by_its_records_id(run: Run) -> None:
    second = page(1).replace(b" 1.</p>", b" 2.</p>").replace(b"18:01:00", b"19:01:00")
    lines = [line for line in second.splitlines(keepends=True) if b"Digest" not in line]
    first = page(1)
    content = gzipped(first, b"".join(lines), revisit(48, f"WARC-Refers-To: {_id_of(first)}"))
    imported(run, "a.warc.gz", content)
    (item,) = items(run)
    assert (item["revision"], item["body"].count(" 1.")) == (3, 2)


def _id_of(record: bytes) -> str:
    Path("one.warc").write_bytes(record)
    return next(records(Path("one.warc"))).record_id


@pytest.mark.parametrize("first", ["pages.warc.gz", "revisits.warc.gz"])
def test_the_order_of_captures_and_revisits_does_not_matter(run: Run, first: str) -> None:
    files = {"pages.warc.gz": gzipped(page(1)), "revisits.warc.gz": gzipped(revisit(48))}
    for name in sorted(files, key=lambda name: name != first):
        imported(run, name, files[name])
    (item,) = items(run)
    assert (item["revision"], item["gone"]) == (1, None)


def test_resource_records_of_pages_are_taken_and_others_are_counted(run: Run) -> None:
    html = article().encode()
    told = imported(
        run, "a.warc.gz",
        gzipped(
            resource(FIRST, html, "text/html"),
            resource(FIRST.replace("s-1", "s-2"), html.replace(b"</p>", b" 2.</p>"), ""),
            resource("https://kazpravda.kz/i.png", b"\x89PNG", "image/png"),
            warc_record(FIRST, b"a: b", kind="metadata"), page(3),
        ),
    )  # fmt: skip
    assert (told["captures"], told["notes"]) == (3, [])
    assert told["not_taken"] == {"metadata": 1, "resource": 1}
    assert len(items(run)) == 3


def test_a_file_without_a_page_is_told_by_what_it_holds(run: Run) -> None:
    picture = resource("https://kazpravda.kz/i.png", b"\x89PNG", "image/png")
    Path("a.warc.gz").write_bytes(gzipped(picture, picture))
    ran = run("import", "a.warc.gz")
    assert ran.status == 1
    assert ran.err == (
        "kazpress: a.warc.gz: holds no record of a page; it holds 2 resource; nothing to import\n"
    )


def wacz(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.wacz", wacz(gzipped(page(1), page(2)))),
        ("a.zip", wacz(gzipped(page(1), page(2)))),
        ("a.warc.zst", zstd_compress(page(1)) + zstd_compress(page(2))),
        ("a.warc.gz", gzipped(page(1) + page(2))),
        ("a.bin", zstd_compress(page(1) + page(2))),
    ],
)
def test_every_package_of_warc_records_is_taken(run: Run, name: str, content: bytes) -> None:
    told = imported(run, name, content)
    assert (told["captures"], told["new"]) == (2, 2)
    assert len(items(run)) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7\n\xe2\xe3", "a.pdf: is a PDF file"),
        ("a.db", b"SQLite format 3\0", "a.db: is an SQLite database; a database of kazpress is"),
        ("a.txt", b"\x89PNG\r\n", "a.txt: is a picture"),
        ("a", b"ab\0\0", "a: is neither a text nor a WARC file"),
        ("a.html", b"<!doctype html><p>x", "a.html: is an HTML page; without the WARC record"),
        ("a.warc.zst", b"\x28\xb5\x2f\xfd????", "a.warc.zst: is Zstandard-compressed, but can't"),
        ("a.zip", wacz(b"x")[:-40], "a.zip: is a ZIP file, but its directory can't be read"),
    ],
)
def test_other_files_are_named_as_what_they_are(
    run: Run, name: str, content: bytes, said: str
) -> None:
    Path(name).write_bytes(content)
    ran = run("import", name)
    assert ran.status == 1
    assert ran.err.startswith(f"kazpress: {said}")
    assert ran.err.count("\n") == 1
    assert "iconv" not in ran.err
    assert not Path("kazpress.db").exists()


def test_the_recorded_site_is_the_same_in_every_package(run: Run) -> None:
    whole = RECORDED.read_bytes()
    exports = set()
    for name, content in {
        "a.warc.gz": whole, "b.wacz": wacz(whole), "c.warc": gzip.decompress(whole),
        "d.warc.gz": gzip.compress(gzip.decompress(whole)),
        "e.warc.zst": zstd_compress(gzip.decompress(whole)),
    }.items():  # fmt: skip
        Path(name).write_bytes(content)
        at = ("--db", f"{name}.db", "--archive", f"{name}.archive")
        assert run("import", name, *at).status == 0
        exports.add(run("export", "--all", *at).out)
    assert len(exports) == 1
