"""Progress of long work: rows at a terminal, below the log lines; elsewhere log lines every 30
seconds.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kazpress.logs import lines_above

if TYPE_CHECKING:
    from rich.text import Text

_EVERY_SECONDS = 30.0
_ROWS_EVERY_SECONDS = 0.2
_log = logging.getLogger(__name__)

SoFar = Callable[[], Mapping[str, Sequence[str]]]
"""For each part of the work, what it has done so far: a few words a column, what matters first."""


@contextmanager
def progress(so_far: SoFar) -> Iterator[None]:
    """Show the progress for as long as the block runs."""
    ended = threading.Event()
    show = _rows if _moves() else _lines
    thread = threading.Thread(target=show, args=(so_far, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Rows:
    """The rows of a terminal. A column is as wide as it ever was, so that it stays in place; what
    does not fit the terminal is left out at the right.
    """

    def __init__(self) -> None:
        self._widths: list[int] = []
        self._began = time.monotonic()

    def text(self, so_far: Mapping[str, Sequence[str]]) -> "Text":
        """The rows: each part's name, the time so far, its columns."""
        from rich.text import Text

        elapsed = _clock(time.monotonic() - self._began)
        rows = [(part, elapsed, *columns) for part, columns in so_far.items()]
        lines = (self._line(row) for row in rows)
        return Text("\n".join(lines), no_wrap=True, overflow="ellipsis")

    def _line(self, row: Sequence[str]) -> str:
        missing = len(row) - len(self._widths)
        self._widths += [0] * missing
        self._widths[: len(row)] = [
            max(width, len(cell)) for width, cell in zip(self._widths, row, strict=False)
        ]
        first, *rest = zip(row, self._widths, strict=False)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        return "  ".join(cells)


def _moves() -> bool:
    """Whether standard error is a terminal in which rows can move."""
    if not sys.stderr.isatty():
        return False
    from rich.console import Console

    return not Console(stderr=True).is_dumb_terminal


def _lines(so_far: SoFar, ended: threading.Event) -> None:
    while not ended.wait(_EVERY_SECONDS):
        for part, columns in so_far().items():
            _log.info("%s: %s", part, ", ".join(filter(None, columns)))


def _rows(so_far: SoFar, ended: threading.Event) -> None:
    from rich.console import Console
    from rich.live import Live

    console, rows = Console(stderr=True, highlight=False), Rows()
    with (
        Live(console=console, transient=True, auto_refresh=False) as live,
        lines_above(console),
    ):
        while not ended.wait(_ROWS_EVERY_SECONDS):
            live.update(rows.text(so_far()), refresh=True)


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
