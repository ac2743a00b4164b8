"""A session is opened whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.errors import ArchiveError
from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from pipeline.model.source import Site
from spiders.crawl.lifecycle import open_session
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
