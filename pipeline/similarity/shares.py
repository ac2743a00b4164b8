"""How much of a text stands in another: the words in shared passages (`passages.py`), weighed.

Two kinds of words weigh less, in what is shared and in the whole alike:

- Formulae: shingles of four words that stand in ten addresses or more. Their words weigh a
  thousandth, so a series of pieces built on one form comes apart.
- Openings: a shared word among a text's first thirty weighs a half. The first sentences of a press
  item say who did what where, in an order and in titles that are the kind's and not the piece's,
  long before they have been printed ten times. What is one piece shares more than its opening.

A shared opening weighs less, one that is not shared does not, so a text whose other half is new has
a share of at most one half.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from pipeline.similarity.compared_text import Text
from pipeline.similarity.passages import Passage, Stretch, passages_of, words_shared
from pipeline.similarity.shingles import FORMULA_WORDS, SHINGLE_WORDS

FORMULA_ADDRESSES = 10
"""From so many addresses on a shingle of four words is a formula."""
FORMULA_WEIGHT = 0.001
"""So little that two texts of one form come apart by a single word of their own."""
RARER_WORDS = 20
"""So few other words of a shared stretch that is mostly formulae weigh as little as these."""
FORMULAIC_UP_TO = 0.4
"""A text is mostly formulae up to this share of words outside them."""
OPENING_WORDS = 30
"""The opening of a text: its first words."""
OPENING_WEIGHT = 0.5
"""What a shared word of the opening weighs."""

OWN_SHINGLES = 8
"""Fewest shingles of four words, formulae aside, that two texts have in common to be a pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a text stands in another."""

    plain: float
    with_formulae: float
    """With less weight for a shared opening alone."""
    weighed: float
    """With less weight for formulae too."""
    own_words: float
    """The shared words, formulae weighing little."""
    weighed_words: float
    """The shared words, the opening too weighing less."""


NOTHING = Share(plain=0.0, with_formulae=0.0, weighed=0.0, own_words=0.0, weighed_words=0.0)
ALL = Share(plain=1.0, with_formulae=1.0, weighed=1.0, own_words=0.0, weighed_words=0.0)
"""Of two equal texts, of which the words are not counted."""


@dataclass(frozen=True, kw_only=True)
class WeighedText:
    """A text with what the formulae in it leave of it."""

    text: Text
    formulae: AbstractSet[int]
    """The frequent shingles among its own, and perhaps others."""

    @cached_property
    def outside(self) -> bytes:
        """For each word whether it stands in no formula."""
        own = bytearray(b"\1") * self.text.words
        if not self.formulae.isdisjoint(self.text.indexed_shingles):
            nothing = bytes(FORMULA_WORDS)
            for start, shingle in enumerate(self.text.four_word_shingles):
                if shingle in self.formulae:
                    own[start : start + FORMULA_WORDS] = nothing
        return bytes(own)

    @cached_property
    def words_outside(self) -> int:
        """How many words stand in no formula."""
        return sum(self.outside)

    @property
    def is_formulaic(self) -> bool:
        """Whether it is mostly formulae."""
        return self.words_outside <= FORMULAIC_UP_TO * self.text.words


def is_formula(addresses: int) -> bool:
    """Whether a shingle that stands in the readings of so many addresses is a formula."""
    return addresses >= FORMULA_ADDRESSES


def share(one: WeighedText, other: Text, found: Iterable[Stretch]) -> Share:
    """How much of a text stands in another, by the stretches that it has in common with it."""
    passages = passages_of(found)
    if not passages:
        return NOTHING
    text = one.text
    shared = words_shared(text.shingles, passages, other.positions, text.repeated)
    all_words, shared_words = len(shared), sum(shared)
    less = sum(shared[:OPENING_WORDS]) * (1 - OPENING_WEIGHT)
    weights = _weights(one, passages)
    own_words = sum(weight for weight, hit in zip(weights, shared, strict=True) if hit)
    for at, hit in enumerate(shared[:OPENING_WORDS]):
        if hit:
            weights[at] *= OPENING_WEIGHT
    weighed_words = sum(weight for weight, hit in zip(weights, shared, strict=True) if hit)
    return Share(
        plain=shared_words / all_words,
        with_formulae=(shared_words - less) / (all_words - less),
        weighed=min(1.0, weighed_words / sum(weights)),
        own_words=own_words,
        weighed_words=weighed_words,
    )


def most_shared(one: WeighedText, common: Iterable[int]) -> int:
    """How many words, weighed, a text may share with another, without aligning the two: those in
    any of the shingles that they have in common.
    """
    covered = bytearray(one.text.words)
    three = b"\1" * SHINGLE_WORDS
    for shingle in common:
        for at in one.text.positions[shingle]:
            covered[at : at + SHINGLE_WORDS] = three
    own = sum(map(int.__and__, covered, one.outside))
    return own + ceil((sum(covered) - own) * FORMULA_WEIGHT)


def _weights(one: WeighedText, passages: Iterable[Passage]) -> list[float]:
    """For each word its weight: little where it stands in a formula, or is one of few beside
    longer ones in a shared stretch: so much of the form is only rarer.
    """
    own = bytearray(one.outside)
    for stretch in (stretch for passage in passages for stretch in passage):
        words = slice(stretch.start, stretch.start + stretch.words)
        rest = sum(own[words])
        if rest < RARER_WORDS and 2 * rest < stretch.words:
            own[words] = bytes(stretch.words)
    return [1.0 if is_own else FORMULA_WEIGHT for is_own in own]
