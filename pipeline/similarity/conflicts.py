"""Evidence against: the places where two texts, alike around them, differ in numbers or names.

A reprint changes words, puts some in and leaves some out; its numbers and names stay. In a series
(rates, forecasts, turnout, condolences) they are what changes, in places that the form leaves for
them. An updated text has other numbers too, but most of them agree.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from pipeline.similarity.compared_text import Text
from pipeline.similarity.particulars import Particulars
from pipeline.similarity.passages import Passage, Stretch, aligned

COUNTERPART_WORDS = 20
"""Up to so many words of one text between stretches that both have stand for those of the other."""
NAME_WORDS = 12
"""The same where names are compared: a sentence told anew has names of its own."""
FEWEST_NUMBERS = 2
"""In place of others. One may be a mistake that was mended."""
AGREEING = 3
"""For each of them so many numbers have to agree in a text that was only updated."""
BRIEF_WORDS = 100
"""In a text of fewer words as many as that are too many, whatever agrees: its form has numbers."""
FORM_PLACES = 3
"""Of a form, one in so many of its places has other numbers or names."""
_DAYS_AROUND = 1

_Place = tuple[range, range]
"""The words of two texts that stand for each other."""


def particulars_differ(one: Text, other: Text, found: Sequence[Stretch]) -> bool:
    """Whether numbers and names say that two texts are of one form, not one piece. `found` are the
    stretches of the first that the second has.
    """
    groups = aligned(found, COUNTERPART_WORDS)
    first, second = one.particulars, other.particulars
    between = [*_between(groups)]
    places = [*between, *_around(groups, one.words, other.words)]
    is_in_order = all(before.other < after.other for before, after in pairwise(found))
    others = [_other_numbers(place, first, second, anywhere=not is_in_order) for place in places]
    numbers = sum(others)
    agreeing = sum(
        at in first.numbers
        for stretch in found
        for at in range(stretch.start, stretch.start + stretch.words)
    )
    is_brief = min(one.words, other.words) < BRIEF_WORDS
    if numbers >= FEWEST_NUMBERS and (is_brief or AGREEING * numbers >= agreeing):
        return True
    names = [_names_differ(place, first, second) for place in between]
    both = sum(name or other > 0 for name, other in zip(names, others, strict=False))
    return (any(names) and FORM_PLACES * both >= len(between)) or _are_of_two_days(one, other)


def _between(groups: Collection[Passage]) -> Iterator[_Place]:
    """The words between stretches, where each text has some."""
    for group in groups:
        for before, after in pairwise(group):
            here = range(before.start + before.words, after.start)
            there = range(before.other + before.words, after.other)
            if here and there:
                yield here, there


def _around(groups: Collection[Passage], words: int, other_words: int) -> Iterator[_Place]:
    """The few words before the first stretch, and those after the last."""
    if not groups:
        return
    first = min((group[0] for group in groups), key=lambda stretch: stretch.start)
    last = max((group[-1] for group in groups), key=lambda stretch: stretch.start)
    for here, there in (
        (range(first.start), range(first.other)),
        (range(last.start + last.words, words), range(last.other + last.words, other_words)),
    ):
        if max(len(here), len(there)) <= COUNTERPART_WORDS:
            yield here, there


def _other_numbers(place: _Place, one: Particulars, other: Particulars, *, anywhere: bool) -> int:
    """How many numbers stand there in place of another, that the other text has not there either,
    or not anywhere: in texts of another order a number has another place.
    """
    here, there = place
    first = {one.numbers[at] for at in here if at in one.numbers}
    second = {other.numbers[at] for at in there if at in other.numbers}
    if not first or not second:
        return 0
    if anywhere:
        return min(len(first - other.each_number), len(second - one.each_number))
    return min(len(first - second), len(second - first))


def _names_differ(place: _Place, one: Particulars, other: Particulars) -> bool:
    """Whether each text has names there, and the other has none of them anywhere."""
    here, there = place
    if max(len(here), len(there)) > NAME_WORDS:
        return False
    first = {one.names[at] for at in here if at in one.names}
    second = {other.names[at] for at in there if at in other.names}
    return _lacks(other, first) and _lacks(one, second)


def _lacks(known: Particulars, names: Collection[str]) -> bool:
    """Whether there are names, and none of them is among those known."""
    return bool(names) and not any(map(known.has_name, names))


def _are_of_two_days(one: Text, other: Text) -> bool:
    """Whether each names the day about which it was published, and no day is named by both."""
    first, second = one.particulars.days, other.particulars.days
    return first.isdisjoint(second) and all(
        not days.isdisjoint(_days_around(text.day))
        for text, days in ((one, first), (other, second))
    )


def _days_around(day: date) -> set[tuple[int, int]]:
    reach = range(-_DAYS_AROUND, _DAYS_AROUND + 1)
    return {(near.month, near.day) for near in (day + timedelta(days=n) for n in reach)}
