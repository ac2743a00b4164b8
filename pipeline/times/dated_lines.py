"""Lines that show times: of publication, of changes, of something else."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.remembered import remembered
from pipeline.times.dates import (
    WEEKDAYS,
    PrintedDate,
    Published,
    may_have_date,
    printed_dates,
)
from pipeline.times.relative_dates import may_be_relative, relative_times
from pipeline.times.time_labels import (
    TimeKind,
    is_label_word,
    label_kind,
    time_kind,
    unknown_label,
)

_AFTER_DATE = re.compile(
    rf"[\W\d]*(?:(?:{WEEKDAYS})\b)?[\W\d]*(?:(?:просмотр|қаралым|көрілім|қаралды|views?)\w*)?[\W\d]*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\s*(\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)(.*)$", re.DOTALL)
_BESIDE_DATE = re.compile(
    rf"{WEEKDAYS}|дата|время|автор\w*|текст|просмотр\w*|мин|в|қаралым\w*|көрілім\w*|on|at|by|views?|min|read",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[|•·;,)\]/]")
_PART_BEFORE = re.compile(r"[|•·;,/]\s*$")
_PART_AFTER = re.compile(r"\s*[|•·;,/]")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = (".", "!", "?", "…")
MAY_BE_TIME = re.compile(
    r"\d:\d|\b(?:сегодня|вчера|назад|бүгін|кеше|бұрын|today|yesterday|ago|now)\b", re.IGNORECASE
)
"""What may be a time too, though it names no date."""
_MAX_DATED_LINE_CHARACTERS = 150
_MAX_RELATIVE_CHARACTERS = 80
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""From which times are told where it does not matter which they are."""
_MAX_WORDS_BESIDE_DATE = 8


@dataclass(frozen=True, slots=True)
class ShownTime:
    """A time that a page shows, and what the words beside it say that it is the time of."""

    value: Published
    kind: TimeKind | None
    is_relative: bool = False
    """Whether it is told from the moment of the capture, as «сегодня» is."""


@dataclass(frozen=True, slots=True)
class DatedLine:
    """The times in a line, with the text before the first and after the last of them."""

    times: tuple[ShownTime, ...]
    before: str
    after: str

    @property
    def first(self) -> Published:
        """The first of its times."""
        return self.times[0].value

    @property
    def is_relative(self) -> bool:
        """Whether this is told from the moment of the capture."""
        return self.times[0].is_relative

    @property
    def has_views(self) -> bool:
        """Whether a number stands after the date."""
        return bool(re.fullmatch(r"\D*\d[\d\s]*\D*", self.after))

    @property
    def is_labelled(self) -> bool:
        """Whether words say of one of its times what it is the time of."""
        return any(time.kind for time in self.times)


def time_published(times: Iterable[ShownTime]) -> Published | None:
    """The first of the times that is said to be that of publication, else the first of which
    nothing is said, else the first with an unknown label.
    """
    times = list(times)
    for kind in ("published", None, "unknown"):
        for time in times:
            if time.kind == kind:
                return time.value
    return None


def time_modified(times: Iterable[ShownTime], published: Published | None) -> Published | None:
    """The first of the times that is said to be that of a change, of what was published on that day
    or before: another one is of something else.
    """
    changes = (time.value for time in times if time.kind == "modified")
    return next((one for one in changes if not published or published.day <= one.day), None)


@remembered
def date_and_views(text: str) -> DatedLine | None:
    """A line that is only a date, perhaps with the weekday or a label such as «Опубликовано:», and
    perhaps the number of views: `16.05.2022 348`; else None.
    """
    if len(text) > _MAX_DATED_LINE_CHARACTERS:
        return None
    figures = _FIGURES.match(text)  # the views may stand right after the year
    text = f"{figures[1]} {figures[2]}" if figures else text
    return _first_and_views(text, printed_dates(text))


def told_and_views(text: str, captured: datetime | None) -> DatedLine | None:
    """The same, of a time told from the moment `captured`: «сегодня, 18:20»."""
    if captured is None or not may_be_relative(text) or len(text) > _MAX_RELATIVE_CHARACTERS:
        return None
    return _first_and_views(text, _relative_dates(text, captured))


def _first_and_views(text: str, dates: Sequence[PrintedDate]) -> DatedLine | None:
    if not dates or not _AFTER_DATE.fullmatch(text, dates[0].end):
        return None
    before = text[: dates[0].start]
    kind = label_kind(before) or unknown_label(before)
    may_precede = all(map(_may_be_beside, _WORD.findall(before))) and not re.search(r"\d", before)
    if kind not in (None, "published") or not may_precede:
        return None
    time = ShownTime(dates[0].value, kind, dates[0].is_relative)
    return DatedLine((time,), before, text[dates[0].end :])


@remembered
def dated_line(text: str) -> DatedLine | None:
    """A line that is one or more times, perhaps with labels, names or the number of views beside
    them; None of a sentence with a date in it, and of a line without a date.
    """
    if len(text) > _MAX_DATED_LINE_CHARACTERS:
        return None
    dates = printed_dates(text)
    return line_of_dates(text, dates) if dates else None


def is_date_line(text: str) -> bool:
    """Whether a text is a line of times one of which may be an article's own."""
    line = dated_line(text)
    return line is not None and any(time.kind != "other" for time in line.times)


def is_time_note(text: str) -> bool:
    """Whether a text says when the article was published or changed, and nothing else; from the
    moment of reading too, as «Обновлено 5 минут назад» does.
    """
    line = dated_line(text) or _told_line(text)
    return line is not None and any(time.kind in ("published", "modified") for time in line.times)


@remembered
def _told_line(text: str) -> DatedLine | None:
    if len(text) > _MAX_RELATIVE_CHARACTERS or not may_be_relative(text):
        return None
    return line_of_dates(text, _relative_dates(text, _ANY_MOMENT))


def line_of_dates(text: str, dates: Sequence[PrintedDate]) -> DatedLine | None:
    """The same, where the dates in the text are known."""
    if not dates:
        return None
    gaps = _gaps(text, dates)
    line = DatedLine(_labelled(dates, gaps), gaps[0], gaps[-1])
    words = _WORD.findall(" ".join(gaps))
    if not words:
        return line
    is_sentence = gaps[-1].rstrip()[-1:] in _SENTENCE_ENDS and not line.is_labelled
    if is_sentence or len(words) > _MAX_WORDS_BESIDE_DATE * len(dates):
        return None
    parts = (part for gap in gaps for part in _PARTS.split(gap))
    return line if all(map(_may_stand_beside, parts)) else None


def has_words_beside(text: str, dates: Sequence[PrintedDate]) -> bool:
    """Whether a text has words beside the dates in it."""
    return any(map(_WORD.search, _gaps(text, dates)))


def _may_stand_beside(part: str) -> bool:
    """Whether words may stand beside a date that is no part of a sentence: labels, or names."""
    words = _WORD.findall(part)
    if all(map(_may_be_beside, words)):
        return True
    is_prose = any(word[0].islower() and not _BESIDE_DATE.fullmatch(word) for word in words)
    return not is_prose and label_kind(part) is None


def _may_be_beside(word: str) -> bool:
    return bool(_BESIDE_DATE.fullmatch(word)) or is_label_word(word)


def shown_times(text: str, captured: datetime | None = None) -> tuple[ShownTime, ...]:
    """The times in any text, each with what its label says; those told from `captured`, where it
    is given.
    """
    return labelled(text, dates_in(text, captured))


@remembered
def may_have_time(text: str) -> bool:
    """Whether a text may have a date, or a time told from the moment of reading: quickly told."""
    return may_have_date(text) or (len(text) <= _MAX_RELATIVE_CHARACTERS and may_be_relative(text))


def dates_in(text: str, captured: datetime | None) -> tuple[PrintedDate, ...]:
    """The dates in a text; where it names none, those that it tells from the moment `captured`
    (aware), such as «сегодня, 18:20».
    """
    dates = printed_dates(text)
    if dates or captured is None or len(text) > _MAX_RELATIVE_CHARACTERS:
        return dates
    return _relative_dates(text, captured)


def _relative_dates(text: str, captured: datetime) -> tuple[PrintedDate, ...]:
    return tuple(
        PrintedDate(Published(value), start, end, is_relative=True)
        for value, start, end in relative_times(text, captured)
    )


def labelled(text: str, dates: Sequence[PrintedDate]) -> tuple[ShownTime, ...]:
    """The times in a text, each with what its label says: that before it, or else that after it,
    up to the next mark such as a comma. Where the first of several has no label before it and the
    last has one after it, all have theirs after them.
    """
    return _labelled(dates, _gaps(text, dates))


def _labelled(dates: Sequence[PrintedDate], gaps: list[str]) -> tuple[ShownTime, ...]:
    if not any(map(_WORD.search, gaps)):
        return tuple(ShownTime(one.value, None, one.is_relative) for one in dates)
    if len(dates) > 1:
        kinds = [label_kind(gap) for gap in gaps]
        if kinds[0] is None and kinds[-1] in ("published", "modified"):
            return tuple(
                ShownTime(one.value, kind, one.is_relative)
                for one, kind in zip(dates, kinds[1:], strict=True)
            )
    found: list[ShownTime] = []
    for at, one in enumerate(dates):
        parted = _PARTS.split(gaps[at], maxsplit=1) if at else [gaps[at]]
        after = _kind_after(gaps[at + 1], is_last=at + 1 == len(dates))
        before = label_kind(parted[-1], is_apart=bool(_PART_BEFORE.search(parted[-1])))
        kind = before or after or unknown_label(parted[-1])
        found.append(ShownTime(one.value, kind, one.is_relative))
    return tuple(found)


def _kind_after(gap: str, *, is_last: bool) -> TimeKind | None:
    """What a label between a time and the next one says of the former; it names no event."""
    parted = [gap] if is_last else _PARTS.split(gap, maxsplit=1)
    is_apart = _PART_AFTER.match(parted[0]) is not None
    kind = label_kind(parted[0], is_apart=is_apart) if is_last or len(parted) > 1 else None
    if kind == "other" or MAY_BE_TIME.search(gap):
        return None
    return None if kind == "modified" and is_last and _lacks_its_time(parted[0]) else kind


def _lacks_its_time(gap: str) -> bool:
    """Whether the label after the last time begins something of its own, as «Обновлено» does with
    its capital, of which the time is not told.
    """
    return any(word[0].isupper() and time_kind(word) for word in _WORD.findall(gap))


def _gaps(text: str, dates: Sequence[PrintedDate]) -> list[str]:
    """The text before the first date, between each two, and after the last."""
    gaps: list[str] = []
    end = 0
    for one in dates:
        gaps.append(text[end : one.start])
        end = one.end
    return [*gaps, text[end:]]
