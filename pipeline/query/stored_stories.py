"""Stories as they are stored: members, reasons, decisions."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.model.decision import Verb
from pipeline.model.press_item import PressItem
from pipeline.query.stored_items import item
from pipeline.similarity.comparison import Comparison, compare, text_of
from pipeline.similarity.shingle_index import formulae_among
from pipeline.store.database import dict_rows, value
from pipeline.store.rows import item_from_row
from pipeline.stories.reasons import StoryReason
from pipeline.stories.related_items import related_group
from pipeline.stories.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedItem:
    """An item of another story that shares text with an item."""

    id: str
    source: str
    url: str | None
    title: str | None
    share_here: float
    """How much of the item stands in this one."""
    share_there: float
    """How much of this one stands in the item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOnItem:
    """A person's decision on an item and another one that is in force."""

    decision: Verb
    time: str
    """When it was made, UTC."""
    id: str
    """The other item's."""
    url: str | None
    """The other item's."""


def story_members(db: Database, story: str) -> list[PressItem]:
    """A story's items, the canonical one first."""
    rows = dict_rows(
        db.conn.execute(
            "SELECT i.* FROM items i JOIN sources s ON s.name = i.source WHERE i.story = ?"
            " ORDER BY i.relation != 'canonical', s.rank, i.day, i.words DESC, i.id",
            (story,),
        )
    )
    return [item_from_row(row) for row in rows]


def related_elsewhere(db: Database, item_id: str) -> list[RelatedItem]:
    """Items of other stories that share text with an item, those with most of it first."""
    rows = db.conn.execute(
        "SELECT o.id, o.source, o.url, o.title,"
        " CASE WHEN p.a = ?1 THEN p.share_a ELSE p.share_b END AS share_here,"
        " CASE WHEN p.a = ?1 THEN p.share_b ELSE p.share_a END AS share_there"
        " FROM pairs p JOIN items o ON o.id = CASE WHEN p.a = ?1 THEN p.b ELSE p.a END"
        " JOIN items i ON i.id = ?1 WHERE (p.a = ?1 OR p.b = ?1) AND o.story != i.story"
        " AND max(p.share_a, p.share_b) >= 0.1 ORDER BY 5 DESC, o.id",
        (item_id,),
    )
    return [RelatedItem(**row) for row in dict_rows(rows)]


def decisions_on(db: Database, item_id: str) -> list[DecisionOnItem]:
    """A person's decisions on an item that are in force, the latest first."""
    return [
        DecisionOnItem(decision=one.verb, time=one.order[0], id=other, url=item(db, other).url)
        for one in related_group(db, item_id).decided.decisions
        if item_id in one.items
        for other in one.items
        if other != item_id
    ]


def newest_decision(db: Database) -> datetime | None:
    """When a person last decided, on whatever items; None where none ever did."""
    time = value(db, "SELECT max(time) FROM decisions")
    return moment(time) if time else None


def comparison(db: Database, one: PressItem, other: PressItem) -> Comparison:
    """How two items' texts compare, with the formulae that the database knows."""
    shingles = text_of(one).indexed_shingles | text_of(other).indexed_shingles
    return compare(one, other, formulae_among(db, shingles))


def decision_between(db: Database, one: str, other: str) -> DecisionOnItem | None:
    """The decision in force on just these two, as `decisions_on` has it of the first; or None."""
    return next((decision for decision in decisions_on(db, one) if decision.id == other), None)


def story_reason_between(db: Database, one: str, other: str) -> StoryReason | None:
    """Why two items are in one story, or in two though related; None where nothing connects
    them.
    """
    group = related_group(db, one)
    if other not in group.items:
        return None
    return Rule(group.members, group.pairs, group.decided).explain(one, other)


def stories_of_many(db: Database) -> list[list[PressItem]]:
    """The stories with more than one item, oldest first."""
    rows = db.conn.execute(
        "SELECT s.id FROM stories s JOIN items i ON i.id = s.canonical WHERE s.items > 1"
        " ORDER BY i.published, s.id"
    ).fetchall()
    return [story_members(db, row[0]) for row in rows]
