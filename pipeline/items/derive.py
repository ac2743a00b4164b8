"""Items, derived again from the captures of their addresses."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.items.address_states import derive_addresses
from pipeline.items.alternates import derive_links
from pipeline.items.article_redirects import joined
from pipeline.items.history import ItemHistory, is_boilerplate, item_history
from pipeline.items.item_captures import ItemCapture, addresses_with_body, captures_of, load_reading
from pipeline.items.item_changes import ItemChange
from pipeline.items.item_rows import item_to_row, remove_item, write_item
from pipeline.items.outages import faulty_days
from pipeline.normalize.addresses import address_id
from pipeline.similarity.shingle_index import cut_of
from pipeline.store.database import value
from pipeline.store.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedItems:
    """What deriving the items of some addresses again came to."""

    addresses: frozenset[str]
    """The addresses whose item was derived again, and those that they link to otherwise now."""
    changes: tuple[ItemChange, ...]


def derive_items(db: Database, urls: Iterable[str]) -> DerivedItems:
    """Derive the items of these addresses again, and of all that a redirect joins to them."""
    waiting = set(urls)
    addresses: set[str] = set()
    changes: list[ItemChange] = []
    while waiting:
        group = joined(db, waiting.pop())
        waiting -= group
        captures = captures_of(db, group)
        changes += _derive_item(db, group, captures)
        addresses |= group | derive_links(db, group, captures)
    return DerivedItems(addresses=frozenset(addresses), changes=tuple(changes))


def touched_by_bodies(
    db: Database, bodies: Iterable[tuple[str, str]], touched: Collection[str]
) -> set[str]:
    """The addresses whose readings may have become boilerplate by those of the touched ones."""
    found: set[str] = set()
    for source, body in set(bodies):
        urls = addresses_with_body(db, source, body)
        if is_boilerplate(len(urls)) and not is_boilerplate(len(urls.difference(touched))):
            found |= urls
    return found


def _derive_item(
    db: Database, group: set[str], captures: list[ItemCapture]
) -> Iterator[ItemChange]:
    """Derive the one item of a group of addresses again, or that they have none."""
    before = _items_of(db, group)
    history = _history(db, captures)
    item = address_id(history.first_url) if history else None
    if history is not None:
        change = write_item(db, _row(db, captures[0].source, history), history)
        if change is not None:
            yield replace(change, is_new=change.is_new and not before)
    for old in before & {address_id(url) for url in group} - {item}:
        removal = remove_item(db, old)
        if removal is not None:
            yield removal
    derive_addresses(db, group, captures, item)


def _history(db: Database, captures: list[ItemCapture]) -> ItemHistory | None:
    missed = {one.day for one in captures if one.says_gone}
    faulty = faulty_days(db, captures[0].source, missed) if missed else frozenset()
    return item_history([one.sighting for one in captures], faulty)


def _row(db: Database, source: str, history: ItemHistory) -> Row:
    reading = load_reading(db, history.reading)
    cut = cut_of(db, reading.body)
    return item_to_row(address_id(history.first_url), source, history, reading, cut, has_url=True)


def _items_of(db: Database, urls: set[str]) -> set[str]:
    found = (value(db, "SELECT item FROM addresses WHERE url = ?", url) for url in urls)
    return {item for item in found if item}
