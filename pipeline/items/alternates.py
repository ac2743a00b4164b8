"""The links to translations that pages carry, kept as evidence of the kind `link`."""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.store.database import column
from pipeline.store.rows import Row, reading_from_json


def store_links(db: Database, url: str, targets: Iterable[str]) -> None:
    """Note which addresses a page names as itself in another language."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO translation_evidence (url, target, kind, detail)"
        " VALUES (?, ?, 'link', '')",
        [(url, target) for target in targets],
    )


def derive_links(db: Database, captures: list[Row]) -> set[str]:
    """Take out the links that only boilerplate gave; the addresses that all links of those pages
    led to.
    """
    dropped: set[str] = set()
    for url in {row["url"] for row in captures if row["boilerplate"]}:
        readings = {row["reading"] for row in captures if row["url"] == url and row["reading"]}
        boilerplate = {row["reading"] for row in captures if row["boilerplate"]}
        kept = _alternates(db, readings - boilerplate)
        dropped |= column(
            db.conn.execute(
                "DELETE FROM translation_evidence WHERE url = ? AND kind = 'link' RETURNING target",
                (url,),
            )
        )
        store_links(db, url, kept)
    return dropped


def _alternates(db: Database, readings: set[str]) -> set[str]:
    return {
        target
        for reading in readings
        for row in db.conn.execute("SELECT fields FROM readings WHERE id = ?", (reading,))
        for target in reading_from_json(row[0]).alternates
    }
