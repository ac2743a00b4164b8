"""Times told from the moment of reading: «сегодня, 18:20», «12 минут назад», «3 дня назад».

What counts minutes tells the minute; what counts hours or days tells no more than the day. What
counts weeks or months tells not even that.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from pipeline.clock import ALMATY, almaty_day
from pipeline.times.dates import HALF_OF_DAY, clock_time
from pipeline.times.time_labels import is_label_word

_CLOCK = (
    r"(?:[\s,|в·•–—-]|\bat\b|\bсағат\b)*"
    rf"(?:(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)(?::\d\d)?{HALF_OF_DAY})?"
)
_DAYS_BACK = {
    "сегодня": 0, "бүгін": 0, "today": 0,
    "вчера": 1, "кеше": 1, "yesterday": 1,
    "позавчера": 2, "алдыңғы күні": 2,
}  # fmt: skip
_DAY = re.compile(rf"\b(?P<word>{'|'.join(_DAYS_BACK)})\b{_CLOCK}", re.IGNORECASE)
_JUST_NOW = re.compile(r"\b(?:только что|жаңа ғана|just now)\b", re.IGNORECASE)
_SIGNS = (
    "сегодня", "вчера", "бүгін", "кеше", "алдыңғы күні", "today", "yesterday",
    "только что", "жаңа ғана", "just now", "назад", "бұрын", "ago",
)  # fmt: skip
"""One of these stands in each of these wordings: quickly told."""
_NUMBERS = {
    word: number
    for words in (
        "один два три четыре пять шесть семь", "одну две", "бір екі үш төрт бес алты жеті",
        "one two three four five six seven", "a", "an",
    )
    for number, word in enumerate(words.split(), start=1)
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNITS = (
    ("minutes", r"минут[уы]?|мин\.?|minutes?|mins?"),
    ("hours", r"час(?:а|ов)?|ч\.?|сағат|hours?|hrs?"),
    ("days", r"день|дня|дней|дн\.?|күн|тәулік|days?"),
)
_AGO = re.compile(
    rf"(?<![\d.,])\b(?:{_NUMBER}\s*)?"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _UNITS)})"
    r"\s+(?:(?:тому\s+)?назад|бұрын|ago)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?:минуту|час|день)\b.*|(?:минут|сағат|күн|тәулік)\s+бұрын", re.IGNORECASE)
"""Where no number is told: «час назад», but not «минут назад»."""
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+\Z")
_PART_BEFORE = re.compile(
    rf"и|and|{'|'.join(words for _, words in _UNITS)}".replace("\\.?", ""), re.IGNORECASE
)
"""«2 часа 15 минут назад»"""
_MAX_WORD_CHARACTERS = 30
_CLOCKS_APART = timedelta(minutes=15)


def may_be_relative(text: str) -> bool:
    """Whether a text may have times that are told from the moment of reading: quickly told."""
    lower = text.lower()
    return any(map(lower.__contains__, _SIGNS))


def relative_times(text: str, captured: datetime) -> list[tuple[datetime | date, int, int]]:
    """The times in a text that are told from the moment `captured` (aware), each with its start and
    end as for slices.

    A day where no hour is told, and where hours or days are counted; to the minute otherwise.

    >>> from datetime import UTC
    >>> relative_times("кеше 9:05", datetime(2026, 3, 4, 2, tzinfo=UTC))[0][0].isoformat()
    '2026-03-03T09:05:00+05:00'
    """
    if not may_be_relative(text):
        return []
    found = [
        (told, match.start(), match.end())
        for form, read in _FORMS
        for match in form.finditer(text)
        if (told := read(match, captured)) is not None
    ]
    return sorted(found, key=lambda one: one[1])


def _day(match: re.Match[str], captured: datetime) -> datetime | date:
    day = almaty_day(captured) - timedelta(days=_DAYS_BACK[match["word"].lower()])
    if match["hour"] is None:
        return day
    moment = datetime.combine(day, clock_time(match), tzinfo=ALMATY)
    # a page kept since before midnight still says "today"
    return moment - timedelta(days=1) if moment > captured + _CLOCKS_APART else moment


def _just_now(match: re.Match[str], captured: datetime) -> datetime | date:  # noqa: ARG001
    return captured.replace(second=0, microsecond=0)


def _ago(match: re.Match[str], captured: datetime) -> datetime | date | None:
    told = (match["number"] or "").lower()
    start = match.start()
    before = _WORD_BEFORE.search(match.string[max(0, start - _MAX_WORD_CHARACTERS) : start])
    if before and _PART_BEFORE.fullmatch(before[1]):
        return None
    if told.isdigit():
        number = int(told)
    elif (before and not is_label_word(before[1])) or not (told or _ONE.fullmatch(match[0])):
        return None  # «сто один день назад», «несколько минут назад»
    else:
        number = _NUMBERS.get(told, 1)
    unit = next(name for name, _ in _UNITS if match[name])
    moment = captured - timedelta(**{unit: number})
    is_exact = unit == "minutes"
    return moment.replace(second=0, microsecond=0) if is_exact else almaty_day(moment)


_Read = Callable[[re.Match[str], datetime], datetime | date | None]
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_DAY, _day),
    (_JUST_NOW, _just_now),
    (_AGO, _ago),
)
