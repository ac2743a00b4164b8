"""`status`: what the operator sees, at a given moment."""

import json
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.status.source_status import SourceStatus, source_statuses
from pipeline.archive.lock import source_lock
from pipeline.monitoring.request_ledger import RequestLedger
from pipeline.query.source_state import FailureCount, Waiting
from pipeline.store.database import open_for_writing
from tests.kazpress.conftest import Run, Store
from tests.pipeline.worlds.rows import address_rows, crawl_row, item_row

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
KEYS = [
    "source", "state", "enabled", "items", "stories", "addresses", "failures",
    "newest_failures", "last_crawl", "next_crawl", "last_new_item", "needs_look", "gaps",
    "backfills", "coverage",
]  # fmt: skip
"""Those that scripts have read since the first version, in this order."""


@pytest.fixture
def crawled(store: Store) -> Store:
    """Both sources have been crawled a quarter of an hour ago."""
    store("crawls", crawl_row("senate"), crawl_row("kazpravda"))
    return store


def _failure(url: str, **facts: str) -> dict[str, Any]:
    return {
        "url": url, "source": "kazpravda", "stage": "read", "reason": "no-date",
        "detail": "the page shows no date", "first_seen": "", "last_seen": "", "times": 1,
    } | facts  # fmt: skip


def _senate(config: Config, now: datetime = NOW) -> SourceStatus:
    return source_statuses(config, now)[0]


def _kazpravda(config: Config) -> SourceStatus:
    return source_statuses(config, NOW)[1]


def test_a_new_database_has_no_items_and_was_never_crawled(config: Config, store: Store) -> None:
    senate, kazpravda = source_statuses(config, NOW)
    assert (senate.source, senate.state, senate.items, senate.failures) == (
        "senate", "active", 0, 0,
    )  # fmt: skip
    assert (senate.last_crawl, senate.last_new_item, senate.last_published) == (None, None, None)
    assert senate.needs_look == (
        'it was never crawled, though its schedule is "*/30 * * * *"; is the daemon running?',
    )
    assert kazpravda.next_crawl is not None


def test_a_crawl_runs_while_its_lock_is_held_and_was_killed_once_it_is_free(
    config: Config, store: Store
) -> None:
    store("crawls", crawl_row(), crawl_row(outcome=None, finished=None))
    with source_lock(config.archive, "senate", "crawl", NOW):
        running = _senate(config)
        assert running.crawls.now.state == "crawling"
        assert running.crawls.now.since == "2026-03-04T11:45:00.000000Z"
        assert "(crawl, since 2026-03-04 17:00)" in (running.crawls.now.held_by or "")
        assert (running.crawls.last_outcome, running.needs_look) == ("done", ())
    killed = _senate(config)
    assert (killed.crawls.now.state, killed.crawls.last_outcome) == ("idle", "killed")
    assert killed.crawls.killed_in_a_row == 1
    assert [one.kind for one in killed.findings] == ["crawl-killed"]


def test_killed_crawls_are_counted_up_to_the_last_that_ended(config: Config, store: Store) -> None:
    killed = crawl_row(outcome="killed", reason="killed by SIGKILL, out of memory?")
    left = crawl_row(outcome=None, finished=None)
    single = crawl_row(outcome="killed", single=1)
    store("crawls", killed, crawl_row(), left, killed, single, crawl_row(replay=1), killed)
    status = _senate(config)
    assert status.crawls.killed_in_a_row == 3
    (finding,) = status.findings
    assert finding.severity == "critical"
    assert finding.sentence == (
        "its last 3 crawls did not come to their end: killed by SIGKILL, out of memory?"
    )
    store("crawls", left)
    with source_lock(config.archive, "senate", "crawl", NOW):
        assert _senate(config).crawls.killed_in_a_row == 3, "the next one has not ended yet"


def test_another_command_holds_a_source_without_a_crawl(config: Config, crawled: Store) -> None:
    with source_lock(config.archive, "senate", "reparse", NOW):
        now = _senate(config).crawls.now
    assert (now.state, now.since) == ("held", None)
    assert "reparse" in (now.held_by or "")


def test_what_was_published_and_what_came_in_are_two_things(config: Config, store: Store) -> None:
    old = {"published": "2019-05-01", "first_seen": "2026-03-04T09:00:00Z"}
    store("items", item_row(1, **old), item_row(2, first_seen="2026-03-04T06:00:00Z"))
    status = _kazpravda(config)
    assert status.last_published == "2026-03-04T10:00:00+05:00"
    assert status.last_new_item == "2026-03-04T09:00:00Z"


def test_failures_are_told_by_cause_and_guesses_apart(config: Config, store: Store) -> None:
    url = "https://kazpravda.kz"
    listing = {"stage": "listing", "reason": "no-article"}
    store("places", *(
        {"source": "kazpravda", "way": "listing"} | one
        for one in (
            {"url": f"{url}/", "usual": None}, {"url": f"{url}/rubric/empty", "usual": 0},
            {"url": f"{url}/rubric/lost", "usual": 12}, {"url": f"{url}/feed", "usual": None},
            {"url": f"{url}/day", "day": "2026-03-01", "usual": None},
        )
    ))  # fmt: skip
    store("failures", *(
        _failure(f"{url}/n/{n}/", stage="read", reason=reason)
        for n, reason in enumerate(("no-date", "no-date", "soft-404"))
    ), _failure(f"{url}/n/9/", stage="fetch", reason="timeout"), *(
        _failure(f"{url}{path}", **listing)
        for path in ("/", "/rubric/empty", "/rubric/lost", "/day")
    ), _failure(f"{url}/feed", stage="listing", reason="http-500"))  # fmt: skip
    told = [(one.what, one.reason, one.count) for one in _kazpravda(config).failures_by_cause]
    assert sorted(told) == [
        ("guesses", "http-500", 1), ("guesses", "no-article", 1), ("pages", "no-date", 2),
        ("pages", "soft-404", 1), ("pages", "timeout", 1), ("places", "no-article", 3),
    ]  # fmt: skip
    assert _kazpravda(config).failures == 9
    assert _kazpravda(config).failures_by_cause[0] == FailureCount(
        what="places", reason="no-article", count=3
    )


def test_what_is_found_and_not_yet_asked_is_counted(config: Config, store: Store) -> None:
    due = {"next_try": "2026-03-04T11:00:00.000000Z"}
    for number, facts in (
        (4, {"state": "found"}), (3, {"state": "found", "backfill": 1}),
        (5, {"state": "stored", "item": "x"} | due), (2, {"state": "failed"} | due),
        (1, {"state": "refused", "next_try": "2026-03-05T11:00:00.000000Z"}), (9, {}),
        (1, {"state": "found", "source": "senate"}),
    ):  # fmt: skip
        rows = address_rows({date(2026, 3, 3): number}, **facts)
        store("addresses", *(row | {"url": f"{row['url']}{facts}"} for row in rows))
    assert _kazpravda(config).waiting == Waiting(news=4, backfills=3, again=2, visits=5)
    assert _senate(config).waiting.news == 0, "it is of a host that is not asked any more"


def test_a_source_that_is_not_crawled_has_no_next_crawl(config: Config, store: Store) -> None:
    off = {"senate": SourceConfig(enabled=False)}
    senate = _senate(Config(db=config.db, archive=config.archive, sources=off))
    assert (senate.enabled, senate.next_crawl, senate.needs_look) == (False, None, ())


def test_items_stored_by_older_rules_need_a_reparse(config: Config, crawled: Store) -> None:
    crawled("items", item_row(1))
    assert _kazpravda(config).needs_look == ()
    db = open_for_writing(config.db, ())
    db.conn.execute("PRAGMA user_version = 1")
    db.close()
    (senate, kazpravda) = source_statuses(config, NOW)
    assert ["kazpress reparse" in look for look in kazpravda.needs_look] == [True]
    assert senate.needs_look == (), "it has none"


@pytest.mark.parametrize(
    ("ended", "overdue"), [("11:59:00", False), ("10:01:00", False), ("09:50:00", True)]
)
def test_overdue_is_counted_from_the_last_crawl_that_ended(
    config: Config, store: Store, ended: str, overdue: bool
) -> None:
    long_ago = {"started": "2026-03-01T00:00:00.000000Z"}
    store("crawls", crawl_row(finished=f"2026-03-04T{ended}.000000Z", **long_ago))
    said = [one.kind for one in _senate(config).findings]
    assert said == (["crawl-overdue"] if overdue else [])


def test_killed_crawls_replays_and_single_articles_hide_no_overdue_crawl(
    config: Config, store: Store
) -> None:
    store("crawls", crawl_row(finished="2026-03-04T01:00:00.000000Z"), crawl_row(replay=1),
          crawl_row(single=1), crawl_row(outcome="killed"))  # fmt: skip
    status = _senate(config)
    assert [one.kind for one in status.findings] == ["crawl-killed", "crawl-overdue"]
    assert "its last crawl ended at 2026-03-04 06:00" in status.needs_look[1]
    with source_lock(config.archive, "senate", "import", NOW):
        assert "(import, since 2026-03-04 17:00) holds it" in _senate(config).needs_look[1]


def test_a_crawl_that_asks_nothing_for_long_may_hang(config: Config, store: Store) -> None:
    began = "2026-03-04T05:00:00.000000Z"
    store("crawls", crawl_row(started=began, finished=None, outcome=None))
    with source_lock(config.archive, "senate", "crawl", NOW):
        (hangs,) = _senate(config).findings
        assert hangs.kind == "crawl-hangs"
        assert "has asked nothing since 2026-03-04 10:00" in hangs.sentence
        with closing(open_for_writing(config.db, ())) as db:
            ledger = RequestLedger(db, "senate", lambda: NOW.replace(hour=11))
            ledger.note_request(None, delay=2.0)
            ledger.write()
        assert _senate(config).findings == ()


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
    assert _kazpravda(config).needs_look == looks
    frozen = {"kazpravda": SourceConfig(state="frozen")}
    assert _kazpravda(Config(db=config.db, archive=config.archive, sources=frozen)).findings == ()


def test_silence_is_told_as_of_the_last_look(config: Config, store: Store) -> None:
    for day in range(1, 20):
        published = f"2026-02-{day:02}T10:00:00+05:00"
        store("items", item_row(day, published=published, first_seen="2026-02-20"))
    said = "nothing new was published since 2026-02-19; usually there is something every 24 hours"
    store("crawls", crawl_row("kazpravda", started="2026-02-20T01:00:00.000000Z",
                              finished="2026-03-04T11:00:00.000000Z"))  # fmt: skip
    assert _kazpravda(config).needs_look == (), "nobody has looked since"
    store("crawls", crawl_row("kazpravda", needs_look=said, from_stored=said))
    assert _kazpravda(config).needs_look == (said,)


def test_notes_on_what_is_stored_are_judged_again(config: Config, store: Store) -> None:
    store("crawls", crawl_row(
        needs_look="/ru links to no article any more\n5 of 5 pages lack a title, date or body",
        from_stored="5 of 5 pages lack a title, date or body", asked=5, looked_at=5,
    ))  # fmt: skip
    assert _senate(config).needs_look == ("/ru links to no article any more",)


def test_the_tables_fit_80_columns_and_the_rest_follows(
    run: Run, config: Config, store: Store
) -> None:
    store("crawls", crawl_row(), crawl_row("kazpravda", outcome="failed", reason="down"))
    store("items", *(item_row(n) for n in range(3)))
    store("addresses", *address_rows({date(2026, 3, 3): 4}, state="found"))
    store("failures", _failure("https://kazpravda.kz/n/odin/"))
    ran = run("status", "--db", config.db)
    assert ran.status == 0
    of_items, of_crawls = (part.splitlines() for part in ran.out.split("\n\n")[:2])
    assert all(len(line) <= 80 and line == line.rstrip() for line in of_items + of_crawls[:3])
    assert of_items[0].split("  ")[0] == "source"
    assert of_items[2].split() == [
        "kazpravda", "active", "3", "1", "4", "2026-03-04", "2026-03-04", "11:00",
    ]  # fmt: skip
    assert of_crawls[2].split()[:4] == ["kazpravda", "2026-03-04", "16:45", "failed"]
    assert "kazpravda needs a look: the last crawl failed: down" in ran.out
    assert "kazpravda: articles that failed: 1 (1 no-date)\n" in ran.out
    assert "kazpravda: articles found and not yet asked for: 4;" in ran.out
    assert "  https://kazpravda.kz/n/odin/\n    the page shows no date\n" in ran.out


def test_the_status_for_machines_holds_every_field(run: Run, recorded: Path) -> None:
    told = json.loads(run("status", "--json").out)
    assert [one["source"] for one in told] == ["senate", "kazpravda"]
    assert list(told[0])[: len(KEYS)] == KEYS
    assert set(told[0]) - set(KEYS) == {
        "findings", "crawls", "crawls_by_outcome", "failures_by_cause", "waiting",
        "unsettled", "last_published", "politeness", "politeness_totals", "disk", "archives",
        "files_away",
    }  # fmt: skip
    assert told[0]["addresses"]["stored"] == 22
    title = {"items": 22, "share": 1.0, "read_by": {"layout": 22}}
    assert told[0]["coverage"]["title"] == title
    assert told[0]["crawls"]["now"]["state"] == "idle"
    assert told[0]["disk"][0]["holds"] == ["database", "archive"]
    assert told[0]["disk"][0]["free_bytes"] > 0


def test_the_coverage_of_fields_is_counted_only_where_it_is_asked_for(
    config: Config, store: Store
) -> None:
    store("items", item_row(1, lead="Первый абзац", read_by='{"lead":"generic"}'))
    assert _kazpravda(config).coverage == {}
    senate, kazpravda = source_statuses(config, NOW, with_coverage=True)
    assert kazpravda.coverage["lead"].read_by == {"generic": 1}
    assert senate.coverage == {}, "it has no items"
