"""The links to translations that pages carry, kept as evidence of the kind `link`."""

from collections.abc import Collection, Iterable
from itertools import chain

from sqlite_utils import Database

from pipeline.items.item_captures import ItemCapture, load_reading
from pipeline.store.database import column
from pipeline.store.transactions import write, write_many


def store_links(db: Database, url: str, targets: Iterable[str]) -> None:
    """Note which addresses a page names as itself in another language."""
    write_many(
        db,
        "INSERT OR IGNORE INTO translation_evidence (url, target, kind, detail)"
        " VALUES (?, ?, 'link', '')",
        [(url, target) for target in targets],
    )


def derive_links(db: Database, captures: Collection[ItemCapture]) -> set[str]:
    """Take out the links that only boilerplate gave; the addresses that all links of those pages
    led to.
    """
    dropped: set[str] = set()
    boilerplate = {one.reading for one in captures if one.is_boilerplate}
    for url in {one.url for one in captures if one.is_boilerplate}:
        readings = {one.reading for one in captures if one.url == url and one.reading}
        kept = (load_reading(db, one).alternates for one in readings - boilerplate)
        dropped |= column(
            write(
                db,
                "DELETE FROM translation_evidence WHERE url = ? AND kind = 'link' RETURNING target",
                (url,),
            )
        )
        store_links(db, url, chain.from_iterable(kept))
    return dropped
