"""Dates as the two sites print and mark them: the time that a page gives, or that it gives none."""

from __future__ import annotations

import pytest

from pipeline.model.capture import Failure
from tests.pipeline.reading.page_fields import (
    ARTICLE,
    BODY,
    RELEASE,
    article,
    read,
    reading,
    release,
)

_TEXT = "".join(f"<p>{line}</p>" for line in BODY)


def _plain(head: str = "", beside: str = "") -> str:
    """A page without a class name that is known."""
    return (
        f"<html><head><title>Заголовок статьи</title>{head}</head><body><article>"
        f"<h1>Заголовок статьи</h1><div>{beside}</div>{_TEXT * 3}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("8 мая 2020 г. 12:28", "2020-05-08T12:28:00+06:00"),
        ("12.05.2022", "2022-05-12"),
        ("12.05.2022 12:28", "2022-05-12T12:28:00+06:00"),
        ("2026 жылғы 4 наурыз, 12:28", "2026-03-04T12:28:00+05:00"),
        ("2026 ж. 4 наурыз", "2026-03-04"),
        ("March 4, 2026", "2026-03-04"),
        ("4 March 2026, 12:28", "2026-03-04T12:28:00+05:00"),
        ("29 февраля 2024 г. 22:59", "2024-02-29T22:59:00+06:00"),
        ("1 марта 2024 г. 00:00", "2024-03-01T00:00:00+05:00"),
        ("2026-03-04T12:28:00+05:00", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04T07:28:00Z", "2026-03-04T12:28:00+05:00"),
        ("04.03.26 12:28", "2026-03-04T12:28:00+05:00"),
        ("среда, 4 марта 2026, 12:28", "2026-03-04T12:28:00+05:00"),
        ("2026 жылғы 4 наурыз, сәрсенбі", "2026-03-04"),
        ("Wednesday, March 4, 2026", "2026-03-04"),
        ("2026 жылдың 15 қаңтары", "2026-01-15"),
        ("сегодня, 10:20", "2026-11-24T10:20:00+05:00"),
        ("кеше 9:05", "2026-11-23T09:05:00+05:00"),
        ("12 minutes ago", "2026-11-24T10:48:00+05:00"),
        ("3 дня назад", "2026-11-21"),
    ],
)
def test_a_printed_time_has_the_offset_in_force_at_it(text: str, published: str) -> None:
    assert reading(article(f"<time class='article__date'>{text}</time>")).published == published
    assert reading(_plain(beside=text)).published == published
    content = f"<h1>Заголовок релиза</h1><div>{text}</div><div>{_TEXT}</div>"
    assert reading(release(content), RELEASE).published == published


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("2026-03-04T12:28:00", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04T12:28:00+06:00", "2026-03-04T11:28:00+05:00"),
        ("2026-03-04T07:28:00Z", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04", "2026-03-04"),
        ("1772591460", "2026-03-04T07:31:00+05:00"),
        ("1772591460000", "2026-03-04T07:31:00+05:00"),
        ("2024-02-29T23:30:00+06:00", "2024-02-29T23:30:00+06:00"),
        ("2024-02-29T23:30:00+05:00", "2024-02-29T23:30:00+05:00"),
        ("2024-02-29T18:30:00Z", "2024-02-29T23:30:00+05:00"),
    ],
)
def test_a_time_for_machines_is_that_moment_in_almaty(text: str, published: str) -> None:
    head = f"<meta property='{{}}' content='{text}'>"
    assert reading(_plain(head.format("article:published_time"))).published == published
    assert reading(article("", head=head.format("aiturec:datetime"))).published == published


@pytest.mark.parametrize("offset", ["+05:00", "+06:00"])
def test_of_the_hour_that_came_twice_the_time_for_machines_says_which(offset: str) -> None:
    time = f"2024-02-29T23:30:00{offset}"
    printed = "29 февраля 2024 г. 23:30"
    html = article(f"<time class='article__date' datetime='{time}'>{printed}</time>")
    found = reading(html)
    assert (found.published, found.disagreements) == (time, ())


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "31.02.2026 12:28",
        "12.13.2022",
        "13/13/2022",
        "2026-02-30",
        "2026/02/30",
        "29.02.2023",
        "30 февраля 2026 г.",
        "31 сәуір 2026",
        "2026 жылғы 30 ақпан",
        "February 30, 2026",
        "30 Feb 2026",
        "Sunday, February 30, 2026",
        "0001-01-01",
        "01.01.0001",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "31.12.9999",
        "9999-12-31T23:59:59Z",
        "253402300799",
        "-62135596800",
    ],
)
def test_a_date_that_is_none_is_never_another_day(text: str) -> None:
    pages = (
        article(f"<time class='article__date'>{text}</time>"),
        article("", head=f"<meta property='aiturec:datetime' content='{text}'>"),
        _plain(beside=text),
        _plain(beside=f"<time datetime='{text}'>{text}</time>"),
        _plain(f"<meta property='article:published_time' content='{text}'>"),
        _plain(f"<meta name='date' content='{text}'>"),
    )
    for html in pages:
        found = read(html, ARTICLE)
        assert isinstance(found, Failure), (found.published, html)
    content = f"<h1>Заголовок релиза</h1><div>{text} 348</div><div>{_TEXT}</div>"
    assert isinstance(read(release(content), RELEASE), Failure)


def test_an_impossible_date_does_not_hide_a_good_one() -> None:
    good = "<meta property='article:published_time' content='2026-03-04T12:28:00+05:00'>"
    assert reading(_plain(good, "31.02.2026")).published == "2026-03-04T12:28:00+05:00"
    html = _plain("<meta name='dc.date.issued' content='2026-03-04'>", "31.02.2026")
    assert reading(html).published == "2026-03-04"
