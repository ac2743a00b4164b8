"""Sentences, and labels that are none."""

from __future__ import annotations

import pytest

from pipeline.normalize.sentences import has_finite_verb, is_sentence


@pytest.mark.parametrize(
    "line",
    [
        "Сенат принял закон вчера",
        "Депутаты обсудили проект закона.",
        "Закон вступает в силу",
        "Жиын ертең өтеді, деп хабарлайды Kazpravda.kz",
        "Палата отырысында заң қабылданды",
        "The Speaker met the ambassador",
        "раз два три четыре пять шесть семь восемь девять десять",
    ],
)
def test_running_text_is_a_sentence(line: str) -> None:
    assert is_sentence(line)


@pytest.mark.parametrize(
    "line", ["Политика", "Новости Сената", "Отдел материалов", "Фото дня", "16.05.2022 348", ""]
)
def test_a_label_is_no_sentence(line: str) -> None:
    assert not is_sentence(line)


@pytest.mark.parametrize("line", ["отдел", "журналы", "в зале", "материал и капитал", "канала"])
def test_a_noun_that_ends_like_a_verb_is_none(line: str) -> None:
    assert not has_finite_verb(line)
