"""Everything derived is derived anew, as from captures that come into an empty database."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from pipeline.ingest.ingest import ingest_all
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Source
from pipeline.similarity.shingle_index import clear_index
from pipeline.store.database import column
from pipeline.store.transactions import write
from pipeline.stories.derive import note_moves

_DERIVED_TABLES = (
    "items", "revisions", "edits", "pairs", "stories", "translation_keys", "translation_evidence",
    "translation_groups", "language_links", "texts", "decisions", "days", "unsettled",
)  # fmt: skip
"""Tables of which every row follows from captures; the index of shingles is emptied by itself."""
OF_ARTICLES = "(article = 1 OR file GLOB '*-articles-*')"
"""The captures that follow from files of articles. What stands there was perhaps no article by
former facts, and is one now.
"""


def derive_again(
    db: Database, archives: Iterable[tuple[Source, Iterable[ClassifiedCapture]]], *, now: datetime
) -> None:
    """Derive everything from these captures, all that there are, as into an empty database. The
    caller holds the transaction.

    The readings that are stored stay until all captures are there: some may be of those.
    """
    former = column(db.conn.execute("SELECT id FROM items"))
    stories = column(db.conn.execute("SELECT id FROM stories"))
    _forget(db)
    ingest_all(db, archives, now=now, former=former)
    write(
        db,
        "DELETE FROM readings"
        " WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.reading = readings.id)",
    )
    note_moves(db, stories - column(db.conn.execute("SELECT id FROM stories")), {}, now)
    write(
        db,
        "UPDATE addresses SET state = 'found', next_try = NULL WHERE item IS NULL"
        " AND state IN ('stored', 'captured')"
        " AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.url = addresses.url)",
    )


def _forget(db: Database) -> None:
    """Empty the tables that follow from captures."""
    write(db, f"DELETE FROM captures WHERE {OF_ARTICLES}")
    for table in _DERIVED_TABLES:
        write(db, f"DELETE FROM {table}")
    write(db, "DELETE FROM failures WHERE stage = 'read'")
    write(db, "UPDATE addresses SET item = NULL")
    clear_index(db)
