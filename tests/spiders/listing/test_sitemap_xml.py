"""Sitemaps read as a stream, whole or broken."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spiders.listing.sitemap_xml import SitemapEntry, UnreadableSitemap, entries

_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_X = "https://kazpravda.kz/n/x/"


def _urlset(rows: str, xmlns: str = _XMLNS) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {xmlns}>{rows}</urlset>'.encode()


def _until_the_fault(found: Iterator[SitemapEntry]) -> tuple[list[str], str]:
    """The addresses before the fault, and what it was."""
    before: list[str] = []
    with pytest.raises(UnreadableSitemap) as fault:
        before.extend(entry.loc for entry in found)
    return before, str(fault.value)


def test_an_index_names_further_sitemaps() -> None:
    rows = f"<sitemap><loc>{_X}</loc><lastmod>2026-03-04</lastmod></sitemap>"
    payload = f"<sitemapindex {_XMLNS}>{rows}</sitemapindex>".encode()
    assert list(entries(payload)) == [SitemapEntry(_X, date(2026, 3, 4), is_sitemap=True)]


@pytest.mark.parametrize(
    "xmlns", [_XMLNS, "", 'xmlns="http://www.google.com/schemas/sitemap/0.84"']
)
@pytest.mark.parametrize("packed", [True, False])
def test_addresses_are_read_packed_or_not_whatever_the_namespace(xmlns: str, packed: bool) -> None:
    payload = _urlset(f"<url>\n<loc>\n{_X} </loc></url><url><loc/></url><url/>", xmlns)
    found = entries(gzip.compress(payload) if packed else payload)
    assert list(found) == [SitemapEntry(_X, None, is_sitemap=False)]


def test_a_pictures_address_is_not_the_pages() -> None:
    image = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    picture = f"<image:image {image}><image:loc>/media/x.jpg</image:loc></image:image>"
    assert [one.loc for one in entries(_urlset(f"<url>{picture}<loc>{_X}</loc></url>"))] == [_X]


@pytest.mark.parametrize(
    ("lastmod", "day"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        (" 2026-03-04T07:31:00+05:00\n", date(2026, 3, 4)),
        ("2026-03-04T20:00:00Z", date(2026, 3, 5)),
        ("2026-03-04T23:59", date(2026, 3, 4)),
        ("2026-03-04 07:31:00", date(2026, 3, 4)),
        ("2024-02-28T18:30:00Z", date(2024, 2, 29)),
        ("2024-02-29T18:30:00Z", date(2024, 2, 29)),
        ("2026-03", None),
        ("never", None),
        ("", None),
    ],
)
def test_the_last_change_is_a_day_in_almaty(lastmod: str, day: date | None) -> None:
    row = f"<url><loc>{_X}</loc><lastmod>{lastmod}</lastmod></url>"
    (entry,) = entries(_urlset(row))
    assert entry.lastmod == day


def test_what_stands_before_a_fault_is_given_and_then_the_fault() -> None:
    rows = "".join(f"<url><loc>/n/{n}/</loc></url>" for n in range(3))
    cut = _urlset(rows)[:-30]
    for payload in (cut, _urlset(f"{rows}<url>&nbsp;</url>")):
        before, said = _until_the_fault(entries(payload))
        assert before[:2] == ["/n/0/", "/n/1/"]
        assert said.startswith("is no whole sitemap: ")
    many = _urlset("".join(f"<url><loc>/n/{n * n * 7919}/</loc></url>" for n in range(5000)))
    before, said = _until_the_fault(entries(gzip.compress(many)[:-9000]))
    assert 100 < len(before) < 5000
    assert "ended" in said


@pytest.mark.parametrize("payload", [b"", b"\x1f\x8b", b"none", b"<urlset/>", b"<html><p></html>"])
def test_what_lists_no_address_is_none(payload: bytes) -> None:
    assert _until_the_fault(entries(payload))[0] == []


def test_entities_are_neither_spelled_out_nor_fetched() -> None:
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    for used, said in (("&e11;", "is no whole sitemap"), ("&file;", "")):
        head = f'<!DOCTYPE x [<!ENTITY e0 "x"><!ENTITY file SYSTEM "file:///etc/passwd">{more}]>'
        payload = f"{head}<urlset><url><loc>{_X}{used}</loc></url></urlset>".encode()
        try:
            assert [one.loc for one in entries(payload)] == [_X]
        except UnreadableSitemap as fault:
            assert said
            assert said in str(fault)  # noqa: PT017


def test_a_huge_sitemap_is_read_as_a_stream() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _READ_MANY], capture_output=True, text=True, check=True
    )
    count, grown = done.stdout.split()
    assert int(count) == 60_000
    assert int(grown) < 8_000, "KiB more than before"


_READ_MANY = """
import gzip, resource
from spiders.listing.sitemap_xml import entries

row = "<url><loc>https://kazpravda.kz/n/some-long-title/</loc><lastmod>2026-03-04</lastmod></url>"
payload = gzip.compress(f"<urlset>{row * 60_000}</urlset>".encode())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in entries(payload))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@given(st.binary(max_size=300) | st.text(max_size=200).map(_urlset))
@example(b"\x1f\x8b\x08\x00")
@example(gzip.compress(b"<urlset>") + b"\xff")
@example(b"<?xml version='1.0' encoding='no-such'?><urlset/>")
@example(_urlset("<url><loc>&#0;</loc></url>"))
def test_any_bytes_are_a_sitemap_or_said_to_be_none(payload: bytes) -> None:
    for one in (payload, gzip.compress(payload)):
        try:
            for entry in entries(one):
                assert entry.loc
        except UnreadableSitemap:
            pass
