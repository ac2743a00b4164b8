"""Lines that show times, and what their labels say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from pipeline.times.dated_lines import date_and_views, dated_line
from pipeline.times.dates import Published
from tests.pipeline.times.texts_with_dates import ANY_TEXT


@given(ANY_TEXT)
def test_any_text_is_a_line_of_real_times_or_none(text: str) -> None:
    for line in (date_and_views(text), dated_line(text)):
        assert line is None or all(time.value.text for time in line.times)


@pytest.mark.parametrize(
    ("text", "has_views"),
    [
        ("16.05.2022 348", True),
        ("16.05.2022348", True),
        ("16.05.2022 | 1 234", True),
        ("16.05.2022 Просмотров: 5", True),
        ("16 мая 2022 348", True),
        ("16.05.2022", False),
        ("16.05.2022 - 18.05.2022", False),
    ],
)
def test_a_line_of_date_and_views(text: str, has_views: bool) -> None:
    line = date_and_views(text)
    assert line is not None
    assert line.first == Published(date(2022, 5, 16))
    assert line.has_views is has_views


@pytest.mark.parametrize(
    "text",
    ["16.05.2022 в Астане", "до 16.05.2022", "Комиссия работает с 16.05.2022 года", "348", ""],
)
def test_other_lines_are_no_date_and_views(text: str) -> None:
    assert date_and_views(text) is None


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [
        ("Опубликовано: 4 марта 2026 г. 7:31", True),
        ("Айгуль Омарова 4 марта 2026 г. 7:31", True),
        ("4 марта 2026 г. 7:31 | 345 просмотров", True),
        ("Референдум пройдёт 15 марта 2026 года.", False),
        ("Референдум пройдёт 15 марта 2026 г.", False),
        ("Референдум – 15 марта 2026 года.", False),
    ],
)
def test_a_sentence_with_a_date_is_no_dated_line(text: str, is_dated: bool) -> None:
    assert (dated_line(text) is not None) is is_dated
