"""From the lines of lists to captures of a source's articles."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.source import Site
from pipeline.web_archives.listed_capture import ListedCapture, Wanted
from spiders.senate import SENATE
from spiders.web_archives.dialect import ListRow
from spiders.web_archives.list_rows import (
    listed_captures,
    listed_digest,
    timestamp_moment,
    timestamp_of,
)
from tests.spiders.web_archives.answers import URL

SITE = Site(SENATE, SENATE.base_url)
OLD = "https://parlam.kz/ru/senate/press-center/article/77"


def _listed(
    target: str = URL, timestamp: str = "20220516093005", **more: str
) -> list[ListedCapture]:
    facts = {"digest": "-", "status": "200", "place": "/x"} | more
    row = ListRow(target=target, timestamp=timestamp, **facts)
    return listed_captures("wayback", [row], SITE, Wanted())


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("http://senate.parlam.kz/ru-RU/news/details/1", URL),
        ("https://www.senate.parlam.kz/ru-RU/news/details/1", URL),
        ("http://www.senate.parlam.kz:80/ru-ru/News/Details/1/?utm_source=x", URL),
        ("http://parlam.kz/ru/senate/press-center/article/77", OLD),
        ("https://www.parlam.kz/ru/senate/press-center/article/77", OLD),
    ],
)
def test_every_spelling_of_a_host_is_the_article(target: str, url: str) -> None:
    assert [one.url for one in _listed(target)] == [url]


@pytest.mark.parametrize(
    "target",
    [
        "https://senate.parlam.kz/ru-RU/news", "https://senate.parlam.kz.evil.example/ru-RU/news/details/1",
        "https://other.example/ru-RU/news/details/1", "ftp://senate.parlam.kz/ru-RU/news/details/1",
        "http://127.0.0.1/ru-RU/news/details/1", "http://senate.parlam.kz:8080/ru-RU/news/details/1",
        "", "http://[", "mailto:x@senate.parlam.kz", "https://parlam.kz/ru-RU/news/details/1",
    ],
)  # fmt: skip
def test_other_addresses_are_left_out(target: str) -> None:
    assert _listed(target) == []


@pytest.mark.parametrize(
    "timestamp", ["", "2022", "20220231000000", "20220516096005", "9999", "x" * 14, "１" * 14]
)
def test_a_line_without_a_time_is_left_out(timestamp: str) -> None:
    assert _listed(timestamp=timestamp) == []


@given(st.datetimes(min_value=datetime(1996, 1, 1)))  # noqa: DTZ001  # hypothesis wants it
def test_times_come_back(time: datetime) -> None:
    text = f"{time:%Y%m%d%H%M%S}"
    moment = timestamp_moment(text)
    assert moment is None or timestamp_of(moment) == text


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY", "sha1:Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY"),
        ("sha1:q4yuln754fhv2u6q5jut6q2p57wewnny", "sha1:Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY"),
        ("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ""),
        ("-", ""),
        ("None", ""),
        ("d41d8cd98f00b204e9800998ecf8427e", ""),
    ],
)
def test_a_digest_of_nothing_says_nothing(text: str, digest: str) -> None:
    assert listed_digest(text) == digest


def test_a_status_may_be_missing() -> None:
    assert [one.status for one in (*_listed(status="-"), *_listed(status="404"))] == [0, 404]


def test_one_article_may_be_wanted_alone() -> None:
    row = ListRow(target=URL, timestamp="20220516093005", digest="", status="", place="/x")
    assert listed_captures("wayback", [row], SITE, Wanted(only=frozenset({OLD}))) == []
