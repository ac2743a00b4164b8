"""Makes Zstandard frames."""

import sys
from collections.abc import Callable

if sys.version_info >= (3, 14):
    from compression.zstd import compress, train_dict
else:
    from backports.zstd import compress, train_dict


def zstd_compress(content: bytes) -> bytes:
    """One frame, without a checksum."""
    return compress(content)


def trained(samples: list[bytes]) -> tuple[bytes, Callable[[bytes], bytes]]:
    """A dictionary, and what compresses with it."""
    dictionary = train_dict(samples, 2000)
    return dictionary.dict_content, lambda content: compress(content, zstd_dict=dictionary)
