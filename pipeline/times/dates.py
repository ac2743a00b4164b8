"""Times of publication: as sites print them, and as their markup gives them.

Printed times are Almaty's (`pipeline.clock`). Month names: Unicode CLDR for ru, kk, en, with
the genitives of Russian.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal, TypeVar

from pipeline.clock import ALMATY, almaty_day
from pipeline.remembered import remembered
from pipeline.times.time_labels import is_label_word

Precision = Literal["day", "minute"]

_Day = TypeVar("_Day", date, datetime)

_MONTHS = {
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "янв февр март апр мая июнь июль авг сент окт нояб дек",
    ),
    "kk": (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда "
        "қарашада желтоқсанда",
        "қаңтары ақпаны наурызы сәуірі мамыры маусымы шілдесі тамызы қыркүйегі қазаны қарашасы "
        "желтоқсаны",
        "қаңтарында ақпанында наурызында сәуірінде мамырында маусымында шілдесінде тамызында "
        "қыркүйегінде қазанында қарашасында желтоқсанында",
        "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
    ),
    "en": (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    ),
}
_MONTH_NUMBER = {
    name: number
    for rows in _MONTHS.values()
    for row in rows
    for number, name in enumerate(row.split(), start=1)
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
WEEKDAYS = (
    "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|"
    "дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі|дс|сс|бс|жм|сн|жк|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs)?|fri|sat|sun"
)
"""A pattern."""
_WEEKDAY = rf"\b(?:{WEEKDAYS})\b\.?"
_WEEKDAY_ALONE = re.compile(WEEKDAYS, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_HOUR = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)(?::\d\d)?"
HALF_OF_DAY = r"(?:\s*(?P<half>[ap]\.?m\b\.?))?"
"""A pattern, for what may stand behind a clock time."""
_CLOCK = (
    rf"(?P<clock>(?:[\s,|/·•–—()-]|\bв\b|\bat\b|\bсағат\b|{_WEEKDAY})*(?<!\d){_HOUR}{HALF_OF_DAY})?"
)
_CLOCK_BEFORE = re.compile(
    rf"(?<![\d:]){_HOUR}{HALF_OF_DAY}(?:[\s,|/·•–—()-]|\bon\b|{_WEEKDAY})*$", re.IGNORECASE
)
_ZONE = r"(?:[.,]\d+)?(?P<zone>Z\b|\s?[+-](?:0\d:?(?:00|30|45)|1[0-4]:?00)(?!\d))"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_YEAR_WORD = r"(?:\s*(?:(?:года|год|жылғы|жылдың|жылы|жыл)\b|[гж]\b\.?))?"
_DAY = r"(?P<day>[0-3]?\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 4 марта 2026 г. 7:31; 4 наурыз 2026 ж.; 4 March 2026, 07:31
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?(?:-?го)?(?:[\s.,]+(?:of\s+)?|-)(?P<month>{_MONTH})\b\.?"
        rf"[\s,-]+{_YEAR}{_YEAR_WORD}{_CLOCK}",
        # 2026 жылғы 4 наурыз; 2026 ж. 4 наурыз
        rf"(?<!\d){_YEAR}{_YEAR_WORD}[\s,]+{_DAY}[\s-]+(?P<month>{_MONTH})\b{_CLOCK}",
        # March 4, 2026
        rf"\b(?=[^\W\d_]+\.?\s+\d)(?P<month>{_MONTH})\b\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}"
        rf"{_CLOCK}",
        # 3/4/2026 6:28 PM, which is 4 March
        rf"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])/{_DAY}/{_YEAR}(?P<clock>[\s,]+{_HOUR}"
        r"\s*(?P<half>[ap]\.?m\b\.?))",
        # 04.03.2026, 04/03/2026, 04-03-2026
        rf"(?<![\d.]){_DAY}[./](?P<month>[01]?\d)[./]{_YEAR}{_YEAR_WORD}{_CLOCK}",
        rf"(?<![\d./-]){_DAY}-(?P<month>[01]\d)-{_YEAR}(?!-){_YEAR_WORD}{_CLOCK}",
        # 2026-03-04, 2026-03-04 07:31, 2026-03-04T07:31:00+05:00
        rf"(?<!\d){_YEAR}-(?P<month>[01]\d)-{_DAY}(?!\d)T?{_CLOCK}(?(clock)(?:{_ZONE})?)",
        # 2026/03/04, 2026.03.04 07:31
        rf"(?<![\d./-]){_YEAR}(?P<mark>[./])(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)(?![\d/-]){_CLOCK}",
    )
)
_SHORT_FORM = re.compile(
    rf"(?<![\d./-]){_DAY}([./])(?P<month>[01]\d)\2(?P<year>\d\d)(?![\d./]){_CLOCK}", re.IGNORECASE
)
"""04.03.26, 04.03.26 12:28"""
_MAX_SHORT_FORM_CHARACTERS = 80
"""In longer texts such figures are often something else."""
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)")
_SECONDS = re.compile(r"[0-9]{9,10}|[0-9]{13}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MOMENT = re.compile(rf"{_ISO_DAY.pattern}[T\s]", re.IGNORECASE)
_ZONE_NAME = re.compile(r"\[[^][]*\]$")
"""As Java writes it behind an offset: `[Asia/Almaty]`."""
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MIN_YEAR, _MAX_YEAR = 1900, 2099
_CLOCKS_APART = timedelta(days=1)


class UnreadableDate(ValueError):
    """A text that is no date in any known form; its argument is the text."""


@dataclass(frozen=True, slots=True)
class Published:
    """A time of publication: to the minute, or a day alone."""

    value: datetime | date

    @property
    def precision(self) -> Precision:
        """How exact the time is."""
        return "minute" if isinstance(self.value, datetime) else "day"

    @property
    def text(self) -> str:
        """RFC 3339: with Almaty's offset at that time, or the date alone."""
        if isinstance(self.value, datetime):
            return self.value.astimezone(ALMATY).isoformat(timespec="seconds")
        return self.value.isoformat()

    @property
    def day(self) -> date:
        """The day in Almaty."""
        if isinstance(self.value, datetime):
            return self.value.astimezone(ALMATY).date()
        return self.value


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date or time in a text, with its place as for slices."""

    value: Published
    start: int
    """That of its clock time, where this stands before the date."""
    end: int
    is_relative: bool = False
    """Whether it is told from the moment of the capture, as «сегодня» is."""


def month_number(word: str) -> int | None:
    """The month of a word in any of the three languages, as dates have it; None of another.

    >>> month_number("марта"), month_number("наурызда"), month_number("сенат")
    (3, 3, None)
    """
    return _MONTH_NUMBER.get(word.lower())


def latest_day(captured: datetime) -> date:
    """The last day that a page captured then may bear: the site's clock may be ahead of ours."""
    return almaty_day(captured + _CLOCKS_APART)


def parse_printed_date(text: str) -> Published:
    """The time of publication in a printed text, such as «4 марта 2026 г. 7:31».

    A date alone where no hour is printed. Raises UnreadableDate with the text.

    >>> parse_printed_date("4 марта 2026 г. 7:31").text
    '2026-03-04T07:31:00+05:00'
    >>> parse_printed_date("16.05.2022 348").text
    '2022-05-16'
    """
    found = printed_dates(text)
    if not found:
        raise UnreadableDate(text)
    return found[0].value


def printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """All dates in a text, in order. What has the form of one and is none, such as 31.02.2026, has
    no date inside it either.
    """
    return _dates(text) if may_have_date(text) else ()


def may_have_date(text: str) -> bool:
    """Whether a text may have a date: quickly told."""
    if "20" in text or "19" in text:
        return True
    is_short = len(text) <= _MAX_SHORT_FORM_CHARACTERS
    return is_short and (text.count(".") > 1 or text.count("/") > 1)


@remembered
def _dates(text: str) -> tuple[PrintedDate, ...]:
    if _HAS_YEAR.search(text) and (found := _dates_in_forms(text, _FORMS)):
        return found
    if len(text) > _MAX_SHORT_FORM_CHARACTERS:
        return ()
    found = _dates_in_forms(text, (_SHORT_FORM,))
    return found if found and _may_precede_figures(text[: found[0].start]) else ()


def _may_precede_figures(text: str) -> bool:
    """Whether figures such as 04.03.26 after a text are a date, unlike those of «ГОСТ 12.01.04»."""
    words = _WORD.findall(text)
    is_label = all(is_label_word(word) or _WEEKDAY_ALONE.fullmatch(word) for word in words)
    return is_label or text.rstrip().endswith((":", "|", "•", "·"))


def _dates_in_forms(text: str, forms: tuple[re.Pattern[str], ...]) -> tuple[PrintedDate, ...]:
    matches = sorted(
        (match for form in forms for match in form.finditer(text)), key=lambda match: match.start()
    )
    found: list[PrintedDate] = []
    end = 0
    for match in matches:
        if match.start() < end:
            continue
        clock = _CLOCK_BEFORE.search(text, end, match.start())
        has_both = clock is not None and match["clock"]
        if has_both and match is matches[-1]:
            clock = None
        # of «10:00, 6 марта 2026 7:31, 4 марта 2026» each date has the time before it
        end = match.start("clock") if has_both and clock else match.end()
        with suppress(ValueError):
            start = clock.start() if clock else match.start()
            found.append(PrintedDate(_from_match(match, clock or match), start, end))
    return tuple(found)


def has_impossible_date(text: str) -> bool:
    """Whether a text has what has the form of a date and is none, such as 31.02.2026.

    >>> has_impossible_date("12.13.2022"), has_impossible_date("12.05.2022")
    (True, False)
    """
    figures = any(_is_impossible(found) for found in _FIGURES.finditer(text))
    return figures or any(
        not _is_day(found["year"], found["month"], found["day"])
        for form in (_FORMS if _HAS_YEAR.search(text) else ())
        for found in form.finditer(text)
    )


def _is_impossible(figures: re.Match[str]) -> bool:
    first, mark, month, last = figures.groups()
    if len(first) == 4 and len(last) < 3:
        return not _is_day(first, month, last)
    if len(first) > 2 or len(last) == 1 or (len(last) == 2 and mark == "-"):
        return False  # a number of some other kind, such as a telephone's
    return not _is_day(last if len(last) == 4 else f"20{last}", month, first)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        found = _day(year, month, day)
    except ValueError:
        return False
    return _MIN_YEAR <= found.year <= _MAX_YEAR


def _day(year: str, month: str, day: str) -> date:
    """A day whose month is a number or a name. Raises ValueError where there is none such."""
    full_year = f"20{year}" if len(year) == 2 else year
    return date(int(full_year), _MONTH_NUMBER.get(month.lower()) or int(month), int(day))


def parse_machine_date(text: str, beside: Published | None = None) -> Published:
    """The time in a machine-readable attribute: ISO 8601, seconds since 1970, or as printed.

    Sites state wrong zones, so the time printed on the same page (`beside`) decides: of the
    times that the text can mean, the one that is the same as `beside`. If none is, or without
    `beside`, the stated zone holds, and a time without zone is Almaty's. Seconds are dropped.
    Raises UnreadableDate with the text.
    """
    try:
        meanings = _possible_times(text.strip())
    except UnreadableDate as error:
        raise UnreadableDate(text) from error
    if beside is not None:
        for meant in meanings:
            if same_time(meant, beside):
                return meant
    return meanings[0]


def machine_date(text: str | None, beside: Published | None = None) -> Published | None:
    """The time that `parse_machine_date` reads; None where a text is missing or is no time."""
    try:
        return parse_machine_date(text, beside) if text else None
    except UnreadableDate:
        return None


def reconcile(from_markup: Published, shown: Published | None) -> Published:
    """One time out of a machine-readable and a printed one: the machine-readable where it has the
    minute and is the same, or where none is printed; else the printed one.
    """
    if shown is None or (same_time(from_markup, shown) and from_markup.precision == "minute"):
        return from_markup
    return shown


def same_time(one: Published, other: Published) -> bool:
    """Whether two times are the same to the minute, or to the day where one of them is a day.

    By Almaty's clocks, since a printed time has no offset: they showed one hour twice in the night
    to 1 March 2024.
    """
    if one.value == other.value:
        return True
    if isinstance(one.value, datetime) and isinstance(other.value, datetime):
        clocks = (each.astimezone(ALMATY).replace(tzinfo=None) for each in (one.value, other.value))
        return abs(next(clocks) - next(clocks)) < timedelta(minutes=1)
    return one.day == other.day


def _possible_times(text: str) -> list[Published]:
    """The times that a machine-readable text can mean, the likelier first."""
    if _SECONDS.fullmatch(text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        utc = _plausible(text, datetime.fromtimestamp(seconds, UTC)).replace(
            second=0, microsecond=0
        )
        return [Published(utc), Published(_as_almaty(utc))]
    if _ISO_DAY.fullmatch(text):
        return [Published(_parsed(date.fromisoformat, text))]
    if not _ISO_MOMENT.match(text):
        return [_in_words(text)]
    text = _ZONE_NAME.sub("", text.upper())
    parsed = _parsed(datetime.fromisoformat, _iso(text)).replace(second=0, microsecond=0)
    if parsed.tzinfo is None:
        return [Published(_as_almaty(parsed)), Published(parsed.replace(tzinfo=UTC))]
    return [Published(parsed), Published(_as_almaty(parsed))]


def _in_words(text: str) -> Published:
    """A date as in mail and feeds (RFC 5322), with its zone, or as printed."""
    if not re.match(r"[A-Za-z]{3}, ", text):
        return parse_printed_date(text)
    parsed = _parsed(parsedate_to_datetime, text)
    return Published(parsed if parsed.tzinfo else _as_almaty(parsed))


def _parsed(parse: Callable[[str], _Day], text: str) -> _Day:
    try:
        return _plausible(text, parse(text))
    except ValueError as error:
        raise UnreadableDate(text) from error


def _plausible(text: str, value: _Day) -> _Day:
    if not _MIN_YEAR <= value.year <= _MAX_YEAR:
        raise UnreadableDate(text)
    return value


def _iso(text: str) -> str:
    """ISO 8601 as sites write it, in the form that Python reads."""
    text = re.sub(r"^(\d{4}-\d\d-\d\d)\s+(\d)", r"\1T\2", text)
    text = re.sub(r"T(\d):", r"T0\1:", text)
    return re.sub(r"\s*([+-])(\d\d):?(\d\d)$", r"\1\2:\3", text)


def _as_almaty(moment: datetime) -> datetime:
    """The same clock time, taken as Almaty's."""
    return moment.replace(tzinfo=ALMATY)


def _from_match(found: re.Match[str], clock: re.Match[str]) -> Published:
    day = _day(found["year"], found["month"], found["day"])
    if clock["hour"] is None:
        return Published(day)
    moment = datetime.combine(day, clock_time(clock), tzinfo=ALMATY)
    zone = found.groupdict().get("zone")
    return Published(_in_zone(moment, zone) if zone else moment)


def clock_time(clock: re.Match[str]) -> time:
    """The time in the groups `hour`, `minute` and `half`: of 12:05 a.m. 0:05."""
    hour = int(clock["hour"])
    half = (clock["half"] or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(clock["minute"]))


def _in_zone(moment: datetime, zone: str) -> datetime:
    """The same clock time in a zone such as `Z` or `+05:00`. Raises ValueError where its day is
    none of Almaty's.
    """
    offset = zone.strip().upper().replace(":", "").replace("Z", "+0000")
    return datetime.strptime(f"{moment:%Y-%m-%d %H:%M}{offset}", "%Y-%m-%d %H:%M%z")
