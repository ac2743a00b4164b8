"""Which sentences of two texts stand for each other, though they differ: between the same
neighbours, and elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.edits.common_runs import common_runs
from pipeline.edits.word_bags import WordBags, likeness

_ALIKE_ELSEWHERE = 0.6
"""The share of words in common from which a sentence at another place was moved and changed."""
_PART_FROM = 0.55
"""So much of a sentence's words has to stand in another for it to be a part of it."""
_MAX_PAIRS = 400
"""Pairs of sentences between the same neighbours up to which each is compared."""
_MAX_ELSEWHERE = 10_000
_MIN_WORDS_ELSEWHERE = 4


@dataclass(frozen=True, slots=True)
class Aligned:
    """Sentences that stand for each other, by their numbers; none on one side of what that side
    lacks.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    is_moved: bool = False
    is_equal: bool = False
    is_told_anew: bool = False
    """Whether one stands in the other's place, and has none of its words."""


def pairs_between(
    bags: WordBags, left: Sequence[int], left_other: Sequence[int], *, is_whole: bool
) -> list[Aligned]:
    """Which sentences stand for each other between the same neighbours."""
    if len(left) * len(left_other) > _MAX_PAIRS:
        return _pairs_by_words(bags, left, left_other)
    pairs = _best(bags, left, left_other)
    return [*pairs, *_in_place(bags, left, left_other, pairs)] if is_whole else pairs


def _in_place(
    bags: WordBags, left: Sequence[int], left_other: Sequence[int], pairs: Sequence[Aligned]
) -> Iterator[Aligned]:
    """Sentences that nothing else stands beside, between the same neighbours."""
    last, last_other = left[0], left_other[0]
    ends = ((pair.before, pair.after) for pair in pairs)
    for here, there in [*ends, ((left[-1] + 1,), (left_other[-1] + 1,))]:
        is_alone = here[0] - last == there[0] - last_other == 1
        if is_alone and (found := bags.in_place(last, last_other)):
            yield Aligned((last,), (last_other,), is_told_anew=found == "told anew")
        last, last_other = here[-1] + 1, there[-1] + 1


def _pairs_by_words(
    bags: WordBags, left: Sequence[int], left_other: Sequence[int]
) -> list[Aligned]:
    """Many sentences: first those that share a row of words, then what lies between them."""
    flat = [(at, word) for at in left for word in bags.of(0, at)]
    flat_other = [(at, word) for at in left_other for word in bags.of(1, at)]
    shared: Counter[tuple[int, int]] = Counter()
    for start, start_other, length in common_runs(
        [word for _, word in flat], [word for _, word in flat_other]
    ):
        for n in range(length):
            shared[flat[start + n][0], flat_other[start_other + n][0]] += 1
    pairs: list[Aligned] = []
    place, place_other = (
        {at: n for n, at in enumerate(left)},
        {at: n for n, at in enumerate(left_other)},
    )
    last = last_other = 0
    for (at, at_other), _ in sorted(shared.items()):
        n, n_other = place[at], place_other[at_other]
        if n < last or n_other < last_other:
            continue
        if likeness(bags.of(0, at), bags.of(1, at_other)) < bags.alike_from:
            continue
        pairs += _small(bags, left[last:n], left_other[last_other:n_other])
        pairs.append(Aligned((at,), (at_other,)))
        last, last_other = n + 1, n_other + 1
    return [*pairs, *_small(bags, left[last:], left_other[last_other:])]


def _small(bags: WordBags, left: Sequence[int], left_other: Sequence[int]) -> list[Aligned]:
    if not 0 < len(left) * len(left_other) <= _MAX_PAIRS:
        return []
    return _best(bags, left, left_other)


_Step = tuple[float, int, int]
"""The words in common from here on, and how many sentences of each side the step takes."""


def _best(bags: WordBags, left: Sequence[int], left_other: Sequence[int]) -> list[Aligned]:
    """The pairs, in order, that have the most words in common: of one sentence each, or of one on
    one side and two on the other.
    """
    size, size_other = len(left), len(left_other)
    steps: dict[tuple[int, int], _Step] = {}
    for n in range(size, -1, -1):
        for m in range(size_other, -1, -1):
            options: list[_Step] = [(0.0, 0, 0)]
            for taken, taken_other in ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2)):
                if n + taken > size or m + taken_other > size_other:
                    continue
                here, there = left[n : n + taken], left_other[m : m + taken_other]
                gain = _gain(bags, here, there) if taken and taken_other else 0.0
                if gain is not None:
                    following = steps[n + taken, m + taken_other][0]
                    options.append((gain + following, taken, taken_other))
            steps[n, m] = max(options)
    pairs: list[Aligned] = []
    n = m = 0
    while n < size or m < size_other:
        _, taken, taken_other = steps[n, m]
        if not taken and not taken_other:
            break
        if taken and taken_other:
            pairs.append(
                Aligned(tuple(left[n : n + taken]), tuple(left_other[m : m + taken_other]))
            )
        n, m = n + taken, m + taken_other
    return pairs


def _gain(bags: WordBags, here: Sequence[int], there: Sequence[int]) -> float | None:
    """The words in common of sentences that stand for each other; None where they do not."""
    one, other = bags.of(0, *here), bags.of(1, *there)
    alike = likeness(one, other)
    if alike < bags.alike_from:
        return None
    if len(here) + len(there) > 2 and not _is_joined(bags, here, there, alike):
        return None
    return alike * (one & other).total() + alike


def _is_joined(bags: WordBags, here: Sequence[int], there: Sequence[int], alike: float) -> bool:
    """Whether two sentences stand in one: most words of each, each word once."""
    side, parts, whole = (
        (0, here, bags.of(1, *there)) if len(here) == 2 else (1, there, bags.of(0, *here))
    )
    first, second = bags.of(side, parts[0]), bags.of(side, parts[1])
    return alike > max(likeness(first, whole), likeness(second, whole)) + 0.05 and all(
        (part & (whole - other)).total() >= _PART_FROM * part.total()
        for part, other in ((first, second), (second, first))
    )


def pairs_elsewhere(bags: WordBags, alone: list[int], alone_other: list[int]) -> dict[int, int]:
    """Sentences that were moved and changed a little."""
    if len(alone) * len(alone_other) > _MAX_ELSEWHERE:
        return {}
    likest = sorted(_likest(bags, alone, alone_other), reverse=True)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, at_other in likest:
        if at not in found and at_other not in taken:
            found[at] = at_other
            taken.add(at_other)
    return found


def _likest(
    bags: WordBags, alone: list[int], alone_other: list[int]
) -> Iterator[tuple[float, int, int]]:
    for at in alone:
        one = bags.of(0, at)
        if one.total() < _MIN_WORDS_ELSEWHERE:
            continue
        for at_other in alone_other:
            alike = likeness(one, bags.of(1, at_other))
            if alike >= _ALIKE_ELSEWHERE:
                yield alike, at, at_other
