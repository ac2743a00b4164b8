"""Shingles of four words, with the documents (addresses and imported texts) whose readings ever had
them.

All are kept, none is sampled: their frequencies have to be exact, and so has what follows when one
becomes a formula. Sampled fingerprints (winnowing: Schleimer, Wilkerson, Aiken 2003) would make a
smaller index, but can't tell either. A shingle that is no formula stands in fewer addresses than
make one, so asking for an item's candidates reads no long lists.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlite_utils import Database

from pipeline.digests import body_sha256
from pipeline.similarity import index_levels
from pipeline.similarity.shares import OWN_SHINGLES, is_formula
from pipeline.similarity.shingles import CutBody, cut_body, four_word_shingles
from pipeline.store.database import column, in_batches, value
from pipeline.store.transactions import write, write_many

NO_SHINGLE = 0
"""Stands for the shingles of an imported text of too few words to have one."""
MOST_STAGED = 1_000_000
"""Shingles of documents that are added at once: so many fill some tens of megabytes."""
_TEXTS_AT_ONCE = 250
"""Texts that candidates are looked up for together: with more, sets outgrow a processor's cache."""


def add_documents(db: Database, documents: Iterable[tuple[str, str]]) -> set[str]:
    """Note that readings of documents, by their ids, have these bodies. What a document had once it
    keeps for ever. All documents with a shingle that has become a formula by them are returned.

    They are taken one by one, and may be any number; a document may come several times. Many at
    once cost much less than each by itself.
    """
    index_levels.begin_staging(db)
    risen: set[int] = set()
    staged = 0
    for document, body in documents:
        shingles = frozenset(four_word_shingles(cut_of(db, body).shingles))
        if document.startswith("text:"):
            _note_text(db, document, shingles)
        index_levels.stage(db, _number(db, document), shingles)
        staged += len(shingles)
        if staged > MOST_STAGED:
            risen |= _new_formulae(db, index_levels.add_staged(db))
            staged = 0
    risen |= _new_formulae(db, index_levels.add_staged(db))
    return documents_with(db, risen)


def keep_cuts(db: Database) -> None:
    """From now on keep bodies as they were cut, in a temporary table: where very many are compared
    at once, each is asked for several times, long after another. The caller holds a transaction.
    """
    write(db, "DROP TABLE IF EXISTS temp.cut_bodies")
    write(
        db,
        "CREATE TEMP TABLE cut_bodies (body_sha256 TEXT PRIMARY KEY, words INTEGER NOT NULL,"
        " compared INTEGER NOT NULL, words_sha256 TEXT NOT NULL, shingles BLOB NOT NULL)"
        " WITHOUT ROWID",
    )


def keep_cut(db: Database, body: str, cut: CutBody) -> None:
    """Keep a body as it was cut, by its digest."""
    write(
        db,
        "INSERT OR IGNORE INTO temp.cut_bodies VALUES (?, ?, ?, ?, ?)",
        (body, cut.words, cut.compared, cut.words_sha256, array("Q", cut.shingles).tobytes()),
    )


def forget_cuts(db: Database) -> None:
    """Keep none any more."""
    write(db, "DROP TABLE temp.cut_bodies")


def cut_of(db: Database, body: str) -> CutBody:
    """A body as it is compared: as it is kept, or cut now."""
    if value(db, "PRAGMA temp.table_info(cut_bodies)") is None:
        return cut_body(body)
    digest = body_sha256(body)
    row = db.conn.execute(
        "SELECT words, compared, words_sha256, shingles FROM temp.cut_bodies WHERE body_sha256 = ?",
        (digest,),
    ).fetchone()
    if row is not None:
        words, compared, words_sha256, shingles = row
        return CutBody(words, compared, words_sha256, tuple(array("Q", shingles)))
    cut = cut_body(body)
    keep_cut(db, digest, cut)
    return cut


def formulae_among(db: Database, shingles: Iterable[int]) -> set[int]:
    """Those of these shingles that are formulae."""
    return {
        row[0]
        for marks, batch in in_batches(shingles)
        for row in db.conn.execute(f"SELECT run FROM formulae WHERE run IN ({marks})", batch)
    }


def rarest_shingle(db: Database, shingles: Iterable[int]) -> int | None:
    """The shingle with the fewest documents, any of them where all are formulae; None of none."""
    wanted = set(shingles)
    rare = wanted - formulae_among(db, wanted)
    further = Counter(shingle for shingle, _ in index_levels.further_documents(db, rare))
    return min(rare or wanted, key=lambda one: (further[one], one), default=None)


def candidates(db: Database, texts: Mapping[str, Collection[int]]) -> dict[str, set[str]]:
    """For each of these texts the documents with as many of its shingles as two items need in
    common. The texts are readings of documents, so a shingle of one document alone is their own.
    """
    names = sorted(texts)
    found: dict[str, set[str]] = {}
    for at in range(0, len(names), _TEXTS_AT_ONCE):
        some = {name: texts[name] for name in names[at : at + _TEXTS_AT_ONCE]}
        shared = _shared(db, set().union(*some.values()))
        for name, shingles in some.items():
            counts = Counter(one for shingle in shared.keys() & shingles for one in shared[shingle])
            found[name] = _ids(db, (one for one, count in counts.items() if count >= OWN_SHINGLES))
    return found


def documents_with(db: Database, shingles: Collection[int]) -> set[str]:
    """The documents with any of these shingles, formulae too."""
    further = (document for _, document in index_levels.further_documents(db, shingles))
    return _ids(db, {*further, *index_levels.first_documents(db, shingles).values()})


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


def clear_index(db: Database) -> None:
    """Empty the index, for counting afresh."""
    index_levels.clear(db)
    for table in ("formulae", "text_runs", "holders"):
        write(db, f"DELETE FROM {table}")


def _shared(db: Database, shingles: Collection[int]) -> dict[int, list[int]]:
    """Those of these shingles that several documents have, with all of these."""
    shared: dict[int, list[int]] = {}
    for shingle, document in index_levels.further_documents(db, shingles):
        shared.setdefault(shingle, []).append(document)
    for shingle, document in index_levels.first_documents(db, shared).items():
        shared[shingle].append(document)
    return shared


def _note_text(db: Database, text: str, shingles: Collection[int]) -> None:
    write_many(
        db,
        "INSERT OR IGNORE INTO text_runs (run, text) VALUES (?, ?)",
        [(shingle, text) for shingle in sorted(shingles or {NO_SHINGLE})],
    )


def _new_formulae(db: Database, shingles: set[int]) -> set[int]:
    """Those of these shingles, each with one more document, that have become formulae by it."""
    rare = shingles - formulae_among(db, shingles)
    further = Counter(shingle for shingle, _ in index_levels.further_documents(db, rare))
    risen = {shingle for shingle, count in further.items() if is_formula(count + 1)}
    write_many(db, "INSERT INTO formulae (run) VALUES (?)", [(one,) for one in sorted(risen)])
    return risen


def _number(db: Database, document: str) -> int:
    write(db, "INSERT OR IGNORE INTO holders (id) VALUES (?)", (document,))
    return int(value(db, "SELECT number FROM holders WHERE id = ?", document))


def _ids(db: Database, numbers: Iterable[int]) -> set[str]:
    found: set[str] = set()
    for marks, batch in in_batches(numbers):
        found |= column(db.conn.execute(f"SELECT id FROM holders WHERE number IN ({marks})", batch))
    return found
