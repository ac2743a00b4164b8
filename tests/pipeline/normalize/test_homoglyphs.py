"""Words with letters of the other script."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.homoglyphs import repaired
from tests.pipeline.normalize.any_text import ANY_TEXT

STRESS = "\u0301"
LIKE = dict(zip("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX", strict=True))
RUSSIAN = ["Сенат", "одобрил", "поправки", "правилах", "дорожного", "движения", "бюджет", "страны"]
KAZAKH = ["Қазақстан", "Сенаты", "өңірлердегі", "шаруашылығын", "қолдау", "заңды", "мақұлдады"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Cенат", "Сенат"),
        ("праvила", "правила"),
        ("кopoнaвиpуc", "коронавирус"),
        ("eжегодно", "ежегодно"),
        ("Kассым-Жомарт", "Кассым-Жомарт"),
        ("жаңaлық", "жаңалық"),
        ("ҚAЗAҚCТAН", "ҚАЗАҚСТАН"),
        ("Kаzpravda.kz", "Kazpravda.kz"),
        ("СОVID-19", "COVID-19"),
        ("Sеnate", "Senate"),
        ("законопроектa", "законопроекта"),
        ("постановлениe", "постановление"),
        ("өнімi", "өнімі"),
        ("елдi", "елді"),
        ("ЕАЭСa", "ЕАЭСа"),
        ("COВЕЩАНИЕ", "СОВЕЩАНИЕ"),
        ("CEНАТ", "СЕНАТ"),  # all letters have doubles, most are Cyrillic
        ("Əлем", "Әлем"),
        ("əділет", "әділет"),
        ("ɵнер", "өнер"),
        ("ещë", "ещё"),
        ("странá", "страна\u0301"),
        ("кафé", "кафе\u0301"),
        ("Каzpravda.kz", "Kazpravda.kz"),
        ("Сommittee", "Committee"),
    ],
)
def test_the_other_letters_decide(wrong: str, right: str) -> None:
    mixed = next(word for word in re.split(r"[-.\d]+", wrong) if word not in right)
    assert repaired(f"о {wrong}, о") == (f"о {right}, о", (mixed,))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("iс-шара", "іс-шара"), ("мәдени-iс", "мәдени-іс"), ("Hур-Султан", "Нур-Султан")],
)
def test_the_other_part_of_a_compound_decides(wrong: str, right: str) -> None:
    assert repaired(f"о {wrong}, о") == (f"о {right}, о", (wrong,))


@pytest.mark.parametrize(
    "text",
    [
        "AI, COVID-19 и Kazpravda.kz в России",
        "VIPы, HRом, SMSка, PRщик, TOPовый, iPhoneы",
        "IT-шник и B2B-площадка, PhD-докторант",
        "CEHAT",  # all Latin: nothing decides
        "SMSКИ, VIPЫ, МИРtv, ВМЕСТЕtv, IТ-сала",
        "i-ші орын, e-mail-рассылка, X-лучи",
        "café, résumé, Ağaoğlu, Əliyev və Məmmədov",
        "Hур",  # у and р look like Latin letters too
        "қала, ұлт, іс, һәм, әке, ғылым, өз, үй",
        "XXI век, ХХ съезд",
        "Naïve café, Ørsted",
        "",
    ],
)
def test_what_is_right_or_not_decided_stays(text: str) -> None:
    assert repaired(text) == (text, ())


@given(st.sampled_from([*RUSSIAN, *KAZAKH]), st.lists(st.booleans(), min_size=20, max_size=20))
def test_a_cyrillic_word_comes_back_whatever_letters_were_replaced(
    word: str, replaced: list[bool]
) -> None:
    letters = zip(word, replaced, strict=False)
    mixed = "".join(
        LIKE.get(letter, letter) if to_latin else letter for letter, to_latin in letters
    )
    is_sure = any(letter not in LIKE and letter not in "іһ" for letter in word)
    assert not is_sure or repaired(mixed)[0] == word


@given(ANY_TEXT)
def test_repairing_is_idempotent_and_loses_no_letter(text: str) -> None:
    once, words = repaired(text)
    assert repaired(once) == (once, ())
    assert len(once.replace(STRESS, "")) == len(text.replace(STRESS, ""))
    assert bool(words) == (once != text)
