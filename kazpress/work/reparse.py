"""`kazpress reparse`: from the configuration to `pipeline.reparse`."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kazpress.config import Config
from kazpress.errors import ArchiveError, StoreError
from kazpress.progress import progress
from pipeline.archive.files import archive_files, away, cut_torn_tail
from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from pipeline.counted import counted
from pipeline.ingest.open_sources import open_sources
from pipeline.model.source import Site
from pipeline.reparse.parts import PART_BYTES
from pipeline.reparse.readers import InThisProcess, Readers
from pipeline.reparse.reparse import How, Reparsed, reparse
from pipeline.reparse.staging import staging
from pipeline.store.database import Store, known_files, open_for_writing, reading
from pipeline.store.database_copy import copy_database
from pipeline.store.free_space import LEAST_FREE_BYTES, scarcity
from spiders.sources import all_sites

_COLLECTED_AFTER = 20_000
"""New objects, before Python looks for rubbish: millions of captures leave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a reparse."""

    dry_run: bool = False
    every: bool = False
    """Also what today's reader has read."""
    workers: int = 1
    """Processes that read, at most."""
    cluster: str | None = None
    """The address of the scheduler of a Dask cluster that reads in their place."""


def reparse_archive(config: Config, asked: Asked) -> tuple[Reparsed, list[str]]:
    """Read the archive again. Returns what changed, and sentences on what needs a look.

    Raises ArchiveError where there is no archive, SourceBusy where another process writes a source,
    MissingExtra and ClusterError where a cluster can't read.
    """
    sites = all_sites(config)
    now = utc_now()
    files = [file for site in sites for file in archive_files(config.archive, site.source.name)]
    if not files:
        raise _no_archive(config)
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)
    with ExitStack() as opened:
        if asked.dry_run:
            db: Store = opened.enter_context(_copy(config, sites, now))
        else:
            known = [site.source for site in sites]
            db = opened.enter_context(
                open_sources(
                    config.db, config.archive, sites, "reparse", known=known, now=now,
                    recovered=False,
                )
            )  # fmt: skip
        found = [] if asked.dry_run else [cut_torn_tail(config.archive, one, 0) for one in files]
        readers = opened.enter_context(_readers(config.archive, files, asked))
        staged = None if asked.dry_run else opened.enter_context(staging(config.db))
        how = How(readers=readers, every=asked.every, dry_run=asked.dry_run, staged=staged)
        captures = 0

        def on_read(so_far: int) -> None:
            nonlocal captures
            captures = so_far

        with progress(lambda: {"reparse": (f"{captures} captures read",)}):
            result = reparse(db, config.archive, sites, now=now, how=how, on_read=on_read)
    torn = [one.sentence for one in found if one]
    return result, [*torn, *_not_at_hand(config.archive, result)]


def _no_archive(config: Config) -> ArchiveError:
    """Why nothing can be read: all files were moved away, or there never was one."""
    known: list[str] = []
    if config.db.exists():
        with reading(config.db) as db:
            known = away(config.archive, known_files(db))
    back = f", or bring {known[0]} back, which the database knows" if known else ""
    return ArchiveError(f"{config.archive}: holds no archive; name its folder with --archive{back}")


@contextmanager
def _readers(archive: Path, files: Sequence[str], asked: Asked) -> Iterator[Readers]:
    """Who reads. A process for less than a part would cost more than it gives."""
    if asked.cluster is not None:
        from pipeline.reparse.cluster import Cluster

        with Cluster(asked.cluster, archive) as cluster:
            yield cluster
        return
    size = sum((archive / file).stat().st_size for file in files)
    count = min(asked.workers, size // PART_BYTES)
    if count <= 1:
        yield InThisProcess()
        return
    from pipeline.reparse.processes import Processes

    with Processes(count) as processes:
        yield processes


def _not_at_hand(archive: Path, result: Reparsed) -> Iterator[str]:
    for file, count in sorted(result.left.items()):
        captures = counted(count, "capture")
        if (archive / file).exists():
            yield (
                f"{file}: {captures} that the database knows are not in it any more, and keep what "
                "was read of them; is there a backup of the file?"
            )
        else:
            yield (
                f"{file}: is not at hand, so {captures} keep what was read of them; bring it back "
                f"into {archive} to read them again"
            )


@contextmanager
def _copy(config: Config, sites: Sequence[Site], now: datetime) -> Iterator[Store]:
    """A copy of the database, so that nothing is left of a dry run, and nothing has to be writable.
    The locks are held as far as their files are there. Raises SourceBusy, StoreError.
    """
    with ExitStack() as opened:
        for site in sites:
            name = site.source.name
            opened.enter_context(source_lock(config.archive, name, "reparse", now, create=False))
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="kazpress-")))
        copy = folder / "dry-run.db"
        if config.db.exists():
            needed = config.db.stat().st_size + LEAST_FREE_BYTES
            if scarce := scarcity([folder], needed=needed):
                raise StoreError(f"{scarce}, or set TMPDIR to a folder with room for a copy")
            copy_database(config.db, copy)
        db = open_for_writing(copy, [site.source for site in sites])
        opened.callback(db.close)
        yield db
