"""Which share of each of two texts stands in the other (design, section 5, "Pairs").

A share is that of the words in shared passages (`passages.py`). Two kinds of words weigh less, in
what is shared and in the whole alike:

- Formulae: runs of four words that stand in ten addresses or more. Their words weigh a thousandth,
  so a series of pieces built on one form comes apart, while the prints of one release never reach
  that number.
- Openings: a shared word among a text's first thirty weighs a half. The first sentences of a press
  item say who did what where, in an order and in titles that are the kind's and not the piece's,
  long before they have been printed ten times. What is one piece shares more than its opening.

A shared opening weighs less, one that is not shared does not, so a text doubled by others stands
in its half by one half at most. The bounds, and what they were measured on:
`docs/stories.md`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.normalize.digests import words_sha256
from pipeline.normalize.words import words
from pipeline.similarity.passages import Positions, passages, places_of, words_shared
from pipeline.similarity.shingles import FORMULA_WORDS, long_runs, runs_in, words_in

FORMULA_ADDRESSES = 10
FORMULA_WEIGHT = 0.001
"""So little that two texts of one form come apart by a single word of their own."""
OPENING_WORDS = 30
OPENING_WEIGHT = 0.5
RELATED_FROM = 0.3
"""R: two items are related if the larger share reaches it."""
HIGH_FROM = 0.6
"""H: a share is high from here on; above one half, so a text doubled by others is no reprint."""
OWN_RUNS = 3
"""Fewest runs of four words, formulae aside, that two texts have in common to be a pair."""
FAR_APART_DAYS = 3
FAR_APART_BOTH = 0.9
SHORT_WORDS = 30


@dataclass(frozen=True, kw_only=True)
class Text:
    """An item as it is compared."""

    id: str
    source: str
    day: date
    title: tuple[str, ...]
    words: int
    digest: str
    """Of its words: equal texts have the same."""
    runs: tuple[int, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is too short to be related to any but its equal."""
        return self.words < SHORT_WORDS

    @cached_property
    def long_runs(self) -> tuple[int, ...]:
        """Its runs as their frequency is counted."""
        return long_runs(self.runs)

    @cached_property
    def places(self) -> Positions:
        """Where it holds each of its runs."""
        return places_of(self.runs)

    @cached_property
    def repeated(self) -> dict[int, int]:
        """How often it holds each run that it holds oftener than once."""
        return {run: len(at) for run, at in self.places.items() if len(at) > 1}


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


def as_compared(id_: str, source: str, day: date, title: str | None, body: str) -> Text:
    """An item as it is compared, by today's rule of what a word is."""
    found = words_in(body)
    return Text(
        id=id_, source=source, day=day, title=tuple(words(title or "")), words=len(found),
        digest=words_sha256(list(found)), runs=runs_in(body),
    )  # fmt: skip


def is_formula(addresses: int) -> bool:
    """Whether a run that stands in the readings of so many addresses is a formula."""
    return addresses >= FORMULA_ADDRESSES


def is_formulaic(text: Text, formulae: AbstractSet[int]) -> bool:
    """Whether a text is so nearly all formulae that it could be related by them alone."""
    weights = _weights(text, formulae)
    common = sum(weight for weight in weights if weight < 1)
    return bool(common) and common / sum(weights) >= RELATED_FROM


def weighed_pair(one: Text, other: Text, formulae: AbstractSet[int]) -> Pair | None:
    """The pair that two texts of one language are, or None: equal ones; those with enough runs in
    common, formulae aside; of two that share hardly more than formulae those that are related,
    since one is nothing else. `formulae` are the frequent runs among theirs.
    """
    shared = set(one.long_runs).intersection(other.long_runs)
    enough = len(shared - formulae) >= OWN_RUNS
    if not enough and one.digest != other.digest:
        formulaic = is_formulaic(one, formulae) or is_formulaic(other, formulae)
        if not formulaic or shared.isdisjoint(formulae):
            return None
    pair = pair_of(one, other, formulae)
    return pair if pair and (pair.related or enough) else None


def pair_of(one: Text, other: Text, formulae: AbstractSet[int]) -> Pair | None:
    """How much of each text stands in the other; None where nothing does."""
    first, second = sorted((one, other), key=lambda text: text.id)
    if first.digest == second.digest and (not first.is_short or first.title == second.title):
        shares = (1.0, 1.0, 1.0, 1.0)
        return _pair(first, second, shares, related=bool(first.words))
    plain_a, share_a = _shares(first, second, formulae)
    plain_b, share_b = _shares(second, first, formulae)
    if not plain_a and not plain_b:
        return None
    related = _related(first, second, share_a, share_b)
    return _pair(first, second, (share_a, share_b, plain_a, plain_b), related=related)


def _shares(text: Text, other: Text, formulae: AbstractSet[int]) -> tuple[float, float]:
    """The share of `text` that stands in `other`: of its words, and of their weights."""
    found = passages(text.runs, other.runs, other.places)
    if not found:
        return 0.0, 0.0
    weights = _weights(text, formulae)
    shared = words_shared(text.runs, found, other.places, text.repeated)
    for at, hit in enumerate(shared[:OPENING_WORDS]):
        if hit:
            weights[at] *= OPENING_WEIGHT
    common = sum(weight for weight, hit in zip(weights, shared, strict=True) if hit)
    return sum(shared) / len(shared), min(1.0, common / sum(weights))


def _weights(text: Text, formulae: AbstractSet[int]) -> list[float]:
    """For each word its weight: little where it stands in a formula."""
    weights = [1.0] * text.words
    if not formulae.isdisjoint(text.long_runs):
        for start, run in enumerate(text.long_runs):
            if run in formulae:
                weights[start : start + FORMULA_WORDS] = [FORMULA_WEIGHT] * FORMULA_WORDS
    return weights


def _related(a: Text, b: Text, share_a: float, share_b: float) -> bool:
    if a.is_short or b.is_short:
        return False
    if a.source == b.source and abs((a.day - b.day).days) > FAR_APART_DAYS:
        return min(share_a, share_b) >= FAR_APART_BOTH
    return max(share_a, share_b) >= RELATED_FROM


def _pair(a: Text, b: Text, shares: tuple[float, float, float, float], *, related: bool) -> Pair:
    return Pair(
        a=a.id, b=b.id, share_a=shares[0], share_b=shares[1],
        plain_a=shares[2], plain_b=shares[3], related=related,
    )  # fmt: skip
