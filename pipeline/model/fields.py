"""The fields that one reading step found on a page, before the steps are merged."""

from dataclasses import dataclass, fields

from pipeline.times.dates import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields that one step found; None or empty where it found nothing."""

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
    data_text: str | None = None
    """The text as the page's data for machines have it, in one line, perhaps cut short."""
    disagreements: tuple[str, ...] = ()
    """Names of the fields for which the page gives this step two different values."""

    @property
    def found(self) -> frozenset[str]:
        """The names of the fields that this step found."""
        return frozenset(name for name in _NAMES if getattr(self, name))


_NAMES = tuple(field.name for field in fields(Fields))
