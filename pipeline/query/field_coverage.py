"""How many items of each source have each field of a record, and which step gave it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from sqlite_utils import Database

from pipeline.model.press_item import PressItem
from pipeline.model.reading import STEPS, Step
from pipeline.store.database import dict_rows

_ALWAYS_READ = ("body", "published")
"""Fields that every item has, and that a step gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCoverage:
    """How many of a source's items have a field: not null, and no empty list."""

    items: int
    share: float
    """Of the source's items, 0 to 1, to four places."""
    read_by: dict[Step, int]
    """Of these items, how many have it by which step; those of which no step is known are in none:
    imported texts, and fields that are not read from a page.
    """


def covered_fields() -> list[str]:
    """The fields of a record that may be null or an empty list, and those that a step gives."""
    hints = get_type_hints(PressItem)
    return [
        one.name
        for one in fields(PressItem)
        if one.name in _ALWAYS_READ or _may_be_null(hints[one.name]) or _is_list(hints[one.name])
    ]


def field_coverage(db: Database) -> dict[str, dict[str, FieldCoverage]]:
    """The coverage of each field, by source; of sources that have items. One pass over the items,
    in the order in which they are stored.
    """
    items: Counter[str] = Counter()
    having: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_step: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    names = covered_fields()
    for row in _counts(db):
        source, steps = row["source"], json.loads(row["read_by"])
        items[source] += row["items"]
        for name in names:
            having[source][name] += row[name]
            by_step[source][name, steps.get(name, "")] += row[name]
    return {
        source: {
            name: FieldCoverage(
                items=having[source][name],
                share=round(having[source][name] / count, 4),
                read_by={
                    step: found for step in STEPS if (found := by_step[source][name, step])
                },
            )
            for name in names
        }
        for source, count in items.items()
    }  # fmt: skip


def _counts(db: Database) -> Iterator[dict[str, Any]]:
    """The items of each source that were read by the same steps: how many they are, and how many of
    them have each field.
    """
    counts = ", ".join(_count(name) for name in covered_fields())
    # Without the index, in whose order the table's pages would be read in leaps.
    yield from dict_rows(
        db.conn.execute(
            f"SELECT source, read_by, count(*) AS items, {counts} FROM items NOT INDEXED"
            " GROUP BY source, read_by"
        )
    )


def _count(name: str) -> str:
    if name in _ALWAYS_READ:
        return f"count(*) AS {name}"  # asked for by name, a body would be read in full
    if _is_list(get_type_hints(PressItem)[name]):
        return f"sum({name} != '[]') AS {name}"
    return f"count({name}) AS {name}"


def _may_be_null(hint: Any) -> bool:
    return NoneType in get_args(hint)


def _is_list(hint: Any) -> bool:
    return get_origin(hint) is tuple
