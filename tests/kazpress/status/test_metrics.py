"""`status --prometheus`, read by Prometheus' own parser."""

import re
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from kazpress.config import Config, SourceConfig
from kazpress.status.metrics import metrics_text
from kazpress.status.source_status import source_statuses
from pipeline.archive.lock import source_lock
from pipeline.monitoring.request_ledger import RequestLedger
from pipeline.store.database import open_for_writing
from tests.kazpress.conftest import Run, Store
from tests.pipeline.worlds.rows import address_rows, crawl_row, item_row

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOSTILE = 'a"b\\c\nd'


@pytest.fixture
def metrics(config: Config, store: Store) -> dict[str, Metric]:
    """Those of a world with something of everything."""
    store("crawls", crawl_row("kazpravda"), crawl_row(), crawl_row(outcome="failed", reason="x"),
          crawl_row(outcome="killed"), crawl_row(outcome=None, finished=None))  # fmt: skip
    store("items", item_row(1), item_row(2))
    store("addresses", *address_rows({date(2026, 3, 3): 3}, state="found"))
    store("failures", {
        "url": "https://kazpravda.kz/n/1/", "source": "kazpravda", "stage": "read",
        "reason": HOSTILE, "detail": "", "first_seen": "", "last_seen": "", "times": 1,
    })  # fmt: skip
    with closing(open_for_writing(config.db, ())) as db:
        ledger = RequestLedger(db, "senate", lambda: NOW)
        ledger.note_request(None, delay=2.0)
        ledger.note_request(2.5, delay=2.0)
        ledger.note_answer(1234, not_modified=False, refused=False)
        ledger.write()
    with source_lock(config.archive, "senate", "crawl", NOW):
        text = metrics_text(source_statuses(config, NOW))
    found = list(text_string_to_metric_families(text))
    assert len({one.name for one in found}) == len(found), "each stands once"
    return {one.name: one for one in found}


def _value(metrics: dict[str, Metric], name: str, **labels: str) -> float:
    (sample,) = [
        one for one in metrics[name].samples if labels.items() <= one.labels.items()
    ]  # fmt: skip
    return float(sample.value)


def test_they_are_named_and_described_as_prometheus_wants_it(metrics: dict[str, Metric]) -> None:
    for name, metric in metrics.items():
        assert re.fullmatch(r"kazpress_[a-z_]+[a-z]", name)
        assert metric.documentation.endswith(".")
        assert metric.type in ("gauge", "counter")
        assert not name.endswith(("_count", "_sum", "_bucket", "_info"))
        if metric.type == "counter":
            assert {one.name for one in metric.samples} <= {f"{name}_total"}
        if "timestamp" in name:
            assert name.endswith("_timestamp_seconds")


def test_they_tell_how_each_source_stands(metrics: dict[str, Metric]) -> None:
    assert _value(metrics, "kazpress_items", source="kazpravda") == 2
    assert _value(metrics, "kazpress_source_status", source="senate") == 2
    assert _value(metrics, "kazpress_source_status", source="kazpravda") == 0
    assert _value(metrics, "kazpress_findings", kind="crawl-failed", severity="critical") == 1
    assert _value(metrics, "kazpress_crawls", source="senate", outcome="killed") == 1
    assert _value(metrics, "kazpress_crawl_running", source="senate") == 1
    assert _value(metrics, "kazpress_crawls_killed_in_a_row", source="senate") == 1
    ended = _value(metrics, "kazpress_last_crawl_end_timestamp_seconds", source="senate")
    assert ended == datetime(2026, 3, 4, 11, 46, tzinfo=UTC).timestamp()
    assert _value(metrics, "kazpress_waiting_addresses", source="kazpravda", kind="news") == 3
    assert _value(metrics, "kazpress_requests", source="senate") == 2
    assert _value(metrics, "kazpress_received_bytes", source="senate") == 1234
    assert _value(metrics, "kazpress_requests", source="kazpravda") == 0
    assert _value(metrics, "kazpress_disk_free_bytes", holds="database") > 0


def test_what_is_not_known_has_no_sample(metrics: dict[str, Metric]) -> None:
    seen = metrics["kazpress_newest_item_seen_timestamp_seconds"].samples
    assert [one.labels["source"] for one in seen] == ["kazpravda"], "the Senate has no item"
    assert metrics["kazpress_rest_end_timestamp_seconds"].samples == []


def test_no_text_from_outside_breaks_a_line(metrics: dict[str, Metric]) -> None:
    assert _value(metrics, "kazpress_failures", what="pages", reason=HOSTILE) == 1


def test_a_source_that_is_not_crawled_is_no_fault(config: Config, store: Store) -> None:
    store("crawls", crawl_row(outcome="failed", reason="down"))
    off = {"senate": SourceConfig(enabled=False)}
    statuses = source_statuses(Config(db=config.db, archive=config.archive, sources=off), NOW)
    families = text_string_to_metric_families(metrics_text(statuses))
    found = {one.name: one for one in families}
    assert _value(found, "kazpress_source_enabled", source="senate") == 0
    assert _value(found, "kazpress_source_status", source="senate") == 0


def test_the_command_prints_metrics_alone_and_nothing_where_it_cannot_look(
    run: Run, recorded: Path
) -> None:
    ran = run("status", "--prometheus")
    assert (ran.status, ran.err) == (0, "")
    assert len(list(text_string_to_metric_families(ran.out))) > 20
    ran = run("status", "--prometheus", "--db", "none.db")
    assert (ran.status, ran.out) == (1, "")
