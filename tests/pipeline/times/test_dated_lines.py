"""Lines that show times, and what their labels say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.times.dated_lines import (
    date_and_views,
    dated_line,
    shown_times,
    time_modified,
    time_published,
)
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
        ("16.05.22", False),
        ("понедельник, 16 мая 2022 348", True),
        ("2022 жылғы 16 мамыр, дүйсенбі", False),
        ("Monday, May 16, 2022 | 348 views", True),
        ("Опубликовано: 16.05.2022", False),
        ("Дата: 16.05.2022", False),
        ("Жарияланды 16.05.2022 348", True),
    ],
)
def test_a_line_of_date_and_views(text: str, has_views: bool) -> None:
    line = date_and_views(text)
    assert line is not None
    assert line.first == Published(date(2022, 5, 16))
    assert line.has_views is has_views


@pytest.mark.parametrize(
    "text",
    ["16.05.2022 в Астане", "до 16.05.2022", "Обновлено: 16.05.2022", "Начало: 16.05.2022",
     "Астана, 16.05.2022", "Понедельник начинается в субботу, 16 мая 2022",
     "Комиссия работает с 16.05.2022 года", "348", ""],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("text", "published", "modified"),
    [
        ("Обновлено: 6 марта 2026 г. 10:00", None, "2026-03-06T10:00:00+05:00"),
        ("06.03.2026 10:00 (обновлено)", None, "2026-03-06T10:00:00+05:00"),
        ("04.03.2026 (обновлено: 06.03.2026)", "2026-03-04", "2026-03-06"),
        ("04.03.2026 | изменено 06.03.2026 | 345 просмотров", "2026-03-04", "2026-03-06"),
        ("Обновлено 06.03.2026, опубликовано 04.03.2026", "2026-03-04", "2026-03-06"),
        ("06.03.2026 обновлено, 04.03.2026 опубликовано", "2026-03-04", "2026-03-06"),
        ("06.03.2026 (обновлено) 04.03.2026 (опубликовано)", "2026-03-04", "2026-03-06"),
        ("Жаңартылды: 2026 жылғы 6 наурыз Жарияланды: 2026 жылғы 4 наурыз", "2026-03-04",
         "2026-03-06"),
        ("Updated March 6, 2026 · Published March 4, 2026", "2026-03-04", "2026-03-06"),
        ("Last updated: 10:00 pm, 6 March 2026", None, "2026-03-06T22:00:00+05:00"),
        ("Последние изменения внесены 06.03.2026.", None, "2026-03-06"),
        ("Айгуль Омарова | 04.03.2026", "2026-03-04", None),
        ("События | 04.03.2026", "2026-03-04", None),
        ("Начало: 10.03.2026 15:00", None, None),
        ("до 10.03.2026", None, None),
        ("Олег Правкин | 04.03.2026", "2026-03-04", None),
        ("04.03.2026, Олег Правкин", "2026-03-04", None),
        ("Эфир | 04.03.2026", "2026-03-04", None),
        ("Туған күні 04.03.2026", None, None),
        ("Изменения • 04.03.2026", "2026-03-04", None),
        ("04.03.2026 | Обновление", "2026-03-04", None),
        ("Правка 06.03.2026, 04.03.2026", "2026-03-04", None),
        ("Обновлено | 06.03.2026", None, "2026-03-06"),
        ("Дата обновления | 06.03.2026", None, "2026-03-06"),
        ("Жаңартылды | 06.03.2026", None, "2026-03-06"),
        ("Правка: 06.03.2026", None, "2026-03-06"),
        ("Edited by Dana Aman, March 4, 2026", "2026-03-04", None),
        ("04.03.2026 Обновлено", "2026-03-04", None),
        ("04.03.2026 | Саясат | Жаңартылды", "2026-03-04", None),
        ("March 4, 2026 | Politics | Updated", "2026-03-04", None),
        ("06.03.2026 жаңартылды", None, "2026-03-06"),
        ("March 6, 2026 (updated)", None, "2026-03-06"),
    ],
)  # fmt: skip
def test_each_time_of_a_line_is_told_by_its_label(
    text: str, published: str | None, modified: str | None
) -> None:
    line = dated_line(text)
    assert line is not None
    found = (time_published(line.times), time_modified(line.times, None))
    assert [time and time.text for time in found] == [published, modified]


@pytest.mark.parametrize(
    "text", ["Закон обновлён 6 марта 2026 года", "Обновлено редактором 6 марта 2026", "31.02.2026"]
)
def test_what_is_no_label_with_a_date_is_no_dated_line(text: str) -> None:
    assert dated_line(text) is None


@pytest.mark.parametrize(
    "words",
    ["Изменение климата", "Обновление Казахстана", "Corrections desk", "Өзгеріс заманы",
     "Туған жер", "Правкин", "News updates", "Changed lives", "Создание заповедников",
     "Обновленский район"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{} 04.03.2026", "{}, 04.03.2026", "{} | 04.03.2026",
                                  "04.03.2026 {}", "04.03.2026 | {}"])  # fmt: skip
def test_rubrics_and_names_say_nothing_of_a_change(words: str, form: str) -> None:
    times = shown_times(form.format(words))
    assert [time.value.text for time in times] == ["2026-03-04"]
    assert time_published(times) is not None
    assert time_modified(times, None) is None


@given(
    st.permutations([("Обновлено", "06.03.2026"), ("Опубликовано", "04.03.2026"),
                     ("Начало", "10.03.2026")]),
    st.sampled_from([" ", ": "]),
    st.sampled_from([" ", ", ", " | ", "; "]),
    st.booleans(),
)  # fmt: skip
def test_labels_are_read_in_any_order(
    parts: list[tuple[str, str]], colon: str, between: str, with_event: bool
) -> None:
    used = [part for part in parts if with_event or part[0] != "Начало"]
    times = shown_times(between.join(colon.join(part) for part in used))
    assert [time.value.text for time in times] == [
        "-".join(reversed(printed.split("."))) for _, printed in used
    ]
    names = {"Обновлено": "modified", "Опубликовано": "published", "Начало": "other"}
    assert [time.kind for time in times] == [names[label] for label, _ in used]
