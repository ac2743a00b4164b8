"""The same database, whichever way crawls were started."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sites.replica import Replica
from tests.soak.crawling import Crawling
from tests.soak.faults import By
from tests.workspace import Workspace, stable

pytestmark = pytest.mark.soak

_NEWS = (3, 0, 2)
_TIMES = ("first_seen", "last_changed")
_SAME = (
    "SELECT url, language, kind, item, state, found_by, found_on, ways, tries FROM addresses"
    " ORDER BY url",
    "SELECT url, status, body_sha256, outcome, reason, reading FROM captures WHERE article = 1"
    " ORDER BY url",
    "SELECT item, revision, reading FROM revisions ORDER BY item, revision",
    "SELECT a, b, share_a, share_b, related FROM pairs ORDER BY a, b",
    "SELECT id, language, canonical, items FROM stories ORDER BY id",
    "SELECT url, source, stage, reason FROM failures ORDER BY url",
    "SELECT url, way, found_on FROM places ORDER BY url",
)


def test_by_hand_by_cron_and_by_the_daemon_the_same_database_comes_out(tmp_path: Path) -> None:
    ways: tuple[By, ...] = ("hand", "cron", "daemon")
    with (
        Replica("kazpravda", seed=3, count=12) as kazpravda,
        Replica("senate", seed=3, count=12) as senate,
    ):
        hand, cron, daemon = (_crawled(tmp_path, by, (kazpravda, senate)) for by in ways)
    assert len(hand[0]) == 2 * (12 + sum(_NEWS))
    assert cron == hand
    assert daemon == hand


def _crawled(path: Path, by: By, sites: tuple[Replica, Replica]) -> list[list[Any]]:
    """The export and the tables, without when and how often it was crawled."""
    folder = path / by
    folder.mkdir()
    with Crawling(Workspace(folder).beside("crawled"), sites) as crawling:
        for site in sites:
            site.reset()
        for number, news in enumerate(_NEWS):
            for site in sites:
                site.publish(news)
            if by == "daemon" and number == 0:
                crawling.start_daemon()
            ran = crawling.begin(by)()
            assert ran is None or ran.status == 0, ran
        if by == "daemon":
            assert crawling.stop_daemon() == 0
        workspace = crawling.workspace
        return [stable(workspace.export(), _TIMES), *(workspace.rows(sql) for sql in _SAME)]
