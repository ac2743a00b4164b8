"""An item as the rule on stories takes it, and where it puts it."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.press_item import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An item as the rule sees it."""

    id: str
    source: str
    source_rank: int
    day: date
    """The day of `published` in Almaty."""
    words: int
    compared_words: int
    """Less its attributions."""
    content_sha256: str
    has_url: bool
    first_seen: str

    @property
    def rank(self) -> tuple[int, date, int, str]:
        """Which item comes first: by its source's rank, the day, more words, the id."""
        return self.source_rank, self.day, -self.words, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An item's story, and how it stands to the canonical item of it."""

    item: str
    story: str
    canonical: str
    relation: Relation
    similarity: float | None
    """None if only a person's decision joins it to the canonical item."""
