"""Imported texts: each an item of its own, or folded into the article whose body holds it."""

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.fold import Sighting, fold
from pipeline.link import RUN_WORDS, runs_of
from pipeline.rows import Row, reading_from_json
from pipeline.settle_items import (
    Changes,
    item_row,
    load_reading,
    remove_item,
    write_item,
    write_revisions,
)
from pipeline.store import dict_rows
from pipeline.text import words


def settle_texts(db: Database, texts: Iterable[str], changes: Changes) -> None:
    """Fold these texts into an article, or give them a row of their own."""
    for text in sorted(set(texts)):
        captures = _captures(db, text)
        if captures:
            _settle_text(db, text, captures, changes)


def texts_beside(db: Database, items: Iterable[str]) -> set[str]:
    """The imported texts that stand, or might stand, in one of these items."""
    beside: set[str] = set()
    if db.conn.execute("SELECT 1 FROM texts LIMIT 1").fetchone() is None:
        return beside
    for item in items:
        beside |= {
            row[0] for row in db.conn.execute("SELECT id FROM texts WHERE item = ?", (item,))
        }
        beside |= {
            row[0]
            for row in db.conn.execute(
                "SELECT t.id FROM texts t JOIN items i ON i.id = ? AND i.source = t.source"
                " AND i.language = t.language WHERE i.url IS NOT NULL",
                (item,),
            )
        }
    return beside


def _captures(db: Database, text: str) -> list[Row]:
    return dict_rows(
        db.conn.execute(
            "SELECT c.source, c.url, c.time, c.day, c.digest, c.reading, c.reader_version,"
            " r.content_sha256 FROM texts t JOIN captures c ON c.url = t.urn"
            " JOIN readings r ON r.id = c.reading WHERE t.id = ? ORDER BY c.time, c.url, c.digest",
            (text,),
        )
    )


def _settle_text(db: Database, text: str, captures: list[Row], changes: Changes) -> None:
    folded = fold([_sighting(row) for row in captures], frozenset())
    assert folded is not None
    reading = load_reading(db, folded.reading)
    source = captures[0]["source"]
    article = _article_that_holds(db, source, reading.language, words(reading.body))
    db.conn.execute("UPDATE texts SET item = ? WHERE id = ?", (article, text))
    if article is not None:
        remove_item(db, text, changes)
        return
    version = max(row["reader_version"] or 0 for row in captures)
    row = item_row(text, source, folded, reading, version, has_url=False)
    write_item(db, row, changes)
    write_revisions(db, text, folded)


def _sighting(row: Row) -> Sighting:
    return Sighting(
        time=moment(row["time"]), url=row["url"], digest=row["digest"],
        day=date.fromisoformat(row["day"]), reading=row["reading"],
        content_sha256=row["content_sha256"],
    )  # fmt: skip


def _article_that_holds(db: Database, source: str, language: str, text: list[str]) -> str | None:
    """The first article by rank in whose body, in any revision, the text's words stand in order
    and without a gap.
    """
    for item in _candidates(db, source, language, text):
        bodies = db.conn.execute(
            "SELECT r.fields FROM readings r WHERE r.id IN (SELECT c.reading FROM captures c"
            " JOIN addresses a ON a.url = c.url WHERE a.item = ? AND c.reading IS NOT NULL)",
            (item,),
        )
        if any(_holds(words(reading_from_json(row[0]).body), text) for row in bodies):
            return item
    return None


def _candidates(db: Database, source: str, language: str, text: list[str]) -> list[str]:
    """Articles that share the text's rarest run, first by rank; all of them for a tiny text."""
    ranked = " ORDER BY i.day, i.words DESC, i.id"
    wanted = "i.source = ? AND i.language = ? AND i.url IS NOT NULL"
    if len(text) < RUN_WORDS:
        rows = db.conn.execute(
            f"SELECT i.id FROM items i WHERE {wanted}{ranked}", (source, language)
        )
        return [row[0] for row in rows]
    rarest = min(runs_of(text), key=lambda run: _holders(db, run))
    rows = db.conn.execute(
        "SELECT i.id FROM items i WHERE i.id IN (SELECT a.item FROM runs h"
        f" JOIN addresses a ON a.id = h.holder WHERE h.run = ?) AND {wanted}{ranked}",
        (rarest, source, language),
    )
    return [row[0] for row in rows]


def _holders(db: Database, run: int) -> int:
    row = db.conn.execute("SELECT count(*) FROM runs WHERE run = ?", (run,)).fetchone()
    return int(row[0])


def _holds(body: list[str], text: list[str]) -> bool:
    """Whether the words stand in the body in order and without a gap."""
    return f" {' '.join(text)} " in f" {' '.join(body)} "
