"""`kazpress show`: one item with its story, as values for a person or a script."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import UnknownItem
from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.files import stored_payload
from pipeline.model.press_item import PressItem
from pipeline.query import stored_items
from pipeline.query.short_ids import is_too_short
from pipeline.query.source_state import failure
from pipeline.query.stored_stories import (
    DecisionOnItem,
    RelatedItem,
    comparison,
    decisions_on,
    related_elsewhere,
    story_members,
)
from pipeline.query.stored_translations import Evidence, translation_evidence
from pipeline.similarity.comparison import Comparison
from pipeline.store.database import reading
from spiders.sources import article_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item, its story's items, and what else shares its text."""

    item: PressItem
    read_by: dict[str, str]
    notes: tuple[str, ...]
    """What to know of the text, such as that a part of it is missing."""
    repairs: tuple[str, ...]
    """The words as the page has them in which letters of the other script stood."""
    story: tuple[PressItem, ...]
    compared: dict[str, Comparison]
    """The item against each other one of its story, by their ids."""
    elsewhere: tuple[RelatedItem, ...]
    decisions: tuple[DecisionOnItem, ...]
    translated_by: dict[str, list[Evidence]]
    """What joins it to its translations directly, by their ids."""

    def record(self) -> dict[str, Any]:
        """The item's record, and what stands beside it."""
        return {
            **asdict(self.item),
            "read_by": self.read_by,
            "story_items": [
                {"id": one.id, "source": one.source, "url": one.url, "relation": one.relation}
                | _shared(self.compared.get(one.id))
                for one in self.story
            ],
            "elsewhere": [asdict(one) for one in self.elsewhere],
            "decisions": [asdict(one) for one in self.decisions],
            **({"notes": self.notes} if self.notes else {}),
            **({"repairs": self.repairs} if self.repairs else {}),
        }


def item_view(config: Config, name: str) -> ItemView:
    """An item by id or address. Raises UnknownItem."""
    with reading(config.db) as db:
        item_id = item_id_of(config, db, name)
        found = stored_items.item(db, item_id)
        story = story_members(db, found.story)
        newest = stored_items.newest_reading(db, item_id)
        return ItemView(
            item=found,
            read_by=stored_items.read_by(db, item_id),
            notes=newest.notes if newest else (),
            repairs=newest.repairs if newest else (),
            story=tuple(story),
            compared={one.id: comparison(db, found, one) for one in story if one.id != item_id},
            elsewhere=tuple(related_elsewhere(db, item_id)),
            decisions=tuple(decisions_on(db, item_id)),
            translated_by=translation_evidence(db, item_id),
        )


def raw_page(config: Config, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The payload of the newest capture that gave an item a reading, without its content coding;
    and its words in which letters of the other script were repaired.

    Raises UnknownItem, ArchiveError.
    """
    with reading(config.db) as db:
        item_id = item_id_of(config, db, name)
        capture = stored_items.newest_capture(db, item_id)
        newest = stored_items.newest_reading(db, item_id)
    if capture is None:
        raise UnknownItem(f"{name}: has no capture")
    payload = stored_payload(config.archive, capture)
    with suppress(UndecodableBody):
        payload = decoded(payload, capture.content_encoding)
    return payload, newest.repairs if newest else ()


def item_id_of(config: Config, db: Database, name: str) -> str:
    """The id of the item that an id or an address in any of its forms stands for.

    Raises UnknownItem, with what became of an address that is known but gave no item; AmbiguousId.
    """
    article = article_at(config, name)
    url = article[1].url if article else None
    try:
        return stored_items.resolve(db, url or name)
    except UnknownItem as unknown:
        failed = failure(db, url) if url else None
        said = f": {failed.detail}" if failed else ""
        if is_too_short(name.strip().lower()):
            said = "; of an id name four digits or more"
        raise UnknownItem(f"{name}: nothing is stored under this id or address{said}") from unknown


def _shared(compared: Comparison | None) -> dict[str, Any]:
    if compared is None:
        return {}
    return {
        "share_here": compared.here.share,
        "share_there": compared.there.share,
        "shared_words": compared.words,
        "shared_passages": len(compared.passages),
    }
