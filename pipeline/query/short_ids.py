"""The beginnings of ids, as git takes them: of four hexadecimal digits or more."""

import re
from collections.abc import Callable

from sqlite_utils import Database

from kazpress.errors import AmbiguousId
from pipeline.normalize.characters import one_line
from pipeline.store.database import column

_SHORT_ID = re.compile(r"(?:text:)?[0-9a-f]{4,16}")
_TOO_SHORT = re.compile(r"(?:text:)?[0-9a-f]{1,3}")
_IDS = "".join(
    f" {union}SELECT {name} FROM {table} WHERE {name} >= ?1 AND {name} < ?1 || 'g'"
    for union, table, name in (
        ("", "items", "id"), ("UNION ", "addresses", "id"), ("UNION ", "texts", "id"),
        ("UNION ", "stories", "id"), ("UNION ", "story_ids", "old"),
    )
).strip()  # fmt: skip
"""All ids that begin so, `g` being the letter after the last digit."""
_NAMED_AT_MOST = 10


def item_of_short_id(db: Database, begun: str, item_of: Callable[[str], str | None]) -> str | None:
    """The id of the item of which an id, present or former, begins so; `item_of` finds the item of
    a whole id. None where it is no beginning of any. Raises AmbiguousId, which names the items.
    """
    if not _SHORT_ID.fullmatch(begun):
        return None
    found = {item for one in column(db.conn.execute(_IDS, (begun,))) if (item := item_of(one))}
    if len(found) > 1:
        raise AmbiguousId(_ambiguous(db, begun, found))
    return next(iter(found), None)


def is_too_short(begun: str) -> bool:
    """Whether it has too few digits for the beginning of an id."""
    return bool(_TOO_SHORT.fullmatch(begun))


def _ambiguous(db: Database, begun: str, found: set[str]) -> str:
    named = sorted(found)[:_NAMED_AT_MOST]
    rows = (
        row
        for one in named
        for row in db.conn.execute("SELECT id, day, title FROM items WHERE id = ?", (one,))
    )
    lines = [f"  {id_}  {day}  {one_line(title or '')}".rstrip() for id_, day, title in rows]
    if more := len(found) - len(named):
        lines.append(f"  and {more} more")
    return "\n".join(
        [f"{begun}: the ids of {len(found)} items begin so; name more digits:", *lines]
    )
