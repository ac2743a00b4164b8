"""Days of which something may be missing, as `status` shows them."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.status.monitor_line import check_line
from kazpress.status.source_status import source_statuses
from pipeline.monitoring.gaps import Gap
from tests.kazpress.conftest import Run, Store
from tests.pipeline.worlds.rows import address_rows, crawl_row

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """One source alone is crawled."""
    off = {"senate": SourceConfig(enabled=False)}
    return Config(db=tmp_path / "k.db", archive=tmp_path / "archive", sources=off)


def _days(number: int, articles: int) -> dict[date, int]:
    """The days before the present one, the newest first."""
    return {NOW.date() - timedelta(days=ago): articles for ago in range(number)}


def test_days_with_few_articles_need_a_look_until_they_are_proven(
    run: Run, config: Config, store: Store
) -> None:
    first = crawl_row("kazpravda", started="2025-12-01T06:00:00.000000Z")
    store("crawls", first, crawl_row("kazpravda"))
    few = {date(2026, 2, day): 1 for day in (3, 4, 11, 12)}
    store("addresses", *address_rows(_days(60, 8) | few))
    said = (
        "4 days have far fewer articles than usual: 2026-02-12 (1, usually 8), 2026-02-11 (1, "
        "usually 8), 2026-02-04 (1, usually 8) and 1 more; "
        "to ask again: kazpress crawl kazpravda --since 2026-02-03 --until 2026-02-12"
    )
    assert check_line(config, NOW) == (f"WARNING: kazpravda: {said}", 1)
    kazpravda = source_statuses(config, NOW)[1]
    assert kazpravda.gaps[0] == Gap(
        day=date(2026, 2, 12), found=1, captured=1, stored=0, failed=0, usual=8, proven=False
    )
    told = json.loads(run("status", "--json", "--db", config.db).out)[1]["gaps"]
    assert [gap["day"] for gap in told] == ["2026-02-12", "2026-02-11", "2026-02-04", "2026-02-03"]
    assert list(told[0]) == ["day", "found", "captured", "stored", "failed", "usual", "proven"]
    store("proven_days", *({"source": "kazpravda", "day": str(day), "at": ""} for day in few))
    assert check_line(config, NOW)[1] == 0
    assert (
        "kazpravda: 4 days have far fewer articles than usual, and a backfill found no more: "
        in (run("status", "--db", config.db).out)
    )


def test_days_that_nobody_watched_are_no_gaps(config: Config, store: Store) -> None:
    store("addresses", *address_rows(_days(60, 8) | {date(2026, 2, 3): 0}))
    assert source_statuses(config, NOW)[1].gaps == ()
    store("crawls", crawl_row("kazpravda", started="2026-02-03T01:00:00.000000Z"))
    assert source_statuses(config, NOW)[1].gaps == ()
    store("backfills", _backfill(finished=None))
    assert source_statuses(config, NOW)[1].gaps == (), "it is not over"
    store("backfills", _backfill())
    assert [gap.day for gap in source_statuses(config, NOW)[1].gaps] == [date(2026, 2, 3)]


def _backfill(**facts: Any) -> dict[str, Any]:
    return {
        "source": "kazpravda", "since": "2026-01-10", "until": "2026-03-01", "open_end": 0,
        "started": "2026-03-01T10:00:00.000000Z", "finished": "2026-03-02T10:00:00.000000Z",

    } | facts  # fmt: skip


def test_an_interrupted_backfill_is_shown_and_no_warning(
    run: Run, config: Config, store: Store
) -> None:
    store("crawls", crawl_row("kazpravda"))
    store("backfills", _backfill(finished=None), _backfill(since="2020-01-01", finished=None))
    store("addresses", *address_rows({date(2026, 2, 3): 3}, state="found", backfill=1))
    assert check_line(config, NOW)[1] == 0
    (left,) = source_statuses(config, NOW)[1].backfills
    assert (left.finished, left.addresses_left) == (False, 3)
    assert (
        "kazpravda: the backfill of 2020-01-01 to 2026-03-01 is not finished, 3 addresses are "
        "left; to go on: kazpress crawl kazpravda --since 2020-01-01 --until 2026-03-01\n"
    ) in run("status", "--db", config.db).out
    store("backfills", _backfill(since="2020-01-01", open_end=1, finished=None, until="2026-03-04"))
    (left,) = source_statuses(config, NOW)[1].backfills
    assert left.command == "kazpress crawl kazpravda --since 2020-01-01"


def test_days_that_a_finished_backfill_left_unproven_are_shown(
    run: Run, config: Config, store: Store
) -> None:
    store("crawls", crawl_row("kazpravda"))
    store("backfills", _backfill(since="2026-02-26", until="2026-03-02"))
    days = ("2026-02-26", "2026-02-28", "2026-03-01")
    store("proven_days", {"source": "kazpravda", "day": "2026-02-27", "at": ""})
    assert check_line(config, NOW)[1] == 0
    assert (
        "kazpravda: the backfill of 2026-02-26 to 2026-03-02 is finished, but 3 days are not "
        "proven complete (from 2026-02-26 to 2026-03-01); to ask again: kazpress crawl kazpravda "
        "--since 2026-02-26 --until 2026-03-01\n"
    ) in run("status", "--db", config.db).out
    store("proven_days", *({"source": "kazpravda", "day": day, "at": ""} for day in days[:2]))
    assert "but 1 day, 2026-03-01, is not proven complete; to ask" in (
        run("status", "--db", config.db).out
    )
    store("proven_days", {"source": "kazpravda", "day": days[2], "at": ""})
    assert source_statuses(config, NOW)[1].backfills == ()
