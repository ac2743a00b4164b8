"""Feeds: RSS 0.9 to 2.0 and Atom (RFC 4287). Only their links and times are of use to us.

They are read entry by entry: one that is damaged leaves the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from pipeline.clock import almaty_day
from pipeline.times.dates import machine_date
from spiders.listing.xml_units import Unit, as_utf8, units

_BEGIN_BYTES = 1 << 16
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_OTHER_FEED = re.compile(rb"<source\b[^<>]*>(?:(?!</source>).)*</source>", re.DOTALL)
"""Where an entry of Atom comes from."""


class UnreadableFeed(ValueError):
    """An answer that is no feed; says why."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    link: str
    day: date | None
    """The day in Almaty on which it was published."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What could be read of a feed."""

    entries: tuple[FeedEntry, ...]
    """In its order."""
    fault: str | None
    """Why that is not all of it, without its subject; None where it is."""


def is_feed(begin: bytes) -> bool:
    """Whether what a document begins with has the root of a feed."""
    return _ROOT.search(begin) is not None


def read_feed(payload: bytes) -> Feed:
    """The entries of a feed. Raises UnreadableFeed where it is none."""
    data = b"".join(as_utf8([payload]))
    if not is_feed(data[:_BEGIN_BYTES]):
        raise UnreadableFeed("is no feed")
    found = list(units([data], "item", "entry"))
    damaged = sum(unit.name != "" and not unit.is_whole for unit in found)
    fault = f"has damaged entries: {damaged}" if damaged else None
    if not found[-1].ends("rss", "rdf", "feed"):
        fault = "is no whole feed: it is cut off"
    return Feed(tuple(entry for unit in found if unit.name for entry in _entries(unit)), fault)


def _entries(unit: Unit) -> Iterator[FeedEntry]:
    """The entry of a unit; where it ran together with the next one, that of the first."""
    unit = Unit(unit.name, unit.prefix, _OTHER_FEED.sub(b"", unit.data))
    link = _link(unit)
    if link:
        yield FeedEntry(link, _day(unit))


def _link(unit: Unit) -> str | None:
    links = list(unit.elements("link"))
    for one in links:
        if (one.attribute("rel") or "alternate") == "alternate" and one.attribute("href"):
            return one.attribute("href")
    texts = [one.text for one in links if one.text]
    texts += [
        one.text
        for one in unit.elements("guid")
        if (one.attribute("isPermaLink") or "true") == "true"
    ]
    return next(filter(None, texts), None)


def _day(unit: Unit) -> date | None:
    for name in ("pubDate", "published", "date", "issued"):
        for element in unit.elements(name):
            day = _day_of_mail(element.text) or _day_of_machine(element.text)
            if day is not None:
                return day
    return None


def _day_of_mail(text: str) -> date | None:
    """The day in a date of mail (RFC 5322); a zone that is not told is UTC."""
    try:
        time: datetime = parsedate_to_datetime(text)
        return almaty_day(time if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _day_of_machine(text: str) -> date | None:
    """The day in a date that is written for machines (ISO 8601)."""
    found = machine_date(text)
    return found.day if found else None
