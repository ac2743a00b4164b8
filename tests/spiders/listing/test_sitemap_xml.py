"""Sitemaps read as a stream, whole or broken."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spiders.listing.sitemap_xml import Sitemap, SitemapEntry

_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_X = "https://kazpravda.kz/n/x/"


def _urlset(rows: str, xmlns: str = _XMLNS) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {xmlns}>{rows}</urlset>'.encode()


def _read(payload: bytes) -> tuple[list[str], str | None]:
    """The addresses of a sitemap, and why these are not all."""
    sitemap = Sitemap(payload)
    found = [entry.loc for entry in sitemap]
    return found, sitemap.fault


def test_an_index_names_further_sitemaps() -> None:
    rows = f"<sitemap><loc>{_X}</loc><lastmod>2026-03-04</lastmod></sitemap>"
    payload = f"<sitemapindex {_XMLNS}>{rows}</sitemapindex>".encode()
    assert list(Sitemap(payload)) == [SitemapEntry(_X, date(2026, 3, 4), is_sitemap=True)]


@pytest.mark.parametrize(
    "xmlns", [_XMLNS, "", 'xmlns="http://www.google.com/schemas/sitemap/0.84"']
)
@pytest.mark.parametrize("packed", [True, False])
def test_addresses_are_read_packed_or_not_whatever_the_namespace(xmlns: str, packed: bool) -> None:
    payload = _urlset(f"<url>\n<loc>\n{_X} </loc></url><url><loc/></url><url/>", xmlns)
    found = Sitemap(gzip.compress(payload) if packed else payload)
    assert list(found) == [SitemapEntry(_X, None, is_sitemap=False)]


def test_a_pictures_address_is_not_the_pages() -> None:
    image = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    picture = f"<image:image {image}><image:loc>/media/x.jpg</image:loc></image:image>"
    assert [one.loc for one in Sitemap(_urlset(f"<url>{picture}<loc>{_X}</loc></url>"))] == [_X]


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
    (entry,) = Sitemap(_urlset(row))
    assert entry.lastmod == day


_ROWS = [f"<url><loc>/n/{number}/</loc><lastmod>2026-03-04</lastmod></url>" for number in range(3)]
_ALL = ["/n/0/", "/n/1/", "/n/2/"]
_WARNING = "<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>3</b><br />\n"


@pytest.mark.parametrize(
    "text",
    [
        "\n \n" + _urlset("".join(_ROWS)).decode(),
        _WARNING + _urlset("".join(_ROWS)).decode(),
        _urlset(_WARNING.join(_ROWS)).decode(),
        _urlset("".join(_ROWS)).decode() + _WARNING,
        _urlset("".join(_ROWS).replace("1/</loc>", "1/</loc><t>\x0b</t>")).decode(),
        _urlset("".join(_ROWS).replace("loc>", "image:x>?a=1&b=2</image:x><loc>", 1)).decode(),
        _urlset("".join(_ROWS)).decode().replace("url", "URL").replace("loc", "LOC"),
        _urlset("".join(_ROWS), "").decode(),
        _urlset("".join(_ROWS), "xmlns='x'").decode().replace("<url>", "<s:url>")
        .replace("</url>", "</s:url>").replace("loc>", "s:loc>"),
        _urlset("".join(_ROWS).replace("<loc>", "<loc><![CDATA[").replace("</loc>", "]]></loc>"))
        .decode(),
        _urlset("<!-- <url><loc>/n/9/</loc></url> -->".join(_ROWS)).decode(),
        "\n".join(f"https://kazpravda.kz{one}" for one in _ALL),
        "\ufeff" + "\r\n".join(f"https://kazpravda.kz{one}" for one in _ALL) + "\r\n\r\n",
        _WARNING + "\n".join(f"https://kazpravda.kz{one}" for one in _ALL),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_what_is_not_quite_xml_is_read_all_the_same(text: str, encoding: str) -> None:
    found, fault = _read(text.encode(encoding))
    assert [one.removeprefix("https://kazpravda.kz") for one in found] == _ALL
    assert fault is None


def test_an_address_with_an_ampersand_is_the_whole_address() -> None:
    rows = f"<url><loc>{_X}?a=1&b=2</loc></url><url><loc>{_X}?a=1&amp;b=2&copy=3</loc></url>"
    assert _read(_urlset(rows))[0] == [f"{_X}?a=1&b=2", f"{_X}?a=1&b=2&copy=3"]


def test_a_news_sitemap_tells_the_day_of_publication() -> None:
    news = (
        "<news:news><news:publication_date>2026-03-03T20:00:00Z</news:publication_date></news:news>"
    )
    (entry,) = Sitemap(_urlset(f"<url><loc>{_X}</loc>{news}</url>"))
    assert entry.published is not None
    assert (entry.published.day, entry.lastmod) == (date(2026, 3, 4), None)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("</url>", "", _ALL),
        ("<url>", "", _ALL),
        ("<url><loc>", "", ["/n/0/", "/n/2/"]),
        ("<loc>", "<loc", ["/n/0/", "/n/2/"]),
        ("</loc>", "/loc>", ["/n/0/", "/n/2/"]),
        ("</loc>", "", _ALL),
        ("/n/1/", "/n/\x0b1/", _ALL),
        ("<loc>/n/1/</loc>", "<!-- https://kazpravda.kz/n/1/", ["/n/0/", "/n/2/"]),
        ("<loc>/n/1/</loc>", "<![CDATA[https://kazpravda.kz/n/1/", ["/n/0/", "/n/2/"]),
        ("<lastmod>", "<x y='", _ALL),
    ],
)
def test_a_damaged_entry_is_counted_and_leaves_the_others(
    before: str, after: str, found: list[str]
) -> None:
    rows = [_ROWS[0], _ROWS[1].replace(before, after), _ROWS[2]]
    read, fault = _read(_urlset("".join(rows)))
    assert read == found
    if before != "<lastmod>":
        assert fault is not None
        assert fault.startswith("has damaged entries: ")


def test_whole_entries_count_where_the_end_is_cut_off() -> None:
    cut = _urlset("".join(_ROWS))[:-30]
    assert _read(cut) == (_ALL, "is no whole sitemap: it is cut off")
    assert _read(_urlset("".join(_ROWS))[: -len(_ROWS[2])])[0] == _ALL[:2]
    many = _urlset("".join(f"<url><loc>/n/{n * n * 7919}/</loc></url>" for n in range(5000)))
    packed = gzip.compress(many)
    for payload, least in ((packed[:-9000], 100), (packed[:-1], 5000), (packed + packed[:9], 5000)):
        before, said = _read(payload)
        assert least <= len(before) <= 5000
        assert all(one.endswith("/") for one in before)
        assert said is not None
        assert said.startswith("is no whole sitemap: ")
    assert _read(gzip.compress(many[:9999]) + gzip.compress(many[9999:])) == _read(many)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x1f\x8b",
        b"none",
        b"<urlset/>",
        b"<html><p></html>",
        b"Fatal error on line 3",
        b" \n",
    ],
)
def test_what_lists_no_address_is_none(payload: bytes) -> None:
    found, fault = _read(payload)
    assert found == []
    assert fault is not None
    assert fault.startswith("lists no address")


def test_entities_are_neither_spelled_out_nor_fetched() -> None:
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY e0 "x"><!ENTITY file SYSTEM "file:///etc/passwd">{more}]>'
    rows = f"<url><loc>{_X}&e11;&file;</loc></url><url><loc>{_X}</loc></url>"
    assert _read(f"{head}<urlset>{rows}</urlset>".encode())[0] == [f"{_X}&e11;&file;", _X]


def test_a_huge_sitemap_is_read_as_a_stream() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _READ_MANY], capture_output=True, text=True, check=True
    )
    count, grown = done.stdout.split()
    assert int(count) == 60_000
    assert int(grown) < 8_000, "KiB more than before"


_READ_MANY = """
import gzip, resource
from spiders.listing.sitemap_xml import Sitemap

row = "<url><loc>https://kazpravda.kz/n/some-long-title/</loc><lastmod>2026-03-04</lastmod></url>"
payload = gzip.compress(f"<urlset>{row * 60_000}</urlset>".encode())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in Sitemap(payload))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


_TOKENS = (
    b"<", b">", b"&", b"'", b'"', b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"</url>", b"\0",
    b"<url>", b"<loc>", b"</loc>", b"</urlset>", b"<!DOCTYPE", b"\x0b", b"\xff", b"\r\n",
)  # fmt: skip
_DAMAGE = st.lists(st.binary(max_size=9) | st.sampled_from(_TOKENS), max_size=4).map(b"".join)
_OTHER_ROWS = (
    "<url><loc>/n/{}/</loc></url>",
    "<url>\n<lastmod>2026-03-04</lastmod>\n<loc>/n/{}/</loc>\n</url>\n",
    "<url><loc><![CDATA[/n/{}/]]></loc><!-- x --></url>",
    "<url><image:image><image:loc>/i</image:loc></image:image><loc>/n/{}/</loc></url>",
)


@given(st.lists(st.sampled_from(_OTHER_ROWS), min_size=1, max_size=5), st.data())
def test_any_damage_to_one_entry_leaves_the_others(forms: list[str], data: st.DataObject) -> None:
    rows = [form.format(number).encode() for number, form in enumerate(forms)]
    hit = data.draw(st.integers(0, len(rows) - 1))
    start = data.draw(st.integers(0, len(rows[hit])))
    end = data.draw(st.integers(start, len(rows[hit])))
    rows[hit] = rows[hit][:start] + data.draw(_DAMAGE) + rows[hit][end:]
    head = data.draw(st.sampled_from([b"<?xml version='1.0'?><urlset>", b"<urlset xmlns='x'>\n"]))
    payload = head + b"".join(rows) + b"</urlset>"
    packed = data.draw(st.booleans())
    found, fault = _read(gzip.compress(payload) if packed else payload)
    others = {f"/n/{number}/" for number in range(len(rows)) if number != hit}
    assert others <= set(found)
    is_there = f"/n/{hit}/".encode() in rows[hit]
    is_lost = is_there and f"/n/{hit}/" not in "".join(found)
    assert fault is not None or not is_lost, "what is lost is said"


@given(st.lists(st.integers(0, 999), min_size=1, max_size=9), st.data())
def test_any_damage_to_one_line_of_a_text_leaves_the_others(
    numbers: list[int], data: st.DataObject
) -> None:
    rows = [f"https://kazpravda.kz/n/{number}/".encode() for number in numbers]
    hit = data.draw(st.integers(0, len(rows) - 1))
    start = data.draw(st.integers(0, len(rows[hit])))
    rows[hit] = rows[hit][:start] + data.draw(st.binary(max_size=9))
    found, _ = _read(b"\n".join(rows))
    others = {row.decode() for number, row in enumerate(rows) if number != hit}
    assert others <= set(found)


@given(st.binary(max_size=300) | st.text(max_size=200).map(_urlset))
@example(b"\x1f\x8b\x08\x00")
@example(gzip.compress(b"<urlset>") + b"\xff")
@example(b"<?xml version='1.0' encoding='no-such'?><urlset/>")
@example(_urlset("<url><loc>&#0;</loc></url>"))
def test_any_bytes_are_a_sitemap_or_said_to_be_none(payload: bytes) -> None:
    for one in (payload, gzip.compress(payload)):
        sitemap = Sitemap(one)
        found = list(sitemap)
        assert all(entry.loc for entry in found)
        assert found or sitemap.fault
