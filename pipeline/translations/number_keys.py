"""The telling numbers of a text, as values: what stays when it is translated.

Left out are those that many texts of some days share anyway: dates, years, hours, whole numbers
below 32 (days of a month, small counts), telephone numbers, ranges.
"""

import re
from decimal import Decimal

_NUMBER = re.compile(
    r"""(?<![\w.,:/+№–—-])  # no part of a date or telephone number
    (?:(?P<hour>\d{1,2}):(?P<minute>\d\d)
     |(?P<grouped>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3})+)(?P<rest>[.,]\d{1,2})?
     |(?P<plain>\d+(?:[.,]\d+)?))
    (?![\w:/]|[.,]\d|[–—-]\s?\d)
    (?:[\s-]{0,2}(?P<scale>тыс|мың|thousand|миллион|million|млн|mln
        |миллиард|billion|млрд|bln|триллион|trillion|трлн|trln)\w*\.?)?
    (?P<percent>\s?%|\s(?:процент|пайыз|percent|per\ cent))?""",
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {
    3: ("тыс", "мың", "thousand"),
    6: ("миллион", "million", "млн", "mln"),
    9: ("миллиард", "billion", "млрд", "bln"),
    12: ("триллион", "trillion", "трлн", "trln"),
}
_POWERS = {word: power for power, words in _SCALES.items() for word in words}
_NO_SIGNS = str.maketrans("", "", ".:%")
_DIGITS = 15
"""A longer number is an account or a telephone."""


def number_keys(text: str, language: str) -> dict[str, str]:
    """The numbers of a text by their values, each as it first stands there.

    >>> number_keys("17,5 % от 12 млн, в 2026 году, 5 марта, 1 200 школ", "ru")
    {'17.5%': '17,5 %', '12000000': '12 млн', '1200': '1 200'}
    >>> list(number_keys("17.5 percent of 12 million in 2026, on March 5; 1,200 schools", "en"))
    ['17.5%', '12000000', '1200']
    """
    found: dict[str, str] = {}
    for number in _NUMBER.finditer(text):
        key = _time(number) if number["hour"] else _amount(number, language)
        if key:
            found.setdefault(key, number[0].strip())
    return found


def number_weight(key: str) -> float:
    """How much a number tells: round ones are written by many."""
    digits = len(key.translate(_NO_SIGNS).strip("0"))
    return (0.5, 1.0, 1.5)[min(max(digits, 1), 3) - 1]


def _time(number: re.Match[str]) -> str | None:
    """A time of day that is no full hour: those are when things are held."""
    return None if number["minute"] in ("00", "30") else f"{int(number['hour'])}:{number['minute']}"


def _amount(number: re.Match[str], language: str) -> str | None:
    written = _decimal(number, language)
    if not 0 < len(written) <= _DIGITS:
        return None
    scale = (number["scale"] or "").lower()
    value = Decimal(written).scaleb(_POWERS.get(scale, 0))
    if not scale and not number["percent"] and _is_common(number, value):
        return None
    if not value:
        return None
    return f"{value.normalize():f}" + ("%" if number["percent"] else "")


def _decimal(number: re.Match[str], language: str) -> str:
    """As Decimal reads it. A comma before three digits parts thousands in English alone."""
    grouped = number["grouped"]
    if grouped and "," in grouped and language != "en":
        return re.sub(",", ".", grouped, count=1) if grouped.count(",") == 1 else ""
    if grouped:
        return re.sub(r"\D", "", grouped) + (number["rest"] or "").replace(",", ".")
    return str(number["plain"]).replace(",", ".")


def _is_common(number: re.Match[str], value: Decimal) -> bool:
    if value != value.to_integral_value():
        return False
    return value < 32 or (number["grouped"] is None and 1900 <= value <= 2100)
