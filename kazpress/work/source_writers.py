"""What a command writes with: the sources' locks, the database, the archive's files."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlite_utils import Database

from kazpress.config import Config
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from pipeline.ingest.recover import recover
from pipeline.model.source import Site
from pipeline.store.database import open_for_writing
from spiders.network.user_agent import user_agent
from spiders.sites import all_sites


@contextmanager
def source_writers(
    config: Config, sites: tuple[Site, ...], doing: str
) -> Iterator[tuple[Database, dict[str, ArchiveWriter]]]:
    """The database, and a writer for each source, with the sources' locks held and what a killed
    process left taken in. Raises SourceBusy.
    """
    now = utc_now()
    with ExitStack() as opened:
        for site in sites:
            opened.enter_context(source_lock(config.archive, site.source.name, doing, now))
        db = open_for_writing(config.db, [one.source for one in all_sites(config)])
        opened.callback(db.close)
        for site in sites:
            recover(db, config.archive, site, now=now)
        writers = {
            site.source.name: opened.enter_context(
                ArchiveWriter(config.archive, site.source.name, "articles", user_agent(None))
            )
            for site in sites
        }
        yield db, writers
