"""A reading: the fields that one capture gives."""

from dataclasses import dataclass
from typing import Literal

Step = Literal["layout", "structured", "generic"]
"""How a field was read: by the source's layouts, structured data, likeness to other articles."""


STEPS: tuple[Step, ...] = ("layout", "structured", "generic")
"""The steps from the strongest to the weakest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The fields that one capture gives. Of a page, title and published are never None."""

    language: str
    title: str | None
    body: str
    published: str | None
    """RFC 3339 with Almaty's offset, or a date alone."""
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
    """The name of the layout that read it, if one did."""
    alternates: tuple[str, ...] = ()
    """Canonical addresses of the same article in other languages, as the page links to them."""
    disagreements: tuple[str, ...] = ()
    """Names of the fields for which two steps found different values; the first step's is taken."""
    notes: tuple[str, ...] = ()
    """What a person should know of the text, as sentences, such as that a part of it is missing."""
    repairs: tuple[str, ...] = ()
    """The words as the page has them, each time, in which letters of the other script stood."""

    @property
    def weakest(self) -> Step:
        """The weakest step used for title, date or body."""
        used = [step for name, step in self.read_by if name in ("title", "published", "body")]
        return max(used, key=STEPS.index, default="layout")
