"""One check of one source from robots.txt to its newest pages, in order."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.archive.replay_index import Replay
from pipeline.clock import almaty_day
from pipeline.model.source import DayArchive, Feeds, Listings, Numbers, Site, Sitemaps, Way
from spiders.check.asker import Asker, Fetch
from spiders.check.discovery_steps import (
    look_at_archive,
    look_at_feeds,
    look_at_listings,
    look_at_sitemaps,
)
from spiders.check.entry_point_step import Look, days_of
from spiders.check.page_steps import held_articles, look_at_numbers, look_at_pages
from spiders.check.report import CheckStep, Looked, Past, Word, counted
from spiders.check.robots_step import look_at_robots
from spiders.network.redirect import Origin

_WAYS: tuple[tuple[type[Any], Way, Callable[[Look, Any], Awaitable[None]]], ...] = (
    (Listings, "listing", look_at_listings),
    (Feeds, "feed", look_at_feeds),
    (Sitemaps, "sitemap", look_at_sitemaps),
    (DayArchive, "archive", look_at_archive),
    (Numbers, "number", look_at_numbers),
)


@dataclass(slots=True)
class Check:
    """One source to be checked, and what was seen of it."""

    site: Site
    past: Past
    clock: Callable[[], datetime]
    idle_seconds: float = math.inf
    """How long ago the source was last asked."""
    looked: Looked | None = None
    error: Exception | None = None
    requests: int = 0

    def look(self, fetch: Fetch, replay: Replay | None = None) -> Look:
        """The check at its beginning."""
        asker = Asker(origin=Origin(self.site), fetch=fetch, clock=self.clock)
        return Look(asker=asker, past=self.past, today=almaty_day(self.clock()), replay=replay)


async def look_at(look: Look) -> Looked:
    """Look at a source, as far as it lets us."""
    if look.replay is None:
        look.steps.append(await look_at_robots(look.asker))
    else:
        look.steps.append(_files(look))
    used: list[Way] = []
    for facts in look.asker.site.source.finding:
        for kind, way, look_at_way in _WAYS:
            if isinstance(facts, kind) and not look.asker.stopped:
                await look_at_way(look, facts)
                used.append(way)
    pages = await look_at_pages(look)
    look.steps += [_way(way, look) for way in used]
    if look.asker.stopped and not any(step.word == "failed" for step in look.steps):
        look.steps.append(
            CheckStep(
                step="stopped", target=look.asker.site.source.base_url, word="failed",
                detail=look.asker.stopped, reason=look.asker.stopped_by,
            )
        )  # fmt: skip
    return Looked(steps=tuple(look.steps), pages=tuple(pages), today=look.today)


def _files(look: Look) -> CheckStep:
    assert look.replay is not None
    source = look.asker.site.source
    articles = len(held_articles(look.replay, look))
    torn = f"; {'; '.join(look.replay.torn)}" if look.replay.torn else ""
    return CheckStep(
        step="files", target=source.base_url, word="look" if torn else "ok",
        detail=f"hold {counted(articles, 'article')}{torn}", articles=articles,
        reason="torn" if torn else "",
    )  # fmt: skip


def _way(way: Way, look: Look) -> CheckStep:
    """A way of finding as a whole: what all its places lead to, and whether it did before."""
    found = look.found.get(way, {})
    last = look.past.found.get(way)
    word: Word = "ok" if found else "absent"
    detail = f"leads to {counted(len(found), 'article')}" if found else "leads to no article"
    reason = ""
    if not found and last is not None and look.replay is None and not look.asker.stopped:
        word, reason = "look", "stopped"
        detail = f"leads to no article any more; it did until {last.isoformat()}"
    return CheckStep(
        step="way", target=way, word=word, detail=detail, reason=reason, articles=len(found),
        newest=max(days_of(found.values()), default=None),
    )  # fmt: skip
