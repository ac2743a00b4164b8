"""What a reparse does with each file of an archive, in order: which parts are read again, which
captures are taken as they were read, and what of the database is not at hand.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.files import archive_files
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Site, Source
from pipeline.reparse.former import Run, left, note_found, runs, taken
from pipeline.reparse.parts import Part, PartRead, parts_of
from pipeline.similarity.shingle_index import keep_cut
from pipeline.store.same_capture import is_kept

Step = Run | Part


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the archive, and what is done with it."""

    name: str
    steps: Sequence[Step]

    @property
    def parts(self) -> Iterator[Part]:
        """What is read of it."""
        return (step for step in self.steps if isinstance(step, Part))


@dataclass(slots=True, kw_only=True)
class Told:
    """What came of the captures, added as they are taken."""

    read: int = 0
    taken: int = 0
    """As they were read before, by today's reader."""
    resumed: int = 0
    """Of those read: by a reparse that was ended."""
    left: Counter[str] = field(default_factory=Counter)
    """By file: those whose records are not there any more, as they were read once."""


def files_of(
    db: Database, archive: Path, site: Site, *, every: bool, part_bytes: int
) -> list[File]:
    """The files of one source, in order. With `every`, all is read again."""
    found = []
    for name in archive_files(archive, site.source.name):
        path = archive / name
        steps: list[Step] = []
        for run in runs(db, site.source, name, path.stat().st_size, every=every):
            if run.is_of_today:
                steps.append(run)
            else:
                steps += parts_of(path, site, run.start, run.end, part_bytes)
        found.append(File(name=name, steps=steps))
    return found


def captures_of(
    db: Database,
    source: Source,
    files: Iterable[File],
    next_read: Callable[[], PartRead],
    told: Told,
    on_read: Callable[[int], None],
) -> Iterator[ClassifiedCapture]:
    """The captures of one source: file by file, then those whose records are not at hand."""
    for file in files:
        for step in file.steps:
            if isinstance(step, Run):
                for one in taken(db, source, file.name, step):
                    told.taken += 1
                    yield one
            else:
                read = next_read()
                captures = read.captures
                for body, cut in read.cuts:
                    keep_cut(db, body, cut)
                note_found(db, source, file.name, (one.capture.offset for one in captures))
                told.read += len(captures)
                yield from captures
            on_read(told.read + told.taken)
    for one in left(db, source):
        if not is_kept(db, one.capture, source):  # the same may stand in another file
            told.left[one.capture.file] += 1
            yield one
