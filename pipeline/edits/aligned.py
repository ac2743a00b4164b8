"""The sentences of two texts set side by side: equal ones, changed ones, moved ones; those that one
text has alone; and those that are one sentence here and two there.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from pipeline.edits.as_seen import as_seen
from pipeline.edits.common_runs import common_runs
from pipeline.edits.sentence_pairs import Aligned, pairs_between, pairs_elsewhere
from pipeline.edits.sentence_split import Sentence
from pipeline.edits.word_bags import WordBags

_ALIKE_FROM = 0.38
"""The share of words in common from which two sentences are one that was changed."""
_ALIKE_IN_COPY = 0.5
"""The same of a copy, which may be a text of its own."""


def aligned(
    before: Sequence[Sentence], after: Sequence[Sentence], *, is_copy: bool = False
) -> list[Aligned]:
    """All sentences that differ, in the order of the second text, where removed ones stand behind
    what they stood behind; equal ones are left out.
    """
    here = [as_seen(one.text) for one in before]
    there = [as_seen(one.text) for one in after]
    numbers = {text: number for number, text in enumerate(dict.fromkeys([*here, *there]))}
    runs = common_runs([numbers[text] for text in here], [numbers[text] for text in there])
    gaps = _gaps(runs, len(here), len(there))
    moved = _moved(here, there, gaps)
    lines = {at for at, one in enumerate(before) if one.is_line}
    bags = WordBags(here, there, lines, _ALIKE_IN_COPY if is_copy else _ALIKE_FROM)
    found: list[Aligned] = [Aligned((at,), (at_other,), is_moved=True, is_equal=True)
                            for at, at_other in moved.items()]  # fmt: skip
    moved_to = set(moved.values())
    alone: list[int] = []
    alone_other: list[int] = []
    stands = {at + n: at_other + n for at, at_other, length in runs for n in range(length)}
    for gap, gap_other in gaps:
        left = [at for at in gap if at not in moved]
        left_other = [at for at in gap_other if at not in moved_to]
        if not left or not left_other:
            alone += left
            alone_other += left_other
            continue
        if _looks_same(here, there, left, left_other):
            continue
        pairs = pairs_between(
            bags, left, left_other, is_whole=len(left) == len(gap) and not is_copy
        )
        found += pairs
        alone += set(left).difference(*(pair.before for pair in pairs))
        alone_other += set(left_other).difference(*(pair.after for pair in pairs))
    elsewhere = pairs_elsewhere(bags, sorted(alone), sorted(alone_other))
    found += [Aligned((at,), (at_other,), is_moved=True) for at, at_other in elsewhere.items()]
    found += [Aligned((at,), ()) for at in alone if at not in elsewhere]
    taken = set(elsewhere.values())
    found += [Aligned((), (at_other,)) for at_other in alone_other if at_other not in taken]
    stands.update((one.before[-1], one.after[-1]) for one in found if one.before and one.after)
    return sorted(found, key=_Order(stands))


class _Order:
    """The order of the second text; what it lacks stands behind what it stood behind."""

    def __init__(self, stands: dict[int, int]) -> None:
        self._before = sorted(stands)
        self._stands = stands

    def __call__(self, one: Aligned) -> tuple[int, int, int]:
        if one.after:
            return one.after[0], 0, 0
        earlier = bisect_left(self._before, one.before[0]) - 1
        last = self._stands[self._before[earlier]] if earlier >= 0 else -1
        return last, 1, one.before[0]


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
