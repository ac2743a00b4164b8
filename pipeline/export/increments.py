"""Increments: the records that are others than at an earlier change, and those that are no more.

An export at a change and the increment since then, put together by `id`, are the export of now. Of
each record the version of then and of now are compared, so one that is as it was is not told. The
cursor names the change that an export was made at: its number, and a token that was drawn for it.
Copies of a database and one restored from a backup have the tokens of their common past alone.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Literal

from sqlite_utils import Database

from kazpress.errors import StoreError, UsageError
from pipeline.clock import ALMATY, almaty_minute, moment, stamp
from pipeline.export.columns import Column, Record, Table, chosen_columns
from pipeline.export.selection import (
    RANK,
    SOURCE_OF_ITEM,
    Condition,
    Selection,
    select,
    selected,
)
from pipeline.store.database import value

_CURSOR = re.compile(r"([0-9a-f]{12})-(\d{1,18})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(
    rf"{_DAY.pattern}[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)  # fmt: skip
_MAKE_A_FULL_EXPORT = "make a full export, and go on from its cursor"


def cursor(db: Database) -> str:
    """What names the newest change. Raises StoreError where none is known."""
    number = _newest(db)
    return f"{value(db, 'SELECT token FROM changes WHERE number = ?', number)}-{number}"


def change_of(db: Database, text: str) -> int:
    """The number of the change that a cursor names, or of the last one until a time: RFC 3339, or a
    day, which stands for its begin in Almaty. Raises UsageError.
    """
    if named := _CURSOR.fullmatch(text):
        return _change_of_cursor(db, named[1], int(named[2]))
    try:
        return _last_change_until(db, _moment(text))
    except (ValueError, OverflowError):
        raise UsageError(
            f'"{text}" is neither a time nor a cursor; write a day such as 2026-03-04, a time such '
            "as 2026-03-04T10:00:00+05:00, or what an export printed as its cursor"
        ) from None


def changed_since(db: Database, selection: Selection, change: int) -> Table:
    """The records of a selection that are new or others than at a change, in their order, then,
    marked as removed, those that are no more, by `id`: of them `id` and `url` are told.
    """
    columns = chosen_columns(
        selection.fields, with_body=selection.with_body, with_copies=not selection.every_item,
        removed=True,
    )  # fmt: skip
    told = select(db, selection, _told(selection, change))
    records = ((*record, None) for record in told.records)
    return Table(columns, chain(records, _removed(db, selection, change, columns)))


def _change_of_cursor(db: Database, token: str, number: int) -> int:
    known = value(db, "SELECT token FROM changes WHERE number = ?", number)
    if known != token:
        what = (
            "is of a later state than the database is in, as after a backup was restored"
            if known is None
            else "is of another database"
        )
        raise UsageError(f"the cursor {token}-{number} {what}; {_MAKE_A_FULL_EXPORT}")
    return number


def _newest(db: Database) -> int:
    number = value(db, "SELECT max(number) FROM changes")
    if number is None:  # a new database knows of one
        raise StoreError("the database is damaged: it knows of no change; restore a backup")
    return int(number)


def _moment(text: str) -> datetime:
    """Raises ValueError."""
    if _DAY.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time.min, ALMATY)
    if _TIME.fullmatch(text):
        return moment(text.upper())
    raise ValueError(text)


def _last_change_until(db: Database, at: datetime) -> int:
    """The change before the first one that was made later. The first row of all is no change, but
    since when changes are known: of a new database from the begin.
    """
    later = value(db, "SELECT min(number) FROM changes WHERE at > ?", stamp(at))
    if later is None:
        return _newest(db)
    earlier = value(db, "SELECT max(number) FROM changes WHERE number < ?", later)
    if earlier is None and later > 0:
        known = moment(value(db, "SELECT at FROM changes WHERE number = ?", later))
        raise UsageError(
            f"what changed is known since {almaty_minute(known)} (Almaty), when this database was "
            f"brought up to date; {_MAKE_A_FULL_EXPORT}"
        )
    return int(earlier or 0)


def _told(selection: Selection, change: int) -> Condition:
    """Which items are records that were none at a change, or others."""
    compared = _compared(selection, change)
    others = "" if selection.every_item else f" OR {_COPIES_DIFFER.format(change=change)}"
    return Condition(
        f"i.id IN ({compared.sql} SELECT p.id FROM present p LEFT JOIN earlier e"
        f" ON e.id = p.id AND e.record = p.record WHERE e.id IS NULL{others})",
        compared.values,
    )


_COPIES_DIFFER = """EXISTS (
  SELECT 1 FROM record_versions m WHERE m.story = p.story AND +m.since > {change}
    AND +m.until IS NULL AND NOT EXISTS (
      SELECT 1 FROM record_versions o WHERE o.id = m.id AND o.since <= {change}
        AND +o.until > {change} AND +o.story = m.story AND o.as_copy = m.as_copy)
) OR EXISTS (
  SELECT 1 FROM record_versions m WHERE m.story = p.story AND +m.since <= {change}
    AND +m.until > {change} AND NOT EXISTS (
      SELECT 1 FROM record_versions o WHERE o.id = m.id AND +o.until IS NULL AND +o.story = m.story)
)"""
"""Whether the story of `p` has a member that it had not, or had otherwise; or one that it had is in
it no more.
"""


def _removed(
    db: Database, selection: Selection, change: int, columns: tuple[Column, ...]
) -> Iterator[Record]:
    compared = _compared(selection, change)
    cursor = db.conn.execute(
        f"{compared.sql} SELECT id, url FROM earlier WHERE id NOT IN (SELECT id FROM present)"
        " ORDER BY id",
        compared.values,
    )
    for item, url in cursor:
        told = {"id": item, "url": url, "removed": True}
        yield tuple(told.get(one.name) for one in columns)


def _compared(selection: Selection, change: int) -> Condition:
    """The beginning of a query: the records of stories, or of items, that have a version which
    began or ended since a change, as they were then (`earlier`) and as they are now (`present`).
    """
    key: Literal["id", "story"] = "id" if selection.every_item else "story"
    item = selected(selection)

    def records(when: str) -> str:
        return (
            "SELECT id, url, story, record FROM (SELECT i.id, i.url, i.story, i.record,"
            f" row_number() OVER (PARTITION BY i.{key} ORDER BY {RANK}) AS place"
            f" FROM changed c CROSS JOIN record_versions i ON i.{key} = c.{key} {SOURCE_OF_ITEM}"
            f" WHERE {when} AND {item.sql}) WHERE place = 1"
        )

    then = f"+i.since <= {change} AND (+i.until IS NULL OR +i.until > {change})"
    return Condition(
        f"WITH changed AS (SELECT {key} FROM record_versions WHERE since > {change}"
        f" UNION SELECT {key} FROM record_versions WHERE until > {change}),"
        f" earlier AS MATERIALIZED ({records(then)}),"
        f" present AS MATERIALIZED ({records('+i.until IS NULL')})",
        (*item.values, *item.values),
    )
