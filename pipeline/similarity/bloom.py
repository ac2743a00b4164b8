"""Which runs a table surely does not hold, in about ten bits a run: Bloom filters (Bloom 1970).

Most runs of an incoming item were never seen before. Asking a table of a hundred million rows for
one costs a page that no cache holds; asking a filter costs two bits. A filter covers one part of
the runs' range, so that a change rewrites little. Runs are as good as random already: pieces of
them serve as the two hashes.
"""

from collections.abc import Iterable

PARTS = 1024
"""Parts of the runs' range, each with a filter of its own."""
_SHIFT = 64 - 10
_LOWEST = -(1 << 63)
_LEAST_BITS = 256
_BITS_A_RUN = 7
"""Fewest; at seven one unheld run in 16 passes, at fourteen one in 57."""


def part_of(run: int) -> int:
    """The part of the range that a run belongs to, from 0."""
    return (run >> _SHIFT) + PARTS // 2


def range_of(part: int) -> tuple[int, int]:
    """The lowest and the highest run of a part."""
    first = _LOWEST + (part << _SHIFT)
    return first, first + (1 << _SHIFT) - 1


def empty_bits(runs: int) -> bytearray:
    """A filter that holds nothing yet, with room for at least so many runs."""
    bits = _LEAST_BITS
    while bits < runs * _BITS_A_RUN:
        bits *= 2
    return bytearray(bits // 8)


def has_room(bits: bytearray, runs: int) -> bool:
    """Whether a filter is large enough for so many runs."""
    return len(bits) * 8 >= runs * _BITS_A_RUN


def add(bits: bytearray, runs: Iterable[int]) -> None:
    """Let these runs pass from now on."""
    mask = len(bits) * 8 - 1
    for run in runs:
        at = run & mask
        bits[at >> 3] |= 1 << (at & 7)
        at = run >> 27 & mask
        bits[at >> 3] |= 1 << (at & 7)


def passing(runs: Iterable[int], filters: list[bytearray | None]) -> list[int]:
    """The runs that may be held, by the filters of all parts; None lets everything pass."""
    found = []
    half = PARTS // 2
    for run in runs:
        bits = filters[(run >> _SHIFT) + half]
        if bits is not None:
            mask = len(bits) * 8 - 1
            at = run & mask
            if not bits[at >> 3] >> (at & 7) & 1:
                continue
            at = run >> 27 & mask
            if not bits[at >> 3] >> (at & 7) & 1:
                continue
        found.append(run)
    return found
