"""Imported texts: each is an item of its own, or folded into the article that contains it."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.items.history import Sighting, item_history
from pipeline.items.item_captures import load_reading
from pipeline.items.item_changes import ItemChange
from pipeline.items.item_rows import item_to_row, remove_item, write_item
from pipeline.similarity.shingle_index import (
    NO_SHINGLE,
    cut_of,
    documents_with,
    items_of,
    rarest_shingle,
    texts_with,
)
from pipeline.similarity.shingles import four_word_shingles, shingles_in, shingles_of, words_in
from pipeline.store.database import column, dict_rows
from pipeline.store.rows import Row, reading_from_json, to_json
from pipeline.store.transactions import write


def derive_texts(db: Database, texts: Iterable[str]) -> list[ItemChange]:
    """Fold these texts into an article, or give them a row of their own."""
    changes = (_derive_text(db, text) for text in sorted(set(texts)))
    return [one for one in changes if one is not None]


def texts_beside(db: Database, items: Iterable[str]) -> set[str]:
    """The imported texts that one of these items contains, or may contain."""
    if db.conn.execute("SELECT 1 FROM texts LIMIT 1").fetchone() is None:
        return set()
    beside: set[str] = set()
    shingles = {NO_SHINGLE}
    for item in items:
        beside |= column(db.conn.execute("SELECT id FROM texts WHERE item = ?", (item,)))
        shingles.update(*(four_word_shingles(shingles_in(body)) for body in _bodies(db, item)))
    return beside | texts_with(db, shingles)


def _derive_text(db: Database, text: str) -> ItemChange | None:
    captures = _captures(db, text)
    if not captures:
        return None
    history = item_history([_sighting(row) for row in captures], frozenset())
    assert history is not None
    source = captures[-1]["source"]
    reading = load_reading(db, captures[-1]["reading"])
    article = _containing_article(db, source, reading.language, words_in(reading.body))
    write(db, "UPDATE texts SET item = ? WHERE id = ?", (article, text))
    if article is not None:
        return remove_item(db, text)
    row = item_to_row(text, source, history, reading, cut_of(db, reading.body), has_url=False)
    return write_item(db, row, history)


def _captures(db: Database, text: str) -> list[Row]:
    return dict_rows(
        db.conn.execute(
            "SELECT c.source, c.url, c.time, c.day, c.digest, c.reading, r.content_sha256"
            " FROM texts t JOIN captures c ON c.url = t.urn JOIN readings r ON r.id = c.reading"
            " WHERE t.id = ? ORDER BY c.time, c.url, c.digest",
            (text,),
        )
    )


def _sighting(row: Row) -> Sighting:
    return Sighting(
        time=moment(row["time"]), url=row["url"], digest=row["digest"],
        day=date.fromisoformat(row["day"]), reading=row["reading"],
        content_sha256=row["content_sha256"],
    )  # fmt: skip


def _containing_article(
    db: Database, source: str, language: str, text: Sequence[str]
) -> str | None:
    """The first article by rank in whose body, in any revision, the text's words stand in order
    and without a gap.
    """
    for item in _candidates(db, source, language, text):
        if any(_contains(words_in(body), text) for body in _bodies(db, item)):
            return item
    return None


def _candidates(db: Database, source: str, language: str, text: Sequence[str]) -> list[str]:
    """Articles that share the text's rarest shingle, first by rank; all of them for a tiny text."""
    wanted, values = "source = ?", [source]
    shingle = rarest_shingle(db, four_word_shingles(shingles_of(text)))
    if shingle is not None:
        holding = items_of(db, documents_with(db, (shingle,)), language)
        wanted = "+source = ? AND id IN (SELECT value FROM json_each(?))"
        values.append(to_json(sorted(holding)))
    rows = db.conn.execute(
        f"SELECT id FROM items WHERE {wanted} AND language = ? AND url IS NOT NULL"
        " ORDER BY day, words DESC, id",
        (*values, language),
    )
    return [row[0] for row in rows]


def _bodies(db: Database, item: str) -> list[str]:
    """An item's body, in each of its revisions."""
    rows = db.conn.execute(
        "SELECT DISTINCT r.fields FROM revisions v JOIN readings r ON r.id = v.reading"
        " WHERE v.item = ?",
        (item,),
    )
    return [reading_from_json(row[0]).body for row in rows]


def _contains(body: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the words stand in the body in order and without a gap."""
    return f" {' '.join(text)} " in f" {' '.join(body)} "
