"""Times told from the moment of the capture."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clock import ALMATY, almaty_day
from pipeline.times.relative_dates import relative_times
from tests.pipeline.times.texts_with_dates import ANY_TEXT

CAPTURED = datetime(2026, 3, 4, 2, 31, 7, tzinfo=UTC)  # 7:31 in Almaty
moments = st.integers(1_350_000_000, 2_200_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def _told(text: str) -> list[str]:
    found = (value for value, _, _ in relative_times(text, CAPTURED))
    return [
        (one.astimezone(ALMATY) if isinstance(one, datetime) else one).isoformat() for one in found
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("сегодня", "2026-03-04"),
        ("Сегодня, 7:20", "2026-03-04T07:20:00+05:00"),
        ("Бүгін, 07:05", "2026-03-04T07:05:00+05:00"),
        ("today at 7:20", "2026-03-04T07:20:00+05:00"),
        ("вчера в 18:20", "2026-03-03T18:20:00+05:00"),
        ("Yesterday at 6:20 pm", "2026-03-03T18:20:00+05:00"),
        ("Yesterday, 12:05:10 a.m.", "2026-03-03T00:05:00+05:00"),
        ("today, 6:20 AM", "2026-03-04T06:20:00+05:00"),
        ("кеше 9:05", "2026-03-03T09:05:00+05:00"),
        ("Кеше, сағат 9:05", "2026-03-03T09:05:00+05:00"),
        ("Yesterday", "2026-03-03"),
        ("позавчера", "2026-03-02"),
        ("12 минут назад", "2026-03-04T07:19:00+05:00"),
        ("минуту назад", "2026-03-04T07:30:00+05:00"),
        ("5 минут бұрын", "2026-03-04T07:26:00+05:00"),
        ("5 mins ago", "2026-03-04T07:26:00+05:00"),
        ("только что", "2026-03-04T07:31:00+05:00"),
        ("час назад", "2026-03-04"),
        ("8 часов назад", "2026-03-03"),
        ("3 сағат бұрын", "2026-03-04"),
        ("an hour ago", "2026-03-04"),
        ("2 часа назад", "2026-03-04"),
        ("Опубликовано час назад", "2026-03-04"),
        ("3 дня назад", "2026-03-01"),
        ("день назад", "2026-03-03"),
        ("5 дней тому назад", "2026-02-27"),
        ("два дня назад", "2026-03-02"),
        ("3 күн бұрын", "2026-03-01"),
        ("бір күн бұрын", "2026-03-03"),
        ("Екі күн бұрын", "2026-03-02"),
        ("3 days ago", "2026-03-01"),
        ("a day ago", "2026-03-03"),
        ("Two days ago", "2026-03-02"),
    ],
)
def test_a_time_is_told_from_the_capture(text: str, told: str) -> None:
    assert _told(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "сегодняшний",
        "неделю назад",
        "минут 5",
        "назад",
        "бүгінгі",
        "todays",
        "2 недели назад",
        "месяц назад",
        "3 апта бұрын",
        "a week ago",
        "2 months ago",
        "несколько минут назад",
        "сто один день назад",
        "дней назад",
        "1,5 часа назад",
        "2 часа 15 минут назад",
        "бірнеше күн бұрын",
        "жиырма минут бұрын",
        "some days ago",
        "days ago",
        "an hour and 5 minutes ago",
    ],
)  # fmt: skip
def test_other_words_tell_no_time(text: str) -> None:
    assert _told(text) == []


def test_a_page_kept_over_midnight_still_says_today() -> None:
    midnight = datetime(2026, 3, 4, 19, 5, tzinfo=UTC)  # 0:05 of the 5th in Almaty
    ((found, _, _),) = relative_times("сегодня, 18:20", midnight)
    assert found == datetime(2026, 3, 4, 18, 20, tzinfo=ALMATY)


@given(moments, st.integers(1, 59))
def test_minutes_back_are_exact_whatever_the_offset(captured: datetime, minutes: int) -> None:
    ((found, _, _),) = relative_times(f"{minutes} минут назад", captured)
    assert isinstance(found, datetime)
    assert (
        captured - timedelta(minutes=minutes + 1) < found <= captured - timedelta(minutes=minutes)
    )


@given(moments)
def test_yesterday_is_the_day_before_in_almaty(captured: datetime) -> None:
    ((found, _, _),) = relative_times("кеше", captured)
    assert found == almaty_day(captured) - timedelta(days=1)


@given(ANY_TEXT, moments)
def test_any_text_is_read(text: str, captured: datetime) -> None:
    for value, start, end in relative_times(text, captured):
        assert isinstance(value, date)
        assert 0 <= start < end <= len(text)
