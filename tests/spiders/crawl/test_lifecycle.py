"""A session is opened whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import stored_payload
from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from pipeline.model.source import Site
from pipeline.store.free_space import LEAST_FREE_BYTES
from spiders.crawl.lifecycle import end_session, open_session
from spiders.senate import SENATE

_SITE = Site(SENATE, SENATE.base_url)


def test_what_was_opened_is_closed_where_the_archive_cannot_be_read(tmp_path: Path) -> None:
    config = Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})
    unreadable = config.archive / "senate-articles-000001.warc.gz"
    unreadable.mkdir(parents=True)
    with pytest.raises(ArchiveError, match="can't be read"), open_session(config, _SITE):
        pass
    assert config.db.exists()
    assert not config.db.with_name("kazpress.db-wal").exists(), "a connection is still open"
    with source_lock(config.archive, "senate", "a test", utc_now()):
        pass


def test_where_the_disk_is_nearly_full_nothing_is_asked_and_the_row_says_why(
    tmp_path: Path,
) -> None:
    config = Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})
    with open_session(config, _SITE, free=lambda _: LEAST_FREE_BYTES - 1) as session:
        assert session.is_over
        result = end_session(session)
        row = session.db.conn.execute("SELECT outcome, reason FROM crawls").fetchone()
    assert result.summary.outcome == "failed"
    assert row == ("failed", result.reason)
    assert "only 99 MB are free on its disk, and 100 MB are needed" in str(result.reason)


def test_a_crawl_ends_before_the_disk_is_full_and_keeps_what_it_has(tmp_path: Path) -> None:
    config = Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})
    left = iter([LEAST_FREE_BYTES] * 4)  # at the start and for the first exchange
    with open_session(config, _SITE, free=lambda _: next(left, 0)) as session:
        exchange = Exchange(
            target=f"{SENATE.base_url}/ru-RU/news", time=utc_now(), status=200, payload=b"page"
        )
        kept = [session.keep(exchange)]
        kept.append(session.keep(replace(exchange, target=f"{SENATE.base_url}/kk-KZ/news")))
        assert session.is_over
        result = end_session(session)
    assert result.summary.captured == 2
    assert "make room there" in str(result.reason)
    for capture in kept:
        assert capture is not None
        assert stored_payload(config.archive, capture) == b"page"
