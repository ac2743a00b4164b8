"""Whom a text names as its source."""

from __future__ import annotations

import pytest

from pipeline.normalize.attribution import attribution


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Стороны обсудили вопросы, сообщает Kazpravda.kz", ("Kazpravda.kz",)),
        ("Закон принят, передает корреспондент Kazpravda.kz.", ("Kazpravda.kz",)),
        ("Закон принят сообщает Kazpravda.kz", ("Kazpravda.kz",)),
        (
            "Закон принят, передает Kazpravda.kz со ссылкой на пресс-службу Сената.",
            ("Kazpravda.kz", "пресс-службу Сената"),
        ),
        ("Закон принят, сообщили в пресс-службе Сената.", ("пресс-службе Сената",)),
        ("Жиын өтті, деп хабарлайды Kazpravda.kz", ("Kazpravda.kz",)),
        ("Жиын өтті, Kazpravda.kz хабарлайды", ("Kazpravda.kz",)),
        ("The Speaker met them, the Senate Press Service reports", ("Senate Press Service",)),
        ("Закон принят, сообщает наш сайт", ()),
        ("Он передает опыт сыну Марату", ()),
        ("Подробнее на сайте egov.kz.", ()),
        ("Министр сообщает, что закон принят.", ()),
        ("", ()),
    ],
)
def test_the_source_that_a_sentence_names(sentence: str, sources: tuple[str, ...]) -> None:
    assert attribution((sentence,)) == sources


def test_only_the_first_two_paragraphs_name_a_source() -> None:
    line = "Закон принят, сообщает Kazpravda.kz"
    assert attribution(("Первый.", line)) == ("Kazpravda.kz",)
    assert attribution(("Первый.", "Второй.", line)) == ()
