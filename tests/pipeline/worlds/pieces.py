"""Pieces by their definition, told from exported records alone and without any cleverness."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from tests.pipeline.worlds.captures import items


def pieces_of(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The piece of every item, by its id: the first story that leads to it, step by step."""
    by_id = {one["id"]: one for one in records}
    first = {item: _order(by_id[one["story"]]) for item, one in by_id.items()}
    moving = True
    while moving:
        moving = False
        for item, one in by_id.items():
            near = [other for other in by_id if by_id[other]["story"] == one["story"]]
            near += [other["id"] for other in one["translations"]]
            smallest = min(first[other] for other in near)
            if smallest < first[item]:
                first[item], moving = smallest, True
    return {item: order[-1] for item, order in first.items()}


def check_pieces(db: Database) -> None:
    """Every item's piece is what the definition says."""
    records = list(items(db).values())
    assert {one["id"]: one["piece"] for one in records} == pieces_of(records)


def _order(record: Mapping[str, Any]) -> tuple[bool, str, str]:
    return record["url"] is None, record["first_seen"], record["id"]
