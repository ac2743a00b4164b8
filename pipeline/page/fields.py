"""What one reading step found on a page, before anything is decided."""

from dataclasses import dataclass, fields

from pipeline.normalize.dates import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields that one step gives; None and empty mean: not found by this step."""

    layout: str | None = None
    title: str | None = None
    published: Published | None = None
    paragraphs: tuple[str, ...] = ()
    lead: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    image_credit: str | None = None
    attribution: tuple[str, ...] = ()
    modified: Published | None = None
    disagreements: tuple[str, ...] = ()
    """Fields that two places within this step tell differently."""

    @property
    def found(self) -> frozenset[str]:
        """The names of the fields that this step gives."""
        return frozenset(f.name for f in fields(self) if getattr(self, f.name))

    @property
    def essentials(self) -> int:
        """How many of title, date and body are there."""
        return len(self.found & {"title", "published", "paragraphs"})
