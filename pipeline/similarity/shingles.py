"""A text as runs of words: what is compared, counted and looked for (Broder 1997, "shingles").

The comparison reads runs alone, never words, so texts of which only hashed runs are at hand are
compared like any others.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from itertools import pairwise
from typing import TypeVar

from pipeline.normalize.words import words

RUN_WORDS = 3
"""Words of a run as texts are compared."""
FORMULA_WORDS = 4
"""Words of a run as its frequency is counted: two successive ones of those."""

_LONG_BODY = 10_000
"""Characters; of longer bodies only the last few are remembered, so memory has a bound."""
_ODDS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_BITS = (1 << 64) - 1
_SIGN = 1 << 63
_T = TypeVar("_T")


def _remembered(cut: Callable[[str], _T]) -> Callable[[str], _T]:
    """Remembers what was made of the last bodies, since a batch asks several times."""
    short, long = lru_cache(maxsize=256)(cut), lru_cache(maxsize=2)(cut)
    return wraps(cut)(lambda body: long(body) if len(body) > _LONG_BODY else short(body))


@_remembered
def words_in(body: str) -> tuple[str, ...]:
    """The words of a body."""
    return tuple(words(body))


@_remembered
def runs_in(body: str) -> tuple[int, ...]:
    """The runs of a body's words."""
    return runs_of(words_in(body))


@_remembered
def held_runs(body: str) -> frozenset[int]:
    """The runs of four words in a body, as they are looked for."""
    return frozenset(long_runs(runs_in(body)))


def runs_of(found: Sequence[str]) -> tuple[int, ...]:
    """The hashes of a text's runs of three words, in order; 64 bits each."""
    if len(found) < RUN_WORDS:
        return ()
    firsts, seconds, thirds = zip(*map(_word_hash, found), strict=True)
    return tuple(
        [
            first + second + third & _BITS
            for first, second, third in zip(firsts, seconds[1:], thirds[2:], strict=False)
        ]
    )


def long_runs(runs: Sequence[int]) -> tuple[int, ...]:
    """Each two successive runs as one run of four words; signed 64-bit, as SQLite keeps them."""
    return tuple(
        [
            ((first * _ODDS[0] + second + (first >> 29) & _BITS) ^ _SIGN) - _SIGN
            for first, second in pairwise(runs)
        ]
    )


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> tuple[int, int, int]:
    """A word's part in the hash of a run, as its first, second and third word."""
    hashed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
    return hashed * _ODDS[0] & _BITS, hashed * _ODDS[1] & _BITS, hashed * _ODDS[2] & _BITS
