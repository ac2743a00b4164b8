"""The items or stories of a selection, a line each, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.export.selection import Selection, check_stories, heads, read_any_text
from pipeline.store.database import value


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """What a list says of an item; of a story, its record as the export has it."""

    id: str
    day: str
    source: str
    language: str
    title: str | None
    copies: int
    """The other items of its story, selected or not."""
    url: str | None
    story: str


def listed_items(db: Database, selection: Selection, limit: int | None) -> Iterator[ListedItem]:
    """The records of a selection, the newest first and one at a time; with a limit, so many.
    Raises StoreError.
    """
    read_any_text(db)
    check_stories(db)
    chosen = heads(selection)
    cursor = db.conn.execute(
        "SELECT i.id, i.day, i.source, i.language, i.title, s.items - 1, i.url, i.story"
        f" FROM items i JOIN stories s ON s.id = i.story WHERE {chosen.sql}"
        " ORDER BY i.published DESC, i.id DESC LIMIT ?",
        (*chosen.values, -1 if limit is None else limit),
    )
    for id_, day, source, language, title, copies, url, story in cursor:
        yield ListedItem(
            id=id_, day=day, source=source, language=language, title=title, copies=copies, url=url,
            story=story,
        )  # fmt: skip


def count_listed(db: Database, selection: Selection) -> int:
    """How many records a selection has."""
    read_any_text(db)
    chosen = heads(selection)
    return int(
        value(
            db,
            f"SELECT count(*) FROM items i JOIN stories s ON s.id = i.story WHERE {chosen.sql}",
            *chosen.values,
        )
    )
