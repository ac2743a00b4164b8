"""When each source is crawled next, the soonest first."""

from datetime import UTC, datetime

from kazpress.config import Config, SourceConfig
from kazpress.daemon.due import last_crawls, next_crawls
from tests.kazpress.conftest import Store
from tests.pipeline.worlds.rows import crawl_row

NOW = datetime(2026, 3, 4, 12, 7, tzinfo=UTC)


def test_without_a_database_every_source_is_due_by_its_schedule(config: Config) -> None:
    assert last_crawls(config) == {}
    assert [(one.source, f"{one.at:%H:%M %z}") for one in next_crawls(config, NOW)] == [
        ("kazpravda", "17:15 +0500"),
        ("senate", "17:30 +0500"),
    ]
    assert not config.db.exists()


def test_an_interval_is_counted_from_the_last_crawl(config: Config, store: Store) -> None:
    store("crawls", crawl_row("senate", started="2026-03-04T12:00:00.000000Z"))
    said = {"senate": SourceConfig(schedule="every 10 minutes")}
    every = Config(db=config.db, archive=config.archive, sources=said)
    (first, second) = next_crawls(every, NOW)
    assert (first.source, f"{first.at:%H:%M}", first.schedule) == (
        "senate", "17:10", "every 10 minutes",
    )  # fmt: skip
    assert second.source == "kazpravda"


def test_a_disabled_or_gone_source_is_never_due(config: Config) -> None:
    said = {"senate": SourceConfig(enabled=False), "kazpravda": SourceConfig(state="gone")}
    assert next_crawls(Config(db=config.db, archive=config.archive, sources=said), NOW) == []
