"""What two sequences have in common, in order: bounded in time for any input.

Elements that each sequence has once are matched first, those of them that keep their order (the
patience diff); what lies between two of them is compared in the same way, and exactly where it is
short.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

Run = tuple[int, int, int]
"""Where a run of equal elements begins in each sequence, and its length."""

_Box = tuple[int, int, int, int]
"""A part of each sequence: start and end in the first, start and end in the second."""
_EXACT_CELLS = 2_500
"""A box of so many pairs of elements is compared exactly."""
_MAX_ROUNDS = 12
"""How often what is between two matches is looked at again."""


def common_runs(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Run]:
    """The runs of elements that two sequences have in common, in order; neighbours as one.

    >>> common_runs("abcde", "abxde")
    [(0, 0, 2), (3, 3, 2)]
    """
    found: list[Run] = []
    boxes: list[_Box] = [(0, len(one), 0, len(other))]
    for _ in range(_MAX_ROUNDS):
        boxes = [smaller for box in boxes for smaller in _matched_in_box(one, other, box, found)]
    return _merged(found)


def _matched_in_box(
    one: Sequence[Hashable], other: Sequence[Hashable], box: _Box, found: list[Run]
) -> Iterator[_Box]:
    """Puts into `found` what can be told of a box, and yields what is left to compare."""
    start, end, start_other, end_other = _without_equal_ends(one, other, box, found)
    if start == end or start_other == end_other:
        return
    here, there = one[start:end], other[start_other:end_other]
    if len(here) * len(there) <= _EXACT_CELLS:
        found.extend(
            (start + at, start_other + at_other, 1) for at, at_other in _longest(here, there)
        )
        return
    last, last_other = start, start_other
    for at, at_other in _anchors(here, there):
        found.append((start + at, start_other + at_other, 1))
        yield last, start + at, last_other, start_other + at_other
        last, last_other = start + at + 1, start_other + at_other + 1
    if last != start:
        yield last, end, last_other, end_other


def _without_equal_ends(
    one: Sequence[Hashable], other: Sequence[Hashable], box: _Box, found: list[Run]
) -> _Box:
    start, end, start_other, end_other = box
    begin = start
    while start < end and start_other < end_other and one[start] == other[start_other]:
        start, start_other = start + 1, start_other + 1
    if start > begin:
        found.append((begin, start_other - (start - begin), start - begin))
    last = end
    while start < end and start_other < end_other and one[end - 1] == other[end_other - 1]:
        end, end_other = end - 1, end_other - 1
    if end < last:
        found.append((end, end_other, last - end))
    return start, end, start_other, end_other


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Matches of the rarest elements that both have equally often, in order."""
    counts, counts_other = Counter(one), Counter(other)
    alike = {element: n for element, n in counts.items() if counts_other[element] == n}
    if not alike:
        return []
    rarest = min(alike.values())
    seen: Counter[Hashable] = Counter()
    places: dict[tuple[Hashable, int], int] = {}
    for at, element in enumerate(one):
        if alike.get(element) == rarest:
            places[element, seen[element]] = at
            seen[element] += 1
    seen.clear()
    pairs: list[tuple[int, int]] = []
    for at_other, element in enumerate(other):
        if alike.get(element) == rarest:
            pairs.append((places[element, seen[element]], at_other))
            seen[element] += 1
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of some pairs, in the order of their seconds, whose firsts rise as well."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (at, _) in enumerate(pairs):
        length = bisect_left(tails, at)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [at]
        ends[length : length + 1] = [number]
    rising: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]


def _longest(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest common subsequence, by its pairs of places."""
    lengths = [[0] * (len(other) + 1)]
    for element in reversed(one):
        below, row = lengths[-1], [0]
        for at in range(len(other) - 1, -1, -1):
            if element == other[at]:
                row.append(below[len(row) - 1] + 1)
            else:
                row.append(max(below[len(row)], row[-1]))
        lengths.append(row)
    lengths.reverse()
    pairs: list[tuple[int, int]] = []
    at = at_other = 0
    while at < len(one) and at_other < len(other):
        left = len(other) - at_other
        if one[at] == other[at_other]:
            pairs.append((at, at_other))
            at, at_other = at + 1, at_other + 1
        elif lengths[at + 1][left] >= lengths[at][left - 1]:
            at += 1
        else:
            at_other += 1
    return pairs


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for at, at_other, length in sorted(runs):
        if merged:
            last, last_other, so_far = merged[-1]
            if (last + so_far, last_other + so_far) == (at, at_other):
                merged[-1] = (last, last_other, so_far + length)
                continue
        merged.append((at, at_other, length))
    return merged
