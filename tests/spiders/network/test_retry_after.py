"""For how long an answer asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.network.retry_after import pause_seconds, retry_after_seconds

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_WEEK = 7 * 86_400.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 04 Mar 2026 12:01:00 GMT", 60.0),
        ("Wed, 04 Mar 2026 17:01:00 +0500", 60.0),
        ("Wed, 04 Mar 2026 11:00:00 GMT", 0.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("\u0661", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, _NOW) == seconds


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, [("Retry-After", "60")], 60.0),
        (503, [("retry-after", "60")], 60.0),
        (503, [("Retry-After", "60"), ("Retry-After", "90")], 90.0),
        (503, [("Retry-After", "999999999")], _WEEK),
        (503, [("Retry-After", "Fri, 04 Mar 2050 12:00:00 GMT")], _WEEK),
        (503, [("Retry-After", "soon")], None),
        (503, [], None),
        (500, [("Retry-After", "60")], None),
        (200, [("Retry-After", "60")], None),
        (301, [("Retry-After", "60")], None),
    ],
)
def test_only_a_busy_site_is_left_alone_and_a_week_at_most(
    status: int, headers: list[tuple[str, str]], seconds: float | None
) -> None:
    assert pause_seconds(status, tuple(headers), _NOW) == seconds
