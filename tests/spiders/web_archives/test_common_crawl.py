"""Common Crawl's indexes and records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.exchange import Exchange
from pipeline.web_archives.listed_capture import ListQuestion, Wanted
from spiders.web_archives.common_crawl import CommonCrawl
from spiders.web_archives.dialect import ListPage, Refusal, Search, Trouble
from tests.sites.web_archives.held import gzipped
from tests.spiders.web_archives.answers import PAGE, SEARCH, TIME, URL, answer, listed

CRAWL = CommonCrawl(SEARCH, "https://index.example", "https://data.example")
[CRAWLS] = CRAWL.questions()
ROOT = "/CC-MAIN-2022-21-index?url=senate.parlam.kz%2F&matchType=prefix&output=json"
PAGES = ListQuestion(kind="pages", path=f"{ROOT}&showNumPages=true", root=ROOT)
FIRST = ListQuestion(kind="page", path=f"{ROOT}&page=0", root=ROOT)
ROW = {
    "timestamp": "20220516093005", "url": URL, "status": "200", "length": "1000",
    "digest": "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY", "offset": "53235662",
    "filename": "crawl-data/CC-MAIN-2022-21/segments/1652662509990.19/warc/a-b_1.warc.gz",
}  # fmt: skip


def _record(block: bytes, **headers: str) -> bytes:
    lines = [
        "WARC/1.0", "WARC-Type: response", "WARC-Date: 2022-05-16T09:30:05Z",
        f"WARC-Target-URI: {URL}", f"Content-Length: {len(block)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]  # fmt: skip
    return gzipped("\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n")


def _http(body: bytes, **headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _read(part: bytes, *, status: int = 206) -> Exchange | Any:
    place = listed(f"/crawl-data/a.warc.gz#bytes=10-{10 + len(part) - 1}")
    return CRAWL.read_capture(place, answer(part, status=status))


def _line(**other: Any) -> bytes:
    return json.dumps(ROW | other).encode()


def test_crawls_lead_to_the_numbers_of_their_pages_and_no_other_host() -> None:
    said = [{"id": "CC-MAIN-2022-21", "cdx-api": "https://evil.example/x"}, {"id": "../x"}, 7]
    page = CRAWL.read_list(CRAWLS, answer(json.dumps(said).encode()))
    assert page == ListPage(further=[PAGES], unread=2)
    assert CRAWL.list_request(PAGES).url == f"https://index.example{PAGES.path}"
    assert CRAWL.list_request(CRAWLS).url == "https://index.example/collinfo.json"


def test_the_oldest_crawl_comes_first() -> None:
    said = [{"id": "CC-MAIN-2023-05"}, {"id": "CC-MAIN-2022-21"}, {"id": "CC-MAIN-2013-20"}]
    page = CRAWL.read_list(CRAWLS, answer(json.dumps(said).encode()))
    assert isinstance(page, ListPage)
    assert [one.path[1:16] for one in page.further] == sorted(one["id"] for one in said)


@pytest.mark.parametrize(
    ("first", "last", "is_asked"),
    [
        ("2022-05-10T00:00:00", "2022-05-25T00:00:00", True),
        ("2021-05-10T00:00:00", "2021-05-25T00:00:00", False),
        ("2023-05-10T00:00:00", "2023-05-25T00:00:00", False),
        (None, None, True),
        ("x", 5, True),
    ],
)
def test_only_crawls_of_the_wanted_days_are_asked(first: Any, last: Any, is_asked: bool) -> None:
    wanted = Wanted(since=datetime(2022, 5, 1, tzinfo=UTC), before=datetime(2022, 6, 1, tzinfo=UTC))
    search = Search(wanted=wanted, narrow=(), wide=("senate.parlam.kz/",))
    crawl = CommonCrawl(search, "https://index.example", "https://data.example")
    said = [{"id": "CC-MAIN-2022-21", "from": first, "to": last}]
    page = crawl.read_list(crawl.questions()[0], answer(json.dumps(said).encode()))
    assert isinstance(page, ListPage)
    assert bool(page.further) is is_asked


def test_another_search_asks_for_the_crawls_anew() -> None:
    other = Search(wanted=Wanted(), narrow=("a.kz/n/1",), wide=("a.kz/n/1",))
    assert CommonCrawl(other, "", "").questions() != CRAWL.questions()


@pytest.mark.parametrize(
    ("body", "pages"), [(b'{"pages": 2, "pageSize": 5, "blocks": 7}', 2), (b"2\n", 2), (b"0", 0)]
)
def test_pages_are_asked_one_by_one(body: bytes, pages: int) -> None:
    page = CRAWL.read_list(PAGES, answer(body))
    assert isinstance(page, ListPage)
    assert [one.path for one in page.further] == [f"{ROOT}&page={n}" for n in range(pages)]


def test_no_captures_is_no_fault_and_any_other_404_is() -> None:
    none = answer(b'{"message": "No Captures found for: senate.parlam.kz/"}', status=404)
    assert CRAWL.read_list(PAGES, none) == ListPage()
    assert isinstance(CRAWL.read_list(PAGES, answer(b"<html>404</html>", status=404)), Trouble)


def test_lines_name_records_by_their_bytes() -> None:
    page = CRAWL.read_list(FIRST, answer(_line() + b"\n" + _line(truncated="length") + b"\n"))
    assert isinstance(page, ListPage)
    whole, cut = page.rows
    assert whole.place == f"/{ROW['filename']}#bytes=53235662-53236661"
    assert (whole.unusable, cut.unusable) == ("", "truncated")
    request = CRAWL.capture_request(listed(whole.place))
    assert request.url == f"https://data.example/{ROW['filename']}"
    assert ("Range", "bytes=53235662-53236661") in request.headers


@pytest.mark.parametrize(
    "other",
    [
        {"filename": "https://evil.example/a.warc.gz"},
        {"filename": "../../a.warc.gz"},
        {"filename": "/a.warc.gz"},
        {"filename": "a.txt"},
        {"filename": "a b.warc.gz"},
        {"filename": None},
        {"offset": "-1"},
        {"offset": "1e9"},
        {"length": "0"},
        {"url": 5},
    ],
)
def test_a_line_that_names_no_record_is_counted(other: Mapping[str, Any]) -> None:
    page = CRAWL.read_list(FIRST, answer(_line(**other) + b"\n" + _line() + b"\n"))
    assert isinstance(page, ListPage)
    assert (len(page.rows), page.unread) == (1, 1)


def test_a_record_that_is_too_large_is_not_asked() -> None:
    page = CRAWL.read_list(FIRST, answer(_line(length="50000000")))
    assert isinstance(page, ListPage)
    assert page.rows[0].unusable == "too-large"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>x</html>",
        _line()[:-20],
        _line() + b"\n" + _line()[:-20],
        b'{"message": "x"}',
        b"\xff",
    ],
)
def test_what_is_cut_off_or_no_index_is_no_short_one(body: bytes) -> None:
    read = CRAWL.read_list(FIRST, answer(body))
    assert isinstance(read, Trouble)
    assert read.passes


@given(body=st.binary(max_size=60) | st.text(alphabet='[]{},":1a \n').map(str.encode))
@pytest.mark.parametrize("question", [CRAWLS, PAGES, FIRST])
def test_no_answer_breaks_it(question: ListQuestion, body: bytes) -> None:
    assert isinstance(CRAWL.read_list(question, answer(body)), ListPage | Trouble)
    _read(body)


def test_a_record_gives_its_exchange_with_its_own_time() -> None:
    read = _read(_record(_http(PAGE, Content_Type="text/html", X_Crawler_Content_Encoding="gzip")))
    assert isinstance(read, Exchange)
    assert (read.target, read.time, read.payload) == (URL, TIME, PAGE)
    assert read.mirror is not None
    assert read.mirror.startswith("https://data.example/crawl-data/a.warc.gz#bytes=10-")


@pytest.mark.parametrize(("body", "coding"), [(PAGE, None), (gzipped(PAGE), "gzip")])
def test_a_body_has_the_coding_that_its_header_says(body: bytes, coding: str | None) -> None:
    read = _read(_record(_http(body, Content_Encoding="gzip")))
    assert isinstance(read, Exchange)
    assert (read.payload, read.header("Content-Encoding")) == (body, coding)


def test_a_revisit_says_what_it_refers_to() -> None:
    lines = [
        "WARC/1.0", "WARC-Type: revisit", "WARC-Date: 2022-05-16T09:30:05Z",
        f"WARC-Target-URI: {URL}", f"WARC-Refers-To-Target-URI: {URL}",
        "WARC-Refers-To-Date: 2022-04-01T00:00:00Z", "Content-Length: 28", "",
        "HTTP/1.1 304 Not Modified", "", "", "",
    ]  # fmt: skip
    read = _read(gzipped("\r\n".join(lines).encode() + b"\r\n"))
    assert isinstance(read, Exchange)
    assert read.is_unchanged
    assert read.refers_to is not None
    assert read.refers_to.time == datetime(2022, 4, 1, tzinfo=UTC)


def test_part_of_a_page_does_not_pass_for_it() -> None:
    read = _read(_record(_http(PAGE), WARC_Truncated="length"))
    assert isinstance(read, Trouble)
    assert (read.reason, read.passes) == ("truncated", False)


def test_damage_on_the_way_may_pass() -> None:
    record = _record(_http(PAGE))
    damaged = record[:-9] + bytes([record[-9] ^ 255]) + record[-8:]
    for part in (damaged, record[:-4], b"", b"\x1f\x8bxx", b"no gzip"):
        read = _read(part)
        assert isinstance(read, Trouble)
        assert read.passes
    place = listed("/a.warc.gz#bytes=0-5")
    for status, body in ((206, record), (200, record), (416, b""), (500, b"")):
        read = CRAWL.read_capture(place, answer(body, status=status))
        assert isinstance(read, Trouble)
        assert read.passes


@pytest.mark.parametrize("status", [403, 429])
def test_a_refusal_is_told(status: int) -> None:
    assert isinstance(_read(b"x", status=status), Refusal)
    assert isinstance(CRAWL.read_list(FIRST, answer(status=status)), Refusal)
