"""Which shingles a table surely does not hold, in about ten bits each: Bloom filters (Bloom 1970).

Most shingles of an incoming item were never seen before. To ask a table of a hundred million rows
for one costs a page that no cache holds; to ask a filter costs two bits. A filter covers one part
of the shingles' range, so that a change rewrites little. Shingles are as good as random already:
parts of them serve as the two hashes.
"""

from collections.abc import Iterable

PARTS = 1024
"""Parts of the shingles' range, each with a filter of its own."""
_SHIFT = 64 - 10
_LOWEST = -(1 << 63)
_LEAST_BITS = 256
_BITS_A_SHINGLE = 7
"""Fewest; at seven one absent shingle in 16 passes, at fourteen one in 57."""


def part_of(shingle: int) -> int:
    """The part of the range that a shingle belongs to, from 0."""
    return (shingle >> _SHIFT) + PARTS // 2


def range_of(part: int) -> tuple[int, int]:
    """The lowest and the highest shingle of a part."""
    first = _LOWEST + (part << _SHIFT)
    return first, first + (1 << _SHIFT) - 1


def empty_bits(shingles: int) -> bytearray:
    """A filter with nothing in it, with room for at least so many shingles."""
    bits = _LEAST_BITS
    while bits < shingles * _BITS_A_SHINGLE:
        bits *= 2
    return bytearray(bits // 8)


def has_room(bits: bytearray, shingles: int) -> bool:
    """Whether a filter is large enough for so many shingles."""
    return len(bits) * 8 >= shingles * _BITS_A_SHINGLE


def add(bits: bytearray, shingles: Iterable[int]) -> None:
    """Let these shingles pass from now on."""
    mask = len(bits) * 8 - 1
    for shingle in shingles:
        at = shingle & mask
        bits[at >> 3] |= 1 << (at & 7)
        at = shingle >> 27 & mask
        bits[at >> 3] |= 1 << (at & 7)


def passing(shingles: Iterable[int], filters: list[bytearray | None]) -> list[int]:
    """The shingles that may be there, by the filters of all parts. None lets everything pass."""
    found = []
    half = PARTS // 2
    for shingle in shingles:
        bits = filters[(shingle >> _SHIFT) + half]
        if bits is not None:
            mask = len(bits) * 8 - 1
            at = shingle & mask
            if not bits[at >> 3] >> (at & 7) & 1:
                continue
            at = shingle >> 27 & mask
            if not bits[at >> 3] >> (at & 7) & 1:
                continue
        found.append(shingle)
    return found
