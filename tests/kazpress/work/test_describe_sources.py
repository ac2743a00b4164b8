"""`sources`: the sources as they are configured."""

import json
from pathlib import Path

from kazpress.config import Config, SourceConfig
from kazpress.work.describe_sources import described_sources
from tests.kazpress.conftest import Run


def test_sources_are_described_as_configured(config: Config) -> None:
    said = {"senate": SourceConfig(base_url="http://127.0.0.1:1", delay=0.0, schedule="@daily")}
    senate, kazpravda = described_sources(
        Config(db=config.db, archive=config.archive, sources=said)
    )
    assert (senate["base_url"], senate["delay"]) == ("http://127.0.0.1:1", 0.0)
    assert (senate["schedule"], senate["languages"]) == ("@daily", ["ru", "kk", "en"])
    assert kazpravda["base_url"] == "https://kazpravda.kz"


def test_the_table_of_sources_needs_no_database_and_fits_80_columns(run: Run) -> None:
    ran = run("sources")
    assert (ran.status, ran.err) == (0, "")
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert json.loads(run("sources", "--json").out)[0]["source"] == "senate"
    assert list(Path().iterdir()) == []
