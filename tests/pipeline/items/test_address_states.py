"""What an address has come to by its captures: its state, its failure, its next visit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.items.address_states import (
    AddressState,
    State,
    address_failure,
    address_state,
    unanswered_state,
)
from pipeline.items.item_captures import ItemCapture
from pipeline.items.revisits import Appeared
from pipeline.model.capture import Outcome

_URL = "https://senate.parlam.kz/ru-RU/news/details/1"
_ELSEWHERE = "https://senate.parlam.kz/ru-RU/news/details/2"


def at(hours: float) -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours)


def capture(hours: float, outcome: Outcome) -> ItemCapture:
    failed = outcome in ("gone", "soft-404", "refused", "failed")
    return ItemCapture(
        source="senate", url=_URL, time=at(hours), day=date(2026, 3, 1), digest="sha1:A",
        outcome=outcome, reason=outcome if failed else None, detail=f"{outcome} at {hours}",
        reading="r" if outcome == "reading" else None,
    )  # fmt: skip


NEW = Appeared(published=at(0), first_seen=at(0))


def redirect(hours: float, *, is_soft_404_redirect: bool = False) -> ItemCapture:
    return replace(
        capture(hours, "redirect"), redirect_to=_ELSEWHERE,
        is_soft_404_redirect=is_soft_404_redirect,
    )  # fmt: skip


def boilerplate(hours: float) -> ItemCapture:
    return replace(capture(hours, "reading"), is_boilerplate=True)


READ, GONE, SOFT, FAILED, REFUSED = (
    capture(0, outcome) for outcome in ("reading", "gone", "soft-404", "failed", "refused")
)

SHELL = replace(FAILED, reason="shell")


@pytest.mark.parametrize(
    ("captures", "item", "state", "tries", "hours"),
    [
        ([READ], NEW, "stored", 0, 0.5),
        ([READ, capture(5, "not-modified")], NEW, "stored", 0, 6),
        ([READ, capture(24 * 16, "reading")], NEW, "stored", 0, 24 * 30),
        ([READ, capture(24 * 30, "reading")], NEW, "stored", 0, 24 * 210),
        ([redirect(0)], None, "captured", 0, None),
        ([redirect(3)], NEW, "stored", 0, 3 + 24 * 180),
        ([READ, capture(30, "gone")], NEW, "stored", 0, 54),
        ([READ, capture(30, "gone"), capture(53, "soft-404")], NEW, "stored", 0, 54),
        ([READ, capture(200, "gone"), capture(224, "gone")], NEW, "stored", 0, 272),
        ([READ, capture(200, "gone"), capture(220, "failed")], NEW, "stored", 0, 224),
        ([READ, capture(200, "gone"), capture(1000, "gone")], NEW, "stored", 0, 24 * 210),
        ([READ, capture(200, "gone"), capture(230, "not-modified")], NEW, "stored", 0, 720),
        ([READ, capture(200, "failed")], NEW, "stored", 0, 200),
        ([READ, capture(200, "failed"), capture(201.5, "refused")], NEW, "stored", 0, 206),
        ([READ, capture(200, "failed"), capture(380, "failed")], NEW, "stored", 0, 720),
        ([redirect(0, is_soft_404_redirect=True)], None, "failed", 1, 0),
        ([boilerplate(0)], None, "failed", 1, 0),
        ([FAILED], None, "failed", 1, 0),
        ([FAILED, capture(0.1, "failed")], None, "failed", 1, 0),
        ([FAILED, capture(0.2, "failed")], None, "failed", 2, 1),
        ([FAILED, *(capture(n, "failed") for n in (1, 7, 31, 199))], None, "failed", 5, 336),
        ([FAILED, *(capture(200 * n, "failed") for n in range(1, 9))], None, "failed", 9, 1680),
        ([redirect(0), capture(50, "failed")], None, "failed", 1, 50),
        ([FAILED, redirect(1), capture(50, "gone"), capture(51, "gone")], None, "failed", 2, 56),
        ([GONE], None, "failed", 1, 0),
        ([SOFT], None, "failed", 1, 0),
        ([REFUSED], None, "refused", 1, 0),
        ([REFUSED, capture(1, "failed")], None, "failed", 2, 6),
        ([FAILED, capture(1, "refused")], None, "refused", 2, 6),
    ],
)
def test_an_address_comes_to_this(
    captures: list[ItemCapture],
    item: Appeared | None,
    state: str,
    tries: int,
    hours: float | None,
) -> None:
    found = address_state(captures, item, is_counted=False)
    assert (found.state, found.tries) == (state, tries)
    assert found.next_visit == (None if hours is None else at(hours))


@pytest.mark.parametrize(
    ("captures", "is_absent"),
    [
        ([GONE], True),
        ([GONE, capture(1, "soft-404"), redirect(2, is_soft_404_redirect=True)], True),
        ([SHELL, capture(1, "gone")], True),
        ([GONE, capture(1, "failed")], False),
        ([replace(FAILED, reason="blank")], False),
        ([READ, capture(1, "gone")], False),
        ([redirect(0)], False),
    ],
)
def test_a_number_is_absent_where_it_was_never_there(
    captures: list[ItemCapture], is_absent: bool
) -> None:
    found = address_state(captures, None, is_counted=True)
    assert (found == AddressState(state="absent")) == is_absent


def test_the_sites_frame_alone_says_nothing_of_an_address_that_was_named() -> None:
    assert address_state([SHELL], None, is_counted=False).state == "failed"
    assert not SHELL.says_gone
    assert not SHELL.sighting.says_gone


@pytest.mark.parametrize(
    ("captures", "reason"),
    [
        ([READ], None),
        ([redirect(0)], None),
        ([GONE, capture(1, "reading")], None),
        ([GONE], "gone"),
        ([READ, capture(1, "failed")], "failed"),
        ([redirect(0, is_soft_404_redirect=True)], "soft-404"),
        ([boilerplate(0)], "boilerplate"),
        ([boilerplate(0), replace(capture(1, "not-modified"), refers_to=at(0))], "boilerplate"),
        ([FAILED, replace(capture(1, "not-modified"), digest="y", refers_to=at(0.5))], None),
        ([FAILED, replace(capture(1, "not-modified"), refers_to=at(0.5))], "failed"),
        ([FAILED, replace(capture(1, "not-modified"), digest="")], "failed"),
        ([READ, capture(1, "failed"), replace(capture(2, "not-modified"), digest="")], None),
    ],
)
def test_the_newest_capture_tells_why_there_is_nothing(
    captures: list[ItemCapture], reason: str | None
) -> None:
    failure = address_failure(captures)
    assert (failure and failure.reason) == reason
    assert failure is None or (failure.url, failure.stage) == (_URL, "read")


@pytest.mark.parametrize(
    ("state", "since", "visit", "after", "hours"),
    [
        ("found", None, None, "failed", 2),
        ("failed", 1.5, None, "failed", 2.5),
        ("failed", 0, None, "failed", 6),
        ("refused", -30, None, "refused", 168 - 30),
        ("stored", None, 900, "stored", 2),
        ("stored", 1.5, 900, "stored", 2.5),
        ("stored", 1.5, 2.25, "stored", 2.25),
        ("stored", -170, 900, "stored", 900),
    ],
)
def test_an_address_that_gives_no_answer_is_asked_again_later_each_time(
    state: State, since: float | None, visit: float | None, after: State, hours: float
) -> None:
    first = None if since is None else at(since)
    found = unanswered_state(
        AddressState(state=state, tries=3, failing_since=first),
        at(2),
        None if visit is None else at(visit),
    )
    assert found == AddressState(
        state=after, tries=4, failing_since=first or at(2), next_visit=at(hours)
    )


@pytest.mark.parametrize(
    ("captures", "since", "failing_since", "hours"),
    [
        ([FAILED], -1, -1, 5),
        ([FAILED], 1, 0, 0),
        ([redirect(0), capture(2, "failed")], -1, 2, 2),
        ([redirect(0), capture(2, "failed")], 1, 1, 7),
        ([redirect(0)], -1, -1, None),
    ],
)
def test_requests_without_an_answer_count_from_the_first_too(
    captures: list[ItemCapture], since: float, failing_since: float, hours: float | None
) -> None:
    found = address_state(captures, None, is_counted=False, failing_since=at(since))
    assert found.failing_since == at(failing_since)
    assert found.next_visit == (None if hours is None else at(hours))


@pytest.mark.parametrize(
    ("newest", "since"), [("reading", None), ("not-modified", None), ("failed", 2)]
)
def test_an_item_that_is_seen_again_fails_no_more(newest: Outcome, since: float | None) -> None:
    found = address_state([READ, capture(3, newest)], NEW, is_counted=False, failing_since=at(2))
    assert found.failing_since == (None if since is None else at(since))


def test_crawls_however_close_are_tries_of_their_own() -> None:
    captures = [capture(minute / 60, "failed") for minute in (0, 0.1, 2, 2.1, 4)]
    crawls = [at(minute / 60) for minute in (-1, 1, 3)]

    def began_between(earlier: datetime, later: datetime) -> bool:
        return any(earlier < crawl <= later for crawl in crawls)

    found = address_state(captures, None, is_counted=False, are_separate=began_between)
    assert (found.tries, found.next_visit) == (3, at(1))
