"""How far a crawl is: a line that moves at a terminal, plain lines elsewhere."""

import logging
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from spiders.session import Session

_EVERY_SECONDS = 30.0
_log = logging.getLogger(__name__)


@contextmanager
def crawl_progress(sessions: Sequence[Session]) -> Iterator[None]:
    """Show what the sessions have done so far, for as long as the block runs."""
    ended = threading.Event()
    if sys.stderr.isatty():
        thread = threading.Thread(target=_bar, args=(sessions, ended), daemon=True)
    else:
        thread = threading.Thread(target=_lines, args=(sessions, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _lines(sessions: Sequence[Session], ended: threading.Event) -> None:
    while not ended.wait(_EVERY_SECONDS):
        for session in sessions:
            _log.info("%s: %s", session.source.name, _so_far(session))


def _bar(sessions: Sequence[Session], ended: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[source]}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {
            progress.add_task("", source=session.source.name, total=None): session
            for session in sessions
        }
        while not ended.wait(0.2):
            for task, session in tasks.items():
                progress.update(task, description=_so_far(session))


def _so_far(session: Session) -> str:
    counts = session.counts
    return (
        f"{counts.captured} captured, {len(counts.new)} new, {len(counts.updated)} updated, "
        f"{counts.unchanged} unchanged, {len(counts.failed)} failed"
    )
