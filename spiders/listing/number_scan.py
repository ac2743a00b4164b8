"""Addresses with a number: counted up and down from those that are known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from pipeline.frontier.numbered_addresses import NumberState

_TOO_FAR_IN_A_ROW = 5
"""So many articles in a row from beyond the wanted days end a scan: one may be out of order."""
_NUMBERS_AT_ONCE = 25
_BOTH_WAYS: tuple[Literal[1, -1], ...] = (1, -1)


Lookup = Callable[[int], NumberState]
"""What is known of a number."""


class NumberScan:
    """One way, up or down, from one number, until so many in a row are absent, the days from
    `since` to `until` are left, or one of `ends` is met. What could not be read counts as absent: a
    site that gives a page for any number would be counted up for ever.
    """

    def __init__(
        self,
        start: int,
        step: Literal[1, -1],
        *,
        ends: frozenset[int],
        most_absent: int,
        since: date,
        until: date,
    ) -> None:
        self._next = start
        self._step = step
        self._ends = ends
        self._most_absent = most_absent
        self._since = since
        self._until = until
        self._absent = 0
        self._too_far = 0
        self._unclear = False
        """Whether one of those that count as absent in a row could not be read."""
        self.done = False

    @property
    def is_unclear(self) -> bool:
        """Whether it ended where numbers could not be read: there may be more."""
        return self.done and self._unclear

    def wanted(self, known: Lookup) -> list[int]:
        """The numbers to ask next; none once this scan is done."""
        while not self.done:
            number = known(self._next)
            if number.state == "unasked":
                return self._next_unasked(known)
            self._take(number)
            self._next += self._step
            ended = self._absent >= self._most_absent or self._too_far >= _TOO_FAR_IN_A_ROW
            self.done = ended or self._next < 1 or self._next in self._ends
        return []

    def _next_unasked(self, known: Lookup) -> list[int]:
        room = min(_NUMBERS_AT_ONCE, self._most_absent - self._absent)
        ahead = (self._next + self._step * far for far in range(room))
        return [n for n in ahead if n > 0 and known(n).state == "unasked"]

    def _take(self, number: NumberState) -> None:
        if number.state != "present":
            self._absent += 1
            self._unclear = self._unclear or number.state == "unclear"
            return
        self._absent, self._unclear = 0, False
        day = number.day
        beyond = day is not None and (day < self._since if self._step < 0 else day > self._until)
        self._too_far = self._too_far + 1 if beyond else 0


def scans(
    present: Iterable[tuple[int, date]],
    others: Iterable[tuple[int, date]],
    *,
    since: date,
    until: date,
    most_absent: int,
) -> Iterator[NumberScan]:
    """Scans both ways from each of the `starts`, up to the next one's; each is made when it is
    wanted, for there may be hundreds of thousands.
    """
    begin = starts(present, others, since, until)
    ends = frozenset(begin)
    for number in begin:
        for step in _BOTH_WAYS:
            yield NumberScan(
                number, step, ends=ends, most_absent=most_absent, since=since, until=until
            )


def starts(
    present: Iterable[tuple[int, date]],
    others: Iterable[tuple[int, date]],
    since: date,
    until: date,
) -> list[int]:
    """The numbers to count from, highest first: those present within the wanted days. Where there
    is none, those of `others` (of another language, or noted in the source's facts), the nearest
    on both sides of the days, and where the days should lie among all of these.
    """
    numbers = sorted(present)
    inside = [number for number, day in numbers if since <= day <= until]
    if inside:
        return inside[::-1]
    every = sorted({*numbers, *others})
    within = {number for number, day in every if since <= day <= until}
    above = [number for number, day in every if day > until][:1]
    below = [number for number, day in every if day < since][-1:]
    guesses = (_expected(every, day) for day in (since, until))
    return sorted({*within, *above, *below, *(one for one in guesses if one)}, reverse=True)


def _expected(known: Sequence[tuple[int, date]], day: date) -> int | None:
    """About which number a day has, if numbers rise evenly between, and beyond, those known."""
    if len({one for _, one in known}) < 2:
        return None
    before = [one for one in known if one[1] <= day]
    after = [one for one in known if one[1] > day]
    (n, first), (m, second) = (before[-1], after[0]) if before and after else (known[0], known[-1])
    if first == second:
        return n
    return max(1, round(n + (m - n) * (day - first) / (second - first)))
