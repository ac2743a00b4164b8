"""Two items' texts compared, with what a person needs to follow the verdict: the passages by which
it came about, as numbers of words in both texts. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.model.press_item import PressItem
from pipeline.similarity.compared_text import Text, as_compared
from pipeline.similarity.compared_words import word_numbers
from pipeline.similarity.passages import PASSAGE_WORDS, Passage, Stretch, passages
from pipeline.similarity.relatedness import Reason, verdict
from pipeline.similarity.shingles import FORMULA_WORDS

Rule = Reason | Literal["same item", "languages"]
"""What decided whether two items are related; items of two languages never are."""

Words = tuple[int, int]
"""Words that stand together: the first one's number in the body, and the number after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPassage:
    """A passage that stands in both texts, in stretches of words that are alike."""

    number: int
    """From 1, in the order of the first text."""
    stretches: Passage

    @property
    def words(self) -> int:
        """How many words of the first text the second has too."""
        return sum(end - start for start, end in self.here)

    @property
    def here(self) -> tuple[Words, ...]:
        """The words in the first text."""
        return merged((one.start, one.start + one.words) for one in self.stretches)

    @property
    def there(self) -> tuple[Words, ...]:
        """The words in the second text."""
        return merged((one.other, one.other + one.words) for one in self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two texts."""

    words: int
    """Those that are compared."""
    share: float
    """How much of it stands in the other, formulae and a shared opening weighing little."""
    plain: float
    """The same, unweighed."""
    formulae: tuple[Words, ...]
    """Its words in formulae."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two items compare."""

    here: Side
    there: Side
    related: bool
    """By their texts alone; whether they are one story, the rule on stories decides."""
    rule: Rule
    days_apart: int
    passages: tuple[SharedPassage, ...]

    @property
    def words(self) -> int:
        """The words of the first text in shared passages."""
        ranges = merged(words for one in self.passages for words in one.here)
        return sum(end - start for start, end in ranges)


def text_of(item: PressItem) -> Text:
    """An item as it is compared."""
    day = date.fromisoformat(item.published[:10])
    return as_compared(item.id, item.source, day, item.title, item.body)


def compare(one: PressItem, other: PressItem, formulae: AbstractSet[int]) -> Comparison:
    """The first item against the second. `formulae` are the frequent shingles among theirs."""
    first, second = text_of(one), text_of(other)
    related, rule, shares = _judged(one, other, first, second, formulae)
    numbers = word_numbers(one.body), word_numbers(other.body)
    here, there = (
        Side(
            words=text.words, share=share, plain=plain,
            formulae=_in_formulae(text, formulae, numbered),
        )
        for text, (share, plain), numbered in zip((first, second), shares, numbers, strict=True)
    )  # fmt: skip
    return Comparison(
        here=here, there=there, related=related, rule=rule,
        days_apart=abs((first.day - second.day).days),
        passages=_shared_passages(first, second, *numbers),
    )  # fmt: skip


def _shared_passages(
    one: Text, other: Text, numbers: Sequence[int], other_numbers: Sequence[int]
) -> tuple[SharedPassage, ...]:
    """All words that count as shared, in passages of the first text's order.

    The two sides are laid out each for itself: what one text has twice and the other once is
    found twice from the one side only, so both are looked from.
    """
    if one.digest == other.digest:
        found: list[Passage] = [(Stretch(0, 0, one.words),)] if one.words else []
    else:
        found = passages(one.shingles, other.shingles, other.positions)
        covered = {
            at for passage in found for s in passage for at in range(s.other, s.other + s.words)
        }
        for passage in passages(other.shingles, one.shingles, one.positions):
            own = {at for s in passage for at in range(s.start, s.start + s.words)}
            if len(own - covered) >= PASSAGE_WORDS:
                found.append(tuple(Stretch(s.other, s.start, s.words) for s in passage))
    found.sort(key=lambda passage: min((s.start, s.other) for s in passage))
    return tuple(
        SharedPassage(
            number=number,
            stretches=tuple(
                part for stretch in passage for part in _parts(stretch, numbers, other_numbers)
            ),
        )
        for number, passage in enumerate(found, 1)
    )


def _parts(
    stretch: Stretch, numbers: Sequence[int], other_numbers: Sequence[int]
) -> Iterator[Stretch]:
    """A stretch of words that are compared, as stretches of both bodies: what is left out of
    either, as an attribution is, lies between two of them.
    """
    start = 0
    for at in range(1, stretch.words + 1):
        here, there = stretch.start + at, stretch.other + at
        if (
            at == stretch.words
            or numbers[here] > numbers[here - 1] + 1
            or other_numbers[there] > other_numbers[there - 1] + 1
        ):
            yield Stretch(
                numbers[stretch.start + start], other_numbers[stretch.other + start], at - start
            )
            start = at


def merged(ranges: Iterable[Words]) -> tuple[Words, ...]:
    """Ranges of words in order, those that touch as one.

    >>> merged([(7, 9), (0, 4), (3, 5)])
    ((0, 5), (7, 9))
    """
    found: list[Words] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


_Shares = tuple[tuple[float, float], tuple[float, float]]
"""Of the first text and of the second: the share that stands in the other, weighed and plain."""


def _judged(
    one: PressItem, other: PressItem, first: Text, second: Text, formulae: AbstractSet[int]
) -> tuple[bool, Rule, _Shares]:
    if one.id == other.id:
        return False, "same item", ((1.0, 1.0), (1.0, 1.0))
    found = verdict(first, second, formulae)
    shares: _Shares = ((0.0, 0.0), (0.0, 0.0))
    if pair := found.pair:
        shares = (pair.share_a, pair.plain_a), (pair.share_b, pair.plain_b)
        if pair.a == second.id:
            shares = shares[1], shares[0]
    if one.language != other.language:
        return False, "languages", shares
    return found.related, found.because, shares


def _in_formulae(
    text: Text, formulae: AbstractSet[int], numbers: Sequence[int]
) -> tuple[Words, ...]:
    return merged(
        (number, number + 1)
        for at, shingle in enumerate(text.four_word_shingles)
        if shingle in formulae
        for number in numbers[at : at + FORMULA_WORDS]
    )
