"""The Wayback Machine's lists and captures."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.exchange import Exchange
from pipeline.web_archives.listed_capture import ListQuestion, Wanted
from spiders.web_archives.dialect import Elsewhere, ListPage, Refusal, Search, Trouble
from spiders.web_archives.wayback import Wayback, capture_place
from tests.sites.web_archives.held import gzipped
from tests.spiders.web_archives.answers import PAGE, SEARCH, TIME, URL, answer, listed

WAYBACK = Wayback(SEARCH, "https://web.archive.org")
[QUESTION] = WAYBACK.questions()
HEAD = ["timestamp", "original", "statuscode", "digest"]
ROW = ["20220516093005", URL, "200", "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY"]
LISTED = listed(capture_place("20220516093005", URL))
CAPTURED = {"Memento_Datetime": "Mon, 16 May 2022 09:30:05 GMT", "Content_Type": "text/html"}


def _page(lines: object) -> ListPage:
    read = WAYBACK.read_list(QUESTION, answer(json.dumps(lines).encode()))
    assert isinstance(read, ListPage)
    return read


def _exchange(body: bytes = PAGE, *, status: int = 200, **headers: str) -> Exchange:
    read = WAYBACK.read_capture(LISTED, answer(body, status=status, **CAPTURED, **headers))
    assert isinstance(read, Exchange)
    return read


def test_a_list_is_asked_for_an_articles_prefix_with_bounds() -> None:
    since, before = datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
    search = Search(wanted=Wanted(since=since, before=before), narrow=("a.kz/n/",), wide=())
    [question] = Wayback(search, "https://web.archive.org").questions()
    request = WAYBACK.list_request(question)
    assert request.url.startswith(
        "https://web.archive.org/cdx/search/cdx?url=a.kz%2Fn%2F&matchType=prefix&output=json"
    )
    assert question.path.endswith("&from=20220101000000&to=20221231235959")


def test_a_list_names_captures_and_goes_on_with_its_key() -> None:
    page = _page([HEAD, ROW, [], ["kz%2Cparlam%29%2F+20220516093005%21"]])
    [row] = page.rows
    assert row.place == f"/web/20220516093005id_/{URL}"
    assert page.goes_on
    [after] = page.further
    assert after.root == QUESTION.path
    assert after.path.startswith(QUESTION.path)
    assert after.path.endswith("&resumeKey=kz%252Cparlam%2529%252F%2B20220516093005%2521")
    [after] = _page([[], ["key"]]).further
    assert after.path.endswith("&resumeKey=key")


@pytest.mark.parametrize("body", [b"", b"[]", b"[]\n", b" \n", json.dumps([HEAD]).encode()])
def test_a_list_may_be_empty(body: bytes) -> None:
    page = WAYBACK.read_list(QUESTION, answer(body))
    assert isinstance(page, ListPage)
    assert not [*page.rows, *page.further]


def test_fields_are_found_by_their_names_and_bad_lines_are_counted() -> None:
    page = _page([["x", *reversed(HEAD)], ["1", *reversed(ROW)], ["1"], ["1", None, None, 5, 6]])
    assert [row.target for row in page.rows] == [URL]
    assert page.unread == 2


@pytest.mark.parametrize(
    "body",
    [
        b"<html>502</html>",
        b'{"message": "x"}',
        b"[1, 2]",
        b"[[",
        b"\xff",
        b'[["a"], ["b"]]',
        b"[[], [1]]",
    ],
)
def test_what_is_no_list_is_no_empty_one(body: bytes) -> None:
    read = WAYBACK.read_list(QUESTION, answer(body))
    assert isinstance(read, Trouble)
    assert read.passes


@given(body=st.binary(max_size=60) | st.text(alphabet='[]{},":1a ').map(str.encode))
def test_no_list_breaks_it(body: bytes) -> None:
    assert isinstance(WAYBACK.read_list(QUESTION, answer(body)), ListPage | Trouble)


def test_a_list_may_be_gzipped() -> None:
    coded = answer(gzipped(json.dumps([HEAD, ROW]).encode()), Content_Encoding="gzip")
    assert isinstance(WAYBACK.read_list(QUESTION, coded), ListPage)


def test_a_site_that_is_excluded_is_no_refusal_of_us() -> None:
    said = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
    excluded = answer(status=403, X_Archive_Wayback_Runtime_Error=said)
    read = WAYBACK.read_list(QUESTION, excluded)
    assert isinstance(read, Trouble)
    assert not read.passes
    assert WAYBACK.read_capture(LISTED, excluded) == read


def test_a_capture_has_the_headers_of_the_site() -> None:
    exchange = _exchange(
        X_Archive_Orig_Server="nginx", X_Archive_Orig_ETag='"1"', Server="archive", Vary="x"
    )
    assert exchange.headers == (
        ("Server", "nginx"), ("ETag", '"1"'), ("Content-Type", "text/html"),
    )  # fmt: skip
    assert (exchange.target, exchange.time, exchange.status) == (URL, TIME, 200)
    assert exchange.mirror == f"https://web.archive.org/web/20220516093005id_/{URL}"


def test_a_capture_is_of_the_address_that_its_link_names() -> None:
    link = '<http://www.senate.parlam.kz:80/ru-RU/news/details/1>; rel="original", <x>; rel="y"'
    assert _exchange(Link=link).target == "http://www.senate.parlam.kz:80/ru-RU/news/details/1"
    other = '<http://a.kz/>; rel="timegate", <http://b.kz/>; rel="first memento"'
    assert _exchange(Link=other).target == URL


def test_a_429_that_was_captured_is_no_refusal() -> None:
    exchange = _exchange(b"busy", status=429, X_Archive_Orig_Retry_After="6")
    assert exchange.status == 429


def test_a_redirect_leads_to_where_it_led() -> None:
    there = "https://web.archive.org/web/20220516093005id_/https://senate.parlam.kz/ru-RU/x?a=1"
    read = WAYBACK.read_capture(
        listed(LISTED.place, status=301), answer(status=302, **CAPTURED, Location=there)
    )
    assert isinstance(read, Exchange)
    assert read.header("Location") == "https://senate.parlam.kz/ru-RU/x?a=1"
    assert read.status == 301
    as_came = _exchange(status=302, X_Archive_Orig_Location="/ru-RU/y", Location=there)
    assert as_came.header("Location") == "/ru-RU/y"


@pytest.mark.parametrize(
    "location",
    [
        f"https://web.archive.org/web/20190102030405id_/{URL}",
        f"/web/20190102030405/{URL}",
        f"//web.archive.org/web/20190102030405if_/{URL}",
    ],
)
def test_a_redirect_of_the_archive_leads_to_another_capture(location: str) -> None:
    read = WAYBACK.read_capture(LISTED, answer(status=302, Location=location))
    assert isinstance(read, Elsewhere)
    assert read.row.place == f"/web/20190102030405id_/{URL}"


@pytest.mark.parametrize("location", ["", "/web/", "https://archive.org/login"])
def test_a_redirect_to_no_capture_is_trouble(location: str) -> None:
    read = WAYBACK.read_capture(LISTED, answer(status=302, Location=location))
    assert isinstance(read, Trouble)
    assert not read.passes


@pytest.mark.parametrize(
    ("status", "passes"), [(200, False), (404, False), (500, True), (503, True), (418, True)]
)
def test_an_answer_without_memento_datetime_is_no_capture(status: int, passes: bool) -> None:
    read = WAYBACK.read_capture(LISTED, answer(PAGE, status=status))
    assert isinstance(read, Trouble)
    assert read.passes is passes


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_is_told(status: int) -> None:
    read = WAYBACK.read_capture(LISTED, answer(status=status, Retry_After="7200"))
    assert read == Refusal(detail=f"answers {status}", seconds=7200.0)
    assert WAYBACK.read_list(QUESTION, answer(status=status)) == Refusal(detail=f"answers {status}")


@given(
    status=st.integers(100, 599),
    names=st.dictionaries(
        st.sampled_from(
            ["Memento-Datetime", "Location", "Link", "Content-Encoding", "Retry-After",
             "X-Archive-Orig-Content-Encoding"]
        ),
        st.text(max_size=20) | st.sampled_from(["gzip", "Mon, 16 May 2022 09:30:05 GMT", "br"]),
    ),
    body=st.binary(max_size=30),
)  # fmt: skip
def test_no_answer_breaks_it(status: int, names: dict[str, str], body: bytes) -> None:
    read = WAYBACK.read_capture(
        LISTED, answer(body, status=status, **{n.replace("-", "_"): v for n, v in names.items()})
    )
    assert isinstance(read, Exchange | Elsewhere | Trouble | Refusal)


def test_an_address_stands_in_the_place_so_that_no_part_of_it_is_lost() -> None:
    target = "http://senate.parlam.kz/ru-RU/news/details/1?a=1&b=%D1%81#top of it"
    assert capture_place("20220516093005", target) == (
        "/web/20220516093005id_/http://senate.parlam.kz/ru-RU/news/details/1"
        "?a=1&b=%D1%81%23top%20of%20it"
    )


def test_a_question_that_goes_on_keeps_its_root() -> None:
    question = ListQuestion(kind="rows", path="/p&resumeKey=1", root="/p")
    page = WAYBACK.read_list(question, answer(json.dumps([HEAD, ROW, [], ["2"]]).encode()))
    assert isinstance(page, ListPage)
    assert page.further == (ListQuestion(kind="rows", path="/p&resumeKey=2", root="/p"),)
