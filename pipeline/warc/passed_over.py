"""Records of a WARC file that were not taken: why, how many, and what a person is told."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

SHOWN = 5
"""Of so many records of a file that need a look each has a sentence; the others are counted."""
_COMPANIONS = frozenset({"warcinfo", "request"})
"""Types of records that every tool writes beside the captures."""

Cause = Literal["damage", "part", "type"]
"""Something is wrong with the record; it holds not all, or too much, of what was captured; its type
holds no page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A record that was not taken."""

    cause: Cause
    reason: str
    """A short fixed word: what is wrong with it, or its type."""
    sentence: str
    """Which one, and why."""
    target: str | None
    """Its WARC-Target-URI, where that is known."""


@dataclass(slots=True)
class FileAccount:
    """What became of the records of one file."""

    file: str
    taken: int = 0
    """Records that hold an exchange, of whatever address."""
    by_reason: Counter[str] = field(default_factory=Counter)
    """How many were passed over, by reason."""
    _told: list[PassedOver] = field(default_factory=list)
    _untold: Counter[str] = field(default_factory=Counter)

    def add(self, one: PassedOver, *, needs_look: bool) -> None:
        """Count a record that was passed over; one that `needs_look` is told of."""
        self.by_reason[one.reason] += 1
        if needs_look and len(self._told) < SHOWN:
            self._told.append(one)
        elif needs_look:
            self._untold[one.reason] += 1

    @property
    def not_taken(self) -> dict[str, int]:
        """How many were passed over by reason, without those that stand beside every capture."""
        found = self.by_reason.items()
        return {reason: count for reason, count in sorted(found) if reason not in _COMPANIONS}

    @property
    def notes(self) -> list[str]:
        """Sentences on what needs a look, no more than a few."""
        notes = [self._sentence(one) for one in self._told]
        if self._untold:
            more = counted(self._untold)
            notes.append(f"{self.file}: {self._untold.total()} more were passed over: {more}")
        return notes

    @property
    def nothing(self) -> str:
        """A sentence on a file of which no record was taken: what it holds instead."""
        if self._told:
            why = "; ".join(one.sentence for one in self._told[:1])
            return f"{self.file}: holds no whole record of a page: {why.removeprefix(self.file)}"
        held = f"; it holds {counted(self.by_reason)}" if self.by_reason else ", nor any other"
        return f"{self.file}: holds no record of a page{held}"

    def _sentence(self, one: PassedOver) -> str:
        if one.reason != "torn":
            return one.sentence
        return f"{one.sentence}; the {self.taken} whole ones before it were taken"


def counted(by_reason: Counter[str]) -> str:
    """Counts by reason, the most frequent first."""
    found = sorted(by_reason.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count} {reason}" for reason, count in found)
