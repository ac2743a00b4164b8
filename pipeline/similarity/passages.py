"""Passages of a text that stand in another, found by aligning the two.

From its first word on, the text is laid out with the longest stretches of shingles that the other
one has as well (greedy tiling: Wise 1993, "Running Karp-Rabin Matching and Greedy String Tiling").
Stretches that follow one another in both texts, with a few words between that were changed, put in
or left out, make one passage. A passage of few words says nothing: names, titles and turns of
speech stand in every text of a kind.

An example, with the numbers of the words:

    text    0:A B C D E F  6:x  7:G H I J K L M
    other   0:q  1:A B C D E F  7:G H I J K L M

Shingle 0 of the text, ABC, is shingle 1 of the other, and so on up to DEF: four shingles, so six
words, `Stretch(start=0, other=1, words=6)`. EFx, FxG and xGH stand nowhere in the other. From 7 on
it goes on with `Stretch(7, 7, 7)`. Between the two lies one word of the text and none of the other,
so both are one passage, of 13 words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.similarity.shingles import SHINGLE_WORDS

GAP_WORDS = 12
"""Up to so many words, in either text, may lie between two stretches of one passage."""
PASSAGE_WORDS = 10
"""Fewest words in common that make a passage."""

_TRIED_POSITIONS = 8
"""Of a shingle that the other text has oftener, so many positions are tried: those that come next.
"""

Positions = Mapping[int, Sequence[int]]
"""By shingle the numbers of the words at which a text has it, in order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in both texts alike."""

    start: int
    """The first word's number in the one text."""
    other: int
    """And in the other."""
    words: int


Passage = tuple[Stretch, ...]


def positions_of(shingles: Sequence[int]) -> Positions:
    """Where a text has each of its shingles."""
    found: dict[int, list[int]] = {}
    for at, shingle in enumerate(shingles):
        found.setdefault(shingle, []).append(at)
    return found


def passages(text: Sequence[int], other: Sequence[int], positions: Positions) -> list[Passage]:
    """The passages of a text that stand in another; each word of the text is in one at most. The
    texts are given by their shingles, `positions` are those of the other. Linear in the text's
    length, whatever repeats in it.
    """
    return passages_of(stretches(text, other, positions))


def passages_of(found: Iterable[Stretch]) -> list[Passage]:
    """The passages that stretches make."""
    groups = aligned(found, GAP_WORDS)
    return [group for group in groups if sum(s.words for s in group) >= PASSAGE_WORDS]


def aligned(found: Iterable[Stretch], gap_words: int) -> list[Passage]:
    """Stretches in groups of those that follow one another in both texts, with at most so many
    words between them in either.
    """
    groups: list[list[Stretch]] = []
    recent: list[tuple[Stretch, list[Stretch]]] = []
    for stretch in found:
        recent = [
            (near, group)
            for near, group in recent
            if stretch.start - near.start - near.words <= gap_words
        ]
        group = next(
            (group for near, group in reversed(recent) if _follows(near, stretch, gap_words)), None
        )
        if group is None:
            group = []
            groups.append(group)
        group.append(stretch)
        recent.append((stretch, group))
    return [tuple(group) for group in groups]


def words_shared(
    text: Sequence[int], found: Iterable[Passage], positions: Positions, repeated: Mapping[int, int]
) -> bytearray:
    """For each word of a text whether it counts as shared, by its passages in another. A shingle
    that the other text has n times is counted as shared at most n times. `repeated` says how often
    the text has each shingle that it has more than once.
    """
    within = bytearray(len(text) + SHINGLE_WORDS - 1)
    for stretch in (stretch for passage in found for stretch in passage):
        within[stretch.start : stretch.start + stretch.words] = b"\1" * stretch.words
    if all(times <= len(positions.get(one, range(times))) for one, times in repeated.items()):
        return within
    shared = bytearray(len(within))
    met: Counter[int] = Counter()
    for at, shingle in enumerate(text):
        if shingle in positions and any(within[at : at + SHINGLE_WORDS]):
            met[shingle] += 1
            if met[shingle] <= len(positions[shingle]):
                shared[at : at + SHINGLE_WORDS] = within[at : at + SHINGLE_WORDS]
    return shared


def stretches(text: Sequence[int], other: Sequence[int], positions: Positions) -> Iterator[Stretch]:
    """The longest common stretch from each word on, less the words that the stretch before has
    taken. With these two, ABC and BCD are found at 0, so four words, and then CDE at 5; of its
    words C and D are taken, which leaves `Stretch(4, 7, 1)`, E alone:

        text    0:A B C D E
        other   0:A B C D B C D E
    """
    at, expected, taken = 0, 0, 0
    while at < len(text):
        found = positions.get(text[at])
        if found is None:
            at += 1
            continue
        start, shingles = _longest(text, at, other, _tried(found, expected))
        words = shingles + SHINGLE_WORDS - 1
        overlap = max(0, taken - at)
        if words > overlap:
            yield Stretch(at + overlap, start + overlap, words - overlap)
            taken = at + words
        at += shingles
        expected = start + shingles


def _tried(found: Sequence[int], expected: int) -> Sequence[int]:
    """The positions in the other text to try: the first, and those from the expected one on."""
    if len(found) <= _TRIED_POSITIONS:
        return found
    first = min(bisect_left(found, expected), len(found) - _TRIED_POSITIONS)
    return (found[0], *found[first : first + _TRIED_POSITIONS])


def _longest(
    text: Sequence[int], at: int, other: Sequence[int], starts: Sequence[int]
) -> tuple[int, int]:
    """Of these positions in the other text the first with the most shingles alike; how many."""
    best = (starts[0], 0)
    for start in starts:
        most = min(len(text) - at, len(other) - start)
        shingles = 1
        while shingles < most and text[at + shingles] == other[start + shingles]:
            shingles += 1
        if shingles > best[1]:
            best = (start, shingles)
    return best


def _follows(before: Stretch, stretch: Stretch, gap_words: int) -> bool:
    """Whether a stretch goes on in the other text where one before it, near in the text, ended
    there. Since it begins with a whole shingle, it may begin up to two words before that end.
    """
    gap = stretch.other - before.other - before.words
    return -(SHINGLE_WORDS - 1) <= gap <= gap_words
