"""Of each trouble a receiver is told once, and once that it is over, by a clock of the test's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kazpress.operations.told import Event, events, up_to_date
from pipeline.clock import stamp
from pipeline.monitoring.notifications import Notification, Trouble, TroubleKind
from pipeline.monitoring.observations import DoneCrawl

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def _trouble(
    kind: TroubleKind = "failure", subject: str = "", sentence: str = "no answer"
) -> Trouble:
    return Trouble(source="senate", kind=kind, subject=subject, sentence=sentence)


def _good(at: datetime) -> dict[str, DoneCrawl | None]:
    return {"senate": DoneCrawl(id=7, finished=at)}


class _Receiver:
    """A receiver with what it is known to have been told, at a time that moves on."""

    def __init__(self) -> None:
        self.now = _NOW
        self.known: list[Notification] = []
        self.hears = True

    def crawl(
        self, *present: Trouble, is_good: bool = True, after: timedelta = _MINUTE
    ) -> list[str]:
        """What it is told after a crawl; a good one, or not."""
        self.now += after
        good = _good(self.now) if is_good else {"senate": None}
        mine = {one.key: one for one in up_to_date(self.known, present, "webhook", self.now)}
        told, forgotten = events(mine.values(), present, good, self.now)
        if self.hears:
            for event in told:
                self._hear(event, mine)
        elif told:
            (first, *_) = told[0].about
            mine[first.key] = _with(first, tried=stamp(self.now))
        self.known = [one for one in mine.values() if one not in forgotten]
        return [f"{one.kind}: {one.sentence}" for one in told]

    def _hear(self, event: Event, mine: dict[tuple[str, str, str], Notification]) -> None:
        for one in event.about:
            if event.kind == "recovery":
                del mine[one.key]
            else:
                mine[one.key] = _with(one, told=stamp(self.now))


def _with(one: Notification, *, tried: str | None = None, told: str | None = None) -> Notification:
    from dataclasses import replace

    return replace(one, tried=tried, told=told)


def test_a_failure_is_told_once_and_its_end_once() -> None:
    receiver = _Receiver()
    assert receiver.crawl() == []
    assert receiver.crawl(_trouble(), is_good=False) == ["failure: no answer"]
    assert receiver.crawl(_trouble(sentence="a refusal"), is_good=False) == []
    assert receiver.crawl() == ["recovery: crawls succeed again; it was: no answer"]
    assert (receiver.crawl(), receiver.known) == ([], [])
    assert receiver.crawl(_trouble(), is_good=False) == ["failure: no answer"]


def test_nothing_is_over_before_a_good_crawl_shows_it() -> None:
    receiver = _Receiver()
    receiver.crawl(_trouble(), is_good=False)
    assert receiver.crawl(is_good=False) == [], "a crawl that broke off has no row"
    assert receiver.crawl() == ["recovery: crawls succeed again; it was: no answer"]


def test_each_thing_that_needs_a_look_is_told_and_the_end_of_all() -> None:
    receiver = _Receiver()
    empty, fewer = _trouble("drift", "a", "a is empty"), _trouble("drift", "b", "b has fewer")
    assert receiver.crawl(empty) == ["drift: a is empty"]
    assert receiver.crawl(empty, fewer) == ["drift: b has fewer"]
    assert receiver.crawl(fewer) == []
    assert receiver.crawl(empty) == [], "it comes and goes"
    (said,) = receiver.crawl()
    assert said.startswith("recovery: nothing needs a look any more; it was: a is empty")


def test_what_comes_back_after_a_week_is_told_again() -> None:
    receiver = _Receiver()
    always, seldom = _trouble("drift", "a", "a"), _trouble("drift", "b", "b")
    assert receiver.crawl(always, seldom) == ["drift: a", "drift: b"]
    for _ in range(9):
        assert receiver.crawl(always, after=timedelta(days=1)) == []
    assert receiver.crawl(always, seldom) == ["drift: b"]


def test_kinds_are_told_apart() -> None:
    receiver = _Receiver()
    drift = _trouble("drift", "a", "a")
    receiver.crawl(drift)
    assert receiver.crawl(drift, _trouble(), is_good=False) == ["failure: no answer"]
    assert receiver.crawl(drift) == ["recovery: crawls succeed again; it was: no answer"]
    assert receiver.crawl() == ["recovery: nothing needs a look any more; it was: a"]


def test_who_could_not_be_told_is_told_later_also_of_what_is_over() -> None:
    receiver = _Receiver()
    receiver.hears = False
    for _ in range(2):
        assert receiver.crawl(_trouble(), is_good=False) == ["failure: no answer"]
    receiver.hears = True
    assert receiver.crawl() == [
        "failure: no answer", "recovery: crawls succeed again; it was: no answer",
    ]  # fmt: skip
    assert receiver.known == []


def test_a_source_that_is_overdue_for_a_moment_is_not_told_of() -> None:
    receiver = _Receiver()
    overdue = _trouble("silence", "crawl-overdue", "the last crawl is long ago")
    assert receiver.crawl(overdue, is_good=False) == []
    assert receiver.crawl() == []
    assert receiver.known == []
    assert receiver.crawl(overdue, is_good=False) == []
    told = receiver.crawl(overdue, is_good=False, after=timedelta(minutes=15))
    assert told == ["silence: the last crawl is long ago"]


def test_a_source_that_is_no_longer_crawled_is_forgotten() -> None:
    receiver = _Receiver()
    receiver.crawl(_trouble(), is_good=False)
    assert events(receiver.known, [], {}, _NOW) == ([], receiver.known)


def test_another_receiver_is_told_for_itself() -> None:
    receiver = _Receiver()
    receiver.crawl(_trouble(), is_good=False)
    mine = up_to_date(receiver.known, [_trouble()], "command", _NOW)
    assert [(one.receiver, one.told) for one in mine] == [("command", None)]
