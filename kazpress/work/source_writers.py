"""What a command writes with: the database, and an archive writer for each source."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from sqlite_utils import Database

from kazpress.config import Config
from pipeline.archive.appender import ArchiveWriter
from pipeline.clock import utc_now
from pipeline.ingest.open_sources import open_sources
from pipeline.model.source import Site
from pipeline.store.database import known_files
from spiders.network.user_agent import user_agent
from spiders.sources import all_sites


@contextmanager
def source_writers(
    config: Config, sites: Sequence[Site], doing: str
) -> Iterator[tuple[Database, dict[str, ArchiveWriter]]]:
    """The database, and for each source by name a writer of its article captures; the sources'
    locks are held. Raises SourceBusy, StoreError, ArchiveError.
    """
    known = [one.source for one in all_sites(config)]
    with ExitStack() as opened:
        db = opened.enter_context(
            open_sources(config.db, config.archive, sites, doing, known=known, now=utc_now())
        )
        writers = {
            name: opened.enter_context(
                ArchiveWriter(
                    config.archive,
                    name,
                    "articles",
                    user_agent(None),
                    known=partial(known_files, db, name),
                )
            )
            for name in (site.source.name for site in sites)
        }
        yield db, writers
