"""Which share of each of two texts stands in the other, and whether they are related by that.

A share is that of the words in shared passages (`passages.py`). Two kinds of words weigh less, in
what is shared and in the whole alike:

- Formulae: runs of four words that stand in ten addresses or more. Their words weigh a thousandth,
  so a series of pieces built on one form comes apart, while the prints of one release never reach
  that number.
- Openings: a shared word among a text's first thirty weighs a half. The first sentences of a press
  item say who did what where, in an order and in titles that are the kind's and not the piece's,
  long before they have been printed ten times. What is one piece shares more than its opening.

A shared opening weighs less, one that is not shared does not, so a text whose other half is new has
a share of at most one half. The bounds, and what they were measured on:
`docs/stories.md`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

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


Reason = Literal[
    "equal", "short", "nothing shared", "far apart", "reaches R", "few runs", "formulae", "opening",
    "below R",
]  # fmt: skip
"""What decides whether two items of one language are related: the same words throughout; a text too
short to be related to any but its equal; no passage in common; one source and days far apart, where
both shares have to be large; the larger share, which reaches R; hardly any runs of four words in
common; the lesser weight of formulae, or of a shared opening; the larger share, which is below R.
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
    """The pair to keep of two texts of one language: of those with enough runs in common, formulae
    aside, and of others that are related. `formulae` are the frequent runs among theirs.
    """
    overlap = _overlap(one, other, formulae)
    if overlap == "few":
        return None
    pair = _verdict(one, other, formulae, overlap).pair
    return pair if pair and (pair.related or overlap == "own") else None


def verdict(one: Text, other: Text, formulae: AbstractSet[int]) -> Verdict:
    """Whether two texts of one language are related, and why; symmetrical. `formulae` are the
    frequent runs among theirs.
    """
    return _verdict(one, other, formulae, _overlap(one, other, formulae))


_Overlap = Literal["own", "whole", "few"]
"""What two texts have in common by their runs of four words: enough that are no formulae; the whole
of one, since they are equal or it is nearly all formulae; or hardly anything.
"""


def _overlap(one: Text, other: Text, formulae: AbstractSet[int]) -> _Overlap:
    shared = set(one.long_runs).intersection(other.long_runs)
    if len(shared - formulae) >= OWN_RUNS:
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
    found = passages(text.runs, other.runs, other.places)
    if not found:
        return _Share(0.0, 0.0, 0.0)
    shared = words_shared(text.runs, found, other.places, text.repeated)
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
    if not formulae.isdisjoint(text.long_runs):
        for start, run in enumerate(text.long_runs):
            if run in formulae:
                weights[start : start + FORMULA_WORDS] = [FORMULA_WEIGHT] * FORMULA_WORDS
    return weights
