"""What is known of a source's numbered addresses, in one language."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlite_utils import Database

from pipeline.store.transactions import write_now


@dataclass(frozen=True, slots=True)
class NumberState:
    """What is known of the article with a number."""

    state: Literal["present", "absent", "unasked", "unclear"]
    day: date | None = None
    """Of one that is present: the day on which it was published."""


def number_state(db: Database, source: str, language: str, number: int) -> NumberState:
    """What is known of a number."""
    row = db.conn.execute(
        "SELECT a.state, a.item IS NOT NULL, coalesce(i.day, a.latest_day) FROM addresses a"
        " LEFT JOIN items i ON i.id = a.item WHERE a.source = ? AND a.language = ?"
        " AND a.number = ? ORDER BY a.item IS NULL, a.kind != 'news' LIMIT 1",
        (source, language, number),
    ).fetchone()
    if row is None or (row[0] == "found" and row[2] is None):
        return NumberState("unasked")
    if row[1] or row[0] in ("captured", "found"):  # found with a day: another way names it
        return NumberState("present", date.fromisoformat(row[2]) if row[2] else None)
    return NumberState("absent") if row[0] == "absent" else NumberState("unclear")


def present_numbers(db: Database, source: str) -> dict[str, list[tuple[int, date]]]:
    """The numbers that have an item, by language, with the days on which they were published."""
    found: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for language, number, day in db.conn.execute(
        "SELECT a.language, a.number, i.day FROM addresses a JOIN items i ON i.id = a.item"
        " WHERE a.source = ? AND a.number IS NOT NULL AND a.kind = 'news'",
        (source,),
    ):
        found[language].append((number, date.fromisoformat(day)))
    return found


def ask_highest_again(db: Database, source: str, language: str, backfill: int) -> None:
    """Let a backfill ask again for the numbers above the highest with an item that were absent when
    last asked: they may have been given by now. Those that it has asked itself are left out.
    """
    write_now(
        db,
        "UPDATE addresses SET state = 'found', backfill = :backfill WHERE source = :source"
        " AND language = :language AND state = 'absent' AND number >"
        " (SELECT coalesce(max(number), 0) FROM addresses WHERE source = :source"
        " AND language = :language AND item IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM captures c JOIN backfills b ON b.id = :backfill"
        " WHERE c.url = addresses.url AND c.time >= b.started)",
        {"backfill": backfill, "source": source, "language": language},
    )
