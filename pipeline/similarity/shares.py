"""Which share of each of two texts stands in the other, and whether they are related by that.

A share is that of the words in shared passages (`passages.py`). Two kinds of words weigh less, in
what is shared and in the whole alike:

- Formulae: shingles of four words that stand in ten addresses or more. Their words weigh a
  thousandth, so a series of pieces built on one form comes apart, while the prints of one release
  never reach that number.
- Openings: a shared word among a text's first thirty weighs a half. The first sentences of a press
  item say who did what where, in an order and in titles that are the kind's and not the piece's,
  long before they have been printed ten times. What is one piece shares more than its opening.

A shared opening weighs less, one that is not shared does not, so a text whose other half is new has
a share of at most one half. The bounds, and what they were measured on:
`docs/stories.md`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.similarity.compared_text import Text
from pipeline.similarity.passages import passages, words_shared
from pipeline.similarity.shingles import FORMULA_WORDS

FORMULA_ADDRESSES = 10
"""From so many addresses on a shingle of four words is a formula."""
FORMULA_WEIGHT = 0.001
"""So little that two texts of one form come apart by a single word of their own."""
OPENING_WORDS = 30
"""The opening of a text: its first words."""
OPENING_WEIGHT = 0.5
"""What a shared word of the opening weighs."""
RELATED_FROM = 0.3
"""R: two items are related if the larger share reaches it."""
HIGH_FROM = 0.6
"""H: a share is high from here on; above one half, so a text doubled by others is no reprint."""
OWN_SHINGLES = 3
"""Fewest shingles of four words, formulae aside, that two texts have in common to be a pair."""
FAR_APART_DAYS = 3
"""Items of one source are far apart with more days between them."""
FAR_APART_BOTH = 0.9
"""What both shares of items far apart have to reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two items that share running text. `a` sorts before `b`."""

    a: str
    b: str
    share_a: float
    """The share of a's text that stands in b, formulae weighing little."""
    share_b: float
    plain_a: float
    """The same, unweighed."""
    plain_b: float
    related: bool


Reason = Literal[
    "equal", "short", "nothing shared", "far apart", "reaches R", "few runs", "formulae", "opening",
    "below R",
]  # fmt: skip
"""What decides whether two items of one language are related:

- equal: they have the same words throughout
- short: one is too short to be related to any but its equal
- nothing shared: they have no passage in common
- far apart: they are of one source and of days far apart, where both shares have to be large
- reaches R: the larger share does
- few runs: they have hardly any shingles of four words in common
- formulae, opening: only the lesser weight of these keeps the larger share below R
- below R: the larger share is
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether two items of one language are related, and why."""

    related: bool
    because: Reason
    pair: Pair | None
    """How much of each stands in the other; None where nothing does."""


class _Share(NamedTuple):
    """How much of a text stands in another."""

    plain: float
    with_formulae: float
    """With less weight for a shared opening alone."""
    weighed: float
    """With less weight for formulae too."""


def is_formula(addresses: int) -> bool:
    """Whether a shingle that stands in the readings of so many addresses is a formula."""
    return addresses >= FORMULA_ADDRESSES


def is_formulaic(text: Text, formulae: AbstractSet[int]) -> bool:
    """Whether a text is so nearly all formulae that it could be related by them alone."""
    weights = _weights(text, formulae)
    common = sum(weight for weight in weights if weight < 1)
    return bool(common) and common / sum(weights) >= RELATED_FROM


def weighed_pair(one: Text, other: Text, formulae: AbstractSet[int]) -> Pair | None:
    """The pair to keep of two texts of one language: of those with enough shingles in common,
    formulae aside, and of others that are related. `formulae` are the frequent shingles among
    theirs.
    """
    overlap = _overlap(one, other, formulae)
    if overlap == "few":
        return None
    pair = _verdict(one, other, formulae, overlap).pair
    return pair if pair and (pair.related or overlap == "own") else None


def verdict(one: Text, other: Text, formulae: AbstractSet[int]) -> Verdict:
    """Whether two texts of one language are related, and why; symmetrical. `formulae` are the
    frequent shingles among theirs.
    """
    return _verdict(one, other, formulae, _overlap(one, other, formulae))


_Overlap = Literal["own", "whole", "few"]
"""What two texts have in common by their shingles of four words: enough that are no formulae; the
whole of one, since they are equal or it is nearly all formulae; or hardly anything.
"""


def _overlap(one: Text, other: Text, formulae: AbstractSet[int]) -> _Overlap:
    shared = set(one.four_word_shingles).intersection(other.four_word_shingles)
    if len(shared - formulae) >= OWN_SHINGLES:
        return "own"
    if one.digest == other.digest:
        return "whole"
    formulaic = is_formulaic(one, formulae) or is_formulaic(other, formulae)
    return "whole" if formulaic and not shared.isdisjoint(formulae) else "few"


def _verdict(one: Text, other: Text, formulae: AbstractSet[int], overlap: _Overlap) -> Verdict:
    a, b = sorted((one, other), key=lambda text: text.id)
    related: bool
    because: Reason
    if a.digest == b.digest and (not a.is_short or a.title == b.title):
        related, because = (True, "equal") if a.words else (False, "short")
        in_a = in_b = _Share(1.0, 1.0, 1.0)
    else:
        in_a, in_b = _share(a, b, formulae), _share(b, a, formulae)
        related, because = _judged(a, b, in_a, in_b, is_few=overlap == "few")
    pair = Pair(
        a=a.id, b=b.id, share_a=in_a.weighed, share_b=in_b.weighed,
        plain_a=in_a.plain, plain_b=in_b.plain, related=related,
    )  # fmt: skip
    is_any = in_a.plain or in_b.plain
    return Verdict(related=related, because=because, pair=pair if is_any else None)


def _judged(a: Text, b: Text, in_a: _Share, in_b: _Share, *, is_few: bool) -> tuple[bool, Reason]:
    """Whether two texts that are not equal are related by their shares, and what decided that."""
    if a.is_short or b.is_short:
        return False, "short"
    if not in_a.plain and not in_b.plain:
        return False, "nothing shared"
    if max(in_a.weighed, in_b.weighed) < RELATED_FROM:
        if max(in_a.plain, in_b.plain) < RELATED_FROM:
            return False, "below R"
        with_formulae = max(in_a.with_formulae, in_b.with_formulae)
        return False, "formulae" if with_formulae >= RELATED_FROM else "opening"
    if a.source == b.source and abs((a.day - b.day).days) > FAR_APART_DAYS:
        both = min(in_a.weighed, in_b.weighed) >= FAR_APART_BOTH
        return both and not is_few, "far apart"
    return (False, "few runs") if is_few else (True, "reaches R")


def _share(text: Text, other: Text, formulae: AbstractSet[int]) -> _Share:
    found = passages(text.shingles, other.shingles, other.positions)
    if not found:
        return _Share(0.0, 0.0, 0.0)
    shared = words_shared(text.shingles, found, other.positions, text.repeated)
    all_words, shared_words = len(shared), sum(shared)
    less = sum(shared[:OPENING_WORDS]) * (1 - OPENING_WEIGHT)
    weights = _weights(text, formulae)
    for at, hit in enumerate(shared[:OPENING_WORDS]):
        if hit:
            weights[at] *= OPENING_WEIGHT
    common = sum(weight for weight, hit in zip(weights, shared, strict=True) if hit)
    return _Share(
        plain=shared_words / all_words,
        with_formulae=(shared_words - less) / (all_words - less),
        weighed=min(1.0, common / sum(weights)),
    )


def _weights(text: Text, formulae: AbstractSet[int]) -> list[float]:
    """For each word its weight: little where it stands in a formula."""
    weights = [1.0] * text.words
    if not formulae.isdisjoint(text.four_word_shingles):
        for start, shingle in enumerate(text.four_word_shingles):
            if shingle in formulae:
                weights[start : start + FORMULA_WORDS] = [FORMULA_WEIGHT] * FORMULA_WORDS
    return weights
