"""A text as runs of words: what is compared, counted and looked for (Broder 1997, "shingles").

The comparison reads runs alone, never words, so texts of which only hashed runs are at hand are
compared like any others.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.text import words

RUN_WORDS = 3
"""Words of a run as texts are compared."""
FORMULA_WORDS = 4
"""Words of a run as its frequency is counted: two successive ones of those."""

_LONG_BODY = 50_000
"""Characters; of longer bodies only the last few are remembered, so memory has a bound."""
_ODDS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_BITS = (1 << 64) - 1


def words_in(body: str) -> tuple[str, ...]:
    """The words of a body. Remembered for a while, since a batch asks several times."""
    return _words_of_long(body) if len(body) > _LONG_BODY else _words_of(body)


def runs_in(body: str) -> tuple[int, ...]:
    """The runs of a body's words."""
    return _runs_of_long(body) if len(body) > _LONG_BODY else _runs_of(body)


def runs_of(found: Sequence[str]) -> tuple[int, ...]:
    """The hashes of a text's runs of three words, in order; 64 bits each."""
    hashes = [_word_hash(word) for word in found]
    return tuple(
        first * _ODDS[0] + second * _ODDS[1] + third * _ODDS[2] & _BITS
        for first, second, third in zip(hashes, hashes[1:], hashes[2:], strict=False)
    )


def long_runs(runs: Sequence[int]) -> tuple[int, ...]:
    """Each two successive runs as one run of four words; signed 64-bit, as SQLite keeps them."""
    return tuple(
        ((first * _ODDS[0] + second + (first >> 29) & _BITS) ^ (1 << 63)) - (1 << 63)
        for first, second in pairwise(runs)
    )


@lru_cache(maxsize=1024)
def _words_of(body: str) -> tuple[str, ...]:
    return tuple(words(body))


@lru_cache(maxsize=2)
def _words_of_long(body: str) -> tuple[str, ...]:
    return tuple(words(body))


@lru_cache(maxsize=1024)
def _runs_of(body: str) -> tuple[int, ...]:
    return runs_of(words_in(body))


@lru_cache(maxsize=2)
def _runs_of_long(body: str) -> tuple[int, ...]:
    return runs_of(words_in(body))


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
