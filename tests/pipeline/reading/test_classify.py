"""What a capture gave, by the capture alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.model.capture import Capture
from pipeline.reading.classify import classify
from tests.pipeline.reading.page_fields import ARTICLE, PAPER, article

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
