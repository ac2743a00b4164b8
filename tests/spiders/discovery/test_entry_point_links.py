"""However many entry points a site links to, so many are asked in a crawl, and none that comes to
lead to articles is left alone for long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.frontier import entry_points as kept
from pipeline.frontier.backfills import open_backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.frontier.linked_entry_points import (
    LONGEST_PAUSE,
    MOST_AGAIN,
    MOST_LEADING,
    MOST_LINKS,
    MOST_NEW,
    forget_unlinked,
)
from pipeline.model.source import Site
from pipeline.store.database import Store
from spiders.crawl.plan import Plan
from spiders.crawl.plans import BackfillPlan, NewsPlan
from spiders.crawl.session import Session
from spiders.discovery.entry_point_links import LinkedEntryPoints
from spiders.kazpravda import KAZPRAVDA
from tests.pipeline.worlds.captures import new_database

_START = datetime(2026, 3, 4, 7, tzinfo=UTC)
_SITE = "https://kazpravda.kz"
_FRONT = f"{_SITE}/"
_HOUR = timedelta(hours=1)

Answer = Literal["empty", "known", "news", "failed", "absent"]
"""What a list has: no article, only articles that are known already, a new one; or it can't be
read, or is not there."""


def _empty(name: str, now: datetime) -> Answer:
    return "empty"


def _by_name(name: str, now: datetime) -> Answer:
    answers: dict[str, Answer] = {"n1": "news", "n2": "failed", "n3": "known"}
    return answers.get(name, "empty")


@dataclass
class _World:
    """A site whose front page links to lists, and a database that knows it."""

    answer: Callable[[str, datetime], Answer] = _empty
    db: Store = field(default_factory=new_database)
    now: datetime = _START
    asked: list[str] = field(default_factory=list)
    """In the last crawl."""
    notes: list[str] = field(default_factory=list)

    def crawl(self, links: list[str] | None, plan: Plan | None = None) -> list[str]:
        """One crawl, in which the front page links to these lists, or is not changed; the lists
        that are asked, none of them twice.
        """
        session = self.session(plan or NewsPlan())
        lists = LinkedEntryPoints(session)
        self.asked = []
        known = lists.known("listing", session.plan)
        self._ask([one for one in known if session.plan.is_due(one, self.now)], session)
        if links is None:
            self._ask(lists.still_linked(_FRONT), session)
        else:
            self._ask(lists.linked("listing", [_url(name) for name in links], _FRONT), session)
        forget_unlinked(self.db, "kazpravda", session.started)
        self.notes = session.health.notes
        assert len(set(self.asked)) == len(self.asked)
        return self.asked

    def session(self, plan: Plan) -> Session:
        return Session(
            site=Site(KAZPRAVDA, KAZPRAVDA.base_url), db=self.db, archive=Path("none"), crawl=1,
            clock=lambda: self.now, plan=plan,
        )  # fmt: skip

    def _ask(self, found: list[EntryPoint], session: Session) -> None:
        for one in found:
            name = one.url.removeprefix(f"{_SITE}/r/").strip("/")
            self.asked.append(name)
            kept.note_asked(self.db, one.url, self.now)
            answer = self.answer(name, self.now)
            if answer == "failed":
                continue
            if answer != "absent":
                kept.note_first_page(self.db, one.url, self.now, 0 if answer == "empty" else 3)
            if answer == "news":
                kept.note_news(self.db, one.url, self.now)
            kept.note_complete(self.db, one.url, session.plan.backfill_id, self.now, ())

    def rows(self) -> int:
        (count,) = self.db.conn.execute("SELECT count(*) FROM places").fetchone()
        return int(count)


def _url(name: str) -> str:
    return f"{_SITE}/r/{name}/"


def _names(*numbers: int) -> list[str]:
    return [f"n{number}" for number in range(*numbers)]


_VISITS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(0, 400), st.integers(1, 3000)),
    min_size=1, max_size=12,
)  # fmt: skip
"""The first list that the front page links to, how many more, and the minutes until the crawl."""


@given(_VISITS, st.lists(st.sampled_from(("empty", "known", "news", "failed", "absent"))))
@settings(max_examples=25)
def test_whatever_a_site_links_to_the_number_asked_is_bounded(
    visits: list[tuple[int, int, int]], answers: list[Answer]
) -> None:
    kinds: list[Answer] = answers or ["empty"]
    world = _World(lambda name, _: kinds[int(name[1:]) % len(kinds)])
    for first, count, minutes in visits:
        world.now += timedelta(minutes=minutes)
        asked = world.crawl(_names(first, first + count))
        assert len(asked) <= MOST_LEADING + MOST_NEW + MOST_AGAIN
        assert world.rows() <= 400 + count


@given(st.integers(10, 300), st.integers(1, 400), st.integers(0, 24 * 60), st.booleans())
@settings(max_examples=25)
def test_a_list_that_comes_to_have_articles_is_asked_within_a_day(
    minutes: int, lists: int, empty_for: int, calendar: bool
) -> None:
    """A day and a crawl; one more for so many lists that wait with it."""
    step, begins = timedelta(minutes=minutes), _START + timedelta(minutes=empty_for)
    found: list[datetime] = []

    def answer(name: str, now: datetime) -> Answer:
        if name != "n0" or now < begins:
            return "empty"
        found.append(now)
        return "news"

    world = _World(answer)
    crawls = -(-lists // MOST_AGAIN)
    while not found and world.now < begins + LONGEST_PAUSE + step * (crawls + 1):
        days = [f"day{world.now:%d%H%M}-{number}" for number in range(200 * calendar)]
        world.crawl([*_names(lists), *days])
        world.now += step
    assert found
    for _ in range(3):
        world.now += step
        assert "n0" in world.crawl(_names(lists))


@pytest.mark.parametrize("answer", ["empty", "known", "absent"])
@pytest.mark.parametrize("links", [31, 90])
def test_a_calendar_without_end_costs_every_crawl_the_same(answer: Answer, links: int) -> None:
    world = _World(lambda name, now: answer)
    counts = []
    for crawl in range(20):
        counts.append(len(world.crawl(_names(crawl * links, (crawl + 1) * links))))
        world.now += _HOUR / 4
    assert set(counts) == {links}
    assert world.notes == []
    assert world.rows() <= 400 + links


def test_lists_without_articles_are_asked_less_and_less_and_others_always() -> None:
    world = _World(_by_name)
    counts = dict.fromkeys(_names(6), 0)
    for _ in range(96):
        for name in world.crawl(_names(6)):
            counts[name] += 1
        world.now += _HOUR / 4
    assert counts == {"n0": 6, "n1": 96, "n2": 96, "n3": 96, "n4": 6, "n5": 6}


def test_one_that_led_to_articles_is_asked_also_when_no_page_links_to_it() -> None:
    world = _World(lambda name, now: "news" if now == _START else "empty")
    for _ in range(50):
        assert world.crawl(["n0"] if world.now == _START else []) == ["n0"]
        world.now += 12 * _HOUR
    for _ in range(14):
        world.crawl([])
        world.now += 12 * _HOUR
    assert world.crawl([]) == []
    assert world.rows() == 0


def test_one_that_led_to_nothing_is_asked_while_a_page_links_to_it() -> None:
    world = _World(lambda name, now: "known")
    for links, asked in ((["n0"], ["n0"]), (None, ["n0"]), ([], []), (None, []), (["n0"], ["n0"])):
        assert world.crawl(links) == asked
        world.now += _HOUR


def test_more_than_are_asked_in_a_crawl_take_their_turns_and_it_is_said() -> None:
    world = _World(lambda name, now: "news")
    first = world.crawl(_names(150))
    assert first == _names(MOST_NEW)
    assert world.notes == [
        f"{_FRONT} links to more than 100 lists that were never asked; so many are asked in one "
        "crawl"
    ]
    world.now += _HOUR
    assert sorted(world.crawl([*_names(500, 540), *_names(150)])) == sorted(
        [*_names(150), *_names(500, 540)]
    )
    world.now += _HOUR
    assert len(world.crawl([*_names(540, 600), *_names(150)])) == 250
    world.now += _HOUR
    turns = [set(world.crawl([])) for _ in range(2)]
    assert [len(turn) for turn in turns] == [MOST_LEADING] * 2
    assert world.notes == [
        "250 lists that pages link to have led to articles; 200 of them are asked in one crawl, in"
        " turn"
    ]
    assert len(turns[0] | turns[1]) == 250


def test_a_new_rubric_gets_its_look_among_ever_new_days() -> None:
    world = _World()
    world.crawl([*_names(200), "rubric"])
    world.now += _HOUR
    assert "rubric" in world.crawl([*_names(200, 400), "rubric"])


def test_of_a_page_with_thousands_of_links_the_first_are_taken_in_and_it_is_said() -> None:
    world = _World()
    world.crawl(_names(MOST_LINKS + 1))
    assert f"{_FRONT} links to 1001 lists; the first 1000 are taken in" in world.notes
    assert world.rows() == MOST_LINKS
    lists = LinkedEntryPoints(world.session(NewsPlan()))
    assert lists.all_taken
    lists.linked("listing", [_url(name) for name in _names(MOST_LINKS + 1)], _FRONT)
    assert not lists.all_taken, "so a backfill proves no day"


@pytest.fixture
def backfill() -> Iterator[tuple[_World, BackfillPlan]]:
    world = _World()
    span = open_backfill(world.db, "kazpravda", _START.date(), None, _START)
    yield world, BackfillPlan(span=span)
    world.db.close()


def test_a_backfill_asks_each_once_and_full_all_that_are_known(
    backfill: tuple[_World, BackfillPlan],
) -> None:
    world, plan = backfill
    world.crawl(_names(150))
    assert sorted(world.crawl(_names(100, 250), plan)) == sorted(_names(250))
    assert world.crawl(_names(100, 250), plan) == []
    assert len(world.crawl(_names(250), NewsPlan(full=True))) == 250


def test_beside_a_backfill_what_is_due_is_asked_too(backfill: tuple[_World, BackfillPlan]) -> None:
    world, plan = backfill
    world.answer = _by_name
    session = world.session(plan)
    lists = LinkedEntryPoints(session)
    world._ask(lists.linked("listing", [_url(name) for name in _names(4)], _FRONT), session)
    for hours, due in ((0.5, {"n1", "n2", "n3"}), (1.5, {"n0", "n1", "n2", "n3"})):
        world.now = _START + hours * _HOUR
        found = lists.beside("listing", plan.news_beside())
        assert {one.url for one in found} == {_url(name) for name in due}
