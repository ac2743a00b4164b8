"""What a capture gave, by the capture alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.capture import Capture
from pipeline.reading.classify import classify
from tests.pipeline.reading.page_fields import ARTICLE, HOUSE, PAPER, RELEASE, article

TIME = datetime(2026, 3, 4, 12, tzinfo=UTC)
CAPTURE = Capture(
    source="kazpravda",
    url=ARTICLE,
    target=ARTICLE,
    time=TIME,
    status=200,
    digest="sha1:X",
    content_type="text/html; charset=utf-8",
)
HTML = article().encode()


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({}, "reading", None),
        ({"content_type": ""}, "reading", None),
        ({"target": "https://kazpravda.kz/r/sport/"}, "other", None),
        ({"is_unchanged": True, "status": 304}, "not-modified", None),
        ({"status": 301, "location": "https://kazpravda.kz/n/b/"}, "redirect", None),
        ({"status": 302, "location": "https://kazpravda.kz/"}, "soft-404", "soft-404"),
        ({"status": 301, "location": "https://example.org/"}, "failed", "redirect-elsewhere"),
        ({"status": 308}, "failed", "redirect-elsewhere"),
        ({"status": 404}, "gone", "http-404"),
        ({"status": 410}, "gone", "http-410"),
        ({"status": 403}, "refused", "http-403"),
        ({"status": 500}, "failed", "http-500"),
        ({"status": 304}, "failed", "http-304"),
        ({"content_type": "application/pdf"}, "failed", "not-html"),
        ({"content_encoding": "gzip"}, "failed", "undecodable"),
        ({"content_encoding": "zstd"}, "failed", "undecodable"),
    ],
)
def test_every_outcome(changes: dict[str, object], outcome: str, reason: str | None) -> None:
    found = classify(replace(CAPTURE, **changes), HTML, PAPER)  # type: ignore[arg-type]  # a table
    assert found.outcome == outcome
    assert (found.failure.reason if found.failure else None) == reason
    assert (found.reading is not None) is (outcome == "reading")
    assert (found.redirect_to is not None) is (outcome == "redirect")


@pytest.mark.parametrize("status", [200, 202, 301, 304, 403, 404, 405, 500])
def test_a_challenge_that_the_headers_announce_is_one_whatever_the_body(status: int) -> None:
    found = classify(replace(CAPTURE, status=status, challenge=True), HTML, PAPER)
    assert found.failure is not None
    assert (found.outcome, found.failure.reason) == ("refused", "challenge")


@pytest.mark.parametrize(
    ("html", "outcome", "reason"),
    [
        ("<h1>404</h1>", "soft-404", "soft-404"),
        ("<title>Just a moment...</title>", "refused", "challenge"),
        (article(body=""), "failed", "no-body"),
    ],
)
def test_a_page_with_status_200_that_is_no_article(html: str, outcome: str, reason: str) -> None:
    found = classify(CAPTURE, html.encode(), PAPER)
    assert found.failure is not None
    assert (found.outcome, found.failure.reason) == (outcome, reason)


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_challenge_is_named_whatever_its_status(status: int) -> None:
    page = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    found = classify(replace(CAPTURE, status=status), page, PAPER)
    assert found.failure is not None
    assert (found.outcome, found.failure.reason) == ("refused", "challenge")


def test_the_time_of_the_capture_bounds_the_date() -> None:
    early = classify(replace(CAPTURE, time=datetime(2026, 1, 5, tzinfo=UTC)), HTML, PAPER)
    assert early.failure is not None
    assert early.failure.reason == "date-out-of-range"


def test_a_resource_record_is_an_imported_text() -> None:
    text = replace(CAPTURE, status=0, target="urn:sha256:1", url="urn:sha256:1")
    found = classify(text, b"date 2026-03-04\n\nbody", PAPER)
    assert found.text_id is not None
    assert found.reading is not None


WITHOUT_WORDS = st.lists(
    st.sampled_from(
        ["<h1>", "</h1>", "<p>", "</p>", "<div id=app>", "</div>", "<title>", "</title>", "<nav>",
         "Казахстанская правда", "Технические работы", "502 Bad Gateway", "Загрузка", " ", "\n",
         "Warning: x in /a.php on line 3", "Вход", "4 марта 2026 г. 7:31", "<script>", "</script>",
         "<a href='/n/b/'>Заголовок другой новости стоит здесь</a>", "Сенат", "<!--", "\x00",
         "Материал", "удобный", "Страница", "Не", "Новости не найдены", "Несколько слов подряд. "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(
    st.binary(max_size=100) | WITHOUT_WORDS.map(str.encode),
    st.sampled_from([200, 200, 200, 304, 400, 401, 403, 429, 451, 500, 502, 503]),
    st.sampled_from(["", "text/html", "text/html; charset=windows-1251"]),
)
def test_nothing_but_404_410_a_redirect_or_words_says_that_a_page_is_gone(
    payload: bytes, status: int, content_type: str
) -> None:
    capture = replace(CAPTURE, status=status, content_type=content_type)
    for url, site in ((ARTICLE, PAPER), (RELEASE, HOUSE)):
        found = classify(replace(capture, url=url, target=url), payload, site)
        assert found.outcome not in ("gone", "soft-404"), found.failure
