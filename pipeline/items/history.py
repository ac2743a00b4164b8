"""An item's history out of its captures, in their order. Pure: captures in, history out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

GONE_AGAIN_AFTER = timedelta(hours=24)
"""A page counts as gone only once it has been missed again this much later."""

BOILERPLATE_ADDRESSES = 20
"""From so many addresses with the same body on, the body is the site's and no item's."""

SOFT_404_REDIRECTS = 3
"""From so many addresses that redirect to the same one on, these redirects are soft 404s."""

FAULTY_DAY_MISSES = 20
"""With fewer misses on a day, and on the days around it, the source is never at fault."""

CONTRADICTED_WITHIN = timedelta(minutes=5)
"""A 304 that confirms what another answer has shown to be past, so shortly before, is false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What an item's history needs to know of one capture of its addresses."""

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
    is_unchanged: bool = False
    """Whether it is a 304: it shows the content of an earlier capture of the same address."""
    refers_to: datetime | None = None
    """Of a 304: the time of that capture, where it says it; its digest may say it, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseClaims:
    """The 304s among captures that confirm nothing, since the server gave them without a look."""

    captures: frozenset[tuple[datetime, str, str]] = frozenset()
    """What each of them is ordered by."""
    proven: datetime | None = None
    """When the newest of those was given that prove it."""


_Shown = dict[tuple[str, datetime | str | None], Sighting]
"""What was seen at an address: by its time, by its payload's digest, and the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Successive sightings with equal content."""

    number: int
    content_sha256: str
    reading: str
    """The newest reading among them."""
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHistory:
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


def item_history(captures: Iterable[Sighting], faulty_days: frozenset[date]) -> ItemHistory | None:
    """The item that a set of captures makes; None where none of them gave a reading.

    A 304 is a sighting of the content that it refers to, and none while that is not at hand.
    """
    ordered = sorted(captures, key=_order_of)
    seen = seen_in(ordered)
    if not seen:
        return None
    first = next(capture for capture in ordered if capture.reading)
    revisions = _revisions(seen)
    newest = revisions[-1]
    return ItemHistory(
        first_url=first.url,
        url=seen[-1].url,
        reading=newest.reading,
        first_seen=first.time,
        last_changed=newest.first_seen,
        last_seen=newest.last_seen,
        gone=missing_since(ordered, seen, faulty_days),
        revisions=revisions,
    )


def seen_in(captures: Iterable[Sighting]) -> list[Sighting]:
    """Those of an item's captures that show content, in their order, each with what it shows."""
    ordered = sorted(captures, key=_order_of)
    false = false_claims(ordered).captures
    return _seen([capture for capture in ordered if _order_of(capture) not in false])


def missing_since(
    captures: Iterable[Sighting], seen: Iterable[Sighting], faulty_days: frozenset[date]
) -> datetime | None:
    """The first miss since the last good capture, once another follows a day or more later; `seen`
    are the captures that are good.
    """
    good = {_order_of(capture) for capture in seen}
    first: datetime | None = None
    confirmed = False
    for capture in sorted(captures, key=_order_of):
        if _order_of(capture) in good:
            first, confirmed = None, False
        elif capture.says_gone and capture.day not in faulty_days:
            first = first or capture.time
            confirmed = confirmed or capture.time - first >= GONE_AGAIN_AFTER
    return first if confirmed else None


def false_claims(captures: Iterable[Sighting]) -> FalseClaims:
    """Those of an item's captures that are 304s of a server that lies.

    It is proven by a 304 that confirms an older content although the address has just given another
    one, or none. Then no 304 that confirmed that content before says when it was still there.
    """
    ordered = sorted(captures, key=_order_of)
    contents = {(one.url, one.time): one.content_sha256 for one in ordered if one.reading}
    answers: dict[str, Sighting] = {}
    proofs: dict[tuple[str, datetime | None], datetime] = {}
    for capture in ordered:
        if not capture.is_unchanged:
            if capture.reading or capture.says_gone:
                answers[capture.url] = capture
            continue
        answer, means = answers.get(capture.url), (capture.url, capture.refers_to)
        if answer is not None and means in contents:
            is_older = contents[means] != (None if answer.says_gone else answer.content_sha256)
            if is_older and capture.time - answer.time <= CONTRADICTED_WITHIN:
                proofs[means] = capture.time
    return FalseClaims(
        captures=frozenset(
            _order_of(one)
            for one in ordered
            if one.is_unchanged
            and (until := proofs.get((one.url, one.refers_to)))
            and one.time <= until
        ),
        proven=max(proofs.values(), default=None),
    )


def makes_soft_404s(addresses: int) -> bool:
    """Whether so many addresses redirect to the same one that each redirect is a soft 404."""
    return addresses >= SOFT_404_REDIRECTS


def is_boilerplate(addresses: int) -> bool:
    """Whether a body that so many addresses of a source have given is the site's own."""
    return addresses >= BOILERPLATE_ADDRESSES


def is_faulty_day(article_captures: int, misses: int) -> bool:
    """Whether so many of a source's captures on one day miss their article that the source is
    at fault, and the day counts for no item's being gone.
    """
    return is_faulty(misses) and mostly_misses(article_captures, misses)


def mostly_misses(article_captures: int, misses: int) -> bool:
    """Whether more than half of a source's captures on one day miss their article."""
    return misses * 2 > article_captures


def is_faulty(missed: int) -> bool:
    """Whether so many misses, or articles missed on several days one after another that have little
    else, are the source's fault.
    """
    return missed >= FAULTY_DAY_MISSES


def _order_of(capture: Sighting) -> tuple[datetime, str, str]:
    """By what captures are ordered; no two of an item are equal in it."""
    return capture.time, capture.url, capture.digest


def _seen(ordered: list[Sighting]) -> list[Sighting]:
    """The captures that show content, each with what it shows: its own, or for a 304 that of the
    capture before it to which it refers.
    """
    shown: _Shown = {}
    seen: list[Sighting] = []
    for capture in ordered:
        content = _referred(capture, shown) if capture.is_unchanged else capture
        if content is not None and content.reading:
            sighting = replace(
                capture, reading=content.reading, content_sha256=content.content_sha256
            )
            for name in (capture.time, capture.digest, None):
                shown[capture.url, name] = sighting
            seen.append(sighting)
    return seen


def _referred(capture: Sighting, shown: _Shown) -> Sighting | None:
    """The capture that a 304 refers to: by its time, else by its payload's digest. One that names
    neither can only mean the newest.
    """
    url, time, digest = capture.url, capture.refers_to, capture.digest
    if time is None and not digest:
        return shown.get((url, None))
    by_time = shown.get((url, time)) if time else None
    return by_time or (shown.get((url, digest)) if digest else None)


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
