"""The items that the rule on stories takes together, with their pairs and the decisions on them."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from pipeline.connected import connected_component
from pipeline.similarity.relatedness import Pair
from pipeline.store.database import column, dict_rows
from pipeline.store.rows import Row
from pipeline.stories.decisions import (
    EffectiveDecisions,
    ItemDecision,
    effective_decisions,
    latest_decisions,
)
from pipeline.stories.membership import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedGroup:
    """Items closed under relation and decisions, as the rule takes them."""

    items: set[str]
    members: list[Member]
    pairs: list[Pair]
    decided: EffectiveDecisions


def related_group(db: Database, item: str) -> RelatedGroup:
    """The items that relations or decisions connect with this one, through others too."""

    def related(one: str) -> set[str]:
        return column(
            db.conn.execute(
                "SELECT b FROM pairs WHERE a = ?1 AND related = 1"
                " UNION SELECT a FROM pairs WHERE b = ?1 AND related = 1",
                (one,),
            )
        ) | {
            other
            for decision in latest_decisions(_decisions_on(db, one))
            for other in decision.items
            if other != one
        }

    items = connected_component(item, related)
    return RelatedGroup(
        items=items, members=_members(db, items), pairs=_pairs_within(db, items),
        decided=effective_decisions(_decisions_among(db, items)),
    )  # fmt: skip


def decided_on(db: Database, one: str, other: str) -> ItemDecision | None:
    """The latest decision on just these two, unless it was taken back; in force or not."""
    decisions = latest_decisions(_decisions_on(db, one))
    return next((decision for decision in decisions if other in decision.items), None)


def decisions_in_force(db: Database) -> tuple[ItemDecision, ...]:
    """All decisions in force, the latest first."""
    rows = dict_rows(db.conn.execute("SELECT * FROM decisions WHERE item_a IS NOT NULL"))
    return effective_decisions(map(_from_row, rows)).decisions


def _members(db: Database, group: set[str]) -> list[Member]:
    return [
        Member(
            id=row["id"],
            source=row["source"],
            source_rank=row["rank"],
            day=date.fromisoformat(row["day"]),
            words=row["words"],
            compared_words=row["compared_words"],
            content_sha256=row["content_sha256"],
            has_url=row["url"] is not None,
            first_seen=row["first_seen"],
        )
        for item in sorted(group)
        for row in dict_rows(
            db.conn.execute(
                "SELECT i.id, i.source, s.rank, i.day, i.words, i.compared_words, i.content_sha256,"
                " i.url, i.first_seen FROM items i JOIN sources s ON s.name = i.source"
                " WHERE i.id = ?",
                (item,),
            )
        )
    ]


def _pairs_within(db: Database, group: set[str]) -> list[Pair]:
    """All pairs among the items, those that are not related too."""
    return [
        Pair(**{**row, "related": bool(row["related"])})
        for item in sorted(group)
        for row in dict_rows(db.conn.execute("SELECT * FROM pairs WHERE a = ? ORDER BY b", (item,)))
        if row["b"] in group
    ]


def _decisions_among(db: Database, items: set[str]) -> list[ItemDecision]:
    """The decisions on two of the items."""
    return [
        one
        for item in sorted(items)
        for one in _decisions_on(db, item)
        if one.items[0] == item and one.items[1] in items
    ]


def _decisions_on(db: Database, item: str) -> list[ItemDecision]:
    """All decisions on an item and another one."""
    sql = "SELECT * FROM decisions WHERE item_a = ?1 OR item_b = ?1"
    return [_from_row(row) for row in dict_rows(db.conn.execute(sql, (item,)))]


def _from_row(row: Row) -> ItemDecision:
    return ItemDecision(
        verb=row["verb"], items=(row["item_a"], row["item_b"]),
        order=(row["time"], row["a"], row["b"], row["verb"]),
    )  # fmt: skip
