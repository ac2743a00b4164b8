"""What a new version of a folder costs a store that keeps equal chunks once.

Chunks end where the content says, as those of Hugging Face's Xet do: a gear hash over 64 bytes,
chunks of 64 KiB on average, 8 KiB at least and 128 KiB at most.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

_LEAST, _MOST, _WINDOW = 8_192, 131_072, 64
_MASK = 0xFFFF << 48
_ALL_BITS = (1 << 64) - 1
_GEAR = [
    int.from_bytes(hashlib.sha256(bytes([byte])).digest()[:8], "big") for byte in range(256)
]  # fmt: skip


def chunks(content: bytes) -> Iterator[bytes]:
    """The chunks of a file."""
    start = 0
    while start < len(content):
        at = min(start + _LEAST, len(content))
        end = min(start + _MOST, len(content))
        rolling = 0
        for byte in content[max(start, at - _WINDOW) : at]:
            rolling = (rolling << 1) + _GEAR[byte] & _ALL_BITS
        while at < end:
            rolling = (rolling << 1) + _GEAR[content[at]] & _ALL_BITS
            at += 1
            if not rolling & _MASK:
                break
        yield content[start:at]
        start = at


def new_bytes(before: bytes, after: bytes) -> int:
    """How many bytes of a file are in chunks that its former state has not."""
    if before == after:
        return 0
    known = set(chunks(before))
    return sum(len(chunk) for chunk in set(chunks(after)) - known)


def new_bytes_of(before: Path, after: Path) -> dict[str, int]:
    """The same of each file of a folder, by its path."""
    paths = [path.relative_to(after) for path in after.rglob("*") if path.is_file()]
    return {
        path.as_posix(): new_bytes(
            (before / path).read_bytes() if (before / path).exists() else b"",
            (after / path).read_bytes(),
        )
        for path in sorted(paths)
    }
