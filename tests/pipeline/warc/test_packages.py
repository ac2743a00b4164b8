"""WARC files in whatever they come; other files are named."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipeline.warc.packages import NoWarc, NoWarcInside, WarcFile, warc_files
from pipeline.warc.raw_records import RawRecord
from pipeline.warc.record_walk import walk
from tests.pipeline.archive.zstandard import trained, zstd_compress
from tests.pipeline.warc.gzip_bytes import gzip_bytes
from tests.pipeline.warc.test_raw_records import record

BLOCKS = [b"first page", b"second page"]
RECORDS = [record(block) for block in BLOCKS]
PLAIN = b"".join(RECORDS)
GZIPPED = b"".join(map(gzip_bytes, RECORDS))
ZSTANDARD = b"".join(map(zstd_compress, RECORDS))


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name), content, method)  # no time: it names a test
    return out.getvalue()


def with_dictionary(*, packed: bool) -> bytes:
    dictionary, compress = trained([record(b"page %d" % number) for number in range(999)])
    content = zstd_compress(dictionary) if packed else dictionary
    head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little")
    return head + content + b"".join(map(compress, RECORDS))


def read(content: bytes, name: str = "some.file") -> tuple[list[bytes], list[str]]:
    """The blocks of the records in a file, and what is said of files inside it that are none."""
    blocks, said = [], []
    file = io.BytesIO(content)
    for warc in warc_files(file, name):
        if isinstance(warc, NoWarcInside):
            said.append(f"{warc.name}: {warc.why}")
            continue
        assert isinstance(warc, WarcFile)
        found = (one.record for one in walk(warc.content, warc.compression))
        blocks += [one.block for one in found if isinstance(one, RawRecord)]
    return blocks, said


@pytest.mark.parametrize(
    "content",
    [
        PLAIN, b"\r\n" + PLAIN, GZIPPED, gzip_bytes(PLAIN), ZSTANDARD, zstd_compress(PLAIN),
        b"\x50\x2a\x4d\x18\x02\0\0\0ab" + ZSTANDARD, with_dictionary(packed=False),
        with_dictionary(packed=True),
        zipped({"archive/data.warc.gz": GZIPPED, "datapackage.json": b"{}"}),
        zipped({"archive/deep/data.warc.gz": GZIPPED}, zipfile.ZIP_DEFLATED),
        zipped({"a.warc": PLAIN}, zipfile.ZIP_DEFLATED), zipped({"a.WARC.zst": ZSTANDARD}),
    ],
)  # fmt: skip
def test_warc_records_are_found_in_whatever_they_come(content: bytes) -> None:
    assert read(content) == (BLOCKS, [])


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst", "A.WARC.GZ"])
@pytest.mark.parametrize("content", [PLAIN, GZIPPED, ZSTANDARD])
def test_a_damaged_first_record_hides_no_other(name: str, content: bytes) -> None:
    assert read(b"\0\xff\0\xff" + content[4:], name) == (BLOCKS[1:], [])


def test_a_zip_file_whose_directory_is_wrong_gives_what_stands_in_it() -> None:
    whole = zipped({"datapackage.json": b"{}", "archive/a.warc.gz": GZIPPED})
    for damaged in (whole[:-30], whole[:20] + b"more" + whole[20:]):
        blocks, said = read(damaged)
        assert blocks == BLOCKS
        assert said[0].startswith("its directory: ")


def test_a_file_in_a_package_that_is_no_warc_is_named() -> None:
    content = zipped({"archive/a.warc.gz": GZIPPED, "archive/b.warc.gz": b"%PDF-1.7"})
    assert read(content) == (BLOCKS, ["archive/b.warc.gz: is a PDF file"])


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.warc"), io.BytesIO(b""))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF file"),
        (b"SQLite format 3\0" + bytes(84), "is an SQLite database"),
        (tar(), "is a tar archive; unpack it"),
        (gzip_bytes(tar()), "is gzipped; inside is a tar archive"),
        (gzip_bytes(b"<html>"), "is gzipped; inside is an HTML page"),
        (gzip_bytes(GZIPPED), "is gzipped; inside is another packed file; unpack it"),
        (gzip_bytes(b""), "is gzipped; inside is nothing"),
        (zstd_compress(b"a text"), "is Zstandard-compressed; inside is a text, not a WARC"),
        (b"\x1f\x8b" + b"?" * 50, "is gzipped, but can't be unpacked"),
        (b"\x28\xb5\x2f\xfd" + b"?" * 50, "is Zstandard-compressed, but can't be unpacked"),
        (b"\x5d\x2a\x4d\x18\xff\xff\xff\xff", "with a dictionary that is too large"),
        (b"\x5d\x2a\x4d\x18\x09\0\0\0\x37\xa4\x30\xecxxxxx" + ZSTANDARD,
         "is Zstandard-compressed, but its dictionary can't be read"),
        (zipped({}), "is a ZIP file without a WARC file in it; it holds nothing"),
        (zipped({f"{name}.jpg": b"" for name in "abcde"}),
         "it holds a.jpg, b.jpg, c.jpg and 2 more"),
        (zipped({"a.pdf": b"x"})[:-9], "is a ZIP file, but its directory can't be read"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"no record", "is no WARC file: no record begins in it"),
        (b"\0" * 600, "is no WARC file: no record begins in it"),
        (b"  <!DOCTYPE HTML><p>", "is an HTML page"),
        (b"<?xml version='1.0'?><urlset/>", "is an XML file"),
        (b'kz,kazpravda)/n/a 20260304073100 {"url": "x"}', "is an index of WARC files (CDX)"),
        (b" CDX N b a m s k r M S V g", "is an index of WARC files (CDX)"),
        (b'!meta 0 {"format": "cdxj", "filename": "x"}\n', "is an index of WARC files (CDX)"),
        (b'{"log": {}}', "is a JSON file"),
        (b"filedesc://a.arc 0.0.0.0", "is an ARC file, an older form; make a WARC file of it"),
        (b"7z\xbc\xaf\x27\x1c", "is a bzip2, xz, 7-Zip or RAR archive"),
    ],
)  # fmt: skip
def test_what_holds_no_record_is_named_as_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(NoWarc) as raised:
        read(content, "a.warc")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("flags", "method", "said"),
    [
        (1, 8, "is encrypted; unpack it"),
        (0, 12, "is compressed in a rare way; unpack it"),
    ],
)
def test_an_entry_that_cannot_be_unpacked_is_named(flags: int, method: int, said: str) -> None:
    content = bytearray(zipped({"a.warc": PLAIN}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= flags
    content[directory + 10] = method
    blocks, why = read(bytes(content))
    assert blocks == []
    assert why[0].startswith(f"a.warc: {said}")


def test_a_zip_file_inside_another_is_named(tmp_path: Path) -> None:
    inner = zipped({"archive/a.warc.gz": GZIPPED})
    with pytest.raises(NoWarc, match=r"without a WARC file in it; it holds inner\.wacz"):
        read(zipped({"inner.wacz": inner}))
    said = read(zipped({"a.warc.gz": inner, "b.warc.gz": GZIPPED}))[1]
    assert said == [
        "a.warc.gz: is a ZIP file inside another one; unpack it, and import what it holds"
    ]
