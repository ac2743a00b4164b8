"""The particulars of a text, by the places of its words: its numbers, and the names in it. Pieces
made from one form differ in them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.normalize.characters import composed
from pipeline.normalize.words import word_spans, words
from pipeline.similarity.compared_words import word_numbers
from pipeline.times.dates import month_number

_SENTENCE_END = re.compile(r"[.!?…:;\n•]")
_SHORTEST_MONTH = 4
"""Letters of a month's name: abbreviations («там», «мар») are words of their own, too."""
_SHORTEST_NAME = 3
_LAST_DAY = 31
_POINTS = frozenset(".,:")
_SPACES = frozenset(" \u00a0\u202f")
_GROUPED_DIGITS = 3
_ENDING_LETTERS = 2
"""By so many letters two cases of a name may differ at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """By the places of words, among those that are compared."""

    numbers: Mapping[int, str]
    """Numbers in digits, without leading noughts, and months by their numbers."""
    names: Mapping[int, str]
    """Words with a capital letter that do not begin a sentence."""
    days: frozenset[tuple[int, int]] = frozenset()
    """The days named, each by month and day."""


def no_particulars() -> Particulars:
    """Those of a text of which none are known."""
    return Particulars(numbers={}, names={})


def particulars_in(body: str) -> Particulars:
    """The particulars of a body.

    >>> found = particulars_in("Курс на 05 марта: 512,3 тенге. Сообщил Тимур Ахметов.")
    >>> found.numbers, found.names
    ({2: '5', 3: '3', 4: '512.3', 5: '512.3'}, {8: 'тимур', 9: 'ахметов'})
    """
    text, found = composed(body), words(body)
    spans = word_spans(text)
    numbers: dict[int, str] = {}
    names: dict[int, str] = {}
    months: dict[int, int] = {}
    for place, at in enumerate(word_numbers(body)):
        (start, end), word = spans[at], found[at]
        begins = not at or bool(_SENTENCE_END.search(text, spans[at - 1][1], start))
        if month := _month(text[start:end]):
            numbers[place], months[place] = str(month), month
        elif any(letter.isdigit() for letter in word):
            numbers[place] = word
            if at and place - 1 in numbers:
                _join(numbers, place, text[spans[at - 1][1] : start])
        elif text[start].isupper() and len(word) >= _SHORTEST_NAME and not begins:
            names[place] = word
    return Particulars(
        numbers={place: number.lstrip("0") or "0" for place, number in numbers.items()},
        names=names, days=_days(numbers, months),
    )  # fmt: skip


def is_one_name(one: str, other: str) -> bool:
    """Whether two words may be one name in two cases.

    >>> is_one_name("китай", "китаем"), is_one_name("китай", "катар")
    (True, False)
    """
    shorter = min(len(one), len(other))
    alike = max(_SHORTEST_NAME, shorter - _ENDING_LETTERS)
    return one[:alike] == other[:alike]


def _join(numbers: dict[int, str], place: int, between: str) -> None:
    """Make one number of two words, as in «512,3», «10:00», «1 200»."""
    before, word = numbers[place - 1], numbers[place]
    if between in _POINTS:
        joined = f"{before}.{word}"
    elif between in _SPACES and before.isdecimal() and len(word) == _GROUPED_DIGITS:
        joined = before + word
    else:
        return
    start = place - 1
    while numbers.get(start) == before:
        numbers[start] = joined
        start -= 1
    numbers[place] = joined


def _month(word: str) -> int | None:
    is_long = len(word) >= _SHORTEST_MONTH or word.lower() in ("май", "мая", "may")
    return month_number(word) if is_long else None


def _days(numbers: Mapping[int, str], months: Mapping[int, int]) -> frozenset[tuple[int, int]]:
    """A month's name beside a number up to 31."""
    return frozenset(
        (month, int(number))
        for at, month in months.items()
        for number in (numbers.get(at - 1, ""), numbers.get(at + 1, ""))
        if number.isdecimal() and 1 <= int(number) <= _LAST_DAY
    )
