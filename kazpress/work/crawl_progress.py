"""The progress of crawls, in a few words each."""

from collections.abc import Sequence

from spiders.crawl.session import Session


def crawls_so_far(sessions: Sequence[Session]) -> dict[str, str]:
    """What each crawl has done so far, by source."""
    return {session.source.name: _words(session) for session in sessions}


def _words(session: Session) -> str:
    counts = session.counts
    done = (
        f"{counts.captured} captured, {len(counts.new)} new, {len(counts.updated)} updated, "
        f"{counts.unchanged} unchanged, {len(counts.failed)} failed"
    )
    return f"{done}; {left}" if (left := _what_is_left(session)) else done


def _what_is_left(session: Session) -> str:
    """What a backfill still has to ask for, and about how long that takes."""
    if session.backfill is None:
        return ""
    progress = session.progress
    left = f"{progress.addresses_left} articles, {progress.entry_points_left} lists left"
    elapsed = session.clock() - session.started
    seconds = progress.seconds_left(session.counts.requests, elapsed)
    return left if seconds is None else f"{left}, about {duration(seconds)}"


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
