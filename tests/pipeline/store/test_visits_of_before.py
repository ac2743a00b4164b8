"""A database from before articles were visited for ever: the old ones are visited again."""

from datetime import datetime, timedelta

from pipeline.clock import stamp
from pipeline.frontier.crawls import add_crawl
from pipeline.store.migrations import m029_visits_go_on
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import at, kaz, missing, page, prose, world


def test_they_are_spread_over_half_a_year_and_others_keep_their_time() -> None:
    pages = [page(kaz(f"a{n}"), 0, prose("щ" * (n + 1), 40)) for n in range(40)]
    db = world(*pages, missing(kaz("failed"), 0))
    add_crawl(db, "kazpravda", at(2000), is_replay=False)
    with writing(db):
        db.conn.execute("DROP INDEX addresses_lied")
        db.conn.execute("ALTER TABLE addresses DROP COLUMN lied_at")
        db.conn.execute("UPDATE addresses SET next_try = NULL WHERE url != ?", (kaz("a0"),))
        m029_visits_go_on(db)
    due = dict(db.conn.execute("SELECT url, next_try FROM addresses WHERE state = 'stored'"))
    assert due.pop(kaz("a0")) == stamp(at(2))
    days = [(datetime.fromisoformat(one) - at(2000)) / timedelta(days=1) for one in due.values()]
    assert min(days) >= 0
    assert max(days) < 180
    assert len({round(day) for day in days}) > 20
    failed = db.conn.execute("SELECT next_try FROM addresses WHERE state = 'failed'").fetchall()
    assert failed == [(None,)]
