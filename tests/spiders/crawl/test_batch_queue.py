"""What is queued is written, whatever came last before the end."""

from pathlib import Path

from kazpress.config import Config
from pipeline.model.capture import Failure
from pipeline.model.source import Site
from pipeline.store.database import value
from spiders.crawl.lifecycle import end_session, open_session
from spiders.senate import SENATE

_SITE = Site(SENATE, SENATE.base_url)
_ARTICLE = f"{SENATE.base_url}/ru-RU/news/details/1"


def test_a_failure_queued_last_is_written_though_the_archive_has_not_grown(tmp_path: Path) -> None:
    config = Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})
    with open_session(config, _SITE) as session:
        session.queue.add_failure(Failure(url=_ARTICLE, stage="fetch", reason="timeout", detail=""))
        end_session(session)
        assert value(session.db, "SELECT count(*) FROM failures") == 1
