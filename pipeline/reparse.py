"""The archive read again with today's code: everything derived is derived anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.addresses import Site
from pipeline.archive import archive_files, stored_captures
from pipeline.examine import examine
from pipeline.ingest import ingest_all
from pipeline.records import Examined, Source
from pipeline.settle_items import Changes, remove_item
from pipeline.store import store_position, writing

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparsed:
    """What reading the archive again changed."""

    captures: int
    items: int
    new: int
    changed: int
    """Items whose exported record is another than before."""
    removed: int


class _DryRun(Exception):
    """Ends the transaction without a trace."""


def reparse(
    db: Database, archive: Path, sites: Iterable[Site], *, now: datetime, dry_run: bool = False
) -> Reparsed:
    """Read the archives of these sources again, in one transaction. Hold the sources' locks.

    The frontier, the crawls and `story_ids` stay: they are this database's own history.
    """
    result: Reparsed | None = None
    try:
        with writing(db):
            result = _reparse(db, archive, tuple(sites), now)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    assert result is not None
    return result


def _reparse(db: Database, archive: Path, sites: tuple[Site, ...], now: datetime) -> Reparsed:
    before = _records(db)
    _forget(db)
    changes = ingest_all(db, _everything(archive, sites), now=now)
    _remove_underived(db, changes)
    for site in sites:
        for kind in ("articles", "listings"):
            for file in archive_files(archive, site.source.name, kind):
                store_position(db, file, site.source.name, (archive / file).stat().st_size)
    after = _records(db)
    return Reparsed(
        captures=_count(db, "captures WHERE article = 1"),
        items=len(after),
        new=len(after.keys() - before.keys()),
        changed=sum(before[item] != after[item] for item in after.keys() & before.keys()),
        removed=len(before.keys() - after.keys()),
    )


def _forget(db: Database) -> None:
    """Empty the tables that follow from captures. Items stay until they are derived again, so
    that `changed_seq` rises for those alone that come out otherwise.
    """
    for statement in (
        "DELETE FROM captures WHERE article = 1",
        "DELETE FROM revisions",
        "DELETE FROM readings",
        "DELETE FROM runs",
        "DELETE FROM pairs",
        "DELETE FROM translation_links",
        "DELETE FROM texts",
        "DELETE FROM days",
        "DELETE FROM failures WHERE stage = 'read'",
        "UPDATE items SET translations = '[]'",
    ):
        db.conn.execute(statement)


def _everything(archive: Path, sites: tuple[Site, ...]) -> Iterator[tuple[Source, list[Examined]]]:
    for site in sites:
        for file in archive_files(archive, site.source.name):
            batch: list[Examined] = []
            for capture, payload, _ in stored_captures(archive, site, file):
                batch.append(examine(capture, payload, site))
                if len(batch) == _AT_ONCE:
                    yield site.source, batch
                    batch = []
            yield site.source, batch


def _remove_underived(db: Database, changes: Changes) -> None:
    left = [row[0] for row in db.conn.execute("SELECT id FROM items")]
    for item in left:
        if item not in changes.items:
            remove_item(db, item, changes)
            db.conn.execute(
                "UPDATE addresses SET item = NULL, state = 'found' WHERE item = ?", (item,)
            )
    db.conn.execute("DELETE FROM stories WHERE id NOT IN (SELECT story FROM items)")


def _records(db: Database) -> dict[str, str]:
    return {row[0]: row[1] for row in db.conn.execute("SELECT id, export_sha256 FROM items")}


def _count(db: Database, what: str) -> int:
    row = db.conn.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(row[0])
