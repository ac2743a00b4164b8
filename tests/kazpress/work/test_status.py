"""`status`, `status --check` and `sources`: what the operator sees, at a given moment."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.work.status import check_line, described_sources, source_statuses
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from tests.kazpress.conftest import Run, Store
from tests.pipeline.worlds.rows import address_rows, crawl_row, item_row

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
OFF = {"senate": SourceConfig(enabled=False), "kazpravda": SourceConfig(enabled=False)}


def test_a_new_database_holds_nothing_that_needs_a_look(config: Config, store: Store) -> None:
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


def test_a_failed_crawl_is_critical_and_says_why(config: Config, store: Store) -> None:
    store("items", item_row(1))
    store("crawls", crawl_row(outcome="failed", reason="no listing could be read: HTTP 503"))
    assert check_line(config, NOW) == ("CRITICAL: senate: no listing could be read: HTTP 503", 2)
    (senate, _) = source_statuses(config, NOW)
    assert senate.needs_look == ("the last crawl failed: no listing could be read: HTTP 503",)
    store("crawls", crawl_row())
    assert check_line(config, NOW)[1] == 0, "the newest crawl counts"


def test_what_a_crawl_noted_is_a_warning_for_each_line(config: Config, store: Store) -> None:
    store("crawls", crawl_row(needs_look="one thing\nanother"))
    assert check_line(config, NOW) == ("WARNING: senate: one thing; senate: another", 1)


def test_items_stored_by_older_rules_need_a_reparse(config: Config, store: Store) -> None:
    store("items", item_row(1))
    assert check_line(config, NOW)[1] == 0
    db = open_for_writing(config.db, ())
    db.conn.execute("PRAGMA user_version = 1")
    db.close()
    (senate, kazpravda) = source_statuses(config, NOW)
    assert ["kazpress reparse" in look for look in kazpravda.needs_look] == [True]
    assert senate.needs_look == (), "it has none"


def test_a_source_at_rest_is_a_warning_until_it_ends(config: Config, store: Store) -> None:
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
    config: Config, store: Store, now: datetime, status: int
) -> None:
    store("crawls", crawl_row(), crawl_row(replay=1, started="2026-03-04T11:59:00.000000Z"))
    line, code = check_line(config, now)
    assert code == status
    assert ("was last crawled at 2026-03-04 11:45 UTC" in line) == bool(status)


def test_what_was_never_crawled_live_is_not_forgotten(config: Config, store: Store) -> None:
    store("crawls", crawl_row(replay=1))
    assert check_line(config, NOW.replace(year=2027))[1] == 0


def test_disabled_and_gone_sources_are_not_checked(config: Config, store: Store) -> None:
    store("crawls", crawl_row(outcome="failed", reason="down"))
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
    run: Run, config: Config, store: Store, tmp_path: Path
) -> None:
    store("crawls", crawl_row(), crawl_row("kazpravda", outcome="failed", reason="down"))
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
        "newest_failures", "last_crawl", "next_crawl", "last_new_item", "needs_look", "gaps",
        "backfills", "coverage",
    ]  # fmt: skip
    assert told[0]["addresses"]["stored"] == 22
    title = {"items": 22, "share": 1.0, "read_by": {"layout": 22}}
    assert told[0]["coverage"]["title"] == title


def test_the_coverage_of_fields_is_counted_only_where_it_is_asked_for(
    config: Config, store: Store
) -> None:
    store("items", item_row(1, lead="Первый абзац", read_by='{"lead":"generic"}'))
    assert source_statuses(config, NOW)[1].coverage == {}
    senate, kazpravda = source_statuses(config, NOW, with_coverage=True)
    assert kazpravda.coverage["lead"].read_by == {"generic": 1}
    assert senate.coverage == {}, "it has no items"


def test_a_way_of_finding_that_has_stopped_needs_a_look(config: Config, store: Store) -> None:
    at = "2026-03-04T11:46:00.000000Z"
    store("crawls", crawl_row("kazpravda"))
    store(
        "ways",
        {"source": "kazpravda", "way": "feed", "asked_at": at, "found_at": "2026-02-01T00:00:00Z"},
        {"source": "kazpravda", "way": "listing", "asked_at": at, "found_at": at},
        {
            "source": "kazpravda",
            "way": "sitemap",
            "asked_at": at,
            "found_at": "2026-02-01T00:00:00Z",
        },
    )
    store("places", {
        "url": "https://kazpravda.kz/sitemap.xml", "source": "kazpravda", "way": "sitemap",
        "answered_at": at, "articles": 3,
    })  # fmt: skip
    found = {"found_at": "2026-02-20T10:00:00.000000Z", "ways": "listing,sitemap"}
    store("addresses", *address_rows({date(2026, 2, 20): 1}, **found))
    found = {"found_at": "2026-03-02T10:00:00.000000Z", "state": "captured"}
    store("addresses", *address_rows({date(2026, 3, 2): 37}, **found))
    looks = (
        "feed: has named no article since 2026-02-01, as it did before",
        "sitemap: has found nothing new since 2026-02-20, while other ways found 37 addresses",
    )
    assert source_statuses(config, NOW)[1].needs_look == looks
    frozen = {"kazpravda": SourceConfig(state="frozen")}
    assert check_line(Config(db=config.db, archive=config.archive, sources=frozen), NOW)[1] == 0


def test_drift_is_told_once_and_of_the_last_look(config: Config, store: Store) -> None:
    for day in range(1, 20):
        published = f"2026-02-{day:02}T10:00:00+05:00"
        store("items", item_row(day, published=published, first_seen="2026-02-20"))
    said = "nothing new was published since 2026-02-19; usually there is something every 24 hours"
    read = {"looked_at": 10, "unreadable": 0, "by_layout": 4}
    fall = "only 4 of 10 pages were read by the source's own layout; 95% are expected"
    store("crawls", crawl_row("kazpravda", started="2026-02-21T10:00:00.000000Z", **read))
    assert source_statuses(config, NOW)[1].needs_look[1:] == (fall,), "nobody has looked since"
    store("crawls", crawl_row("kazpravda", needs_look=said))
    assert source_statuses(config, NOW)[1].needs_look == (said, fall)
    store("crawls", crawl_row("kazpravda", single=1))
    assert source_statuses(config, NOW)[1].needs_look == (fall, said)


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
