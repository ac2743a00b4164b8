"""Addresses and captures: what was found, what came, what it turned out to be."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pipeline.model.decision import Decision
from pipeline.model.reading import Reading

Outcome = Literal[
    "reading", "not-modified", "redirect", "gone", "soft-404", "refused", "failed", "other"
]
"""What one capture of an article's address turned out to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The public address of an article, in its canonical form."""

    url: str
    language: str
    kind: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a page or a person named, and how."""

    address: Address
    by: str
    """A `Way`, or `asked` by a person, `capture`, `redirect`."""
    on: str | None
    earliest: date | None = None
    """The article was published on this day or later, as far as the way of finding tells."""
    latest: date | None = None
    """Likewise, on this day or earlier."""
    target: str | None = None
    """The public address with its query, where it is asked for with that."""
    backfill: int | None = None
    """The backfill that looked for it; None of an address found as news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One HTTP exchange as it came, one imported text or decision; its place in the archive."""

    source: str
    url: str
    """The canonical public address, or `urn:sha256:…` of an imported text, or `DECISION_URN`."""
    target: str
    """The public address as it was asked (WARC-Target-URI)."""
    time: datetime
    """Aware, UTC."""
    status: int
    """The HTTP status; 0 of an imported text or a decision."""
    digest: str
    """SHA-1 of the payload, `sha1:` and Base32, as in WARC-Payload-Digest; a revisit bears
    the digest of the payload that it refers to."""
    content_type: str = ""
    content_encoding: str = ""
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    """The Location header of a redirect, resolved and public."""
    refers_to: datetime | None = None
    """Of a revisit: the time of the capture whose payload stands for this one's."""
    mirror: str | None = None
    """The address that was really asked, where it was a mirror."""
    article: bool = False
    challenge: bool = False
    """Whether the answer's headers say that it is a challenge to the browser. Read from the archive
    only: the database keeps what the capture turned out to be."""
    file: str = ""
    """Name of the WARC file in the archive."""
    offset: int = 0
    length: int = 0

    @property
    def order(self) -> tuple[datetime, str, str]:
        """The order of captures everywhere (design, section 5)."""
        return self.time, self.url, self.digest

    @property
    def key(self) -> tuple[str, datetime, str]:
        """What makes two captures the same."""
        return self.url, self.time, self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one capture, or one request, gave no item."""

    url: str
    stage: Literal["fetch", "read", "listing", "robots"]
    reason: str
    """A short fixed word, such as `no-date` or `http-500`."""
    detail: str
    """A sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedCapture:
    """A capture with what it turned out to be: what `ingest` takes."""

    capture: Capture
    outcome: Outcome
    reading: Reading | None = None
    failure: Failure | None = None
    redirect_to: str | None = None
    """Of a redirect within the source: the canonical address of the article that it leads to."""
    text_id: str | None = None
    """Of an imported text: its id."""
    decision: Decision | None = None
    """Of a person's decision: what it says."""
