"""Addresses joined with each other across languages, or by being one item's."""

from sqlite_utils import Database

from pipeline.closure import closure
from pipeline.store.database import column, dict_rows
from pipeline.store.rows import Row

WEAKEST = "names and numbers: "
"""How the evidence begins that gives way to all other."""


def linked_group(db: Database, url: str, *, strongly: bool = False) -> set[str]:
    """The addresses joined by links or evidence between languages, or by being one item's; only
    those that names and numbers did not join, where `strongly` is set.
    """

    def linked(one: str) -> set[str]:
        return column(
            db.conn.execute(
                "SELECT target FROM translation_links WHERE url = ?1"
                " UNION SELECT url FROM translation_links WHERE target = ?1"
                " UNION SELECT target FROM translation_evidence WHERE url = ?1"
                " AND NOT (?2 AND evidence GLOB ?3)"
                " UNION SELECT url FROM translation_evidence WHERE target = ?1"
                " AND NOT (?2 AND evidence GLOB ?3)"
                " UNION SELECT o.url FROM addresses a JOIN addresses o ON o.item = a.item"
                " WHERE a.url = ?1 AND a.item IS NOT NULL",
                (one, strongly, f"{WEAKEST}*"),
            )
        )

    return closure(url, linked)


def items_at(db: Database, urls: set[str]) -> list[Row]:
    """The items at these addresses, by id."""
    found: dict[str, Row] = {}
    for url in urls:
        for row in dict_rows(
            db.conn.execute(
                "SELECT i.id, i.source, i.language, i.day, i.url, i.words, i.content_sha256,"
                " i.translations FROM addresses a JOIN items i ON i.id = a.item WHERE a.url = ?",
                (url,),
            )
        ):
            found[row["id"]] = row
    return [found[item] for item in sorted(found)]
