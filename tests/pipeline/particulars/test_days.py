"""The dates and times of day in a text."""

import pytest

from pipeline.particulars.days import dates_in


@pytest.mark.parametrize(
    ("wordings", "key"),
    [
        (("5 марта 2026 года", "05.03.2026", "2026-03-05", "5/3/2026", "2026 жылғы 5 наурыз",
          "March 5, 2026", "5 March 2026", "the 5th of March, 2026"), "2026-03-05"),
        (("5 марта", "5-наурызда", "March 5", "5-го марта", "05.03"), "-03-05"),
        (("с 5 по 7 марта", "5–7 марта", "5 и 7 марта", "5-7 наурыз"), "-03-05/07"),
        (("в мае 2026 года", "2026 жылғы мамырда", "in May 2026"), "2026-05"),
        (("в 2026 году", "2026 жылы", "by 2026", "(2026)"), "2026"),
        (("2025–2027", "в 2025-2027 годах"), "2025/27"),
        (("вчера", "кеше", "yesterday"), "d-1"),
        (("в пятницу", "жұмада", "on Friday"), "w5"),
        (("в 10:30", "сағат 10:30-да", "at 10:30 a.m."), "T10:30"),
        (("в 6 часов вечера", "в 6 вечера", "6 p.m.", "18:00"), "T18:00"),
        (("прошлой зимой", "өткен қыста", "last winter"), "winter-1"),
        (("на прошлой неделе", "өткен аптада", "last week"), "week-1"),
        (("2027 жылдың соңына", "2027 жылдың"), "2027"),
        (("в конце года", "жыл соңында", "at the end of the year"), "year end"),
        (("в прошлом году", "өткен жылы", "last year"), "year-1"),
    ],
)  # fmt: skip
def test_wordings_of_one_date_have_one_key(wordings: tuple[str, ...], key: str) -> None:
    for wording in wordings:
        assert [found.key for found in dates_in(wording)] == [key], wording


@pytest.mark.parametrize(
    "text",
    ["12,5 процента", "2000 домов", "we may go", "they march on", "рост на 12.05%", "5 человек",
     "на 2 000 тенге", "в окружающей среде", "№ 45", "счёт 3:99"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Строительство началось осенью", "осенью"),
        ("Работы начались весной", "весной"),
        ("Фабрика начала зимой выпуск тканей", "зимой"),
        ("Күз басталды", None),
        ("с начала весны", "начала весны"),
        ("көктем басында", "көктем басында"),
        ("күзден бастап", "күзден бастап"),
        ("в начале 2023 года", "2023 года"),
        ("Көрме наурыздың 12-сінде ашылады", "наурыздың 12-сінде"),
        ("мамырдың 20-сынан бастап", "мамырдың 20-сынан"),
        ("сәуірдің 14-іне дейін", "сәуірдің 14-іне"),
    ],
)  # fmt: skip
def test_the_words_of_a_date_are_neither_more_nor_fewer(text: str, date: str | None) -> None:
    told = [text[found.start : found.end] for found in dates_in(text)]
    assert told == ([date] if date else [])


def test_each_stands_where_it_says() -> None:
    text = "Вчера, 5 марта 2026 г., в 10:30 и до 2030 года."
    assert [text[found.start : found.end] for found in dates_in(text)] == [
        "Вчера", "5 марта 2026 г.", "10:30", "2030 года",
    ]  # fmt: skip
