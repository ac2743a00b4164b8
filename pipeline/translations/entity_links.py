"""Groups joined across languages by the numbers and names in their texts, derived again as items
come and change.

Strong evidence goes first: what it joins is one group. Nothing is looked for on days around which
no two groups stand that may be one piece: all that there is in one language, or in every one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from pipeline.store.transactions import write, write_many
from pipeline.translations.group_rows import (
    day_number,
    days_text,
    forget_entities,
    groups_on,
    languages_by_day,
    write_groups,
)
from pipeline.translations.matching import BOUNDS, Match, matches

MOST_GROUPS_A_DAY = 1000
"""A day on which a source has more groups, of all languages, is passed over: their dates are wrong,
or nothing could be told apart among so many.
"""
_STRETCH_DAYS = 30
"""So many days are decided at once; a reparse comes with all that there are."""

_Languages = Counter[frozenset[str]]


def derive_entity_links(db: Database, urls: Iterable[str]) -> set[str]:
    """Derive again what numbers and names join around the items at these addresses, whose strong
    evidence is up to date; the addresses that they join now or joined before.
    """
    changed: set[str] = set()
    touched: set[tuple[str, int]] = set()
    for before, now in write_groups(db, urls):
        changed.update(*(_drop_links(db, row["url"]) for row in before))
        touched |= {(row["source"], day_number(row["day"])) for row in before + now}
    for source in sorted({source for source, _ in touched}):
        days = {day for touched_source, day in touched if touched_source == source}
        for first, last in _stretches(days):
            changed |= _derive_days(db, source, first, last)
    return changed


def _drop_links(db: Database, url: str) -> set[str]:
    """Take out all links of an address; both ends of each."""
    links = write(
        db,
        "DELETE FROM translation_evidence WHERE +kind = 'entities' AND (url = ?1 OR target = ?1)"
        " RETURNING url, target",
        (url,),
    ).fetchall()
    return {end for link in links for end in link}


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
    printed = languages_by_day(db, source, first - margin, last + margin)
    open_days = _open_days(printed)
    around = {near for day in open_days for near in _around(day, BOUNDS.rarity_days)}
    weighed = {
        day for day in around.intersection(printed) if printed[day].total() <= MOST_GROUPS_A_DAY
    }
    days = range(first, last + 1)
    forget_entities(db, source, [day for day in days if day not in weighed])
    decided = open_days.intersection(days)
    if not decided:
        return set()
    groups = groups_on(db, source, sorted(weighed))
    own = {group.url for group in groups if group.day in decided}
    now = {one for one in matches(groups, BOUNDS) if one.url in own or one.target in own}
    before = _links(db, source, decided)
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


def _open_days(printed: dict[int, _Languages]) -> set[int]:
    """The days with a group that may be one piece with another, on a day close by."""
    return {
        day
        for day, languages in printed.items()
        if any(
            one.isdisjoint(other)
            for near in _around(day, BOUNDS.close_days)
            for other in printed.get(near, ())
            for one in languages
        )
    }


def _around(day: int, days: int) -> range:
    return range(day - days, day + days + 1)


def _links(db: Database, source: str, days: Iterable[int]) -> set[Match]:
    """What joins groups so of which one is of these days."""
    return {
        Match(*link)
        for end in ("url", "target")
        for link in db.conn.execute(
            "SELECT e.url, e.target, e.detail FROM translation_groups g"
            f" CROSS JOIN translation_evidence e ON e.{end} = g.url AND +e.kind = 'entities'"
            " WHERE g.source = ? AND g.day IN (SELECT value FROM json_each(?))",
            (source, days_text(days)),
        )
    }
