"""Gzip members that are the same at any time, so that they can name a test."""

from __future__ import annotations

import gzip


def gzip_bytes(content: bytes) -> bytes:
    """The content as one member, without the present time in its header."""
    return gzip.compress(content, mtime=0)
