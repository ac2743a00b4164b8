"""Groups of items as they are compared with those of other languages: rows of `translation_groups`.

The entities of a group are kept as long as a group that it may be one piece with, or that such two
are weighed by, is near: none in an archive of one language.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlite_utils import Database

from pipeline.store.database import dict_rows
from pipeline.store.rows import Row, to_json
from pipeline.store.transactions import write, write_many
from pipeline.translations.entities import entities_from_json, entities_in
from pipeline.translations.entity_index import Group
from pipeline.translations.linked_items import linked_items


def write_groups(db: Database, urls: Iterable[str]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Write down the groups of the items at these addresses, which strong evidence joins; for each
    that changed, the rows that it had, and those that it has now.
    """
    for group in linked_items(db, urls, strongly=True):
        before = _stored(db, group.urls)
        now = [_row(group.items)] if group.items else []
        if before != now:
            write_many(db, "DELETE FROM translation_groups WHERE url = :url", before)
            write_many(
                db,
                "INSERT INTO translation_groups (url, source, day, languages, content_sha256)"
                " VALUES (:url, :source, :day, :languages, :content_sha256)",
                now,
            )
            yield before, now


def languages_by_day(
    db: Database, source: str, first: int, last: int
) -> dict[int, Counter[frozenset[str]]]:
    """For each of these days on which a source has groups how many, by their languages."""
    found = defaultdict[int, Counter[frozenset[str]]](Counter)
    for day, languages, groups in db.conn.execute(
        "SELECT day, languages, count(*) FROM translation_groups"
        " WHERE source = ? AND day BETWEEN ? AND ? GROUP BY day, languages",
        (source, _day_text(first), _day_text(last)),
    ):
        found[day_number(day)][frozenset(languages.split())] += groups
    return found


def groups_on(db: Database, source: str, days: Collection[int]) -> list[Group]:
    """The groups of a source on these days."""
    rows = db.conn.execute(
        "SELECT url, day, languages, entities FROM translation_groups"
        " WHERE source = ? AND day IN (SELECT value FROM json_each(?))",
        (source, days_text(days)),
    ).fetchall()
    cut = _cut_entities(db, [row[0] for row in rows if row[3] is None])
    return [
        Group(
            url=url, language=languages.split()[0], day=day_number(day),
            languages=frozenset(languages.split()),
            entities=entities_from_json(cut[url] if entities is None else entities),
        )
        for url, day, languages, entities in rows
    ]  # fmt: skip


def forget_entities(db: Database, source: str, days: Collection[int]) -> None:
    """Drop the entities of the groups on these days, which nothing is near to be compared with."""
    write(
        db,
        "UPDATE translation_groups SET entities = NULL WHERE entities IS NOT NULL"
        " AND source = ? AND day IN (SELECT value FROM json_each(?))",
        (source, days_text(days)),
    )


def day_number(day: str) -> int:
    """A stored day as a number."""
    return date.fromisoformat(day).toordinal()


def days_text(numbers: Iterable[int]) -> str:
    """Numbered days as a list of stored ones."""
    return to_json([_day_text(number) for number in numbers])


def _day_text(number: int) -> str:
    return date.fromordinal(max(number, 1)).isoformat()


def _stored(db: Database, urls: set[str]) -> list[Row]:
    return dict_rows(
        db.conn.execute(
            "SELECT url, source, day, languages, content_sha256 FROM translation_groups"
            " WHERE url IN (SELECT value FROM json_each(?))",
            (to_json(sorted(urls)),),
        )
    )


def _row(items: list[Row]) -> Row:
    """Items as one group: by the longest, the language of which stands first."""
    longest = max(items, key=lambda item: (item["words"], item["url"]))
    others = {item["language"] for item in items} - {longest["language"]}
    row = {name: longest[name] for name in ("url", "source", "day")}
    row["languages"] = " ".join([longest["language"], *sorted(others)])
    row["content_sha256"] = longest["content_sha256"]
    return row


def _cut_entities(db: Database, urls: list[str]) -> dict[str, str]:
    """The entities of the texts at these addresses, which are kept from now on."""
    found: dict[str, str] = {}
    for url, body, language in db.conn.execute(
        "SELECT a.url, i.body, i.language FROM json_each(?) j"
        " CROSS JOIN addresses a ON a.url = j.value CROSS JOIN items i ON i.id = a.item",
        (to_json(urls),),
    ):
        found[url] = entities_in(body, language).as_json()
    write_many(
        db,
        "UPDATE translation_groups SET entities = ? WHERE url = ?",
        [(entities, url) for url, entities in found.items()],
    )
    return found
