"""Feeds: their links and days, in every form that sites give them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spiders.listing.feed import FeedEntry, UnreadableFeed, read_feed


def _entries(payload: bytes) -> list[FeedEntry]:
    return list(read_feed(payload).entries)


_DAY = date(2026, 3, 4)
_LINK = "https://kazpravda.kz/n/x/"
_ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'


def _rss(item: str) -> bytes:
    return f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()


def _atom(entry: str) -> bytes:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'
    return feed.encode()


def _rdf(item: str) -> bytes:
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel/><item>{item}</item></rdf:RDF>"
    ).encode()


@pytest.mark.parametrize(
    "payload",
    [
        _rss(f"<link> {_LINK} </link><pubDate>Wed, 04 Mar 2026 07:31:00 +0500</pubDate>"),
        _rss(f"<link>{_LINK}</link><pubDate>2026-03-04T07:31:00+05:00</pubDate>"),
        _rss(f"<guid>{_LINK}</guid><pubDate>Wed, 04 Mar 2026 02:31:00 GMT</pubDate>"),
        _rss(
            f'<atom:link {_ATOM} rel="self" href="/rss"/><link>{_LINK}</link>'
            "<pubDate>4 марта 2026 г. 7:31</pubDate>"
        ),
        _atom(
            f'<link rel="self" href="/atom"/><link rel="alternate" href="{_LINK}"/>'
            "<published>2026-03-04T02:31:00Z</published>"
        ),
        _atom(f'<link href="{_LINK}"/><published>2026-03-04</published>'),
        _rdf(f"<link>{_LINK}</link><dc:date>2026-03-04T02:31:00Z</dc:date>"),
        b"\xef\xbb\xbf" + _rss(f"<link>{_LINK}</link><pubDate>2026-03-04</pubDate>"),
    ],
)
def test_an_entry_has_its_link_and_its_day(payload: bytes) -> None:
    assert _entries(payload) == [FeedEntry(_LINK, _DAY)]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Wed, 04 Mar 2026 23:59:00 +0500", date(2026, 3, 4)),
        ("Wed, 04 Mar 2026 18:59:00 -0000", date(2026, 3, 4)),
        ("Wed, 04 Mar 2026 19:00:00 -0000", date(2026, 3, 5)),
        ("Wed, 04 Mar 2026 19:00:00 GMT", date(2026, 3, 5)),
        ("Wed, 28 Feb 2024 18:30:00 GMT", date(2024, 2, 29)),
        ("Thu, 29 Feb 2024 18:30:00 GMT", date(2024, 2, 29)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_is_that_in_almaty(told: str, day: date | None) -> None:
    assert _entries(_rss(f"<link>{_LINK}</link><pubDate>{told}</pubDate>")) == [
        FeedEntry(_LINK, day)
    ]


def test_a_guid_that_is_no_address_and_an_empty_link_are_none() -> None:
    assert _entries(_rss('<guid isPermaLink="false">17</guid>')) == []
    assert _entries(_rss("<link/><guid/>")) == []
    assert _entries(_atom('<link rel="enclosure" href="/x.mp3"/>')) == []


def test_a_feed_of_no_entry_is_one() -> None:
    assert _entries(b"<rss><channel/></rss>") == []


def test_what_stands_before_a_fault_is_taken() -> None:
    broken = b"<rss><channel><item><link>/n/x/</link></item><item><link>/n/y"
    feed = read_feed(broken)
    assert feed.entries == (FeedEntry("/n/x/", None),)
    assert feed.fault == "is no whole feed: it is cut off"


_ROWS = [f"<item><title>x</title><link>/n/{number}/</link></item>" for number in range(3)]
_ALL = [f"/n/{number}/" for number in range(3)]


@pytest.mark.parametrize(
    "text",
    [
        "\n<br /><b>Warning</b>: x<br />\n<rss>" + "".join(_ROWS) + "</rss>",
        "<rss>" + "".join(_ROWS).replace("x<", "a & b &nbsp;\x0b<") + "</rss><br />",
        "<RSS>" + "".join(_ROWS).replace("link>", "LINK>") + "</RSS>",
        "<rss>" + "".join(_ROWS).replace("x<", "<![CDATA[<link>/n/9/</link>]]><") + "</rss>",
        "<feed>" + "".join(_ROWS).replace("item", "entry").replace(
            "<link>", "<source><link>/n/9/</link></source><link>") + "</feed>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_is_not_quite_xml_is_read_all_the_same(text: str, encoding: str) -> None:
    feed = read_feed(text.encode(encoding))
    assert [one.link for one in feed.entries] == _ALL
    assert feed.fault is None


@given(st.integers(0, 2), st.integers(0, 60), st.integers(0, 60), st.data())
@example(1, 0, 6, None)
def test_any_damage_to_one_entry_leaves_the_others(
    hit: int, start: int, length: int, data: st.DataObject | None
) -> None:
    rows = [row.encode() for row in _ROWS]
    damage = b"" if data is None else data.draw(_DAMAGE)
    rows[hit] = rows[hit][:start] + damage + rows[hit][start + length :]
    feed = read_feed(b"<rss><channel>" + b"".join(rows) + b"</channel></rss>")
    others = {link for number, link in enumerate(_ALL) if number != hit}
    assert others <= {one.link for one in feed.entries}
    if data is None:
        assert feed.fault == "has damaged entries: 1"


_DAMAGE = st.lists(
    st.binary(max_size=9)
    | st.sampled_from(
        [b"<", b">", b"&", b'"', b"<!--", b"<![CDATA[", b"]]>", b"<?", b"</item>", b"\0", b"<item>",
         b"<link>", b"</link>", b"</rss>", b"<!DOCTYPE", b"\xff", b"<link href='"]
    ),
    max_size=4,
).map(b"".join)  # fmt: skip


@pytest.mark.parametrize("payload", [b"", b"\0", b"404", b"<html><body/></html>", b"<urlset/>"])
def test_what_is_no_feed_is_said_to_be_none(payload: bytes) -> None:
    with pytest.raises(UnreadableFeed, match="is no feed"):
        _entries(payload)


def test_entities_are_neither_spelled_out_nor_fetched() -> None:
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "x"><!ENTITY file SYSTEM "file:///etc/passwd">{more}]>'
    item = "<item><title>&e11;&file;</title><link>/n/x/</link></item>"
    found = _entries(f"{head}<rss><channel>{item}</channel></rss>".encode())
    assert found in ([FeedEntry("/n/x/", None)], [])


@given(st.binary(max_size=200) | st.text(max_size=200).map(_rss))
@example(b"<?xml version='1.0' encoding='no-such'?><rss/>")
@example(b"<!---->")
def test_any_bytes_are_a_feed_or_said_to_be_none(payload: bytes) -> None:
    try:
        found = _entries(payload)
    except UnreadableFeed:
        return
    assert all(entry.link for entry in found)


@given(st.text(max_size=60))
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("Mon, 01 Jan 2024 00:00:00 +9999")
def test_any_date_is_a_day_or_none(told: str) -> None:
    plain = told.translate(_UNFIT)
    for entry in _entries(_rss(f"<link>/n/x/</link><pubDate>{plain}</pubDate>")):
        assert entry.day is None or entry.day.year > 1800


_UNFIT = {ord(mark): None for mark in "<&\0"} | dict.fromkeys(range(0xD800, 0xE000))
