"""How a crawl in a child process ended, in words for the log."""

import signal

from kazpress.daemon.children import ChildEnd
from kazpress.errors import ExitStatus
from pipeline.frontier.crawls import CrawlEnd

_COUNTS = ("new", "updated", "gone", "failed")


def killed_because(end: ChildEnd) -> str:
    """Why a crawl that did not come to its end by itself did not, as a sentence."""
    if end.limit:
        return end.limit
    if end.status >= 0:
        return f"ended with status {end.status}, in the middle of its work"
    guess = ", out of memory?" if end.status == -signal.SIGKILL else ""
    return f"killed by {_signal(-end.status)}{guess}"


def ending(source: str, end: ChildEnd, crawl: CrawlEnd | None) -> str:
    """One line on how a crawl ended; without a row of `crawls` it ended before it began."""
    if crawl is None:
        if end.status == ExitStatus.HELD:
            return f"{source}: not crawled, since another process works on it"
        if end.status >= 0 and not end.limit:
            return f"{source}: not crawled: it ended with status {end.status} before it began"
        return f"{source}: not crawled: {killed_because(end)}"
    head = f"crawl {crawl.id} {source}: "
    if crawl.outcome in ("killed", None):
        return head + (crawl.reason or killed_because(end))
    return f"{head}{crawl.outcome} in {crawl.seconds or 0:.0f} s: {crawl.reason or _counted(crawl)}"


def _counted(crawl: CrawlEnd) -> str:
    counts = ((getattr(crawl, name), name) for name in _COUNTS)
    return ", ".join(f"{count} {name}" for count, name in counts if count) or "nothing new"


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
