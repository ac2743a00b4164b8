"""Pairs of items that share running text: found through the shingles that they have in common.

Two items are weighed where they have a few shingles in common that are no formulae, or every piece
with a common phrase would be weighed against every other. Formulae alone can relate only a text
that is nearly all formulae; those are kept apart (`items.formulaic`) and looked at every time.
"""

from dataclasses import asdict
from datetime import date

from sqlite_utils import Database

from pipeline.similarity.compared_text import Text, as_compared
from pipeline.similarity.shares import Pair, is_formulaic, weighed_pair
from pipeline.similarity.shingle_index import candidates, documents_with, formulae_among, items_of
from pipeline.store.database import column
from pipeline.store.transactions import write

_MOST_TEXTS = 500
"""Texts kept in memory while many items are derived at once."""


def derive_pairs(db: Database, items: set[str], removed: set[str]) -> set[str]:
    """Weigh all pairs of these items again; all items one of whose relations may have changed."""
    touched = items | removed
    for item in items | removed:
        touched |= _forget_pairs(db, item)
    texts = _Texts(db)
    done: set[tuple[str, str]] = set()
    for item in items - removed:
        for other in _candidates(db, item, texts):
            key = (min(item, other), max(item, other))
            pair = None if key in done else texts.pair(*key)
            done.add(key)
            if pair is not None:
                _store_pair(db, pair)
                touched.add(other)
    return touched


class _Texts:
    """Items' texts and the formulae in them, taken from the database once each."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, Text] = {}
        self._formulae: dict[str, set[int]] = {}

    def pair(self, one: str, other: str) -> Pair | None:
        """How much of each stands in the other."""
        formulae = self.formulae(one) | self.formulae(other)
        return weighed_pair(self.get(one), self.get(other), formulae)

    def get(self, item: str) -> Text:
        """An item as it is compared."""
        if len(self._known) > _MOST_TEXTS:
            self._known.clear()
            self._formulae.clear()
        if item not in self._known:
            self._known[item] = _text(self._db, item)
        return self._known[item]

    def formulae(self, item: str) -> set[int]:
        """The shingles of an item that are formulae."""
        if item not in self._formulae:
            self._formulae[item] = formulae_among(self._db, set(self.get(item).four_word_shingles))
        return self._formulae[item]


def _text(db: Database, item: str) -> Text:
    source, day, title, body = db.conn.execute(
        "SELECT source, day, title, body FROM items WHERE id = ?", (item,)
    ).fetchone()
    return as_compared(item, source, date.fromisoformat(day), title, body)


def _candidates(db: Database, item: str, texts: _Texts) -> set[str]:
    """Items of the same language that may be related to this one: those that share shingles which
    are no formulae, its equals, and those of which one is nearly all formulae.
    """
    language, digest = db.conn.execute(
        "SELECT language, words_sha256 FROM items WHERE id = ?", (item,)
    ).fetchone()
    equal = db.conn.execute(
        "SELECT id FROM items WHERE words_sha256 = ? AND language = ?", (digest, language)
    )
    text, formulae = texts.get(item), texts.formulae(item)
    formulaic = is_formulaic(text, formulae)
    write(db, "UPDATE items SET formulaic = ? WHERE id = ?", (int(formulaic), item))
    shingles = set(text.four_word_shingles)
    documents = documents_with(db, formulae) if formulaic else set()
    documents |= candidates(db, {item: shingles - formulae})[item]
    shared = items_of(db, documents, language)
    if formulae:
        shared |= column(
            db.conn.execute(
                "SELECT id FROM items WHERE formulaic = 1 AND language = ?", (language,)
            )
        )
    return (shared | column(equal)) - {item}


def _forget_pairs(db: Database, item: str) -> set[str]:
    """Delete an item's pairs; the others that they were with."""
    return column(
        write(
            db,
            "DELETE FROM pairs WHERE a = ?1 OR b = ?1 RETURNING CASE WHEN a = ?1 THEN b ELSE a END",
            (item,),
        )
    )


def _store_pair(db: Database, pair: Pair) -> None:
    write(
        db,
        "INSERT OR REPLACE INTO pairs (a, b, share_a, share_b, plain_a, plain_b, related)"
        " VALUES (:a, :b, :share_a, :share_b, :plain_a, :plain_b, :related)",
        {**asdict(pair), "related": int(pair.related)},
    )
