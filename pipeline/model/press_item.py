"""One press item as it is exported."""

from dataclasses import dataclass, field, fields
from typing import Literal

from pipeline.model.reading import Step

Relation = Literal["canonical", "reprint", "excerpt", "expanded", "update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another item of a story, as the story's record lists it."""

    id: str
    source: str
    url: str | None
    title: str | None
    published: str
    relation: Relation
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same piece in another language."""

    language: str
    id: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressItem:
    """An item as it is exported, fields in the order of the export (docs/data-dictionary.md)."""

    id: str
    source: str
    url: str | None
    language: str
    title: str | None
    lead: str | None
    body: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    section: str | None
    image_url: str | None
    image_credit: str | None
    attribution: tuple[str, ...]
    access: str
    published: str
    published_precision: str
    modified: str | None
    first_seen: str
    last_changed: str
    revision: int
    gone: str | None
    story: str
    relation: Relation
    similarity: float
    translations: tuple[Translation, ...] = field(default=())
    reading: Step | None
    words: int
    content_sha256: str


FIELDS = tuple(field.name for field in fields(PressItem))
COPY_FIELDS = tuple(field.name for field in fields(Copy))
