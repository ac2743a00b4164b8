"""One crawl of a source as the daemon runs it: from its command to its line in the log."""

import logging
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

from kazpress.config import Config
from kazpress.daemon.children import ChildEnd, Children
from kazpress.daemon.endings import ending
from kazpress.daemon.live_config import LiveConfig
from kazpress.daemon.recorded_end import newest, recorded_end
from pipeline.frontier.crawls import CrawlEnd

_log = logging.getLogger(__name__)


def crawl_source(
    live: LiveConfig,
    children: Children,
    source: str,
    *,
    options: Sequence[str],
    clock: Callable[[], datetime],
) -> bool:
    """Crawl a source in a child process, to its end. Whether the database tells enough of it for
    the next crawl to be counted from. Raises StoreError, ArchiveError, OSError.
    """
    config = live.config
    before = newest(config, source)
    with live.file_for_child() as file:
        end = children.run(source, _command(config, source, file, options), [file])
    if end is None:
        return False
    if children.ending and end.limit:
        # What it could not write in time, we might not either: who crawls next notes it.
        _log.warning("%s: %s", source, end.limit)
        return False
    crawl = recorded_end(config, source, end, before, clock())
    if crawl is None and children.ending and end.status == -signal.SIGTERM:
        _log.info("%s: stopped before its crawl began", source)
        return False
    _log_end(source, end, crawl)
    return crawl is not None and crawl.outcome != "stopped"


def _command(config: Config, source: str, file: int, options: Sequence[str]) -> list[str]:
    command = [sys.executable, "-m", "kazpress", *options, "crawl", "--ends-with-stdin"]
    command += ["--db", str(config.db), "--archive", str(config.archive)]
    return [*command, "--config", f"/dev/fd/{file}", source]


def _log_end(source: str, end: ChildEnd, crawl: CrawlEnd | None) -> None:
    good = crawl is not None and crawl.outcome in ("done", "stopped")
    _log.log(logging.INFO if good else logging.WARNING, "%s", ending(source, end, crawl))
    if crawl is not None:
        for note in (crawl.needs_look or "").splitlines():
            _log.warning("crawl %d %s: needs a look: %s", crawl.id, source, note)
