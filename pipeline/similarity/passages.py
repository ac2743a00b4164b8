"""Passages of a text that stand in another, found by aligning the two.

From its first word on, the text is laid out with the longest stretches of runs that the other one
holds as well (greedy tiling: Wise 1993, "Running Karp-Rabin Matching and Greedy String Tiling").
Stretches that follow one another in both texts, with a few words between that were changed, put in
or left out, make one passage. A passage of few words says nothing: names, titles and turns of
speech stand in every text of a kind.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.similarity.shingles import RUN_WORDS

GAP_WORDS = 12
"""Up to so many words, in either text, may lie between two stretches of one passage."""
PASSAGE_WORDS = 12
"""Fewest words in common that make a passage."""

_PLACES = 8
"""Of a run that the other text holds oftener, so many places are tried: those that come next."""

Positions = Mapping[int, Sequence[int]]
"""Where a text holds each of its runs, in order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in both texts alike."""

    start: int
    """The first word's number in the one text."""
    other: int
    """And in the other."""
    words: int


Passage = tuple[Stretch, ...]


def places_of(runs: Sequence[int]) -> Positions:
    """Where a text holds each of its runs."""
    found: dict[int, list[int]] = {}
    for at, run in enumerate(runs):
        found.setdefault(run, []).append(at)
    return found


def passages(text: Sequence[int], other: Sequence[int], places: Positions) -> list[Passage]:
    """The passages of a text that stand in another, whose runs stand at these places; each word of
    the text is in one at most. Linear in the text's length, whatever repeats in it.
    """
    groups: list[list[Stretch]] = []
    recent: list[tuple[Stretch, list[Stretch]]] = []
    for stretch in _stretches(text, other, places):
        recent = [
            (near, group)
            for near, group in recent
            if stretch.start - near.start - near.words <= GAP_WORDS
        ]
        group = next((group for near, group in reversed(recent) if _goes_on(near, stretch)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(stretch)
        recent.append((stretch, group))
    return [tuple(group) for group in groups if sum(s.words for s in group) >= PASSAGE_WORDS]


def words_shared(
    text: Sequence[int], found: Iterable[Passage], places: Positions, repeated: Mapping[int, int]
) -> bytearray:
    """For each word of a text whether it counts as shared, by its passages in another: what the
    other holds so many times counts so many times, however often the text repeats it. `repeated`
    says how often the text holds each run that it holds oftener than once.
    """
    within = bytearray(len(text) + RUN_WORDS - 1)
    for stretch in (stretch for passage in found for stretch in passage):
        within[stretch.start : stretch.start + stretch.words] = b"\1" * stretch.words
    if all(times <= len(places.get(run, range(times))) for run, times in repeated.items()):
        return within
    shared = bytearray(len(within))
    met: Counter[int] = Counter()
    for at, run in enumerate(text):
        if run in places and any(within[at : at + RUN_WORDS]):
            met[run] += 1
            if met[run] <= len(places[run]):
                shared[at : at + RUN_WORDS] = within[at : at + RUN_WORDS]
    return shared


def _stretches(text: Sequence[int], other: Sequence[int], places: Positions) -> Iterator[Stretch]:
    """The longest common stretch from each word on that no stretch before has taken."""
    at, expected, taken = 0, 0, 0
    while at < len(text):
        found = places.get(text[at])
        if found is None:
            at += 1
            continue
        start, runs = _longest(text, at, other, _next_places(found, expected))
        words = runs + RUN_WORDS - 1
        own = max(0, taken - at)
        if words > own:
            yield Stretch(at + own, start + own, words - own)
            taken = at + words
        at += runs
        expected = start + runs


def _next_places(found: Sequence[int], expected: int) -> Sequence[int]:
    if len(found) <= _PLACES:
        return found
    first = min(bisect_left(found, expected), len(found) - _PLACES)
    return (found[0], *found[first : first + _PLACES])


def _longest(
    text: Sequence[int], at: int, other: Sequence[int], starts: Sequence[int]
) -> tuple[int, int]:
    """Of these places in the other text, the first of those where most runs agree; how many."""
    best = (starts[0], 0)
    for start in starts:
        most = min(len(text) - at, len(other) - start)
        runs = 1
        while runs < most and text[at + runs] == other[start + runs]:
            runs += 1
        if runs > best[1]:
            best = (start, runs)
    return best


def _goes_on(before: Stretch, stretch: Stretch) -> bool:
    """Whether a stretch goes on where one before it, near by in the text, ended in the other."""
    return stretch.other - before.other - before.words + RUN_WORDS - 1 >= 0 and (
        stretch.other - before.other - before.words <= GAP_WORDS
    )
