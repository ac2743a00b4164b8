"""Items that are one piece: joined across languages by evidence.

`translation_evidence` holds what joins two addresses, one row for each reason. Of its kinds `link`,
`number` and `image` are strong; `entities` gives way to them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.connected import connected_component
from pipeline.store.database import dict_rows, in_batches
from pipeline.store.rows import Row

_NEIGHBOURS = (
    "SELECT url, target FROM translation_evidence WHERE url IN ({marks}){strong}",
    "SELECT target, url FROM translation_evidence WHERE target IN ({marks}){strong}",
    "SELECT a.url, o.url FROM addresses a CROSS JOIN addresses o ON o.item = a.item"
    " WHERE a.url IN ({marks})",
)


class LinkedItems(NamedTuple):
    """What evidence joins, directly or through others."""

    urls: set[str]
    """All their addresses, and those that are no item's."""
    items: list[Row]
    """By id."""


def linked_items(
    db: Database, urls: Iterable[str], *, strongly: bool = False
) -> Iterator[LinkedItems]:
    """What is joined to these addresses, each group once; with `strongly`, without what only names
    and numbers join. All addresses of an item are joined.
    """
    done: set[str] = set()
    for _, batch in in_batches(urls):
        waiting = set(batch) - done
        neighbours = _neighbours(db, waiting, strongly=strongly)
        items = _items_at(db, neighbours)
        while waiting:
            group = connected_component(waiting.pop(), neighbours.__getitem__)
            waiting -= group
            done |= group.difference(batch)
            own = {row["id"]: row for url in group if (row := items.get(url))}
            yield LinkedItems(group, [own[item] for item in sorted(own)])


def _neighbours(db: Database, starts: set[str], *, strongly: bool) -> dict[str, set[str]]:
    """For all addresses that can be reached from these: those that one step leads to."""
    found: dict[str, set[str]] = {}
    ends = starts
    while ends:
        steps = defaultdict[str, set[str]](set)
        for marks, batch in in_batches(ends):
            strong = " AND kind != 'entities'" if strongly else ""
            for sql in _NEIGHBOURS:
                for url, other in db.conn.execute(sql.format(marks=marks, strong=strong), batch):
                    steps[url].add(other)
        found |= {url: steps[url] for url in ends}
        ends = {other for one in steps.values() for other in one} - found.keys()
    return found


def _items_at(db: Database, urls: Iterable[str]) -> dict[str, Row]:
    """The items at these addresses, by address."""
    return {
        row["address"]: row
        for marks, batch in in_batches(urls)
        for row in dict_rows(
            db.conn.execute(
                "SELECT a.url AS address, i.id, i.source, i.language, i.day, i.url, i.words,"
                " i.content_sha256, i.translations"
                f" FROM addresses a CROSS JOIN items i ON i.id = a.item WHERE a.url IN ({marks})",
                batch,
            )
        )
    }
