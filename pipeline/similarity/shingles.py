"""A text as shingles: hashed runs of successive words (Broder 1997), which are compared, counted
and looked for.

The comparison reads shingles alone, never words, so texts of which only hashes are at hand are
compared like any others.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from itertools import pairwise
from typing import TypeVar

from pipeline.digests import words_sha256
from pipeline.normalize.words import words
from pipeline.similarity.compared_words import compared_words

SHINGLE_WORDS = 3
"""Words of a shingle as texts are compared."""
FORMULA_WORDS = 4
"""Words of a shingle as it is indexed and its frequency counted: two successive ones of those."""

_LONG_BODY_CHARACTERS = 10_000
"""Of longer bodies only the last few are remembered, so memory has a bound."""
_ODDS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_BITS = (1 << 64) - 1
_SIGN = 1 << 63
_T = TypeVar("_T")


def _remembered(cut: Callable[[str], _T]) -> Callable[[str], _T]:
    """Remembers what was made of the last bodies, since a batch asks several times."""
    short, long = lru_cache(maxsize=256)(cut), lru_cache(maxsize=2)(cut)
    return wraps(cut)(lambda body: long(body) if len(body) > _LONG_BODY_CHARACTERS else short(body))


@_remembered
def words_in(body: str) -> tuple[str, ...]:
    """The words of a body that are compared."""
    return tuple(compared_words(body))


@_remembered
def shingles_in(body: str) -> tuple[int, ...]:
    """The shingles of a body, in order."""
    return shingles_of(words_in(body))


@dataclass(frozen=True, slots=True)
class CutBody:
    """What comparing needs of a body, worked out once."""

    words: int
    """Of all, attributions too."""
    compared: int
    """Of those that are compared."""
    words_sha256: str
    """Of these: equal texts have the same."""
    shingles: tuple[int, ...]
    """In order."""


@_remembered
def cut_body(body: str) -> CutBody:
    """A body as it is compared."""
    compared = words_in(body)
    return CutBody(
        len(words(body)), len(compared), words_sha256(list(compared)), shingles_in(body)
    )  # fmt: skip


def shingles_of(found: Sequence[str]) -> tuple[int, ...]:
    """The hashes of each three successive words, in order; 64 bits each."""
    if len(found) < SHINGLE_WORDS:
        return ()
    firsts, seconds, thirds = zip(*map(_word_hash, found), strict=True)
    return tuple(
        [
            first + second + third & _BITS
            for first, second, third in zip(firsts, seconds[1:], thirds[2:], strict=False)
        ]
    )


def four_word_shingles(shingles: Sequence[int]) -> tuple[int, ...]:
    """Each two successive shingles as one of four words; signed 64-bit, as SQLite keeps them."""
    return tuple(
        [
            ((first * _ODDS[0] + second + (first >> 29) & _BITS) ^ _SIGN) - _SIGN
            for first, second in pairwise(shingles)
        ]
    )


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> tuple[int, int, int]:
    """A word's part in the hash of a shingle, as its first, second and third word."""
    hashed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
    return hashed * _ODDS[0] & _BITS, hashed * _ODDS[1] & _BITS, hashed * _ODDS[2] & _BITS
