"""What the log says of a crawl that the daemon runs."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest

from kazpress.daemon.children import ChildEnd, Children
from kazpress.daemon.live_config import LiveConfig
from kazpress.daemon.source_crawl import crawl_source
from kazpress.options import configuration
from pipeline.clock import utc_now
from tests.workspace import Workspace


class _EndingWith(Children):
    def __init__(self, end: ChildEnd, *, ending: bool) -> None:
        super().__init__()
        self.ending = ending
        self._end = end

    def run(self, source: str, command: Sequence[str], keep_open: Sequence[int]) -> ChildEnd:
        return self._end


@pytest.mark.parametrize(
    ("ending", "level", "line"),
    [
        (True, logging.INFO, "senate: stopped before its crawl began"),
        (False, logging.WARNING, "senate: not crawled: killed by SIGTERM"),
    ],
)
def test_a_crawl_that_the_daemon_stops_at_its_start_is_no_warning(
    workspace: Workspace, caplog: pytest.LogCaptureFixture, ending: bool, level: int, line: str
) -> None:
    workspace.point_at()
    file = workspace.path / "kazpress.toml"
    live = LiveConfig(lambda: configuration(None, None, file), file)
    children = _EndingWith(ChildEnd(status=-15), ending=ending)
    with caplog.at_level(logging.INFO):
        counts = crawl_source(live, children, "senate", options=(), clock=utc_now)
    assert (counts, caplog.record_tuples[-1][1:]) == (False, (level, line))
