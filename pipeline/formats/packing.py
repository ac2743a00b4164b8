"""Compressed output: the same bytes from the same bytes, by the same libraries."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from pipeline.formats.known_formats import Packing

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@contextmanager
def packed(out: IO[bytes], packing: Packing) -> Iterator[IO[bytes]]:
    """A stream that writes compressed into another one, which it leaves open."""
    if packing == ".gz":
        # Without a name and a time in its header.
        with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as file:
            yield cast("IO[bytes]", file)
    elif packing == ".zst":
        with zstd.ZstdFile(out, "wb") as file:
            file.write(b"")  # where nothing else comes, the file would be empty, which is no zstd
            yield cast("IO[bytes]", file)
    else:
        yield out
