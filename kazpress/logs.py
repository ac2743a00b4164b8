"""Log lines on standard error, one line an event: as text for people, or as JSON for machines.

A line says when (in Almaty), of which crawl and source, and what. What an operator can mend, such
as a full disk, is told without a traceback.
"""

import json
import logging
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from kazpress.errors import is_for_the_operator
from kazpress.streams import say

if TYPE_CHECKING:
    from rich.console import Console

LogFormat = Literal["text", "json"]
_OURS = ("kazpress", "scheduler", "spiders", "pipeline")
_LEVELS = {-1: logging.WARNING, 0: logging.INFO, 1: logging.DEBUG}
_WHOSE = re.compile(r"(?:crawl (?P<crawl>\d+) )?(?P<source>[^\s:]+): ", re.ASCII)
"""With this begins what is of a source, or of a crawl."""
_RETOLD = "scrapy.core.scraper"
"""Logs each error in a callback of the spider, which itself ends the crawl with the reason."""


def log_to_stderr(
    verbosity: int = 0, form: LogFormat = "text", sources: Collection[str] = ()
) -> None:
    """Log our own lines, and the libraries' errors. `verbosity` is -1 for warnings alone, 1 for
    details, 2 for the libraries' lines too. A line that begins with one of `sources`, or a crawl of
    it, is of that.
    """
    level = _LEVELS[max(-1, min(verbosity, 1))]
    handler = _LineHandler(logging.DEBUG if verbosity > 1 else logging.ERROR, sources)
    handler.setFormatter(_JsonLines() if form == "json" else _TextLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(handler.least_of_libraries)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


@contextmanager
def lines_above(console: "Console") -> Iterator[None]:
    """Inside, log lines are printed by this console, so that they scroll above its live rows."""
    handler = _handler()
    if handler is not None:
        handler.console = console
    try:
        yield
    finally:
        if handler is not None:
            handler.console = None


@contextmanager
def lines_of_crawls(crawls: Mapping[str, int]) -> Iterator[None]:
    """Inside, log lines tell the crawl that they are of, by the source with which they begin;
    `crawls` are the crawls by source. Where there is one alone, all lines are of it.
    """
    handler = _handler()
    if handler is not None:
        handler.crawls = dict(crawls)
    try:
        yield
    finally:
        if handler is not None:
            handler.crawls = {}


class _LineHandler(logging.Handler):
    """Writes to standard error, or above a console's live rows."""

    def __init__(self, least_of_libraries: int, sources: Collection[str]) -> None:
        super().__init__()
        self.least_of_libraries = least_of_libraries
        self.sources = sources
        self.console: Console | None = None
        self.crawls: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is shown."""
        is_ours = record.name.partition(".")[0] in _OURS
        if not is_ours and record.levelno < self.least_of_libraries:
            return False
        return not (record.name == _RETOLD and _mendable(record) is not None)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            record.source, record.crawl = self._whose(record)
            line = self.format(record)
            if self.console is None:
                say(line)
            else:
                self._print_above(self.console, line)
        except Exception:  # noqa: BLE001  # as every handler: what is logged ends no work
            self.handleError(record)

    def _whose(self, record: logging.LogRecord) -> tuple[str | None, int | None]:
        """The source and the crawl that a record is of, as far as it tells."""
        said = _WHOSE.match(record.getMessage())
        if said and said["source"] in (*self.sources, *self.crawls):
            crawl = int(said["crawl"]) if said["crawl"] else self.crawls.get(said["source"])
            return said["source"], crawl
        if len(self.crawls) == 1:
            return next(iter(self.crawls.items()))
        return None, None

    @staticmethod
    def _print_above(console: "Console", line: str) -> None:
        from rich.text import Text

        console.print(Text(line), soft_wrap=True)  # an address is never broken


class _Lines(logging.Formatter):
    """The parts of a line that text and JSON share."""

    @staticmethod
    def _time(record: logging.LogRecord) -> str:
        from pipeline.clock import ALMATY

        return datetime.fromtimestamp(record.created, ALMATY).isoformat(timespec="seconds")

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        """What happened, without the source, in one line."""
        from pipeline.normalize.characters import clean_characters

        said = record.getMessage()
        error = _mendable(record)
        if error is not None:
            said = f"{said}: {error}"
        line = " ".join(clean_characters(said).split())
        own = _WHOSE.match(line)
        return line[own.end() :] if own and own["source"] == _whose(record)[0] else line

    def _trace(self, record: logging.LogRecord) -> str:
        """The traceback of an error that nobody foresaw."""
        if not record.exc_info or _mendable(record) is not None:
            return ""
        return self.formatException(record.exc_info)


class _TextLines(_Lines):
    """`2026-11-29T10:15:00+05:00 crawl 12 senate: …`, and under it the traceback of an error that
    nobody foresaw.
    """

    def format(self, record: logging.LogRecord) -> str:
        source, crawl = _whose(record)
        number = f"crawl {crawl} " if crawl is not None else ""
        whose = f"{number}{source}: " if source else ""
        line = f"{self._time(record)} {whose}{self._message(record)}"
        return "\n".join(filter(None, (line, self._trace(record))))


class _JsonLines(_Lines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        source, crawl = _whose(record)
        event: dict[str, Any] = {
            "time": self._time(record), "level": record.levelname.lower(), "logger": record.name,
            "message": self._message(record), "crawl": crawl, "source": source,
        }  # fmt: skip
        if trace := self._trace(record):
            event["traceback"] = trace
        is_utf8 = (sys.stderr.encoding or "").lower().replace("-", "") == "utf8"
        return json.dumps(event, ensure_ascii=not is_utf8)


def _handler() -> _LineHandler | None:
    """The handler that `log_to_stderr` set up."""
    handlers = logging.getLogger().handlers
    return next((one for one in handlers if isinstance(one, _LineHandler)), None)


def _whose(record: logging.LogRecord) -> tuple[str | None, int | None]:
    return getattr(record, "source", None), getattr(record, "crawl", None)


def _mendable(record: logging.LogRecord) -> BaseException | None:
    """The error that a record tells of, where an operator can mend it."""
    error = record.exc_info[1] if record.exc_info else None
    return error if error is not None and is_for_the_operator(error) else None
