"""What is wrong with the sources now, as far as somebody is to be told of it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.daemon.schedule import read_schedule
from pipeline.clock import ALMATY
from pipeline.model.source import Source
from pipeline.monitoring import observations as seen
from pipeline.monitoring.drift import says_silence, stopped_ways
from pipeline.monitoring.notifications import Trouble
from spiders.sources import active_sites

OVERDUE = "crawl"
"""The subject of the silence of a source that nobody crawls."""


def troubles(db: Database, config: Config, now: datetime) -> list[Trouble]:
    """What is wrong with each active source, the worst first."""
    sources = [site.source for site in active_sites(config)]
    return [trouble for source in sources for trouble in _of(db, source, now)]


def _of(db: Database, source: Source, now: datetime) -> Iterator[Trouble]:
    last = seen.last_crawl(db, source.name)
    if last is not None and last.outcome != "done":
        reason = last.reason or "the crawl failed"
        yield Trouble(source=source.name, kind="failure", sentence=reason, crawl=last.id)
    yield from _not_crawled(db, source, now)
    whole = seen.last_whole_crawl(db, source.name)
    if whole is None:
        return
    for sentence in (*whole.notes, *_stopped_ways(db, source)):
        if says_silence(sentence):
            yield Trouble(
                source=source.name, kind="silence", subject="published", sentence=sentence,
                crawl=whole.id,
            )  # fmt: skip
        else:
            yield Trouble(
                source=source.name, kind="drift", subject=subject(sentence), sentence=sentence,
                crawl=whole.id,
            )  # fmt: skip


def subject(sentence: str) -> str:
    """What a sentence is about, whatever its numbers are today.

    >>> subject("only 3 of 5 pages were read by the source's own layout; 80% are expected")
    "only # of # pages were read by the source's own layout"
    """
    return re.sub(r"(?<!\S)\d\S*", "#", re.split(r"[;,] ", sentence)[0])


def _not_crawled(db: Database, source: Source, now: datetime) -> Iterator[Trouble]:
    """Whether two due times and one more hour have passed since the last crawl ended, and none is
    under way.
    """
    ended = seen.last_crawl_ended(db, source.name)
    if ended is None:
        return
    due_after = read_schedule(source.schedule).after
    if now > due_after(due_after(ended)) + timedelta(hours=1):
        at = ended.astimezone(ALMATY).strftime("%Y-%m-%d %H:%M")
        yield Trouble(
            source=source.name, kind="silence", subject=OVERDUE,
            sentence=f"the last crawl ended at {at}, which is longer ago than the schedule says",
        )  # fmt: skip


def _stopped_ways(db: Database, source: Source) -> list[str]:
    at = seen.last_good_crawl(db, source.name)
    if at is None or source.state != "active":
        return []
    return stopped_ways(seen.ways_used(db, source.name), seen.news(db, source.name, at))
