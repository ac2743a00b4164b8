"""Which reader has read a capture: one by the same rules and facts comes to the same result."""

import hashlib
from dataclasses import fields
from functools import cache

from pipeline.model.source import Source
from pipeline.store.database import RULES_VERSION

_NOT_READ_BY = frozenset({"finding", "expect", "schedule", "delay_seconds", "state"})
"""Facts that say how a source is crawled; what a capture gives follows from all others."""
_DIGITS = 12


@cache
def reader_version(source: Source) -> str:
    """Today's rules, and the digest of the facts by which a source's captures are read."""
    facts = [
        (field.name, getattr(source, field.name))
        for field in fields(source)
        if field.name not in _NOT_READ_BY
    ]
    digest = hashlib.sha256(repr(facts).encode()).hexdigest()[:_DIGITS]
    return f"{RULES_VERSION}-{digest}"
