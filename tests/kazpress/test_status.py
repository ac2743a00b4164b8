"""`status`, `status --check` and `sources`: what the operator sees, at a given moment."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.status import check_line, described_sources, source_statuses
from pipeline.store import open_for_writing, writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.kazpress.conftest import Run
from tests.pipeline.stored import item_row

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
OFF = {"senate": SourceConfig(enabled=False), "kazpravda": SourceConfig(enabled=False)}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "k.db", archive=tmp_path / "archive", sources={})


@pytest.fixture
def store(config: Config) -> Iterator[Any]:
    db = open_for_writing(config.db, (SENATE, KAZPRAVDA))

    def insert(table: str, *rows: dict[str, Any]) -> None:
        with writing(db):
            db.table(table).insert_all(rows)

    yield insert
    db.close()


def _crawl(source: str = "senate", **facts: Any) -> dict[str, Any]:
    return {
        "source": source, "started": "2026-03-04T11:45:00.000000Z", "outcome": "done",
        "finished": "2026-03-04T11:46:00.000000Z", "replay": 0, "reason": None, "needs_look": None,
    } | facts  # fmt: skip


def test_a_new_database_holds_nothing_that_needs_a_look(config: Config, store: Any) -> None:
    senate, kazpravda = source_statuses(config, NOW)
    assert (senate.source, senate.state, senate.items, senate.failures) == (
        "senate",
        "active",
        0,
        0,
    )
    assert (senate.last_crawl, senate.last_new_item, senate.needs_look) == (None, None, ())
    assert kazpravda.next_crawl is not None
    assert check_line(config, NOW) == ("OK: senate 0 items, kazpravda 0 items", 0)


def test_a_failed_crawl_is_critical_and_says_why(config: Config, store: Any) -> None:
    store("items", item_row(1))
    store("crawls", _crawl(outcome="failed", reason="no listing could be read: HTTP 503"))
    assert check_line(config, NOW) == ("CRITICAL: senate: no listing could be read: HTTP 503", 2)
    (senate, _) = source_statuses(config, NOW)
    assert senate.needs_look == ("the last crawl failed: no listing could be read: HTTP 503",)
    store("crawls", _crawl())
    assert check_line(config, NOW)[1] == 0, "the newest crawl counts"


def test_what_a_crawl_noted_is_a_warning_for_each_line(config: Config, store: Any) -> None:
    store("crawls", _crawl(needs_look="one thing\nanother"))
    assert check_line(config, NOW) == ("WARNING: senate: one thing; senate: another", 1)


def test_a_source_at_rest_is_a_warning_until_it_ends(config: Config, store: Any) -> None:
    db = open_for_writing(config.db, ())
    with writing(db):
        db.conn.execute("UPDATE sources SET rest_until = '2026-03-04T13:00:00.000000Z'")
    db.close()
    line, status = check_line(config, NOW)
    assert status == 1
    assert "senate: it rests until 2026-03-04 13:00 UTC" in line
    assert check_line(config, NOW.replace(hour=14))[1] == 0


@pytest.mark.parametrize(
    ("now", "status"), [(NOW, 0), (NOW.replace(hour=13), 0), (NOW.replace(hour=14), 1)]
)
def test_a_source_that_its_schedule_forgot_is_a_warning(
    config: Config, store: Any, now: datetime, status: int
) -> None:
    store("crawls", _crawl(), _crawl(replay=1, started="2026-03-04T11:59:00.000000Z"))
    line, code = check_line(config, now)
    assert code == status
    assert ("was last crawled at 2026-03-04 11:45 UTC" in line) == bool(status)


def test_what_was_never_crawled_live_is_not_forgotten(config: Config, store: Any) -> None:
    store("crawls", _crawl(replay=1))
    assert check_line(config, NOW.replace(year=2027))[1] == 0


def test_disabled_and_gone_sources_are_not_checked(config: Config, store: Any) -> None:
    store("crawls", _crawl(outcome="failed", reason="down"))
    off = Config(db=config.db, archive=config.archive, sources=OFF)
    assert check_line(off, NOW) == ("OK: no source is enabled", 0)
    gone = {"senate": SourceConfig(state="gone")}
    assert check_line(Config(db=config.db, archive=config.archive, sources=gone), NOW)[1] == 0
    senate, _ = source_statuses(off, NOW)
    assert (senate.enabled, senate.next_crawl) == (False, None)


def test_what_cannot_be_looked_at_is_unknown(config: Config, tmp_path: Path) -> None:
    line, status = check_line(config, NOW)
    assert status == 3
    assert line == f"UNKNOWN: {config.db}: no such database; a crawl or an import makes one"
    config.db.write_bytes(b"garbage" * 999)
    assert check_line(config, NOW)[1] == 3


def test_the_check_is_one_line_with_its_status(run: Run, recorded: Path) -> None:
    ran = run("status", "--check")
    assert (ran.status, ran.out, ran.err) == (0, "OK: senate 22 items, kazpravda 33 items\n", "")
    ran = run("status", "--check", "--db", "none.db")
    assert (ran.status, ran.out.count("\n")) == (3, 1)


def test_the_table_fits_80_columns_and_the_rest_follows(
    run: Run, config: Config, store: Any, tmp_path: Path
) -> None:
    store("crawls", _crawl(), _crawl("kazpravda", outcome="failed", reason="down"))
    store("items", *(item_row(n) for n in range(3)))
    store("failures", {
        "url": "https://kazpravda.kz/n/odin/", "source": "kazpravda", "stage": "read",
        "reason": "no-date", "detail": "the page shows no date", "first_seen": "", "last_seen": "",
        "times": 1,
    })  # fmt: skip
    ran = run("status", "--db", config.db)
    assert ran.status == 0
    table = ran.out.split("\n\n")[0].splitlines()
    assert all(len(line) <= 80 and line == line.rstrip() for line in table[:3])
    assert table[0].split()[:4] == ["source", "state", "items", "failures"]
    assert "04 Mar 16:45 " in table[1], "in Almaty"
    assert "04 Mar 16:45 failed" in table[2]
    assert "kazpravda needs a look: the last crawl failed: down" in ran.out
    assert "  https://kazpravda.kz/n/odin/\n    the page shows no date\n" in ran.out


def test_the_status_for_machines_holds_every_field(run: Run, recorded: Path) -> None:
    told = json.loads(run("status", "--json").out)
    assert [one["source"] for one in told] == ["senate", "kazpravda"]
    assert list(told[0]) == [
        "source", "state", "enabled", "items", "stories", "addresses", "failures",
        "newest_failures", "last_crawl", "next_crawl", "last_new_item", "needs_look",
    ]  # fmt: skip
    assert told[0]["addresses"]["stored"] == 22


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
