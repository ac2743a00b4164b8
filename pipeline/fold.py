"""An item as a fold over its captures, in order (design, section 5). Pure: facts in, item out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

GONE_AGAIN_AFTER = timedelta(hours=24)
"""A page counts as gone only once it has been missed again this much later."""

BOILERPLATE_ADDRESSES = 20
"""From so many addresses with the same body on, the body is the site's and no item's."""

VOID_REDIRECTS = 3
"""From so many addresses that redirect to the same one on, these redirects are soft 404s."""

FAULTY_DAY_MISSES = 20
"""Fewest misses on a day that can put the fault on the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What the fold needs to know of one capture of an item's addresses."""

    time: datetime
    url: str
    digest: str
    says_gone: bool = False
    """A 404, 410 or soft 404."""
    day: date
    """The day in Almaty."""
    reading: str | None = None
    """The id of the reading that it gave and that counts; boilerplate does not count."""
    content_sha256: str | None = None
    refers_to: datetime | None = None
    """Of a 304: the time of the capture of the same address that it refers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A run of equal content among an item's sightings."""

    number: int
    content_sha256: str
    reading: str
    """The newest reading of the run."""
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """An item's identity, history and newest reading."""

    first_url: str
    """The address of the earliest capture that gave a reading: the item's id comes from it."""
    url: str
    """The address of the newest sighting."""
    reading: str
    first_seen: datetime
    last_changed: datetime
    last_seen: datetime
    gone: datetime | None
    revisions: tuple[Revision, ...]


def fold(captures: Iterable[Sighting], faulty_days: frozenset[date]) -> Fold | None:
    """The item that a set of captures makes; None where none of them gave a reading.

    A 304 is a sighting of the content that it refers to, and none while that is not at hand.
    """
    ordered = sorted(captures, key=lambda c: (c.time, c.url, c.digest))
    at_hand = {(c.url, c.time): c for c in ordered if c.reading}
    seen = [found for c in ordered if (found := _seen(c, at_hand))]
    read = [c for c in ordered if c.reading]
    if not read:
        return None
    revisions = _revisions(seen)
    newest = revisions[-1]
    return Fold(
        first_url=read[0].url,
        url=seen[-1].url,
        reading=newest.reading,
        first_seen=read[0].time,
        last_changed=newest.first_seen,
        last_seen=newest.last_seen,
        gone=_gone(ordered, {id_of(c) for c in seen}, faulty_days),
        revisions=revisions,
    )


def id_of(capture: Sighting) -> tuple[datetime, str, str]:
    """A capture's place in the order, which is also its identity."""
    return capture.time, capture.url, capture.digest


def is_faulty_day(article_captures: int, misses: int) -> bool:
    """Whether so many of a source's captures on one day miss their article that the source is
    at fault, and the day counts for no item's being gone.
    """
    return misses >= FAULTY_DAY_MISSES and misses * 2 > article_captures


def _seen(capture: Sighting, at_hand: dict[tuple[str, datetime], Sighting]) -> Sighting | None:
    """The capture with the content that it shows, its own or the one that it refers to."""
    if capture.reading:
        return capture
    if capture.refers_to is None:
        return None
    shown = at_hand.get((capture.url, capture.refers_to))
    if shown is None:
        return None
    return Sighting(
        time=capture.time, url=capture.url, digest=capture.digest, day=capture.day,
        reading=shown.reading, content_sha256=shown.content_sha256,
    )  # fmt: skip


def _revisions(seen: list[Sighting]) -> tuple[Revision, ...]:
    runs: list[list[Sighting]] = []
    for sighting in seen:
        if runs and runs[-1][0].content_sha256 == sighting.content_sha256:
            runs[-1].append(sighting)
        else:
            runs.append([sighting])
    return tuple(
        Revision(
            number=number,
            content_sha256=run[0].content_sha256 or "",
            reading=run[-1].reading or "",
            first_seen=run[0].time,
            last_seen=run[-1].time,
        )
        for number, run in enumerate(runs, start=1)
    )


def _gone(
    ordered: list[Sighting],
    good: set[tuple[datetime, str, str]],
    faulty_days: frozenset[date],
) -> datetime | None:
    """The first miss since the last good capture, once another follows a day or more later."""
    first: datetime | None = None
    confirmed = False
    for capture in ordered:
        if id_of(capture) in good:
            first, confirmed = None, False
        elif capture.says_gone and capture.day not in faulty_days:
            first = first or capture.time
            confirmed = confirmed or capture.time - first >= GONE_AGAIN_AFTER
    return first if confirmed else None
