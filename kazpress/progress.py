"""Progress of long work: a moving line at a terminal, log lines every 30 seconds elsewhere."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

_EVERY_SECONDS = 30.0
_log = logging.getLogger(__name__)

SoFar = Callable[[], Mapping[str, str]]
"""For each part of the work, what it has done so far, in a few words."""


@contextmanager
def progress(so_far: SoFar) -> Iterator[None]:
    """Show the progress for as long as the block runs."""
    ended = threading.Event()
    show = _bar if sys.stderr.isatty() else _lines
    thread = threading.Thread(target=show, args=(so_far, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


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
