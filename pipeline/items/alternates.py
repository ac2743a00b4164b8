"""The links to translations that pages carry: what `pipeline.translations` joins items by."""

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from pipeline.items.item_captures import ItemCapture
from pipeline.model.capture import Address
from pipeline.store.database import dict_rows
from pipeline.store.rows import Row
from pipeline.store.transactions import write_many


def store_links(db: Database, page: Address, reading: str, targets: Iterable[Address]) -> None:
    """Note which addresses a page names as itself in another language, by its reading."""
    write_many(
        db,
        "INSERT OR IGNORE INTO language_links (url, language, reading, target, target_language)"
        " VALUES (?, ?, ?, ?, ?)",
        [(page.url, page.language, reading, one.url, one.language) for one in targets],
    )


def derive_links(
    db: Database, urls: Collection[str], captures: Collection[ItemCapture]
) -> set[str]:
    """Decide again which links of one item's addresses count as its own: for each language those
    of its newest reading that has any. Gives the addresses to which others lead now than before.
    """
    links = [link for url in urls for link in _links(db, url)]
    if not links:
        return set()
    readings = {
        (one.url, one.reading): one.order for one in captures if one.reading and one.shows_content
    }
    newest: dict[str, tuple[str, str]] = {}
    for link in links:
        mine, language = (link["url"], link["reading"]), link["target_language"]
        if mine in readings:
            newest[language] = max(newest.get(language, mine), mine, key=lambda one: readings[one])
    changed = [
        link
        for link in links
        if link["current"]
        != (newest.get(link["target_language"]) == (link["url"], link["reading"]))
    ]
    write_many(
        db,
        "UPDATE language_links SET current = 1 - current"
        " WHERE url = :url AND reading = :reading AND target = :target",
        changed,
    )
    return {link["target"] for link in changed}


def _links(db: Database, url: str) -> list[Row]:
    return dict_rows(
        db.conn.execute(
            "SELECT url, reading, target, target_language, current FROM language_links"
            " WHERE url = ?",
            (url,),
        )
    )
