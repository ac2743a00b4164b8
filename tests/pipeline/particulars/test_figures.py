"""The numbers in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.particulars.figures import numbers_in


@pytest.mark.parametrize(
    ("language", "wordings", "key"),
    [
        ("ru", ("12,5 %", "12.5%", "12,5 процента", "12,5\u00a0процентов"), "12.5%"),
        ("ru", ("1 000", "1000", "1\u202f000", "тысяча"), "1000"),
        ("ru", ("25 тысяч", "25 000", "двадцать пять тысяч", "25 тыс."), "25000"),
        ("ru", ("3 млрд тенге", "3 000 000 000 ₸", "три миллиарда тенге"), "3000000000₸"),
        ("ru", ("двадцати", "20", "20-й", "двадцатый"), "20"),
        ("ru", ("вдвое", "дважды"), "x2"),
        ("ru", ("XX",), "20"),
        ("kk", ("жиырма бес", "25", "25-ші"), "25"),
        ("kk", ("он екі", "12", "он екіге"), "12"),
        ("kk", ("27 пайыз", "27%", "27 пайызы", "27%-ы"), "27%"),
        ("en", ("1,200", "1200", "one thousand two hundred"), "1200"),
        ("en", ("$1.2 billion", "$1,200,000,000", "1.2 billion dollars"), "1200000000$"),
        ("en", ("one hundred and twenty", "120"), "120"),
    ],
)
def test_wordings_of_one_number_have_one_key(
    language: str, wordings: tuple[str, ...], key: str
) -> None:
    for wording in wordings:
        assert [found.key for found in numbers_in(wording, language)] == [key], wording


def test_a_word_that_may_be_none_says_so() -> None:
    assert [found.is_weak for found in numbers_in("один из", "ru")] == [True]
    assert [found.is_weak for found in numbers_in("один миллион", "ru")] == [False]
    assert numbers_in("он пришёл", "ru") == []
    assert numbers_in("G20", "ru") == []


@given(st.text(max_size=60) | st.text(st.sampled_from("1 ,.0-–%$тыс"), max_size=40))
def test_any_text_is_read(text: str) -> None:
    last = 0
    for found in numbers_in(text, "ru"):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@pytest.mark.parametrize(
    "text",
    ["40-тан", "50-ден", "20-ға", "15-ті", "3-не", "7-сі", "12-сінен", "5-еуі",
     "2-уінің", "100-дей", "30-бен"],
)  # fmt: skip
def test_a_case_ending_of_kazakh_is_a_part_of_the_number(text: str) -> None:
    (found,) = numbers_in(f"Олардың {text} астамы", "kk")
    assert found.key == text.split("-", maxsplit=1)[0]
    assert found.end - found.start == len(text)


def test_a_word_behind_a_hyphen_is_none() -> None:
    (found,) = numbers_in("шара 20-кабинетте өтті", "kk")
    assert found.end - found.start == 2
