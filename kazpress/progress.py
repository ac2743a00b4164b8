"""How far long work is: a line that moves at a terminal, plain lines elsewhere."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from spiders.crawl.session import Session

_EVERY_SECONDS = 30.0
_log = logging.getLogger(__name__)

SoFar = Callable[[], Mapping[str, str]]
"""What each part of the work has done so far, as a few words."""


@contextmanager
def progress(so_far: SoFar) -> Iterator[None]:
    """Show how far the work is for as long as the block runs."""
    ended = threading.Event()
    show = _bar if sys.stderr.isatty() else _lines
    thread = threading.Thread(target=show, args=(so_far, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def crawls_so_far(sessions: Sequence[Session]) -> dict[str, str]:
    """What each crawl has done so far."""
    return {session.source.name: _counted(session) for session in sessions}


def _lines(so_far: SoFar, ended: threading.Event) -> None:
    while not ended.wait(_EVERY_SECONDS):
        for part, words in so_far().items():
            _log.info("%s: %s", part, words)


def _bar(so_far: SoFar, ended: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[part]}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks = {part: shown.add_task("", part=part, total=None) for part in so_far()}
        while not ended.wait(0.2):
            for part, words in so_far().items():
                shown.update(tasks[part], description=words)


def _counted(session: Session) -> str:
    counts = session.counts
    done = (
        f"{counts.captured} captured, {len(counts.new)} new, {len(counts.updated)} updated, "
        f"{counts.unchanged} unchanged, {len(counts.failed)} failed"
    )
    return f"{done}; {left}" if (left := _left(session)) else done


def _left(session: Session) -> str:
    """How much a backfill still has to ask, and about how long that takes."""
    if session.backfill is None:
        return ""
    left = f"{session.addresses_left} articles, {session.places_left} lists left"
    seconds = session.seconds_left()
    return left if seconds is None else f"{left}, about {_duration(seconds)}"


def _duration(seconds: float) -> str:
    """A length of time in its two largest units.

    >>> _duration(93_784)
    '1 d 2 h'
    """
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
