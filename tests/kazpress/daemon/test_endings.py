"""A line of the log says how a crawl ended."""

import pytest

from kazpress.daemon.children import ChildEnd
from kazpress.daemon.endings import ending, killed_because
from pipeline.frontier.crawls import CrawlEnd


def _row(outcome: str | None, reason: str | None = None, **counts: int) -> CrawlEnd:
    columns: dict[str, int | None] = {"new": 0, "updated": 0, "gone": 0, "failed": 0}
    return CrawlEnd(
        id=12, outcome=outcome, reason=reason, needs_look=None,
        seconds=None if outcome == "killed" else 41.3, **columns | counts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "row", "line"),
    [
        (0, _row("done", new=3, failed=1), "crawl 12 senate: done in 41 s: 3 new, 1 failed"),
        (0, _row("done"), "crawl 12 senate: done in 41 s: nothing new"),
        (1, _row("failed", "HTTP 503"), "crawl 12 senate: failed in 41 s: HTTP 503"),
        (0, _row("stopped", new=2, gone=1), "crawl 12 senate: stopped in 41 s: 2 new, 1 gone"),
        (-9, _row("killed", "killed by SIGKILL, out of memory?"),
         "crawl 12 senate: killed by SIGKILL, out of memory?"),
        (-9, _row(None), "crawl 12 senate: killed by SIGKILL, out of memory?"),
        (75, None, "senate: not crawled, since another process works on it"),
        (2, None, "senate: not crawled: it ended with status 2 before it began"),
        (-11, None, "senate: not crawled: killed by SIGSEGV"),
    ],
)  # fmt: skip
def test_an_end_in_words(status: int, row: CrawlEnd | None, line: str) -> None:
    assert ending("senate", ChildEnd(status=status), row) == line


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (ChildEnd(status=-9), "killed by SIGKILL, out of memory?"),
        (ChildEnd(status=-15), "killed by SIGTERM"),
        (ChildEnd(status=-64), "killed by SIGRTMAX"),
        (ChildEnd(status=-63), "killed by signal 63"),
        (ChildEnd(status=1), "ended with status 1, in the middle of its work"),
        (ChildEnd(status=-9, limit="did not end within 6 hours"), "did not end within 6 hours"),
    ],
)
def test_why_a_crawl_was_killed(end: ChildEnd, reason: str) -> None:
    assert killed_because(end) == reason
