"""A number has one key in every language."""

import pytest

from pipeline.translations.number_keys import number_keys, number_weight


@pytest.mark.parametrize(
    ("ru", "kk", "en", "key"),
    [
        ("17,5 %", "17,5 пайыз", "17.5 percent", "17.5%"),
        ("12 млн тенге", "12 миллион теңге", "12 million tenge", "12000000"),
        ("1\u00a0200 школ", "1 200 мектеп", "1,200 schools", "1200"),
        ("1,286 млрд", "1,286 миллиард", "1.286 billion", "1286000000"),
        ("18 415,5 тыс. человек", "18 415,5 мың адам", "18,415.5 thousand people", "18415500"),
        ("700 тысяч", "0,7 миллион", "700,000", "700000"),
        ("43 человека", "43-ке жуық адам", "43 people", "43"),
        ("в 4:52", "сағат 4:52-де", "at 4:52", "4:52"),
    ],
)
def test_a_number_has_one_key_in_every_language(ru: str, kk: str, en: str, key: str) -> None:
    for language, text in (("ru", ru), ("kk", kk), ("en", en)):
        assert list(number_keys(f"слово {text}, слово", language)) == [key]


@pytest.mark.parametrize(
    "text",
    ["в 2026 году", "15 марта", "04.03.2026", "в 10:00", "3 закона", "тел. 74-72-27", "7-8 тысяч",
     "2021-2025", "KazSat-3R, С5+1", "0 %", "12345678901234567"],
)  # fmt: skip
def test_dates_telephones_and_small_counts_tell_nothing(text: str) -> None:
    assert number_keys(text, "ru") == {}


def test_a_round_number_tells_less() -> None:
    weights = [number_weight(key) for key in ("500", "20%", "1000000000", "47", "37.7%", "1286")]
    assert weights == [0.5, 0.5, 0.5, 1.0, 1.5, 1.5]
