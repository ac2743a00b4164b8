"""What a receiver is to be told next: of each trouble once, and once that it is over."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from kazpress.operations.troubles import may_pass
from pipeline.clock import moment, stamp
from pipeline.monitoring.notifications import Notification, ReceiverName, Trouble, TroubleKind
from pipeline.monitoring.observations import DoneCrawl

_PATIENCE = timedelta(minutes=15)
"""So long a source may be overdue untold: after a sleep of the machine it is crawled at once."""
_SEEN_EVERY = timedelta(days=1)
_FORGOTTEN_AFTER = timedelta(days=7)
"""What was not seen for so long is told again when it comes back."""
_OVER: dict[TroubleKind, str] = {
    "failure": "crawls succeed again",
    "drift": "nothing needs a look any more",
    "silence": "it is no longer silent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a receiver is told."""

    source: str
    kind: Literal["failure", "drift", "silence", "recovery"]
    of: TroubleKind | None = None
    """What is over, of a recovery."""
    since: str
    """When the trouble was seen first, UTC."""
    sentence: str
    crawl: int | None
    about: tuple[Notification, ...]
    """What has been told with it."""


def up_to_date(
    known: Iterable[Notification],
    present: Collection[Trouble],
    receiver: ReceiverName,
    now: datetime,
) -> list[Notification]:
    """The notifications of a receiver, with the troubles that are there now."""
    mine = {one.key: one for one in known if one.receiver == receiver}
    for trouble in present:
        key = (trouble.source, trouble.kind, trouble.subject)
        before, at = mine.get(key), stamp(now)
        if before is None:
            mine[key] = Notification(**asdict(trouble), receiver=receiver, since=at, seen=at)
        elif now - moment(before.seen) >= _SEEN_EVERY:
            mine[key] = replace(before, seen=at)
    return list(mine.values())


def events(
    mine: Iterable[Notification],
    present: Collection[Trouble],
    good: Mapping[str, DoneCrawl | None],
    now: datetime,
) -> tuple[list[Event], list[Notification]]:
    """What a receiver is to be told now, in order, and what is forgotten without a word.

    `good` is the last good crawl of each active source. A trouble is over once it is no longer
    there, and such a crawl ended after it was last seen.
    """
    told: list[Event] = []
    forgotten: list[Notification] = []
    there = {(one.source, one.kind, one.subject) for one in present}
    in_order = sorted(mine, key=lambda one: (one.source, one.kind, one.since))
    for (source, _), group in groupby(in_order, key=lambda one: (one.source, one.kind)):
        of_kind = list(group)
        if source not in good:
            forgotten += of_kind
            continue
        crawl = good[source]
        gone = [one for one in of_kind if one.key not in there and _is_over(one, crawl)]
        never = [one for one in gone if one.told is None and one.tried is None]
        of_kind = [one for one in of_kind if one not in never]
        forgotten += never
        told += [
            _news(one)
            for one in of_kind
            if one.told is None and (one.tried or one.key in there) and _is_ripe(one, now)
        ]
        if of_kind and crawl and all(one in gone for one in of_kind):
            told.append(_recovery(of_kind, crawl))
        else:
            forgotten += [
                one for one in gone if one.told and now - moment(one.seen) > _FORGOTTEN_AFTER
            ]
    return told, forgotten


def _is_over(one: Notification, crawl: DoneCrawl | None) -> bool:
    return crawl is not None and crawl.finished > moment(one.seen)


def _is_ripe(one: Notification, now: datetime) -> bool:
    return not may_pass(one.subject) or now - moment(one.since) >= _PATIENCE


def _news(one: Notification) -> Event:
    return Event(
        source=one.source, kind=one.kind, since=one.since, sentence=one.sentence, crawl=one.crawl,
        about=(one,),
    )  # fmt: skip


def _recovery(over: list[Notification], crawl: DoneCrawl) -> Event:
    first = over[0]
    return Event(
        source=first.source, kind="recovery", of=first.kind, since=first.since, crawl=crawl.id,
        sentence=f"{_OVER[first.kind]}; it was: {first.sentence}", about=tuple(over),
    )  # fmt: skip
