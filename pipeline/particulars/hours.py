"""The times of day in a text, in digits."""

import re
from collections.abc import Iterator

from pipeline.particulars.span import Span

_HOUR = r"(?:[01]?\d|2[0-3])"
_AT = rf"(?<![\d:.,])(?P<hour>{_HOUR})"
_ENDING = r"(?:[-–]?(?:да|де|та|те|ден|дан|ге|ға)\b)?"
_PART = r"[ap]\.?m\b\.?|утра|вечера|ночи"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 10:30, 10:30-да, 6:15 p.m.
        rf"{_AT}:(?P<minute>[0-5]\d)(?::\d\d)?(?![\d:])(?:\s*(?P<part>{_PART}|дня\b))?{_ENDING}",
        # 10.30 утра, 10.30-да
        rf"{_AT}\.(?P<minute>[0-5]\d)(?:\s*(?P<part>{_PART}|дня\b)|\s+час\w{{0,2}}\b|{_ENDING[:-1]})",
        # в 15.00, at 15.00
        r"(?:(?<=\b[Вв]\s)|(?<=\bat\s))(?P<hour>[01]\d|2[0-3])\.(?P<minute>[0-5]\d)(?!\d|\.\d|\s?[%а-яa-z])",
        # 6 утра, 6 a.m., 10 часов утра, 10 o'clock
        rf"{_AT}(?:\s+час(?:ов|а)?)?\s*(?P<part>{_PART})",
        rf"{_AT}\s+(?:час(?:ов|а)?\s+(?P<part>дня)|o['’]clock)\b",
        # в 10 часов
        rf"(?<=\b[Вв]\s)(?P<hour>{_HOUR})\s+час(?:ов|а)?\b",
        # сағат 10-да, кешкі 6.30-да
        rf"(?<=(?:сағат|таңғы|кешкі|түнгі|түскі)\s)(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-5]\d))?"
        rf"(?!\d){_ENDING}",
    )
)
_LATE = frozenset({"p", "вечера", "дня"})
_NOON = 12


def hours_in(text: str) -> Iterator[Span]:
    """The times of day in a text; of several forms one time may be told twice.

    >>> sorted({found.key for found in hours_in("в 10:30, в 6 часов вечера")})
    ['T06:00', 'T10:30', 'T18:00']
    """
    for form in _FORMS:
        for match in form.finditer(text):
            named = match.groupdict()
            hour, minute = int(match["hour"]), named.get("minute") or "00"
            part = (named.get("part") or "").lower().replace(".", "").removesuffix("m")
            if part in _LATE and hour < _NOON:
                hour += _NOON
            end = match.end()
            if match.string[end - 1] == "." and end == len(match.string):
                end -= 1  # of the sentence
            yield Span(match.start(), end, f"T{hour:02}:{minute}")
