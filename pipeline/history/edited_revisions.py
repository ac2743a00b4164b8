"""The revisions that were edited last, each with the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.edits.edit import EditKind
from pipeline.export.selection import Selection, read_any_text, selected
from pipeline.history.stored_revisions import StoredRevision, stored_revisions


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRevision:
    """A revision with edits, and the one that was edited."""

    item: str
    source: str
    url: str | None
    before: StoredRevision
    after: StoredRevision


def edited_revisions(
    db: Database, selection: Selection, kinds: tuple[EditKind, ...], limit: int
) -> Iterator[EditedRevision]:
    """The newest revisions of selected items that have an edit of one of these kinds, or of any
    where none is named; so many. Raises StoreError where one is damaged.
    """
    read_any_text(db)
    chosen = selected(selection)
    of_kinds = f"e.kind IN ({', '.join('?' * len(kinds))})" if kinds else "true"
    rows = db.conn.execute(
        "SELECT e.item, e.revision, i.source, i.url FROM edits e JOIN items i ON i.id = e.item"
        f" WHERE {of_kinds} AND {chosen.sql} GROUP BY e.at, e.item, e.revision"
        " ORDER BY e.at DESC, e.item DESC, e.revision DESC LIMIT ?",
        (*kinds, *chosen.values, limit),
    ).fetchall()
    for item, revision, source, url in rows:
        before, after = stored_revisions(db, item, (revision - 1, revision))
        yield EditedRevision(item=item, source=source, url=url, before=before, after=after)
