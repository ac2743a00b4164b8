"""Shingles of four words, with the documents (addresses and imported texts) whose readings ever had
them.

All are kept, none is sampled: their frequencies have to be exact, and so has what follows when one
becomes a formula. Sampled fingerprints (winnowing: Schleimer, Wilkerson, Aiken 2003) would make a
smaller index, but can't tell either. A shingle that is no formula stands in fewer addresses than
make one, so asking for an item's candidates reads no long lists.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from sqlite_utils import Database

from pipeline.similarity.index_cache import ShingleIndex
from pipeline.similarity.shares import OWN_SHINGLES, is_formula
from pipeline.similarity.shingles import indexed_shingles
from pipeline.store.database import column, in_batches, value
from pipeline.store.transactions import write, write_many

NO_SHINGLE = 0
"""Stands for the shingles of an imported text of too few words to have one."""


def add_document(index: ShingleIndex, document: str, body: str) -> set[str]:
    """Note that a reading of a document, by its id, has this body. What a document had once it
    keeps for ever. All documents with a shingle that has become a formula by it are returned.
    """
    db, shingles = index.db, indexed_shingles(body)
    if document.startswith("text:"):
        write_many(
            db,
            "INSERT OR IGNORE INTO text_runs (run, text) VALUES (?, ?)",
            [(shingle, document) for shingle in sorted(shingles or {NO_SHINGLE})],
        )
    number = _number(db, document)
    # Formulae have long postings, so of them only this document's own are asked for.
    formulae = formulae_among(db, shingles)
    new_formulae = formulae - index.shingles_of(number, formulae)
    # Of all others, all documents: one of these shingles may have become a formula.
    rare = shingles - formulae
    postings = index.postings(rare)
    new_rare = rare - {shingle for shingle, others in postings.items() if number in others}
    index.add(number, new_rare | new_formulae)
    # One more document has each of the new shingles.
    risen = {
        shingle for shingle in postings.keys() & new_rare if is_formula(len(postings[shingle]) + 1)
    }
    write_many(db, "INSERT INTO formulae (run) VALUES (?)", [(one,) for one in sorted(risen)])
    concerned = {one for shingle in risen for one in postings[shingle]}
    return _ids(db, concerned | {number} if risen else concerned)


def formulae_among(db: Database, shingles: Iterable[int]) -> set[int]:
    """Those of these shingles that are formulae."""
    return {
        row[0]
        for marks, batch in in_batches(shingles)
        for row in db.conn.execute(f"SELECT run FROM formulae WHERE run IN ({marks})", batch)
    }


def rarest_shingle(index: ShingleIndex, shingles: Iterable[int]) -> int | None:
    """The shingle with the fewest documents, any of them where all are formulae; None of none."""
    wanted = set(shingles)
    rare = wanted - formulae_among(index.db, wanted)
    postings = index.postings(rare)
    return min(rare or wanted, key=lambda one: (len(postings.get(one, ())), one), default=None)


def candidates(index: ShingleIndex, shingles: Collection[int]) -> set[str]:
    """The documents with as many of these shingles as two items need in common."""
    counts = Counter(one for found in index.postings(shingles).values() for one in found)
    return _ids(index.db, (one for one, count in counts.items() if count >= OWN_SHINGLES))


def documents_with(index: ShingleIndex, shingles: Collection[int]) -> set[str]:
    """The documents with any of these shingles, formulae too."""
    return _ids(index.db, index.documents(shingles))


def items_of(db: Database, documents: Iterable[str], language: str | None = None) -> set[str]:
    """The items, of one language or all, of these documents: of addresses, and texts that are items
    themselves.
    """
    return {
        row[0]
        for marks, batch in in_batches(documents)
        for row in db.conn.execute(
            "SELECT i.id FROM items i WHERE i.language = coalesce(?, i.language) AND i.id IN"
            f" (SELECT item FROM addresses WHERE id IN ({marks})"
            f" UNION SELECT id FROM texts WHERE id IN ({marks}))",
            (language, *batch, *batch),
        )
    }


def texts_with(db: Database, shingles: Iterable[int]) -> set[str]:
    """The imported texts, folded ones too, with any of these shingles."""
    found: set[str] = set()
    for marks, batch in in_batches(shingles):
        found |= column(
            db.conn.execute(f"SELECT text FROM text_runs WHERE run IN ({marks})", batch)
        )
    return found


def clear_index(index: ShingleIndex) -> None:
    """Empty the index, for counting afresh."""
    index.clear()
    for table in ("formulae", "text_runs", "holders"):
        write(index.db, f"DELETE FROM {table}")


def _number(db: Database, document: str) -> int:
    write(db, "INSERT OR IGNORE INTO holders (id) VALUES (?)", (document,))
    return int(value(db, "SELECT number FROM holders WHERE id = ?", document))


def _ids(db: Database, numbers: Iterable[int]) -> set[str]:
    found: set[str] = set()
    for marks, batch in in_batches(numbers):
        found |= column(db.conn.execute(f"SELECT id FROM holders WHERE number IN ({marks})", batch))
    return found
