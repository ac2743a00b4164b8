"""The sentences of two texts set side by side: equal ones, changed ones, moved ones; those that one
text has alone; and those that are one sentence here and two there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.edits.as_seen import as_seen
from pipeline.edits.common_runs import common_runs
from pipeline.edits.sentence_split import Sentence
from pipeline.normalize.words import words

_ALIKE_FROM = 0.38
"""The share of words in common from which two sentences are one that was changed."""
_ALIKE_IN_PLACE = 0.12
"""The same where nothing else stands between the same neighbours."""
_ALIKE_ELSEWHERE = 0.6
_PART_FROM = 0.55
"""So much of a sentence's words has to stand in another for it to be a part of it."""
_MAX_PAIRS = 400
"""Pairs of sentences between the same neighbours up to which each is compared."""
_MAX_ELSEWHERE = 10_000
_STEM = 5
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Aligned:
    """Sentences that stand for each other, by their numbers; none on one side of what that side
    lacks.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    is_moved: bool = False
    is_equal: bool = False


def aligned(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[Aligned]:
    """All sentences that differ in the order of the second text, where removed ones stand behind
    what they stood behind; equal ones are left out.
    """
    here = [as_seen(one.text) for one in before]
    there = [as_seen(one.text) for one in after]
    numbers = {text: number for number, text in enumerate(dict.fromkeys([*here, *there]))}
    runs = common_runs([numbers[text] for text in here], [numbers[text] for text in there])
    gaps = _gaps(runs, len(here), len(there))
    moved = _moved(here, there, gaps)
    bags = _Bags(here, there)
    found: list[Aligned] = [Aligned((at,), (at_other,), is_moved=True, is_equal=True)
                            for at, at_other in moved.items()]  # fmt: skip
    moved_to = set(moved.values())
    alone: list[int] = []
    alone_other: list[int] = []
    order: dict[int, int] = {}
    for gap, gap_other in gaps:
        left = [at for at in gap if at not in moved]
        left_other = [at for at in gap_other if at not in moved_to]
        order.update(dict.fromkeys(left, gap_other.start))
        if not left or not left_other:
            alone += left
            alone_other += left_other
            continue
        if _looks_same(here, there, left, left_other):
            continue
        pairs = _pairs(bags, left, left_other, is_whole=len(left) == len(gap))
        found += pairs
        alone += set(left).difference(*(pair.before for pair in pairs))
        alone_other += set(left_other).difference(*(pair.after for pair in pairs))
    elsewhere = _elsewhere(bags, sorted(alone), sorted(alone_other))
    found += [Aligned((at,), (at_other,), is_moved=True) for at, at_other in elsewhere.items()]
    found += [Aligned((at,), ()) for at in alone if at not in elsewhere]
    taken = set(elsewhere.values())
    found += [Aligned((), (at_other,)) for at_other in alone_other if at_other not in taken]
    return sorted(found, key=lambda one: _place(one, order))


def _place(one: Aligned, order: dict[int, int]) -> tuple[int, int, int]:
    if one.after:
        return one.after[0], 1, 0
    return order.get(one.before[0], 0), 0, one.before[0]


def _gaps(
    runs: Sequence[tuple[int, int, int]], size: int, size_other: int
) -> list[tuple[range, range]]:
    gaps: list[tuple[range, range]] = []
    last = last_other = 0
    for at, at_other, length in [*runs, (size, size_other, 0)]:
        if at > last or at_other > last_other:
            gaps.append((range(last, at), range(last_other, at_other)))
        last, last_other = at + length, at_other + length
    return gaps


def _moved(
    here: Sequence[str], there: Sequence[str], gaps: Sequence[tuple[range, range]]
) -> dict[int, int]:
    """Equal sentences that stand at another place."""
    places: dict[str, list[int]] = defaultdict(list)
    for gap, _ in reversed(gaps):
        for at in reversed(gap):
            places[here[at]].append(at)
    return {
        places[there[at_other]].pop(): at_other
        for _, gap_other in gaps
        for at_other in gap_other
        if places.get(there[at_other])
    }


def _looks_same(
    here: Sequence[str], there: Sequence[str], left: Sequence[int], left_other: Sequence[int]
) -> bool:
    return " ".join(here[at] for at in left) == " ".join(there[at] for at in left_other)


class _Bags:
    """The words of sentences, by their beginnings, so that endings count little."""

    def __init__(self, here: Sequence[str], there: Sequence[str]) -> None:
        self._texts = here, there
        self._known: tuple[dict[int, Counter[str]], dict[int, Counter[str]]] = {}, {}

    def of(self, side: int, *numbers: int) -> Counter[str]:
        """Those of one sentence or of several."""
        for number in numbers:
            if number not in self._known[side]:
                self._known[side][number] = _bag(self._texts[side][number])
        bags = [self._known[side][number] for number in numbers]
        return bags[0] if len(bags) == 1 else sum(bags, Counter())


def _bag(text: str) -> Counter[str]:
    found = words(text)
    telling = [word[:_STEM] for word in found if len(word) >= _SHORT_WORD or word.isdigit()]
    return Counter(telling if len(telling) > 1 else found)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two bags have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _pairs(
    bags: _Bags, left: Sequence[int], left_other: Sequence[int], *, is_whole: bool
) -> list[Aligned]:
    """Which sentences stand for each other between the same neighbours."""
    if len(left) * len(left_other) > _MAX_PAIRS:
        return _pairs_by_words(bags, left, left_other)
    pairs = _best(bags, left, left_other)
    return [*pairs, *_in_place(bags, left, left_other, pairs)] if is_whole else pairs


def _in_place(
    bags: _Bags, left: Sequence[int], left_other: Sequence[int], pairs: Sequence[Aligned]
) -> Iterator[Aligned]:
    """Sentences that nothing else stands beside, between the same neighbours."""
    last, last_other = left[0], left_other[0]
    ends = ((pair.before, pair.after) for pair in pairs)
    for here, there in [*ends, ((left[-1] + 1,), (left_other[-1] + 1,))]:
        if here[0] - last == there[0] - last_other == 1:
            one, other = bags.of(0, last), bags.of(1, last_other)
            if _likeness(one, other) >= _ALIKE_IN_PLACE:
                yield Aligned((last,), (last_other,))
        last, last_other = here[-1] + 1, there[-1] + 1


def _pairs_by_words(bags: _Bags, left: Sequence[int], left_other: Sequence[int]) -> list[Aligned]:
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
        if _likeness(bags.of(0, at), bags.of(1, at_other)) < _ALIKE_FROM:
            continue
        pairs += _small(bags, left[last:n], left_other[last_other:n_other])
        pairs.append(Aligned((at,), (at_other,)))
        last, last_other = n + 1, n_other + 1
    return [*pairs, *_small(bags, left[last:], left_other[last_other:])]


def _small(bags: _Bags, left: Sequence[int], left_other: Sequence[int]) -> list[Aligned]:
    if not 0 < len(left) * len(left_other) <= _MAX_PAIRS:
        return []
    return _best(bags, left, left_other)


_Step = tuple[float, int, int]
"""The words in common from here on, and how many sentences of each side the step takes."""


def _best(bags: _Bags, left: Sequence[int], left_other: Sequence[int]) -> list[Aligned]:
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


def _gain(bags: _Bags, here: Sequence[int], there: Sequence[int]) -> float | None:
    """The words in common of sentences that stand for each other; None where they do not."""
    one, other = bags.of(0, *here), bags.of(1, *there)
    likeness = _likeness(one, other)
    if likeness < _ALIKE_FROM:
        return None
    if len(here) + len(there) > 2 and not _is_joined(bags, here, there, likeness):
        return None
    return likeness * (one & other).total() + likeness


def _is_joined(bags: _Bags, here: Sequence[int], there: Sequence[int], likeness: float) -> bool:
    """Whether two sentences stand in one: most words of each, each word once."""
    side, parts, whole = (
        (0, here, bags.of(1, *there)) if len(here) == 2 else (1, there, bags.of(0, *here))
    )
    first, second = bags.of(side, parts[0]), bags.of(side, parts[1])
    return likeness > max(_likeness(first, whole), _likeness(second, whole)) + 0.05 and all(
        (part & (whole - other)).total() >= _PART_FROM * part.total()
        for part, other in ((first, second), (second, first))
    )


def _elsewhere(bags: _Bags, alone: list[int], alone_other: list[int]) -> dict[int, int]:
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
    bags: _Bags, alone: list[int], alone_other: list[int]
) -> Iterator[tuple[float, int, int]]:
    for at in alone:
        one = bags.of(0, at)
        if one.total() < 4:
            continue
        for at_other in alone_other:
            likeness = _likeness(one, bags.of(1, at_other))
            if likeness >= _ALIKE_ELSEWHERE:
                yield likeness, at, at_other
