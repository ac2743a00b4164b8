"""Addresses, captures, and what a capture gave."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pipeline.model.decision import DECISION_URN, Decision
from pipeline.model.reading import Reading
from pipeline.model.source import ArticleKind, Way

Outcome = Literal[
    "reading", "not-modified", "redirect", "gone", "soft-404", "refused", "failed", "other"
]
"""What the capture of an article's address gave."""

CaptureKind = Literal["http", "text", "decision"]
"""An HTTP exchange, an imported text, a person's decision."""

FoundBy = Literal[Way, "asked", "capture", "redirect", "files"]
"""How an address was found: by a way of finding, named by a person, by a capture of it that was
imported, by a redirect to it, in the WARC files that `check` reads."""


def capture_kind(target: str, status: int) -> CaptureKind:
    """What a record of the archive is, by its target and status; only HTTP has a status."""
    if status:
        return "http"
    return "decision" if target == DECISION_URN else "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The public address of an article, in its canonical form."""

    url: str
    language: str
    kind: ArticleKind
    number: int | None = None
    """The site's own number, where the address has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that was found, and how."""

    address: Address
    by: FoundBy
    on: str | None
    """The public address of the page that names it."""
    earliest: date | None = None
    """The first day on which the article may have been published, if the way of finding says it."""
    latest: date | None = None
    """The last such day."""
    target: str | None = None
    """The public address with its query, where it has to be requested with it."""
    backfill: int | None = None
    """The id of the backfill that looked for it; None for an address found as news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One record of the archive: an HTTP exchange, an imported text or a decision."""

    source: str
    url: str
    """The canonical public address; `urn:sha256:…` for an imported text, `DECISION_URN` for a
    decision."""
    target: str
    """The public address as it was requested (WARC-Target-URI)."""
    time: datetime
    """Aware, UTC."""
    status: int
    """The HTTP status; 0 where `kind` is not `http`."""
    digest: str
    """SHA-1 of the payload, `sha1:` and Base32, as in WARC-Payload-Digest; of a revisit, the digest
    of the payload that it refers to, empty where it does not say it."""
    content_type: str = ""
    content_encoding: str = ""
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    """The Location header of a redirect, resolved and public."""
    is_unchanged: bool = False
    """Whether it is a revisit that says that the content is that of an earlier capture. Read from
    the archive alone: the database keeps the capture's outcome."""
    refers_to: datetime | None = None
    """The time of the capture whose payload a revisit has too, where it says it."""
    mirror: str | None = None
    """The URL that was requested, where it was a mirror's."""
    article: bool = False
    """Whether items come of it: an article's page, an imported text, a decision."""
    challenge: bool = False
    """Whether the answer's headers say that it is a bot check. Read from the archive alone: the
    database keeps the capture's outcome."""
    file: str = ""
    """Name of the WARC file in the archive."""
    offset: int = 0
    """Where in the file its record begins, in bytes."""
    length: int = 0
    """Bytes of the record in the file."""

    @property
    def kind(self) -> CaptureKind:
        """What it is a record of."""
        return capture_kind(self.target, self.status)

    @property
    def order(self) -> tuple[datetime, str, str]:
        """The order of captures everywhere: time, then address, then digest."""
        return self.time, self.url, self.digest

    @property
    def key(self) -> tuple[str, datetime, str]:
        """Captures with equal keys are the same one."""
        return self.url, self.time, self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one capture, or one request, gave no item."""

    url: str
    stage: Literal["fetch", "read", "listing", "robots"]
    reason: str
    """A short word for machines, such as `no-date` or `http-500`."""
    detail: str
    """A sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedCapture:
    """A capture with its outcome: what `ingest` takes."""

    capture: Capture
    outcome: Outcome
    reading: Reading | None = None
    failure: Failure | None = None
    redirect_to: str | None = None
    """The canonical address of the article that a redirect within the source leads to."""
    text_id: str | None = None
    """The id of an imported text."""
    decision: Decision | None = None
    """What a person decided; None also where the record says nothing known."""
    reader_version: str | None = None
    """Which reader came to this (`pipeline.ingest.reader_version`); None: today's."""
