"""The newest edits of all items, one at a time."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from pipeline.clock import ALMATY, seconds_stamp
from pipeline.edits.edit import Edit, EditKind
from pipeline.export.selection import Condition, read_any_text
from pipeline.history.stored_revisions import EDIT_FIELDS
from pipeline.store.database import value

_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 30)
"""Those that have a begin in UTC, and a day after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSelection:
    """Which edits are listed. Where a tuple is empty, all are."""

    kinds: tuple[EditKind, ...] = ()
    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: date | None = None
    """Days in Almaty on which an edit was seen first, both included."""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEdit:
    """An edit, and where and when it was made."""

    item: str
    revision: int
    """The later one."""
    number: int
    """Of the revision's edits in the order of the text, from 1."""
    at: str
    """When the later revision was seen first, UTC."""
    source: str
    language: str
    url: str | None
    title: str | None
    """The item's, as it is now."""
    edit: Edit

    def record(self) -> dict[str, Any]:
        """The same for machines, the edit's own keys last."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return told | asdict(told.pop("edit"))


def listed_edits(db: Database, selection: EditSelection, limit: int | None) -> Iterator[ListedEdit]:
    """The edits of a selection, the newest revision first, and of each in the order of the text;
    with a limit, so many.
    """
    read_any_text(db)
    chosen = _selected(selection)
    names = [f"e.{name}" for name in EDIT_FIELDS]
    cursor = db.conn.execute(
        "SELECT e.item, e.revision, e.number, e.at, e.source, e.language, i.url, i.title,"
        f" {', '.join(names)} FROM edits e JOIN items i ON i.id = e.item"
        f" WHERE {chosen.sql} ORDER BY e.at DESC, e.item DESC, e.revision DESC, e.number LIMIT ?",
        (*chosen.values, -1 if limit is None else limit),
    )
    for item, revision, number, at, source, language, url, title, *edit in cursor:
        yield ListedEdit(
            item=item, revision=revision, number=number, at=at, source=source, language=language,
            url=url, title=title, edit=Edit(**dict(zip(EDIT_FIELDS, edit, strict=True))),
        )  # fmt: skip


def count_edits(db: Database, selection: EditSelection) -> int:
    """How many edits a selection has."""
    chosen = _selected(selection)
    return int(value(db, f"SELECT count(*) FROM edits e WHERE {chosen.sql}", *chosen.values))


def _selected(selection: EditSelection) -> Condition:
    parts, values = ["true"], list[Any]()
    for column, wanted in (
        ("kind", selection.kinds), ("source", selection.source), ("language", selection.language),
    ):  # fmt: skip
        if wanted:
            parts.append(f"e.{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    if selection.since:
        parts.append("e.at >= ?")
        values.append(_begin(max(selection.since, _FIRST_DAY)))
    if selection.until:
        parts.append("e.at < ?")
        values.append(_begin(min(selection.until, _LAST_DAY) + timedelta(days=1)))
    return Condition(" AND ".join(parts), tuple(values))


def _begin(day: date) -> str:
    """When a day begins in Almaty, as times are stored."""
    return seconds_stamp(datetime.combine(day, time(), ALMATY))
