"""In which kinds, and as how many troubles, somebody is told of what `status` finds."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.operations.troubles import troubles
from kazpress.status.finding import Finding, Kind
from kazpress.status.source_status import SourceStatus, source_statuses
from pipeline.frontier.crawls import add_crawl, store_crawl_end
from pipeline.monitoring.notifications import Trouble, TroubleKind
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def well(tmp_path: Path) -> SourceStatus:
    """The state of a source that is well."""
    sources = {"kazpravda": SourceConfig(enabled=False)}
    config = Config(db=tmp_path / "k.db", archive=tmp_path / "archive", sources=sources)
    with closing(open_for_writing(config.db, [SENATE])) as db:
        crawl = add_crawl(db, "senate", _NOW - timedelta(minutes=9), is_replay=False)
        store_crawl_end(db, crawl, _NOW - timedelta(minutes=8), {"outcome": "done"})
    (status,) = (one for one in source_statuses(config, _NOW) if one.source == "senate")
    assert status.findings == ()
    return replace(status, disk=())


def _found(status: SourceStatus, kind: Kind, sentence: str = "x") -> Trouble:
    finding = Finding(kind=kind, severity="warning", sentence=sentence)
    (trouble,) = troubles([replace(status, findings=(finding,))])
    return trouble


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_finding_is_of_a_kind_that_is_told(well: SourceStatus, kind: Kind) -> None:
    trouble = _found(well, kind, "a sentence")
    assert (trouble.source, trouble.sentence, trouble.crawl) == ("senate", "a sentence", 1)
    assert trouble.kind in get_args(TroubleKind)


def test_a_source_that_is_not_crawled_is_not_told_of(well: SourceStatus) -> None:
    finding = Finding(kind="layout", severity="warning", sentence="x")
    assert list(troubles([replace(well, enabled=False, findings=(finding,))])) == []
    assert list(troubles([well])) == []


def test_a_crawl_that_fails_in_one_way_or_another_is_one_trouble(well: SourceStatus) -> None:
    first, second = (
        _found(well, "crawl-failed", "no answer"),
        _found(well, "crawl-killed", "killed"),
    )
    assert (first.kind, first.subject) == (second.kind, second.subject) == ("failure", "")


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("https://s.kz/2 links to no article", "https://s.kz/3 links to no article", False),
        ("https://s.kz/2 links to 3 articles, usually to 12",
         "https://s.kz/2 links to 4 articles, usually to 11", True),
        ("feed: has named no article since 2026-03-01, as it did before",
         "listing: has named no article since 2026-03-01, as it did before", False),
        ("feed: has found nothing new since 2026-03-01, while other ways found 20 addresses",
         "feed: has found nothing new since 2026-03-01, while other ways found 31 addresses", True),
    ],
)  # fmt: skip
def test_each_list_is_a_trouble_of_its_own_whatever_its_numbers(
    well: SourceStatus, first: str, second: str, is_same: bool
) -> None:
    subjects = {_found(well, "crawl-note", sentence).subject for sentence in (first, second)}
    assert (len(subjects) == 1) is is_same
