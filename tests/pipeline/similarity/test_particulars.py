"""Numbers, names and days of a text, by the places of the words that are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity.compared_words import compared_words
from pipeline.similarity.particulars import Particulars, particulars_in


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("Всего 7 человек", {"7"}),
        ("Курс 512,3 тенге", {"512.3"}),
        ("Курс 512.3 тенге", {"512.3"}),
        ("В 09:30 или в 9.30", {"9.30"}),
        ("Около 1 200 школ, 1200 школ", {"1200"}),
        ("Около 1\u00a0200\u00a0000 тенге", {"1200000"}),
        ("Пункты 1, 2 и 3", {"1", "2", "3"}),
        ("5 марта, 05.03", {"5", "3", "5.03"}),
        ("2026 жылғы 4 наурызда", {"2026", "4", "3"}),
        ("On March 4 and May 5", {"3", "4", "5"}),
        ("там, где мар", set()),
        ("К 8 марта 100 школ", {"8", "3", "100"}),
        ("Счёт 5 5:1", {"5", "5.1"}),
    ],
)
def test_numbers_are_what_they_are_in_each_spelling(body: str, numbers: set[str]) -> None:
    assert set(particulars_in(body).numbers.values()) == numbers


def test_each_word_of_a_number_bears_it() -> None:
    assert particulars_in("Курс 512,3 тенге").numbers == {1: "512.3", 2: "512.3"}


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("Сегодня, 6 марта", {(3, 6)}),
        ("6 наурызда және 7 наурыз", {(3, 6), (3, 7)}),
        ("On March 6, 2026", {(3, 6)}),
        ("В марте 2026 года", set()),
        ("2026 года", set()),
        (f"К марта {'1' * 5000}", set()),
    ],
)
def test_a_day_is_a_number_beside_a_month(body: str, days: set[tuple[int, int]]) -> None:
    assert particulars_in(body).days == days


def test_a_name_has_a_capital_letter_and_begins_no_sentence() -> None:
    found = particulars_in("Курс назвал Тимур Ахметов. Банк это подтвердил: Алматы ждёт.")
    assert found.names == {2: "тимур", 3: "ахметов"}


def test_an_attribution_has_no_place() -> None:
    found = particulars_in("Сенат принял закон, сообщает Kazpravda.kz. Его внёс Ахметов.")
    assert found.names == {5: "ахметов"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("китай", "китаем", True), ("ахметов", "ахметовым", True), ("оон", "оон", True),
     ("тоқаев", "тоқаевтың", True), ("китай", "катар", False), ("сша", "снг", False)],
)  # fmt: skip
def test_a_name_in_another_case_is_one_name(one: str, other: str, same: bool) -> None:
    for name, another in ((one, other), (other, one)):
        known = Particulars(numbers={}, names={0: "аа", 1: name, 2: "яя"})
        assert known.has_name(another) is same


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_places_are_those_of_compared_words(body: str) -> None:
    found = particulars_in(body)
    count = len(compared_words(body))
    assert all(0 <= place < count for place in (*found.numbers, *found.names))
    assert not found.numbers.keys() & found.names.keys()


def test_a_list_of_numbers_is_no_number() -> None:
    found = particulars_in("1," * 20_000)
    assert len(found.numbers) == 20_000
    assert max(map(len, found.numbers.values())) < 30
