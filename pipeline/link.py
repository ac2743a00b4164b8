"""Which share of each of two texts stands in the other (design, section 5, "Pairs").

A text's words are compared as runs of four. A word stands in the other text if one of the runs
that it belongs to does. A run that stands in ten addresses or more is a formula; its words weigh a
hundredth, in what is shared and in the whole alike, so a series of pieces built on one form comes
apart, while the prints of one release never reach that number.

On the 98 real pairs that this was tried on, the larger share is 0.31 and more for the same piece,
and 0.21 and less for another, but for one tour in two regions (0.37), which no bound on the share
alone keeps apart from one piece reworded.
"""

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.text import words

RUN_WORDS = 4
FORMULA_ADDRESSES = 10
FORMULA_WEIGHT = 0.01
RELATED_FROM = 0.26
"""R: two items are related if the larger share reaches it."""
HIGH_FROM = 0.6
"""H: a share is high from here on; above one half, so a text doubled by others is no reprint."""
FAR_APART_DAYS = 3
FAR_APART_BOTH = 0.9
SHORT_WORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An item as it is compared."""

    id: str
    source: str
    day: date
    title: tuple[str, ...]
    words: tuple[str, ...]
    runs: tuple[int, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is too short to be related to any but its equal."""
        return len(self.words) < SHORT_WORDS


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


def is_formula(addresses: int) -> bool:
    """Whether a run that stands in the readings of so many addresses is a formula."""
    return addresses >= FORMULA_ADDRESSES


def is_formulaic(text: Text, formulae: AbstractSet[int]) -> bool:
    """Whether a text is so nearly all formulae that it could be related by them alone."""
    covered = _covered(text, formulae)
    common = covered.count(True) * FORMULA_WEIGHT
    whole = common + covered.count(False)
    return bool(whole) and common / whole >= RELATED_FROM


@lru_cache(maxsize=1024)
def words_in(body: str) -> tuple[str, ...]:
    """The words of a body. Remembered for a while, since a batch asks several times."""
    return tuple(words(body))


@lru_cache(maxsize=1024)
def runs_in(body: str) -> tuple[int, ...]:
    """The runs of a body's words."""
    return runs_of(words_in(body))


def runs_of(found: Sequence[str]) -> tuple[int, ...]:
    """The hashes of a text's runs of four words, in order; signed 64-bit, as SQLite keeps them."""
    return tuple(
        _run_hash(" ".join(found[start : start + RUN_WORDS]))
        for start in range(len(found) - RUN_WORDS + 1)
    )


def pair_of(one: Text, other: Text, formulae: AbstractSet[int]) -> Pair | None:
    """How much of each text stands in the other; None where nothing does."""
    first, second = sorted((one, other), key=lambda text: text.id)
    if first.words == second.words and (not first.is_short or first.title == second.title):
        shares = (1.0, 1.0, 1.0, 1.0)
        return _pair(first, second, shares, related=bool(first.words))
    plain_a, share_a = _shares(first, second, formulae)
    plain_b, share_b = _shares(second, first, formulae)
    if not plain_a and not plain_b:
        return None
    related = _related(first, second, share_a, share_b)
    return _pair(first, second, (share_a, share_b, plain_a, plain_b), related=related)


def _run_hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)


def _shares(text: Text, other: Text, formulae: AbstractSet[int]) -> tuple[float, float]:
    """The share of `text` that stands in `other`: of its words, and of their weights."""
    theirs = set(other.runs)
    shared = _covered(text, theirs)
    formulaic = _covered(text, formulae)
    weights = [FORMULA_WEIGHT if formula else 1.0 for formula in formulaic]
    whole = sum(weights)
    if not whole:
        return 0.0, 0.0
    common = sum(weight for weight, hit in zip(weights, shared, strict=True) if hit)
    return sum(shared) / len(shared), min(1.0, common / whole)


def _covered(text: Text, runs: AbstractSet[int]) -> list[bool]:
    """For each word, whether it stands in one of the runs."""
    covered = [False] * len(text.words)
    for start, run in enumerate(text.runs):
        if run in runs:
            covered[start : start + RUN_WORDS] = [True] * RUN_WORDS
    return covered


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
