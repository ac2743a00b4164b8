"""Whom a text names as its source."""

from __future__ import annotations

import pytest

from pipeline.normalize.attribution import attribution, attribution_spans


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
        ('Закон принят, сообщает агентство "Рассвет".', ('агентство "Рассвет',)),
        (
            "Закон принят, передаёт наш корреспондент со ссылкой на пресс-службу Сената.",
            ("пресс-службу Сената",),
        ),
        ("Об этом сообщает Kazpravda.kz.", ("Kazpravda.kz",)),
        ("Жиын өтті, – деп хабарлайды Kazpravda.kz тілшісі.", ("Kazpravda.kz",)),
        (
            "Жиын өтті, деп хабарлайды Kazpravda.kz Сенаттың баспасөз қызметіне сілтеме жасап.",
            ("Kazpravda.kz", "Сенаттың баспасөз қызметіне"),
        ),
        (
            "Жиын өтті, деп хабарлайды Сенаттың баспасөз қызметіне сілтеме жасап Kazpravda.kz.",
            ("Сенаттың баспасөз қызметіне", "Kazpravda.kz"),
        ),
        ("They met, the Kazpravda.kz correspondent reports", ("Kazpravda.kz",)),
        (
            "They met, Kazpravda.kz reports, citing the Senate press service.",
            ("Kazpravda.kz", "Senate press service"),
        ),
        ("Закон, как передаёт корреспондент Kazpravda.kz, принят.", ("Kazpravda.kz",)),
        ("Закон, сообщает пресс-служба Сената, принят.", ("пресс-служба Сената",)),
        ("Заң, деп хабарлайды Kazpravda.kz, қабылданды.", ("Kazpravda.kz",)),
        ("They met, according to Kazpravda.kz, in Astana.", ("Kazpravda.kz",)),
        ("They met, Kazpravda.kz reports, in Astana.", ("Kazpravda.kz",)),
        ("Как сообщает пресс-служба Сената, закон принят.", ()),
        ("Закон, сообщает министр, принят.", ()),
        ("Закон принят, сообщает министр, передает Рассвет.", ("Рассвет",)),
        ("Стало известно, сообщает пресс-служба, что закон принят.", ()),
        ("Закон принят, сообщает наш сайт", ()),
        ("Старший мастер, передает опыт сыну Марату.", ()),
        ("Подробности сообщает сайт egov.kz в разделе новостей.", ()),
        ("The committee, reports to the Senate.", ()),
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


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Закон принят, сообщает Kazpravda.kz. Далее.", ["сообщает Kazpravda.kz."]),
        ("Закон. Об этом сообщает Kazpravda.kz.", ["Об этом сообщает Kazpravda.kz."]),
        ("Жиын өтті, Kazpravda.kz хабарлайды\n\nБіз.", [", Kazpravda.kz хабарлайды\n"]),
        ("Один.\n\nДва.\n\nТри, передает inform.kz\n\nОн передает опыт.", ["передает inform.kz\n"]),
        (
            "Закон, сообщает inform.kz, принят, передает Kazpravda.kz.",
            ["сообщает inform.kz", "передает Kazpravda.kz."],
        ),
        ("Министр сообщает, что закон принят.", []),
    ],
)
def test_the_clauses_are_found_in_every_paragraph(text: str, clauses: list[str]) -> None:
    found = [text[start:end] for start, end in attribution_spans(text)]
    assert [clause.lstrip(", ") for clause in found] == [one.lstrip(", ") for one in clauses]


def test_a_text_of_nothing_but_such_verbs_is_soon_searched() -> None:
    for sentence in ("а сообщает " * 18, " деп хабарлады ab" * 15, "сообщает а со ссылкой на " * 8):
        assert attribution_spans(f"{sentence}. Я " * 50) == []
