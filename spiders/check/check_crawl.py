"""A check's crawl: shallow, into a temporary folder that is gone when the check has ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kazpress.config import Config
from kazpress.errors import StoreError
from pipeline.archive.replay_index import Replay
from pipeline.model.capture import Found
from pipeline.model.source import Site, Source
from pipeline.monitoring.baselines import (
    copy_past,
    last_found,
    shares_of_fields,
    typical_counts,
)
from pipeline.normalize.addresses import article_address
from pipeline.store.database import open_for_reading, open_for_writing
from spiders.check.report import NO_PAST, Past
from spiders.crawl.lifecycle import open_session
from spiders.crawl.session import Session
from spiders.discovery.shallow_plan import ShallowPlan, ShallowReplayPlan
from spiders.listing.links import start_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCrawl:
    """A shallow crawl with where it writes, and what was known before it."""

    session: Session
    past: Past
    archive: Path


@contextmanager
def open_check(config: Config, site: Site, replay: Replay | None) -> Iterator[CheckCrawl]:
    """A crawl that begins with what the database knows of the source's past, or, over WARC files,
    with nothing but the articles that they hold.
    """
    with TemporaryDirectory(prefix="kazpress-check-") as name:
        folder = Path(name)
        aside = replace(config, db=folder / "kazpress.db", archive=folder / "archive")
        past = _copied_past(config.db, aside.db, site.source) if replay is None else NO_PAST
        starts = start_pages(site)
        live = ShallowPlan(start_pages=starts)
        plan = ShallowReplayPlan(start_pages=starts, replay=replay) if replay else live
        with open_session(aside, site, plan=plan) as session:
            if replay is not None:
                session.queue.add_found(held_articles(replay, site))
            yield CheckCrawl(session=session, past=past, archive=aside.archive)


def held_articles(replay: Replay, site: Site) -> list[Found]:
    """The articles whose pages replayed files hold, those captured last first."""
    urls = sorted(replay.newest, key=replay.newest.__getitem__, reverse=True)
    held = (article_address(url, site.source) for url in urls)
    return [Found(address=one, by="files", on=None) for one in held if one is not None]


def _copied_past(known: Path, new: Path, source: Source) -> Past:
    """What the database at `known` tells of a source, and what a crawl needs of it in a new one;
    nothing where there is no database that can be read.
    """
    try:
        db = open_for_reading(known)
    except StoreError:
        return NO_PAST
    try:
        aside = open_for_writing(new, [source])
        copy_past(db, aside, source.name)
        aside.close()
        return Past(
            usual=typical_counts(db, source.name),
            found=last_found(db, source.name),
            shares=shares_of_fields(db, source.name),
        )
    finally:
        db.close()
