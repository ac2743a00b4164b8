"""Items joined across languages by the numbers and names in them, derived again as items come and
change.

Strong evidence goes first. Items that it joins are one piece already: the longest of them is
compared for all, with items of languages that the piece lacks.
"""

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from pipeline.store.transactions import write, write_many
from pipeline.translations.account_rows import accounts_between, day_text, write_accounts
from pipeline.translations.linked_items import items_at, linked_group
from pipeline.translations.matching import BOUNDS, Match, matches

_STRETCH_DAYS = 30
"""So many days are decided at once; a reparse comes with all that there are."""


def derive_entity_links(db: Database, urls: Iterable[str]) -> set[str]:
    """Derive again what numbers and names join around the items at these addresses, whose strong
    evidence is up to date; the addresses that they join now or joined before, and not both.
    """
    waiting = set(urls)
    changed = _drop_links(db, waiting - {item["url"] for item in items_at(db, waiting)})
    touched: set[tuple[str, int]] = set()
    while waiting:
        piece = linked_group(db, waiting.pop(), strongly=True)
        waiting -= piece
        touched |= write_accounts(db, piece)
    for source in sorted({source for source, _ in touched}):
        days = {day for touched_source, day in touched if touched_source == source}
        for first, last in _stretches(days):
            changed |= _derive_days(db, source, first, last)
    return changed


def _drop_links(db: Database, urls: set[str]) -> set[str]:
    """Take out the links of addresses that are no item's newest; both ends of each."""
    return {
        end
        for url in urls
        for pair in write(
            db,
            "DELETE FROM translation_evidence WHERE +kind = 'entities'"
            " AND (url = ?1 OR target = ?1) RETURNING url, target",
            (url,),
        ).fetchall()
        for end in pair
    }


def _stretches(days: set[int]) -> Iterator[tuple[int, int]]:
    """The days on which pairs may have changed by what changed on these, in stretches."""
    reach = BOUNDS.reach_days
    reached = sorted({near for day in days for near in range(day - reach, day + reach + 1)})
    first = last = reached[0]
    for day in reached[1:]:
        if day > last + 1 or day - first >= _STRETCH_DAYS:
            yield first, last
            first = day
        last = day
    yield first, last


def _derive_days(db: Database, source: str, first: int, last: int) -> set[str]:
    """Decide the pairs with an end on these days again; the addresses of those that changed."""
    margin = BOUNDS.reach_days + BOUNDS.close_days
    accounts = accounts_between(db, source, first - margin, last + margin)
    decided = {account.url for account in accounts if first <= account.day <= last}
    now = {one for one in matches(accounts, BOUNDS) if one.url in decided or one.target in decided}
    before = _links(db, source, first, last)
    write_many(
        db,
        "DELETE FROM translation_evidence"
        " WHERE url = ? AND target = ? AND kind = 'entities' AND detail = ?",
        sorted(before - now),
    )
    write_many(
        db,
        "INSERT INTO translation_evidence (url, target, kind, detail) VALUES (?, ?, 'entities', ?)",
        sorted(now - before),
    )
    return {end for one in before ^ now for end in (one.url, one.target)}


def _links(db: Database, source: str, first: int, last: int) -> set[Match]:
    """What joins items so of which one is of these days."""
    return {
        Match(*link)
        for end in ("url", "target")
        for link in db.conn.execute(
            "SELECT e.url, e.target, e.detail FROM translation_accounts a"
            f" CROSS JOIN translation_evidence e ON e.{end} = a.url AND e.kind = 'entities'"
            " WHERE a.source = ? AND a.day BETWEEN ? AND ?",
            (source, day_text(first), day_text(last)),
        )
    }
