"""The progress of crawls, in a few words a column."""

from collections.abc import Sequence

from spiders.crawl.counts import Counts
from spiders.crawl.session import Session
from spiders.web_archives.search_session import ArchiveSession


def crawls_so_far(sessions: Sequence[Session]) -> dict[str, Sequence[str]]:
    """What each crawl still has to ask for, and what it has done so far, by source."""
    return {session.source.name: _columns(session) for session in sessions}


def archives_so_far(sessions: Sequence[ArchiveSession]) -> dict[str, Sequence[str]]:
    """The same of searches of web archives."""
    return {one.source.name: (f"{one.left()} left", *_done(one.counts)) for one in sessions}


def _columns(session: Session) -> Sequence[str]:
    return (_what_is_left(session), *_done(session.counts))


def _done(counts: Counts) -> Sequence[str]:
    return (
        f"{counts.captured} captured",
        f"{len(counts.new)} new",
        f"{len(counts.failed)} failed",
        f"{len(counts.updated)} updated",
        f"{counts.unchanged} unchanged",
    )


def _what_is_left(session: Session) -> str:
    """About how many pages are still to be asked, and how long that takes; empty as long as nothing
    is known of it.
    """
    left = session.progress.left(len(session.counts.asked))
    if left is None:
        return ""
    seconds = session.progress.seconds_for(
        left, session.counts.requests, session.clock() - session.started
    )
    return f"{left} left, about {duration(seconds)}" if left and seconds else f"{left} left"


def duration(seconds: float) -> str:
    """A length of time in its two largest units.

    >>> duration(93_784)
    '1 d 2 h'
    """
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
