"""The archive read again with today's code: everything derived is derived anew."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.files import archive_files
from pipeline.counted import counted
from pipeline.ingest.afresh import derive_again
from pipeline.model.decision import DECISION_URN
from pipeline.model.source import Site
from pipeline.reparse.former import forget_former, remember_former
from pipeline.reparse.parts import PART_BYTES, Part, PartRead, joined
from pipeline.reparse.readers import InThisProcess, Readers
from pipeline.reparse.staging import Staging
from pipeline.reparse.steps import File, Told, captures_of, files_of
from pipeline.reparse.would_change import WouldChange, remember_items, would_change
from pipeline.similarity.shingle_index import forget_cuts, keep_cuts
from pipeline.store.database import note_rules, store_position, value
from pipeline.store.transactions import writing

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparsed:
    """What reading the archive again changed."""

    captures: int
    read: int
    """Captures that were read again; of the others what was read before was taken."""
    resumed: int
    """Of these, those that a reparse had read which was ended."""
    left: Mapping[str, int]
    """By file: captures whose records are not at hand. What was read of them once stays."""
    items: int
    new: int
    changed: int
    """Items whose exported record is another than before."""
    removed: int
    would_change: WouldChange | None = None
    """Of a dry run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How an archive is read again."""

    readers: Readers = field(default_factory=InThisProcess)
    every: bool = False
    """Also what today's reader has read."""
    dry_run: bool = False
    staged: Staging | None = None
    """Where what was read is kept until all is."""
    part_bytes: int = PART_BYTES


def reparse(
    db: Database,
    archive: Path,
    sites: Sequence[Site],
    *,
    now: datetime,
    how: How | None = None,
    on_read: Callable[[int], None] = lambda _: None,
) -> Reparsed:
    """Read the archives of all sources again, in one transaction. Hold the sources' locks.

    Captures that today's reader has read are taken as they were read. `on_read` is called with the
    number of captures that were read or taken, again and again.

    The frontier, the crawls, `story_ids` and `record_versions` stay: they are this database's own
    history. An item that comes out as it was keeps its `changed_seq`.
    """
    how = how or How()
    told = Told()
    with writing(db, keep=not how.dry_run):
        before = _records(db)
        remember_former(db)
        keep_cuts(db)
        if how.dry_run:
            remember_items(db)
        files = {
            site.source.name: files_of(
                db, archive, site, every=how.every, part_bytes=how.part_bytes
            )
            for site in sites
        }
        reads = _Reads(files, how, told)
        archives = (
            (
                site.source,
                captures_of(db, site.source, files[site.source.name], reads.next, told, on_read),
            )
            for site in sites
        )
        derive_again(db, archives, now=now)
        forget_cuts(db)
        forget_former(db)
        note_rules(db)
        _note_positions(db, archive, sites)
        after = _records(db)
        captures = "SELECT count(*) FROM captures WHERE article = 1 AND url != ?"
        return Reparsed(
            captures=value(db, captures, DECISION_URN),
            read=told.read,
            resumed=told.resumed,
            left=dict(told.left),
            items=len(after),
            new=len(after.keys() - before.keys()),
            changed=sum(before[item] != after[item] for item in after.keys() & before.keys()),
            removed=len(before.keys() - after.keys()),
            would_change=would_change(db) if how.dry_run else None,
        )


class _Reads:
    """The parts of all files in their order: read now, or by a reparse that was ended."""

    def __init__(self, files: Mapping[str, Sequence[File]], how: How, told: Told) -> None:
        self._staged, self._readers, self._told = how.staged, how.readers, told
        parts = [part for of in files.values() for file in of for part in file.parts]
        self._known = self._counts(parts)
        if self._known:
            _log.warning(
                "%s were read by a reparse that was ended; they are not read again",
                counted(sum(self._known.values()), "capture"),
            )
        self._now = how.readers.read([one for one in parts if one not in self._known])
        self._all = joined((self._read(part) for part in parts), self._readers.read_one)

    def next(self) -> PartRead:
        """The next part."""
        read = next(self._all)
        for warning in read.warnings:
            _log.warning("%s", warning)
        if self._staged is not None and read.part not in self._known:
            self._staged.put(read)
        self._told.resumed += self._known.get(read.part, 0)
        return read

    def _read(self, part: Part) -> PartRead:
        if self._staged is not None and part in self._known:
            return self._staged.get(part)
        return next(self._now)

    def _counts(self, parts: Sequence[Part]) -> dict[Part, int]:
        if self._staged is None:
            return {}
        counts = ((part, self._staged.count(part)) for part in parts)
        return {part: count for part, count in counts if count is not None}


def _note_positions(db: Database, archive: Path, sites: Sequence[Site]) -> None:
    for site in sites:
        for kind in ("articles", "listings"):
            for file in archive_files(archive, site.source.name, kind):
                store_position(db, file, site.source.name, (archive / file).stat().st_size)


def _records(db: Database) -> dict[str, str]:
    """Each item's digest of its exported record."""
    return dict(db.conn.execute("SELECT id, record FROM record_versions WHERE until IS NULL"))
