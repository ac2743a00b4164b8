"""From the lines of a list to captures of a source's articles."""

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address, public_url
from pipeline.web_archives.listed_capture import ListedCapture, Wanted
from spiders.web_archives.dialect import ListRow

_TIMESTAMP = re.compile(r"(?:19|20)[0-9]{12}")
_SHA1 = re.compile(r"(?:sha1:)?([A-Z2-7]{32})", re.IGNORECASE)
_STATUS = re.compile(r"[1-5][0-9]{2}")
_OF_NOTHING = base64.b32encode(hashlib.sha1(b"", usedforsecurity=False).digest()).decode()


def listed_captures(
    archive: str, rows: Iterable[ListRow], site: Site, wanted: Wanted
) -> list[ListedCapture]:
    """The captures of the source's articles among the lines of a list; other addresses, and lines
    whose time is none, are left out.
    """
    found = []
    for row in rows:
        url, time = article_url(row.target, site), timestamp_moment(row.timestamp)
        if url is None or time is None or (wanted.only and url not in wanted.only):
            continue
        found.append(
            ListedCapture(
                archive=archive,
                place=row.place,
                url=url,
                target=row.target,
                time=time,
                digest=listed_digest(row.digest),
                status=int(row.status) if _STATUS.fullmatch(row.status) else 0,
                unusable=row.unusable,
            )
        )
    return found


def article_url(target: str, site: Site) -> str | None:
    """The canonical address of the source's article that was captured under an address."""
    public = public_url(target, site.source.base_url, site)
    article = article_address(public, site.source) if public else None
    return article.url if article else None


def timestamp_moment(text: str) -> datetime | None:
    """The moment of 14 digits; None where they are none.

    >>> timestamp_moment("20190304050607")
    datetime.datetime(2019, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc)
    """
    if not _TIMESTAMP.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def timestamp_of(time: datetime) -> str:
    """A moment as 14 digits, UTC."""
    return f"{time.astimezone(UTC):%Y%m%d%H%M%S}"


def listed_digest(text: str) -> str:
    """A payload's digest in the form of `Capture.digest`; empty where it is of another kind, or
    says nothing since it is that of no bytes.
    """
    found = _SHA1.fullmatch(text.strip())
    if found is None or found[1].upper() == _OF_NOTHING:
        return ""
    return f"sha1:{found[1].upper()}"
