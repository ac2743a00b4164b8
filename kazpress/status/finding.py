"""What `status` finds that somebody should know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["warning", "critical"]
Kind = Literal[
    "crawl-failed", "crawl-killed", "crawl-stopped", "crawl-hangs", "crawl-overdue",
    "never-crawled", "resting", "crawl-note", "reparse-due", "reader-died", "pages-unreadable",
    "articles-failed", "boilerplate", "layout", "week", "silence", "way-stopped", "gaps",
    "disk-space",
]  # fmt: skip
"""What is the matter, by a fixed word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that somebody should know of."""

    kind: Kind
    severity: Severity
    sentence: str


def warnings(kind: Kind, *sentences: str | None) -> Iterable[Finding]:
    """A warning for each sentence that there is."""
    return (
        Finding(kind=kind, severity="warning", sentence=one) for one in sentences if one is not None
    )
