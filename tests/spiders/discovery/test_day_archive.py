"""Which days of an archive a crawl asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kazpress.config import Config
from pipeline.frontier.backfills import finish_backfill
from pipeline.frontier.entry_points import EntryPoint, note_archive_form, note_complete, note_way
from pipeline.model.capture import Found
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from spiders.crawl.lifecycle import Span, open_session
from spiders.crawl.session import Session
from spiders.discovery.day_archive import ArchiveDays
from spiders.kazpravda import KAZPRAVDA
from spiders.listing.answer import Answer
from tests.pipeline.worlds.captures import kaz, page, prose, take

_SITE = Site(KAZPRAVDA, KAZPRAVDA.base_url)
_NOON = datetime(2026, 3, 4, 7, tzinfo=UTC)
_ISO = "%Y-%m-%d"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})


@contextmanager
def _session(config: Config, now: datetime, span: Span | None = None) -> Iterator[Session]:
    """A crawl of a site whose archive's form is known."""
    with open_session(config, _SITE, clock=lambda: now, span=span) as session:
        note_archive_form(session.db, "kazpravda", _ISO)
        yield session


def _asked(session: Session, *, walked: int = 99) -> list[str]:
    """The Russian days that a crawl asks, of which the first ones are walked to their end."""
    days, asked = ArchiveDays(session), list[EntryPoint]()
    while entry_points := days.next():
        asked += [
            one for one in entry_points if one.url.startswith("https://kazpravda.kz/archive/")
        ]
    backfill = session.backfill.id if session.backfill else None
    for entry_point in asked[:walked]:
        note_complete(session.db, entry_point.url, backfill, session.clock(), {"a"})
    if asked:
        note_way(session.db, "kazpravda", "archive", session.clock(), 1)
    return [str(one.day)[5:] for one in asked]


def test_news_is_looked_for_once_a_day_since_the_newest_day_that_was_walked(
    config: Config,
) -> None:
    asked = []
    for hours in (0, 23, 25, 97):
        with _session(config, _NOON + timedelta(hours=hours)) as session:
            asked.append(_asked(session))
    assert asked == [
        ["03-02", "03-03", "03-04"],
        [],
        ["03-04", "03-05"],
        ["03-05", "03-06", "03-07", "03-08"],
    ]


def test_a_look_that_was_cut_short_leaves_no_day_out(config: Config) -> None:
    for hours, walked, days in (
        (0, 1, ["03-02", "03-03", "03-04"]),
        (25, 99, ["03-02", "03-03", "03-04", "03-05"]),
    ):
        with _session(config, _NOON + timedelta(hours=hours)) as session:
            assert _asked(session, walked=walked) == days


def test_the_days_of_a_long_backfill_are_news_after_it(config: Config) -> None:
    span = Span(since=date(2026, 3, 3))
    with _session(config, _NOON, span) as session:
        assert _asked(session) == ["03-04", "03-03"]
        note_way(session.db, "kazpravda", "archive", _NOON + timedelta(days=5), 1)
    with _session(config, _NOON + timedelta(days=7)) as session:
        assert _asked(session)[0] == "03-04"


def test_after_a_backfill_of_old_days_news_is_no_more_than_a_months(config: Config) -> None:
    with _session(config, _NOON, Span(since=date(2015, 1, 1), until=date(2015, 1, 2))) as session:
        assert _asked(session) == ["01-02", "01-01"]
    with _session(config, _NOON + timedelta(days=2)) as session:
        assert len(_asked(session)) == 31


def test_a_backfill_asks_its_days_newest_first_once_and_none_to_come(config: Config) -> None:
    span = Span(since=date(2026, 3, 1), until=date(2026, 3, 9))
    with _session(config, _NOON, span) as session:
        assert _asked(session, walked=2) == ["03-04", "03-03", "03-02", "03-01"]
    with _session(config, _NOON, span) as session:
        assert _asked(session) == ["03-02", "03-01"]
        assert session.backfill is not None
        finish_backfill(session.db, "kazpravda", session.backfill, _NOON, complete=True)
    with _session(config, _NOON, span) as session:
        assert _asked(session) == ["03-04"]


def test_a_site_that_is_frozen_is_asked_first_for_the_days_that_it_has(config: Config) -> None:
    with _session(config, _NOON + timedelta(days=90), Span(since=date(2026, 3, 1))) as session:
        take(session.db, page(kaz("x"), 0, prose("а", 60)))
        assert _asked(session)[:3] == ["03-02", "03-01", "06-02"]


def test_a_day_that_failed_in_the_form_that_proved_right_leaves_them_open(config: Config) -> None:
    with open_session(
        config, _SITE, clock=lambda: _NOON, span=Span(since=date(2026, 3, 4))
    ) as session:
        days = ArchiveDays(session)
        entry_points = days.next()
        assert days.next() == []
        assert days.is_over
        assert all(days.failed(entry_point) for entry_point in entry_points)
        assert days.is_over
        links = ("https://kazpravda.kz/archive/?date=2026-03-04",)
        days.learn(EntryPoint(url="https://kazpravda.kz/", way="listing"), Answer(links=links))
        assert not days.is_over


def _answer(*slugs: str) -> Answer:
    addresses = (article_address(f"https://kazpravda.kz/n/{slug}/", KAZPRAVDA) for slug in slugs)
    found = (Found(address=one, by="archive", on=None) for one in addresses if one is not None)
    return Answer(articles=tuple(found))


def _walked(days: ArchiveDays, session: Session, name: Callable[[date], list[str]]) -> None:
    """Ask the Russian days, each of which names these articles."""
    while entry_points := days.next():
        for entry_point in entry_points:
            if entry_point.day is None or not entry_point.url.startswith(_RU):
                continue
            answer = _answer(*name(entry_point.day))
            session.queue.add_found([*answer.articles])
            days.learn(entry_point, answer)
            days.ended(entry_point, len(name(entry_point.day)))


_RU = "https://kazpravda.kz/archive/"


def test_its_languages_are_known_day_by_day_where_days_give_different_articles(
    config: Config,
) -> None:
    span = Span(since=date(2026, 3, 1), until=date(2026, 3, 3))
    for name, languages in (
        (lambda day: [f"a-{day}", f"b-{day}"], {"ru"}),
        (lambda day: ["a", "b", "c"], set()),
        (lambda day: ["a", "b", "c", f"{day}"], set()),
        (lambda day: [], set()),
    ):
        with _session(config, _NOON, span) as session:
            days = ArchiveDays(session)
            assert days.languages == set()
            _walked(days, session, name)
            assert days.languages == languages
            assert days.is_over
            assert days.unproven == set()
        config.db.unlink()


def test_one_day_alone_is_known_by_the_days_of_its_articles(config: Config) -> None:
    for until, languages in ((date(2026, 3, 2), {"ru"}), (date(2026, 3, 3), set())):
        span = Span(since=until, until=until)
        with _session(config, _NOON, span) as session:
            days = ArchiveDays(session)
            _walked(days, session, lambda day: ["a", "b", "c"])
            for slug in "ab":
                take(session.db, page(kaz(slug), 0, prose("а", 60)))
            assert days.languages == languages
        config.db.unlink()


def test_an_archive_that_is_given_up_says_so_and_proves_no_day_of_the_rest(config: Config) -> None:
    span = Span(since=date(2025, 6, 1), until=date(2026, 3, 3))
    with _session(config, _NOON, span) as session:
        take(session.db, page(kaz("new"), 0, prose("а", 60)))
        days, last = ArchiveDays(session), date(2026, 2, 20)
        _walked(days, session, lambda day: [f"{day}"] if day >= last else [])
        assert days.languages == set()
        assert min(days.unproven) == date(2025, 6, 1)
        assert max(days.unproven) == date(2026, 2, 19)
        assert session.health.notes == [
            "the archive by day /archive/?date={date} gave no article of its own on 100 days in a "
            "row (2025-11-12 to 2026-02-19), and is not asked any more; none of these days and of "
            "those before is proven"
        ]


def test_what_a_killed_backfill_has_walked_is_not_forgotten(config: Config) -> None:
    span = Span(since=date(2025, 6, 1), until=date(2026, 3, 3))
    with _session(config, _NOON, span) as session:
        take(session.db, page(kaz("new"), 0, prose("а", 60)))
        assert session.backfill is not None
        for number, entry_point in enumerate(_entry_points(session)[:80]):
            head = {"a", str(number)} if number < 5 else set()
            note_complete(session.db, entry_point.url, session.backfill.id, _NOON, head)
    with _session(config, _NOON, span) as session:
        days = ArchiveDays(session)
        _walked(days, session, lambda day: [])
        assert max(days.unproven) == date(2026, 2, 25)
        assert len(session.health.notes) == 1


def _entry_points(session: Session) -> list[EntryPoint]:
    days, asked = ArchiveDays(session), list[EntryPoint]()
    while entry_points := days.next():
        asked += [one for one in entry_points if one.url.startswith(_RU)]
    return asked


def test_after_the_newest_item_there_is_nothing_to_be_proven(config: Config) -> None:
    with _session(config, _NOON + timedelta(days=300), Span(since=date(2026, 2, 1))) as session:
        take(session.db, page(kaz("new"), 0, prose("а", 60)))
        days = ArchiveDays(session)
        _walked(days, session, lambda day: [f"{day}"] if day <= date(2026, 3, 2) else [])
        assert days.unproven == set()
        assert session.health.notes == []


def test_pages_that_fail_in_a_form_that_is_only_possible_are_not_asked_for_ever(
    config: Config,
) -> None:
    span = Span(since=date(2025, 6, 1), until=date(2026, 3, 3))
    with open_session(config, _SITE, clock=lambda: _NOON, span=span) as session:
        days, asked = ArchiveDays(session), set[date]()
        while entry_points := days.next():
            asked |= {one.day for one in entry_points if one.day is not None}
            assert all(map(days.failed, entry_points))
        assert len(asked) == 10
