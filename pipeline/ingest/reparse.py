"""The archive read again with today's code: everything derived is derived anew."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.files import archive_files, stored_captures
from pipeline.ingest.ingest import ingest_all
from pipeline.ingest.reader import Reader
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.decision import DECISION_URN
from pipeline.model.source import Site, Source
from pipeline.similarity.shingle_index import clear_index
from pipeline.store.database import column, note_rules, store_position, value
from pipeline.store.transactions import write, writing
from pipeline.stories.derive import note_moves

_DERIVED_TABLES = (
    "items", "revisions", "edits", "readings", "pairs", "stories", "translation_keys",
    "translation_evidence", "translation_groups", "language_links", "texts", "decisions",
    "days", "unsettled",
)  # fmt: skip
"""Tables of which every row follows from captures; the index of shingles is emptied by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparsed:
    """What reading the archive again changed."""

    captures: int
    items: int
    new: int
    changed: int
    """Items whose exported record is another than before."""
    removed: int


def reparse(
    db: Database,
    archive: Path,
    sites: Sequence[Site],
    *,
    now: datetime,
    dry_run: bool = False,
    on_read: Callable[[], None] = lambda: None,
) -> Reparsed:
    """Read the archives of all sources again, in one transaction. Hold the sources' locks.

    `on_read` is called for each capture that is read.

    The frontier, the crawls, `story_ids` and `record_versions` stay: they are this database's own
    history. An item that comes out as it was keeps its `changed_seq`.
    """
    with writing(db, keep=not dry_run):
        before = _records(db)
        archives = ((site.source, _captures(archive, site, on_read)) for site in sites)
        derive_again(db, archives, now=now)
        note_rules(db)
        for site in sites:
            for kind in ("articles", "listings"):
                for file in archive_files(archive, site.source.name, kind):
                    store_position(db, file, site.source.name, (archive / file).stat().st_size)
        after = _records(db)
        captures = "SELECT count(*) FROM captures WHERE article = 1 AND url != ?"
        return Reparsed(
            captures=value(db, captures, DECISION_URN),
            items=len(after),
            new=len(after.keys() - before.keys()),
            changed=sum(before[item] != after[item] for item in after.keys() & before.keys()),
            removed=len(before.keys() - after.keys()),
        )


def derive_again(
    db: Database, archives: Iterable[tuple[Source, Iterable[ClassifiedCapture]]], *, now: datetime
) -> None:
    """Derive everything from these captures, all that there are, as into an empty database. The
    caller holds the transaction.
    """
    former = column(db.conn.execute("SELECT id FROM items"))
    stories = column(db.conn.execute("SELECT id FROM stories"))
    _forget(db)
    ingest_all(db, archives, now=now, former=former)
    note_moves(db, stories - column(db.conn.execute("SELECT id FROM stories")), {}, now)
    write(
        db,
        "UPDATE addresses SET state = 'found', next_try = NULL WHERE item IS NULL"
        " AND state IN ('stored', 'captured')"
        " AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.url = addresses.url)",
    )


def _forget(db: Database) -> None:
    """Empty the tables that follow from captures."""
    write(db, "DELETE FROM captures WHERE article = 1")
    for table in _DERIVED_TABLES:
        write(db, f"DELETE FROM {table}")
    write(db, "DELETE FROM failures WHERE stage = 'read'")
    write(db, "UPDATE addresses SET item = NULL")
    clear_index(db)


def _captures(
    archive: Path, site: Site, on_read: Callable[[], None]
) -> Iterator[ClassifiedCapture]:
    """The captures of articles of one source, classified by today's code."""
    read = Reader(archive, site.source.name)
    for file in archive_files(archive, site.source.name):
        for capture, payload, _ in stored_captures(archive, site, file):
            on_read()
            yield read(capture, payload, site)


def _records(db: Database) -> dict[str, str]:
    """Each item's digest of its exported record."""
    return dict(db.conn.execute("SELECT id, record FROM record_versions WHERE until IS NULL"))
