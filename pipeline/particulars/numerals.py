"""Numbers in words, in Russian, Kazakh and English, with their cases, and ordinals."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

_SOFT = ("ь", "и", "ью")
_ORDINAL = (
    "ый", "ой", "ий", "ая", "ое", "ого", "ому", "ым", "ом", "ую", "ые", "ых", "ыми",
)  # fmt: skip


def _each(stem: str, endings: Sequence[str]) -> list[str]:
    return [stem + ending for ending in endings]


_RUSSIAN: dict[int | Fraction, str] = {
    0: "ноль нуль ноля нуля нулю",
    1: "один одна одно одного одной одному одним одном одну",
    2: "два две двух двум двумя двое двоих",
    3: "три трех трем тремя трое троих третий третья третье третьего третьей третьему третьим "
    "третьем третью третьи третьих",
    4: "четыре четырех четырем четырьмя четверо четверых",
    5: "пятеро пятерых", 6: "шестеро шестерых", 7: "семеро", 8: "восьми восемью восьмью",
    40: "сорок сорока", 90: "девяносто девяноста", 100: "сто ста",
    200: "двести двухсот двумстам двухстах", 300: "триста трехсот тремстам трехстах",
    400: "четыреста четырехсот четыремстам",
    Fraction(1, 2): "половина половины половину половине половиной",
    Fraction(1, 4): "четверть четверти четвертью",
    Fraction(3, 2): "полтора полторы полутора",
}  # fmt: skip
_ORDINAL_STEMS = {
    1: "перв", 2: "втор", 4: "четверт", 7: "седьм", 8: "восьм", 40: "сороков", 90: "девяност",
    100: "сот",
}  # fmt: skip
_SOFT_STEMS = {
    5: "пят", 6: "шест", 7: "сем", 8: "восем", 9: "девят", 10: "десят", 11: "одиннадцат",
    12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат",
    17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
}  # fmt: skip
_TENS = {50: ("пят", "пяти"), 60: ("шест", "шести"), 70: ("сем", "семи"), 80: ("восем", "восьми")}
_HUNDREDS = {500: ("пять", "пяти"), 600: ("шесть", "шести"), 700: ("семь", "семи"),
             800: ("восемь", "восьми"), 900: ("девять", "девяти")}  # fmt: skip
_TIMES = {2: "вдвое двукратно дважды", 3: "втрое трехкратно трижды", 4: "вчетверо"}
_KAZAKH: dict[int | Fraction, str] = {
    1: "бір бірінші", 2: "екі екінші екеу екеуі екеуін", 3: "үш үшінші үшеу үшеуі үшеуін",
    4: "төрт төртінші төртеу төртеуі төртеуін",
    5: "бес бесінші бесеу бесеуі бесеуін",

    6: "алты алтыншы алтау алтауы алтауын", 7: "жеті жетінші жетеу жетеуі жетеуін",
    8: "сегіз сегізі сегізінші",

    9: "тоғыз тоғызы тоғызыншы", 10: "он оны оныншы", 20: "жиырма жиырмасыншы", 30: "отыз отызыншы",
    40: "қырық қырқыншы", 50: "елу елуінші", 60: "алпыс алпысыншы", 70: "жетпіс жетпісінші",
    80: "сексен сексенінші", 90: "тоқсан тоқсаныншы", 100: "жүз жүзінші",
    Fraction(1, 2): "жарты жартысы", Fraction(1, 4): "ширек",
}  # fmt: skip
_KAZAKH_CASE = re.compile(
    r"(?:н?[ыі]ң|[дтн][ыі]ң|[дт][ае]|[дтн][ае]н|[ғгқк][ае]|н[ае]|[дтн][ыі]|[мбп]ен)\Z"
)
_ENGLISH: dict[int | Fraction, str] = {
    0: "zero", 1: "one first", 2: "two second", 3: "three third", 4: "four fourth", 5: "five fifth",
    6: "six sixth", 7: "seven seventh", 8: "eight eighth", 9: "nine ninth", 10: "ten tenth",
    11: "eleven eleventh", 12: "twelve twelfth", 13: "thirteen thirteenth", 14: "fourteen",
    15: "fifteen fifteenth", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
    20: "twenty twentieth", 30: "thirty thirtieth", 40: "forty fortieth", 50: "fifty fiftieth",
    60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred",
    Fraction(1, 2): "half", Fraction(1, 4): "quarter",
}  # fmt: skip
_ENGLISH_TIMES = {2: "twice double doubled twofold", 3: "thrice triple tripled threefold"}
_SCALES = {
    1_000: r"тыс|тысяч\w{0,3}|мың\w{0,4}|thousands?",
    1_000_000: r"млн|миллион\w{0,4}|millions?|mln",
    1_000_000_000: r"млрд|миллиард\w{0,4}|billions?|bln|bn",
    1_000_000_000_000: r"трлн|триллион\w{0,4}|trillions?|trln",
}
SCALE = "|".join(_SCALES.values())
"""A pattern."""
_SCALE_FORMS = tuple((value, re.compile(words)) for value, words in _SCALES.items())
_WEAK_TEXT = """
один одна одно одного одной одному одним одном одну бір one second third quarter сот сотой
тысячами миллионы миллионов
"""
_WEAK = frozenset(_WEAK_TEXT.split())
"""Words that are as often none."""


_ORDINALS = frozenset(
    stem + ending
    for stem in (
        *_ORDINAL_STEMS.values(),
        *_SOFT_STEMS.values(),
        *(b + "десят" for _, b in _TENS.values()),
    )
    for ending in _ORDINAL
) | {"first", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}


def _values() -> dict[str, Fraction]:
    rows: list[tuple[int | Fraction, Iterable[str]]] = [
        (n, names.split()) for table in (_RUSSIAN, _KAZAKH, _ENGLISH) for n, names in table.items()
    ]
    rows += [(n, _each(stem, _ORDINAL)) for n, stem in _ORDINAL_STEMS.items()]
    rows += [(n, _each(stem, _SOFT + _ORDINAL)) for n, stem in _SOFT_STEMS.items()]
    rows += [
        (n, [f"{one}ьдесят", f"{other}десяти", *_each(f"{other}десят", _ORDINAL)])
        for n, (one, other) in _TENS.items()
    ]
    rows += [
        (n, [f"{one}сот", f"{other}сот", f"{other}стам"]) for n, (one, other) in _HUNDREDS.items()
    ]
    return {name: Fraction(n) for n, names in rows for name in names}


_VALUES = _values()
_FACTORS = {
    word: f"x{n}"
    for table in (_TIMES, _ENGLISH_TIMES)
    for n, names in table.items()
    for word in names.split()
}


def value_of(word: str, language: str) -> Fraction | None:
    """The value of one word of a number, in small letters, with е for ё; None of another word."""
    if word == "он" and language != "kk":
        return None  # "he" in Russian
    found = _VALUES.get(word)
    if found is None and language == "kk":
        found = _VALUES.get(_KAZAKH_CASE.sub("", word)) if len(word) > 3 else None
    return found


def factor_of(word: str) -> str | None:
    """The key of a word such as «вдвое»."""
    return _FACTORS.get(word)


def scale_of(word: str) -> int | None:
    """The value of «тысяч», «млн» and the like."""
    return next((value for value, form in _SCALE_FORMS if form.fullmatch(word)), None)


def is_weak(word: str) -> bool:
    """Whether a word of a number is as often none, as ordinals are."""
    return word in _WEAK or word in _ORDINALS or word.endswith(("інші", "ыншы", "нші"))


def composed_value(values: Sequence[Fraction | int], scales: Sequence[bool]) -> Fraction:
    """The value of the words of one number, in order: «двадцать», «пять», «тысяч»."""
    total, current = Fraction(0), Fraction(0)
    for value, is_scale in zip(values, scales, strict=True):
        if is_scale:
            total += (current or 1) * value
            current = Fraction(0)
        elif value == 100 and current:
            current *= 100
        else:
            current += value
    return total + current
