"""Feeds: RSS 0.9 to 2.0 and Atom (RFC 4287). Only their links and times are of use to us."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from pipeline.clock import almaty_day
from pipeline.normalize.dates import machine_date

_ATOM = "{http://www.w3.org/2005/Atom}"


class UnreadableFeed(ValueError):
    """An answer that is no feed; says why."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    link: str
    day: date | None
    """The day in Almaty on which it was published."""


def entries(payload: bytes) -> list[FeedEntry]:
    """The entries of a feed, in its order. Raises UnreadableFeed where it is none."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"is no feed: {error}") from error
    if root is None or etree.QName(root).localname.lower() not in ("rss", "rdf", "feed"):
        raise UnreadableFeed("is no feed")
    return list(_entries(root))


def _entries(root: etree._Element) -> Iterator[FeedEntry]:
    for item in root.iter("{*}item", "{*}entry"):
        link = _link(item)
        if link:
            yield FeedEntry(link, _day(item))


def _link(item: etree._Element) -> str | None:
    for link in item.findall(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return link.get("href")
    text = next((one.text for one in item.findall("{*}link") if (one.text or "").strip()), None)
    if text:
        return text.strip()
    guid = item.find("{*}guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        return (guid.text or "").strip() or None
    return None


def _day(item: etree._Element) -> date | None:
    for name in ("pubDate", "published", "date", "issued"):
        text = (item.findtext(f"{{*}}{name}") or "").strip()
        if not text:
            continue
        day = _day_of_mail(text) or _day_of_machine(text)
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
