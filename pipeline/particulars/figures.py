"""The numbers in a text, in digits and in words, with what they count where it is money, a share of
a hundred, or a measure. Two wordings of one number have one key.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.particulars.numerals import (
    SCALE,
    composed_value,
    factor_of,
    is_weak,
    scale_of,
    value_of,
)
from pipeline.particulars.span import Span

_UNITS = (
    (
        "pp",
        r"процентн\w{2,3}\s+пункт\w{0,3}|п\.\s?п\.|пайыздық\s+тармақ\w{0,4}|percentage\s+points?",
    ),
    ("%", r"%|процент\w{0,3}|пайыз\w{0,4}|percent\b|per\s+cent\b"),
    ("₸", r"₸|тенге\b|теңге\w{0,4}|тг\b\.?|tenge\b|KZT\b"),
    ("$", r"\$|доллар\w{0,5}(?:\s+США)?|(?:US\s+)?dollars?\b|USD\b"),
    ("€", r"€|евро\b|еуро\w{0,3}|euros?\b|EUR\b"),
    ("₽", r"₽|рубл\w{1,3}|руб\b\.?|roubles?\b|rubles?\b|RUB\b"),
    ("£", r"£|фунт\w{0,3}|pounds?\b|GBP\b"),
    ("km", r"км\b(?!/)|километр\w{0,3}|шақырым\w{0,4}|km\b(?!/)|kilomet(?:er|re)s?\b"),
    ("m", r"м\b(?![./])|метр\w{0,3}|m\b(?![./])|met(?:er|re)s?\b"),
    ("kg", r"кг\b|килограмм\w{0,3}|kg\b|kilograms?\b"),
    ("t", r"т\b(?!\.)|тонн\w{0,4}|tons?\b|tonnes?\b"),
    ("ha", r"га\b|гектар\w{0,4}|ha\b|hectares?\b"),
    ("¥", r"¥|юан\w{1,3}|yuan\b|CNY\b"),
)
_UNIT = "|".join(f"(?:{words})" for _, words in _UNITS)
_UNIT_FORMS = tuple((unit, re.compile(words, re.IGNORECASE)) for unit, words in _UNITS)
_SPACE = "[ \u00a0\u202f\u2009]"
_KAZAKH_CASE = (
    "-(?:[дтн][ае]н?|[ғқгк][ае]|[ндт][ыі]ң?|[мбп]ен|[дт][ае]й|с?[ыі](?:н[а-яәңі]{0,3})?"
    "|[ае]?у[ыі]?(?:н[а-яәңі]{0,3})?)"
)
"""«40-тан», «12-сінен», «5-еуі»."""
_DIGITS = re.compile(
    rf"""(?P<sign>(?<![\w\)])[-–−+])?(?P<before>[$€£₸₽¥]\s?)?
    (?<![\d])(?P<number>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?
      |\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)|\d+(?:[.,]\d+)?)
    (?:-?(?:[ыо]?[йея]|[ыо]?го|[ыо]?му|[ыоі]?м|[ую]ю|ых|[нст]?[ыі]?н?ш[іы]|st|nd|rd|th)\b(?!-))?
    (?:{_KAZAKH_CASE}\b(?!-))?
    (?:[\s-]{{0,2}}(?P<scale>{SCALE})\b\.?)?
    (?:\s{{0,2}}(?P<unit>{_UNIT})(?:-[^\W\d_]{{1,3}}\b)?)?""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(rf"(?:{_SPACE}|-|{_SPACE}(?:and){_SPACE})")
_UNIT_AFTER = re.compile(rf"\s{{1,2}}(?P<unit>{_UNIT})", re.IGNORECASE)
_ROMAN = re.compile(r"\b[IVXІХ]+\b(?![’'.])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "І": 1, "Х": 10}


def numbers_in(text: str, language: str) -> list[Span]:
    """The numbers in a text, in order.

    >>> [found.key for found in numbers_in("12,5 % и 1 200 тенге, двадцать пять тысяч", "ru")]
    ['12.5%', '1200₸', '25000']
    """
    found = sorted([*_in_digits(text, language), *_in_words(text, language), *_roman(text)],
                   key=lambda span: (span.start, -span.end))  # fmt: skip
    kept: list[Span] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def unit_of(word: str) -> str | None:
    """The sign of the currency or measure that a word stands for."""
    return next((unit for unit, form in _UNIT_FORMS if form.fullmatch(word)), None)


def _in_digits(text: str, language: str) -> Iterator[Span]:
    for match in _DIGITS.finditer(text):
        start, number = match.start(), match["number"]
        if match.start("number") and text[match.start("number") - 1].isalpha():
            continue  # «G20» is a name
        scale = scale_of(match["scale"].lower()) if match["scale"] else None
        value = _value(number, language) * (scale or 1) if len(number) < 40 else None
        unit = unit_of((match["unit"] or match["before"] or "").strip()) or ""
        sign = "-" if match["sign"] in ("-", "–", "−") else ""
        key = _written(value) if value is not None else number
        yield Span(start, _without_full_stop(match), f"{sign}{key}{unit}")


def _without_full_stop(match: re.Match[str]) -> int:
    end = match.end()
    return end - 1 if match.string[end - 1] == "." and end == len(match.string) else end


def _value(number: str, language: str) -> Fraction:
    digits = re.sub(_SPACE, "", number)
    if digits.count(",") > 1 or (
        language == "en" and re.fullmatch(r"\d{1,3},\d{3}(?:\.\d+)?", digits)
    ):
        digits = digits.replace(",", "")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return Fraction(digits.replace(",", "."))


def _written(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.12g}" if value.denominator % 3 else str(value)


def _in_words(text: str, language: str) -> Iterator[Span]:
    run: list[tuple[int, int, Fraction, bool, bool]] = []
    for match in _WORD.finditer(text):
        word = match[0].lower().replace("ё", "е")
        if key := factor_of(word):
            yield Span(match.start(), match.end(), key)
            continue
        value = value_of(word, language)
        scale = scale_of(word) if value is None else None
        if value is None and scale is None:
            continue
        if run and not _BETWEEN.fullmatch(text, run[-1][1], match.start()):
            yield from _number(text, run)
            run = []
        number = Fraction(scale or 0) if value is None else value
        run.append((match.start(), match.end(), number, scale is not None, is_weak(word)))
    yield from _number(text, run)


def _number(text: str, run: list[tuple[int, int, Fraction, bool, bool]]) -> Iterator[Span]:
    if not run:
        return
    value = composed_value([one[2] for one in run], [one[3] for one in run])
    end, unit = run[-1][1], ""
    if after := _UNIT_AFTER.match(text, end):
        unit, end = unit_of(after["unit"]) or "", after.end()
    weak = len(run) == 1 and not unit and (run[0][4] or run[0][3])
    yield Span(run[0][0], end, f"{_written(value)}{unit}", is_weak=weak)


def _roman(text: str) -> Iterator[Span]:
    for match in _ROMAN.finditer(text):
        values = [_ROMAN_VALUES[letter] for letter in match[0]]
        following = [*values[1:], 0]
        total = sum(-v if v < n else v for v, n in zip(values, following, strict=True))
        yield Span(match.start(), match.end(), str(total), is_weak=len(values) == 1)
