"""What one capture yields, before it is checked."""

from dataclasses import dataclass
from typing import Literal

Step = Literal["layout", "structured", "generic"]
"""How a field was recognised: by the source's own facts, by structured data, by likeness."""


STEPS: tuple[Step, ...] = ("layout", "structured", "generic")
"""The steps from the strongest to the weakest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The fields that one capture yields."""

    language: str
    title: str | None
    body: str
    published: str | None
    """RFC 3339 with Almaty's offset, or a date alone; None of an imported text never."""
    published_precision: Literal["day", "minute"]
    lead: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    image_url: str | None = None
    image_credit: str | None = None
    attribution: tuple[str, ...] = ()
    access: Literal["full", "partial"] = "full"
    modified: str | None = None
    read_by: tuple[tuple[str, Step], ...] = ()
    """Which step gave each field, by the field's name."""
    layout: str | None = None
    """The name of the layout that was recognised."""
    alternates: tuple[str, ...] = ()
    """Canonical addresses that the page gives as itself in another language."""
    disagreements: tuple[str, ...] = ()
    """Fields that two steps read differently; the first step's value stays."""

    @property
    def weakest(self) -> Step:
        """The weakest step used for title, date or body."""
        used = [step for name, step in self.read_by if name in ("title", "published", "body")]
        return max(used, key=STEPS.index, default="layout")
