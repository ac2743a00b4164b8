"""The words of invented items, by language, and their endings."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["ru", "kk", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
CASES: tuple[Case, ...] = get_args(Case)
Gender = Literal["masculine", "feminine", "neuter"]

_NOUNS = {
    "ия": ("ия", "ии", "ии", "ию", "ией", "ии"),
    "ие": ("ие", "ия", "ию", "ие", "ием", "ии"),
    "ще": ("ще", "ща", "щу", "ще", "щем", "ще"),
    "ь": ("ь", "и", "и", "ь", "ью", "и"),
    "а": ("а", "ы", "е", "у", "ой", "е"),
    "о": ("о", "а", "у", "о", "ом", "е"),
    "й": ("й", "я", "ю", "й", "ем", "е"),
    "": ("", "а", "у", "", "ом", "е"),
}
_ADJECTIVES: dict[Gender, tuple[str, ...]] = {
    "masculine": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "feminine": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "neuter": ("ое", "ого", "ому", "ое", "ым", "ом"),
}
_PAST: dict[Gender, str] = {"masculine": "л", "feminine": "ла", "neuter": "ло"}
_VELARS = tuple("кгх")


@cache
def stock(language: Language, name: str) -> tuple[str, ...]:
    """The words of one kind; where they are phrases, with their spaces."""
    listed = _stocks()[language][name]
    parted = listed.split("|") if "|" in listed else listed.split()
    return tuple(" ".join(one.replace("_", " ").split()) for one in parted)


def noun(word: str, case: Case) -> str:
    """A Russian noun in the singular.

    >>> noun("комиссия", "genitive"), noun("доклад", "dative"), noun("река", "genitive")
    ('комиссии', 'докладу', 'реки')
    """
    ending = next(ending for ending in _NOUNS if word.endswith(ending))
    stem = word.removesuffix(ending)
    declined = _NOUNS[ending][CASES.index(case)]
    return stem + ("и" if declined == "ы" and stem.endswith(_VELARS) else declined)


def adjective(stem: str, gender: Gender, case: Case) -> str:
    """A Russian adjective in the singular.

    >>> adjective("морск", "masculine", "nominative"), adjective("нов", "feminine", "accusative")
    ('морский', 'новую')
    """
    declined = _ADJECTIVES[gender][CASES.index(case)]
    return stem + (declined.replace("ы", "и") if stem.endswith(_VELARS) else declined)


def past(stem: str, gender: Gender) -> str:
    """A Russian verb in the past tense."""
    return stem + _PAST[gender]


@cache
def _stocks() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
