"""A name has one key in every alphabet and case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translations.name_keys import KEY_LETTERS, name_key


@pytest.mark.parametrize(
    "spellings",
    [
        "Токаев Тоқаев Tokayev Toqaev Tokaev Токаева Токаевым Тоқаевтың Тоқаевпен Тоқаевтан",
        "Ашимбаев Әшімбаев Ashimbayev Äşimbaev Ашимбаева Ашимбаевым Әшімбаевтың Ашимбаевпен",
        "Касым Қасым Kassym Qasym Касыма Қасымның",
        "Жомарт Jomart Zhomart Жомарта Жомарттың",
        "Жапаров Japarov Zhaparov Djaparov Жапарову Жапаровпен",
        "Маулен Мәулен Maulen Мауленом Мәуленнің",
        "Жумангарин Жұманғарин Zhumangarin Жумангариным",
        "Әбдіхалықов Абдыхалыков Abdykhalykov Abdyhalykov",
        "Гродзки Grodzki Гродзким Гродзкимен",
        "Розенблюм Rosenblum Розенблюмом Розенблюммен",
        "Қарқаралы Каркаралы Karkaraly Qarqaraly Қарқаралыдан",
        "Түркістан Туркестан Turkistan Түркістанда Туркестанской Turkestan",
    ],
)
def test_spellings_and_cases_of_a_name_have_one_key(spellings: str) -> None:
    assert len({name_key(word) for word in spellings.split()}) == 1, spellings


def test_other_names_have_other_keys() -> None:
    names = "Токаев Ашимбаев Касымов Болегенов Бектенов Смаилов Кошанов Нурлан Ерлан Мусин"
    assert len({name_key(word) for word in names.split()}) == 10


@pytest.mark.parametrize("short", ["", "Ли", "Цой", "Ия", "O", "Ѳѳ", "'"])
def test_what_too_little_is_left_of_has_no_key(short: str) -> None:
    assert name_key(short) is None


@given(st.text())
def test_any_text_has_a_key_of_its_letters_in_either_case_or_none(word: str) -> None:
    key = name_key(word)
    assert key is None or 3 <= len(key) <= KEY_LETTERS
    assert key == name_key(word.lower())


@given(
    st.text("абвгдежзиклмнопрстуфхшәғқңөұүі", min_size=8, max_size=12),
    st.sampled_from(["тың", "дың", "мен", "пен", "тан", "ден", "ом", "ым", "ого", "ами"]),
)
def test_an_ending_changes_no_long_name(name: str, ending: str) -> None:
    key = name_key(name)
    if key and len(key) == KEY_LETTERS:
        assert name_key(name + ending) == key
