"""`kazpress show ITEM --revisions`: the states of an item, each with what was edited."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.show.item import item_id_of
from pipeline.edits.edit import Edit
from pipeline.history.stored_revisions import StoredRevision, stored_revisions
from pipeline.model.press_item import PressItem
from pipeline.query import stored_items
from pipeline.store.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One state of an item. Moments are UTC."""

    revision: int
    first_seen: str
    last_seen: str
    title: str | None
    body: str
    content_sha256: str
    edits: tuple[Edit, ...]
    """What was edited since the revision before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRevisions:
    """An item and all its states, oldest first."""

    item: PressItem
    revisions: tuple[RevisionView, ...]

    def record(self) -> list[dict[str, Any]]:
        """The states, for machines."""
        return [asdict(one) for one in self.revisions]


def item_revisions(config: Config, name: str) -> ItemRevisions:
    """All states of an item by id or address. Raises UnknownItem."""
    with reading(config.db) as db:
        item, stored = item_with_revisions(config, db, name)
    return ItemRevisions(item=item, revisions=tuple(map(_view, stored)))


def item_with_revisions(
    config: Config, db: Database, name: str
) -> tuple[PressItem, list[StoredRevision]]:
    """An item by id or address, and its revisions, oldest first. Raises UnknownItem."""
    item_id = item_id_of(config, db, name)
    return stored_items.item(db, item_id), stored_revisions(db, item_id)


def _view(one: StoredRevision) -> RevisionView:
    return RevisionView(
        revision=one.revision, first_seen=one.first_seen, last_seen=one.last_seen,
        title=one.reading.title, body=one.reading.body, content_sha256=one.content_sha256,
        edits=one.edits,
    )  # fmt: skip
