"""What words beside a time say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.times.time_labels import TimeKind, time_kind, time_label


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Опубликовано:", "published"),
        ("Дата и время публикации", "published"),
        ("Размещено на сайте", "published"),
        ("Жарияланды", "published"),
        ("Жарияланған күні:", "published"),
        ("First published on", "published"),
        ("Posted", "published"),
        ("Обновлено:", "modified"),
        ("ОБНОВЛЕНО", "modified"),
        ("Последнее изменение:", "modified"),
        ("Отредактировано", "modified"),
        ("Исправлено", "modified"),
        ("Жаңартылды:", "modified"),
        ("Соңғы жаңарту", "modified"),
        ("Өзгертілген күні", "modified"),
        ("Last updated:", "modified"),
        ("Modified", "modified"),
    ],
)
def test_a_label_says_when_an_article_was_published_or_changed(words: str, kind: TimeKind) -> None:
    assert time_kind(words) == kind
    assert time_label(words) == kind


@pytest.mark.parametrize(
    "words", ["Начало:", "Дата проведения", "Срок до", "Туған күні", "Deadline", "Event date"]
)
def test_a_label_of_something_else_says_so(words: str) -> None:
    assert time_kind(words) == "other"


@pytest.mark.parametrize(
    "words",
    ["", "Дата", "Дата новости", "Политика", "Жаңалықтар", "News", "Опубликовано и обновлено"],
)
def test_other_words_and_contradictions_say_nothing(words: str) -> None:
    assert time_kind(words) is time_label(words) is None


@pytest.mark.parametrize("text", ["Изменения", "Правка", "Updates", "Өзгерістер"])
def test_what_may_be_a_rubric_is_no_sure_label(text: str) -> None:
    assert time_label(text) == "unknown"
    assert time_label(f"{text}:") == "modified"


@pytest.mark.parametrize(
    "text",
    [
        "Закон обновлён",
        "Обновлено 5 объектов",
        "Начало строительства дороги",
        "Шілдеден қарашаға дейін жабылады",
        "Срок действия договора продлён",
        "Сенат опубликовал доклад о дорогах",
        "Обновлено в прошлом году после долгих споров о том, нужно ли это делать вообще",
    ],
)
def test_a_sentence_is_no_label(text: str) -> None:
    assert time_label(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert time_label(text) in (None, time_kind(text))
