"""What a file is, by its first bytes: a form of WARC, or something else that can be named."""

import re
from typing import Literal

from pipeline.warc.raw_records import RECORD_START

WarcForm = Literal["plain", "gzip", "zstandard", "zip", "named"]
"""In what WARC records come: as they are, in gzip members, in Zstandard frames, in a ZIP file of
WARC files, such as WACZ; `named` where its beginning is none of these, but its name, or a record
further on, says that it holds any."""

HEAD_BYTES = 4096
"""Of a file, enough to tell what it is."""

_FORMS: tuple[tuple[bytes, WarcForm], ...] = (
    (b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstandard"), (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)  # fmt: skip
_SKIPPABLE_FRAME = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_NAMES_OF_WARC = (".warc", ".warc.gz", ".warc.zst", ".wacz")

_UNPACK = "unpack it, and import what it holds"
_NAMES: tuple[tuple[bytes, str], ...] = (
    (rb"%PDF-", "a PDF file"),
    (rb"SQLite format 3\0", "an SQLite database; a database of kazpress is named with --db"),
    (rb"filedesc:",
     "an ARC file, an older form; make a WARC file of it: warcio recompress OLD NEW"),
    (rb".{257}ustar", f"a tar archive; {_UNPACK}"),
    (rb"BZh[1-9]|\xfd7zXZ\0|7z\xbc\xaf|Rar!", f"a bzip2, xz, 7-Zip or RAR archive; {_UNPACK}"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP", "a picture"),
    (rb"\xd0\xcf\x11\xe0|\{\\rtf", "an Office document"),
    (rb"(From: <Saved by|MIME-Version:)", "an MHTML page, not a WARC file"),
    (rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b",
     "an HTML page; without the WARC record that it came in, its address and time are not known"),
    (rb"\s*<(\?xml|rss|feed|urlset|sitemapindex)\b", "an XML file"),
    (rb" CDX |!meta |\S+\) ?\S* \d{14} ",
     "an index of WARC files (CDX); import those that it names"),
    (rb"\s*[\[{]", "a JSON file"),
)  # fmt: skip
_KINDS = tuple(
    (re.compile(b"(?:\xef\xbb\xbf)?(?:" + begins + b")", re.DOTALL | re.IGNORECASE), name)
    for begins, name in _NAMES
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def warc_form(head: bytes, name: str) -> WarcForm | None:
    """The form of WARC that a file has by its first bytes, or `named` where these say nothing.

    Whether a compressed file holds WARC records is another question.
    """
    if RECORD_START.match(head.lstrip(b"\r\n")):
        return "plain"
    for magic, form in _FORMS:
        if head.startswith(magic):
            return form
    if _SKIPPABLE_FRAME.match(head):
        return "zstandard"
    if _named_kind(head) is not None:
        return None
    is_named = name.lower().endswith(_NAMES_OF_WARC) or RECORD_START.search(head)
    return "named" if is_named else None


def foreign_kind(head: bytes) -> str | None:
    """What a file is that is no form of WARC, to follow "is"; None for a text."""
    is_binary = b"\0" in head and not head.startswith(_UTF_16)
    return _named_kind(head) or ("neither a text nor a WARC file" if is_binary else None)


def _named_kind(head: bytes) -> str | None:
    return next((name for begins, name in _KINDS if begins.match(head)), None)
