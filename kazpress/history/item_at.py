"""`kazpress show ITEM --at DATE`: an item as it stood at a moment."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kazpress.config import Config
from kazpress.errors import UnknownRevision
from kazpress.show.item import item_id_of
from pipeline.clock import almaty_minute, seconds_stamp
from pipeline.history.past_states import PastState, past_state
from pipeline.model.press_item import PressItem
from pipeline.query import stored_items
from pipeline.store.database import reading

_OF_READING = (
    "language", "title", "lead", "body", "authors", "tags", "section", "image_url",
    "image_credit", "attribution", "access", "published", "published_precision", "modified",
)  # fmt: skip
"""The fields of a record that a past state has, in the order of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAt:
    """An item, and what was known of it at a moment."""

    item: PressItem
    """As it is now."""
    at: datetime
    state: PastState

    def record(self) -> dict[str, Any]:
        """The same for machines: the fields of a record as they were, and when that was seen."""
        state, fields = self.state, asdict(self.state.reading)
        return {
            "id": self.item.id,
            "source": self.item.source,
            "url": state.url,
            "at": seconds_stamp(self.at),
            "revision": state.revision,
            "revisions": self.item.revision,
            "seen_from": seconds_stamp(state.seen_from),
            "seen_until": seconds_stamp(state.seen_until),
            "next_seen_from": seconds_stamp(state.next_seen_from) if state.next_seen_from else None,
            "gone": seconds_stamp(state.gone) if state.gone else None,
            **{name: fields[name] for name in _OF_READING},
        }


def item_at(config: Config, name: str, at: datetime) -> ItemAt:
    """An item as it stood at a moment. Raises UnknownItem, UnknownRevision."""
    with reading(config.db) as db:
        item = stored_items.item(db, item_id_of(config, db, name))
        state = past_state(db, item.id, item.url, at)
    if state is None:
        raise UnknownRevision(
            f"{name}: was not seen before {_first_seen(item)} (Almaty), so how it stood at "
            f"{almaty_minute(at)} is not known"
        )
    return ItemAt(item=item, at=at, state=state)


def _first_seen(item: PressItem) -> str:
    return almaty_minute(datetime.fromisoformat(item.first_seen))
