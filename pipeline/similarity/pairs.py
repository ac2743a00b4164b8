"""Pairs of items that share running text: found through the shingles that they have in common.

Two items are weighed where they have a few shingles in common that are no formulae, or every piece
with a common phrase would be weighed against every other. Items that are mostly formulae
(`items.formulaic`) are weighed against each other where their days are close.
"""

from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import date

from sqlite_utils import Database

from pipeline.similarity.compared_text import Text, as_compared
from pipeline.similarity.relatedness import FAR_APART_DAYS, Pair, pair_to_keep
from pipeline.similarity.shares import WeighedText
from pipeline.similarity.shingle_index import candidates, cut_of, formulae_among, items_of
from pipeline.store.database import column, value
from pipeline.store.transactions import write

_ITEMS_AT_ONCE = 200
"""Items whose candidates are looked up together."""
_MOST_TEXTS = 500
"""Texts kept in memory while many items are derived at once."""


def derive_pairs(db: Database, items: set[str], removed: set[str]) -> set[str]:
    """Weigh all pairs of these items again; all items one of whose relations may have changed."""
    touched = items | removed
    for item in items | removed:
        touched |= _forget_pairs(db, item)
    texts = _Texts(db)
    done: set[tuple[str, str]] = set()
    waiting = sorted(items - removed)
    for at in range(0, len(waiting), _ITEMS_AT_ONCE):
        for item, others in _candidates(db, waiting[at : at + _ITEMS_AT_ONCE], texts):
            for other in others:
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
        return pair_to_keep(self.get(one), self.get(other), formulae)

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
            self._formulae[item] = formulae_among(self._db, self.get(item).indexed_shingles)
        return self._formulae[item]


def _text(db: Database, item: str) -> Text:
    source, day, title, body = db.conn.execute(
        "SELECT source, day, title, body FROM items WHERE id = ?", (item,)
    ).fetchone()
    return as_compared(item, source, date.fromisoformat(day), title, body, cut_of(db, body))


def _candidates(
    db: Database, items: Collection[str], texts: _Texts
) -> Iterator[tuple[str, set[str]]]:
    """For each item those of the same language that may be related to it: those that share shingles
    which are no formulae, its equals, and where it is mostly formulae, others of close days that
    are.
    """
    own: dict[str, frozenset[int]] = {}
    for item in items:
        text, formulae = texts.get(item), texts.formulae(item)
        own[item] = text.indexed_shingles - formulae
        formulaic = int(WeighedText(text=text, formulae=formulae).is_formulaic)
        write(
            db, "UPDATE items SET formulaic = ?2 WHERE id = ?1 AND formulaic != ?2",
            (item, formulaic),
        )  # fmt: skip
    sharing = candidates(db, own)
    for item in items:
        yield item, (_items_alike(db, item) | _items_sharing(db, item, sharing[item])) - {item}


def _items_sharing(db: Database, item: str, documents: set[str]) -> set[str]:
    """The items of an item's language among these documents, of which it is one itself."""
    if len(documents) < 2:
        return set()
    language = value(db, "SELECT language FROM items WHERE id = ?", item)
    return items_of(db, documents, language)


def _items_alike(db: Database, item: str) -> set[str]:
    """The items of an item's language with the same words; if it is mostly formulae, those too that
    are, of close days.
    """
    return column(
        db.conn.execute(
            "SELECT o.id FROM items i JOIN items o ON o.words_sha256 = i.words_sha256"
            " AND o.language = i.language WHERE i.id = ?1"
            " UNION SELECT o.id FROM items i JOIN items o ON o.language = i.language"
            " AND o.formulaic = 1 AND o.day BETWEEN date(i.day, ?2) AND date(i.day, ?3)"
            " WHERE i.id = ?1 AND i.formulaic = 1",
            (item, f"-{FAR_APART_DAYS} days", f"+{FAR_APART_DAYS} days"),
        )
    )


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
