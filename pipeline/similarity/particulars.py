"""The particulars of a text, by the places of its words: its numbers, and the names in it. Pieces
made from one form differ in them.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.normalize.characters import composed
from pipeline.normalize.words import word_spans, words
from pipeline.similarity.compared_words import word_numbers
from pipeline.times.dates import month_number

_SENTENCE_END = re.compile(r"[.!?…:;\n•]")
_SHORTEST_MONTH = 4
"""Letters of a month's name: abbreviations («там», «мар») are words of their own, too."""
_SHORTEST_NAME = 3
_DAY_DIGITS = 2
_LAST_DAY = 31
_POINTS = frozenset(".,:")
_SPACES = frozenset(" \u00a0\u202f")
_GROUPED_DIGITS = 3
_LONGEST_NUMBER = 20
"""Of characters: with more it is a list or a table, each number of which stands by itself."""
_LONGEST_NAME = 30
"""Of letters: so many tell a name."""
_ENDING_LETTERS = 2
"""By so many letters two cases of a name may differ at its end."""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """By the places of words, among those that are compared."""

    numbers: Mapping[int, str]
    """Numbers in digits, without leading noughts, and months by their numbers."""
    names: Mapping[int, str]
    """Words with a capital letter that do not begin a sentence."""
    days: frozenset[tuple[int, int]] = frozenset()
    """The days named, each by month and day."""

    @cached_property
    def each_number(self) -> frozenset[str]:
        """The numbers, wherever they stand."""
        return frozenset(self.numbers.values())

    def has_name(self, name: str) -> bool:
        """Whether a name stands anywhere in it, be it in another case.

        >>> particulars_in("Он посетил Китай.").has_name("китаем")
        True
        """
        stem, names = _stem(name), self._names_in_order
        at = bisect_left(names, stem)
        following = names[at : at + 1]
        return any(one.startswith(stem) for one in following) or any(
            name[:end] in self._stems for end in range(_SHORTEST_NAME, len(name) + 1)
        )

    @cached_property
    def _names_in_order(self) -> list[str]:
        return sorted(set(self.names.values()))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(_stem, self._names_in_order))


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
    so_far: list[int] = []  # places of a number that may go on
    for place, at in enumerate(word_numbers(body)):
        (start, end), word = spans[at], found[at]
        begins = not at or bool(_SENTENCE_END.search(text, spans[at - 1][1], start))
        if month := _month(text[start:end]):
            numbers[place], months[place] = str(month), month
        elif any(letter.isdigit() for letter in word):
            number = None
            if so_far:
                number = _joined(numbers[so_far[-1]], word, text[spans[at - 1][1] : start])
            so_far = [*so_far, place] if number else [place]
            numbers.update(dict.fromkeys(so_far, number or word))
            continue
        elif text[start].isupper() and len(word) >= _SHORTEST_NAME and not begins:
            names[place] = word[:_LONGEST_NAME]
        so_far = []
    return Particulars(
        numbers={place: number.lstrip("0") or "0" for place, number in numbers.items()},
        names=names, days=_days(numbers, months),
    )  # fmt: skip


def _stem(name: str) -> str:
    """What a name begins with in every case."""
    return name[: max(_SHORTEST_NAME, len(name) - _ENDING_LETTERS)]


def _joined(before: str, word: str, between: str) -> str | None:
    """One number of two words, as in «512,3», «10:00», «1 200»; None where they are two."""
    if len(before) >= _LONGEST_NUMBER:
        return None
    if between in _POINTS:
        return f"{before}.{word}"
    if between in _SPACES and before.isdecimal() and len(word) == _GROUPED_DIGITS:
        return before + word
    return None


def _month(word: str) -> int | None:
    is_long = len(word) >= _SHORTEST_MONTH or word.lower() in ("май", "мая", "may")
    return month_number(word) if is_long else None


def _days(numbers: Mapping[int, str], months: Mapping[int, int]) -> frozenset[tuple[int, int]]:
    """A month's name beside a number up to 31."""
    return frozenset(
        (month, int(number))
        for at, month in months.items()
        for number in (numbers.get(at - 1, ""), numbers.get(at + 1, ""))
        if number.isdecimal() and len(number) <= _DAY_DIGITS and 1 <= int(number) <= _LAST_DAY
    )
