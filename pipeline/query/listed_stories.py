"""The stories of more than one item, and a person's decisions, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.export.selection import Selection, check_stories, read_any_text, selected
from pipeline.model.decision import Verb
from pipeline.model.press_item import PressItem
from pipeline.query.stored_items import item
from pipeline.store.database import value
from pipeline.stories.related_items import decisions_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStory:
    """What a list says of a story."""

    id: str
    """The canonical item's, and so its day, language and title."""
    day: str
    language: str
    items: int
    sources: tuple[str, ...]
    """By rank."""
    title: str | None
    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedPair:
    """A person's decision that is in force."""

    decision: Verb
    time: str
    """When it was made, UTC."""
    items: tuple[PressItem, PressItem]


_OF_MANY = "s.items > 1 AND EXISTS (SELECT 1 FROM items i WHERE i.story = s.id AND {})"


def listed_stories(db: Database, selection: Selection, limit: int | None) -> Iterator[ListedStory]:
    """The stories of more than one item to which a selected one belongs. Raises StoreError."""
    read_any_text(db)
    check_stories(db)
    chosen = selected(selection)
    cursor = db.conn.execute(
        "SELECT c.id, c.day, c.language, s.items, c.title, s.id FROM stories s"
        f" JOIN items c ON c.id = s.canonical WHERE {_OF_MANY.format(chosen.sql)}"
        " ORDER BY c.published DESC, c.id DESC LIMIT ?",
        (*chosen.values, -1 if limit is None else limit),
    )
    for id_, day, language, items, title, story in cursor:
        yield ListedStory(
            id=id_, day=day, language=language, items=items, title=title, story=story,
            sources=_sources(db, story),
        )  # fmt: skip


def count_stories(db: Database, selection: Selection) -> int:
    """How many such stories there are."""
    read_any_text(db)
    chosen = selected(selection)
    sql = f"SELECT count(*) FROM stories s WHERE {_OF_MANY.format(chosen.sql)}"
    return int(value(db, sql, *chosen.values))


def decided_pairs(db: Database, selection: Selection) -> list[DecidedPair]:
    """The decisions in force on a selected item and another, the latest first."""
    read_any_text(db)
    chosen = selected(selection)
    sql = f"SELECT 1 FROM items i WHERE i.id IN (?, ?) AND {chosen.sql}"
    return [
        DecidedPair(
            decision=one.verb, time=one.order[0],
            items=(item(db, one.items[0]), item(db, one.items[1])),
        )
        for one in decisions_in_force(db)
        if value(db, sql, *one.items, *chosen.values)
    ]  # fmt: skip


def _sources(db: Database, story: str) -> tuple[str, ...]:
    rows = db.conn.execute(
        "SELECT DISTINCT i.source, s.rank FROM items i LEFT JOIN sources s ON s.name = i.source"
        " WHERE i.story = ? ORDER BY s.rank NULLS LAST, i.source",
        (story,),
    )
    return tuple(source for source, _ in rows)
