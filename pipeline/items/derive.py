"""Items, derived again from the captures of their addresses (design, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.items.address_states import derive_addresses
from pipeline.items.alternates import derive_links
from pipeline.items.history import ItemHistory, Sighting, is_boilerplate, item_history
from pipeline.items.item_rows import Changes, item_to_row, remove_item, write_item
from pipeline.items.outages import faulty_days
from pipeline.items.redirects import is_void_target, joined
from pipeline.model.reading import Reading
from pipeline.normalize.addresses import address_id
from pipeline.store.database import dict_rows
from pipeline.store.rows import Row, reading_from_json


def derive_items(db: Database, urls: Iterable[str], changes: Changes) -> None:
    """Derive the items of these addresses again, and of all that a redirect joins to them."""
    waiting = set(urls)
    while waiting:
        group = joined(db, waiting.pop())
        waiting -= group
        changes.addresses |= group
        _settle_group(db, group, changes)


def touched_by_bodies(
    db: Database, bodies: Iterable[tuple[str, str]], touched: set[str]
) -> set[str]:
    """The addresses whose readings may have become boilerplate by those of the touched ones."""
    found: set[str] = set()
    for source, body in set(bodies):
        urls = _addresses_with_body(db, source, body)
        if is_boilerplate(len(urls)) and not is_boilerplate(len(urls - touched)):
            found |= urls
    return found


def load_reading(db: Database, reading: str) -> Reading:
    """A stored reading."""
    row = db.conn.execute("SELECT fields FROM readings WHERE id = ?", (reading,)).fetchone()
    return reading_from_json(row[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    id: str
    fold: ItemHistory
    reading: Reading


def _settle_group(db: Database, group: set[str], changes: Changes) -> None:
    captures = _captures(db, group)
    before = _items_of(db, group)
    item = _item(db, captures)
    if item is not None:
        source = captures[0]["source"]
        row = item_to_row(item.id, source, item.fold, item.reading, has_url=True)
        write_item(db, row, item.fold, changes)
        if before:
            changes.new.discard(item.id)
    for old in before & {address_id(url) for url in group}:
        if item is None or old != item.id:
            remove_item(db, old, changes)
    changes.addresses |= derive_links(db, captures)
    derive_addresses(db, group, captures, item.id if item else None)


def _captures(db: Database, urls: set[str]) -> list[Row]:
    """The captures of these addresses in their order, each also with what follows from those of
    other addresses: whether its redirect is `void`, and its body `boilerplate`.
    """
    rows = [
        row
        for url in urls
        for row in dict_rows(
            db.conn.execute(
                "SELECT c.source, c.url, c.time, c.day, c.digest, c.outcome, c.reason, c.detail,"
                " c.redirect_to, c.refers_to, c.reading, c.body_sha256,"
                " r.content_sha256 FROM captures c LEFT JOIN readings r ON r.id = c.reading"
                " WHERE c.url = ? AND c.article = 1",
                (url,),
            )
        )
    ]
    void: dict[str | None, bool] = {target: is_void_target(db, target) for target in _targets(rows)}
    common = {
        body: is_boilerplate(len(_addresses_with_body(db, source, body)))
        for source, body in {(row["source"], row["body_sha256"]) for row in rows if row["reading"]}
    }
    for row in rows:
        row["void"] = row["redirect_to"] != row["url"] and void.get(row["redirect_to"], False)
        row["boilerplate"] = common.get(row["body_sha256"], False)
    return sorted(rows, key=lambda row: (row["time"], row["url"], row["digest"]))


def _targets(captures: list[Row]) -> set[str]:
    return {row["redirect_to"] for row in captures if row["redirect_to"] not in (None, row["url"])}


def _item(db: Database, captures: list[Row]) -> _Item | None:
    sightings = [_sighting(row) for row in captures]
    missed = [row["day"] for row, one in zip(captures, sightings, strict=True) if one.says_gone]
    faulty = faulty_days(db, captures[0]["source"], missed) if missed else frozenset()
    folded = item_history(sightings, faulty)
    if folded is None:
        return None
    return _Item(
        id=address_id(folded.first_url),
        fold=folded,
        reading=load_reading(db, folded.reading),
    )


def _sighting(row: Row) -> Sighting:
    counts = row["reading"] and not row["boilerplate"]
    return Sighting(
        time=moment(row["time"]),
        url=row["url"],
        digest=row["digest"],
        says_gone=row["outcome"] in ("gone", "soft-404") or row["void"],
        day=date.fromisoformat(row["day"]),
        reading=row["reading"] if counts else None,
        content_sha256=row["content_sha256"] if counts else None,
        refers_to=moment(row["refers_to"]) if row["refers_to"] else None,
    )


def _items_of(db: Database, urls: set[str]) -> set[str]:
    found = (
        db.conn.execute("SELECT item FROM addresses WHERE url = ?", (url,)).fetchone()
        for url in urls
    )
    return {row[0] for row in found if row and row[0]}


def _addresses_with_body(db: Database, source: str, body: str) -> set[str]:
    rows = db.conn.execute(
        "SELECT DISTINCT url FROM captures WHERE source = ? AND body_sha256 = ? AND status != 0",
        (source, body),
    )
    return {row[0] for row in rows}
