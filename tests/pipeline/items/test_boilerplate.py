"""A body that many addresses of one source give is the site's and no item's, in any order."""

import random
from datetime import date

import pytest
from sqlite_utils import Database

from pipeline.items.history import BOILERPLATE_ADDRESSES
from pipeline.model.capture import ClassifiedCapture
from tests.pipeline.worlds.captures import (
    derived,
    exported,
    imported,
    items,
    kaz,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)

NOTICE = prose("ш", 50)


def empty_pages(count: int) -> list[ClassifiedCapture]:
    """Pages on which the reader found no more than the site's own text, each under its title."""
    return [page(kaz(f"x{n}"), n % 100, NOTICE, title=f"Заголовок {n}") for n in range(count)]


def good_pages(count: int) -> list[ClassifiedCapture]:
    """Pages of articles, every tenth of which quotes the notice."""
    return [
        page(kaz(f"g{n}"), n % 90, f"{prose('г' * (n + 1), 40)} {'' if n % 10 else NOTICE}")
        for n in range(count)
    ]


def reasons(db: Database) -> list[str]:
    return [row[0] for row in db.conn.execute("SELECT reason FROM failures ORDER BY url")]


def taken(captures: list[ClassifiedCapture], size: int) -> Database:
    db = new_database()
    for at in range(0, len(captures), size):
        take(db, *captures[at : at + size])
    return db


def test_five_hundred_pages_of_it_are_failures_and_no_item() -> None:
    db = taken(empty_pages(500), 20)
    assert items(db) == {}
    assert reasons(db) == ["boilerplate"] * 500
    assert db.conn.execute("SELECT count(*) FROM pairs").fetchone() == (0,)


@pytest.mark.parametrize("seed", range(3))
def test_among_good_pages_in_any_order_and_batches_they_alone_fail(seed: int) -> None:
    captures = [*empty_pages(120), *good_pages(60), page(sen(1), 0, NOTICE)]
    rng = random.Random(seed)
    rng.shuffle(captures)
    db = taken(captures, rng.choice((1, 7, 50)))
    assert set(items(db)) == {one.capture.url for one in good_pages(60)} | {sen(1)}
    assert reasons(db) == ["boilerplate"] * 120
    at_once = world(*captures)
    assert exported(db) == exported(at_once)
    assert derived(db) == derived(at_once)


@pytest.mark.parametrize("last", [0, 7, BOILERPLATE_ADDRESSES - 1])
def test_the_twentieth_takes_the_others_with_it_whichever_it_is(last: int) -> None:
    pages = empty_pages(BOILERPLATE_ADDRESSES)
    late = pages.pop(last)
    quoting = [page(sen(1), 0, NOTICE), imported(NOTICE, date(2026, 3, 2))]
    db = world(*pages, *quoting, *good_pages(5)[1:])
    assert len({one["story"] for one in items(db).values()}) == 1 + 4
    take(db, page(kaz("other"), 500, prose("ж", 60)))
    told = take(db, late)
    assert {url for url in items(db) if "/x" in url} == set()
    assert told.new == {quoting[1].text_id}
    assert reasons(db) == ["boilerplate"] * BOILERPLATE_ADDRESSES
    assert len(items(db)) == 1 + 1 + 4 + 1
    captures = [late, page(kaz("other"), 500, prose("ж", 60)), *good_pages(5)[1:], *quoting, *pages]
    assert derived(db) == derived(world(*captures))


def test_a_good_capture_of_such_an_address_is_its_item() -> None:
    pages = empty_pages(BOILERPLATE_ADDRESSES + 1)
    good = page(kaz("x3"), 200, prose("ж", 60))
    for captures in ([*pages, good], [good, *pages]):
        db = taken(captures, 5)
        assert list(items(db)) == [kaz("x3")]
        assert reasons(db) == ["boilerplate"] * BOILERPLATE_ADDRESSES
        assert items(db)[kaz("x3")]["revision"] == 1
