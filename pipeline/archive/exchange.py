"""Exchanges: what the archive stores, whatever the file format."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.model.capture import CaptureKind, capture_kind

Headers = tuple[tuple[str, str], ...]
"""Names and values as they came; each character stands for a byte (Latin-1)."""

MIRROR_HEADER = "Kazpress-Mirror"
"""The WARC header with the URL that was requested, where it was a mirror's."""
SOURCE_HEADER = "Kazpress-Source"
"""The WARC header with the source of an imported text or a decision."""

NOT_MODIFIED = 304

_CONTENT_TYPES: dict[CaptureKind, str] = {
    "text": "text/plain; charset=utf-8", "decision": "application/json"
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a revisit says of the exchange that it refers to; None where it does not say it."""

    target: str | None = None
    time: datetime | None = None
    digest: str | None = None
    """Of its payload: `sha1:` and Base32."""
    record_id: str | None = None
    """The WARC-Record-ID of its record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP exchange, imported text or decision; where it is stored is not part of it."""

    target: str
    time: datetime
    status: int
    """The HTTP status; 0 where `kind` is not `http`."""
    reason: str = ""
    protocol: str = "HTTP/1.1"
    headers: Headers = ()
    payload: bytes = field(default=b"", repr=False)
    """The body with its Content-Encoding, without Transfer-Encoding."""
    request: tuple[str, Headers] | None = None
    """The request's first line and headers."""
    refers_to: Reference | None = None
    """Of a revisit: the exchange whose payload it has, too."""
    mirror: str | None = None
    """The URL that was requested, where it was a mirror's."""
    ip_address: str | None = None
    """Of the server that answered, where it is known."""
    source: str | None = None
    """The source of an imported text or a decision; of an HTTP exchange the address says it."""

    def header(self, name: str) -> str | None:
        """The last value of a response header: UTF-8 where its bytes are that, else Latin-1."""
        return header(self.headers, name)

    @property
    def kind(self) -> CaptureKind:
        """What it is a record of."""
        return capture_kind(self.target, self.status)

    @property
    def content_type(self) -> str:
        """What its payload is; empty where an answer does not say it."""
        return _CONTENT_TYPES.get(self.kind) or self.header("Content-Type") or ""

    @property
    def agent(self) -> str | None:
        """The User-Agent with which it was asked; None where the request is not known."""
        return header(self.request[1], "User-Agent") if self.request else None

    @property
    def is_unchanged(self) -> bool:
        """Whether it says that the content is that of an earlier exchange."""
        return self.status == NOT_MODIFIED and self.refers_to is not None

    @property
    def unresolved(self) -> set[str]:
        """The id of the record that it refers to, where it names it by nothing else."""
        refers_to = self.refers_to
        if refers_to is None or refers_to.time is not None or refers_to.record_id is None:
            return set()
        return {refers_to.record_id}

    def referring_to(self, originals: Mapping[str, Reference]) -> "Exchange":
        """The same, with what is known of the record that it refers to by its id."""
        for record_id in self.unresolved & originals.keys():
            return replace(self, refers_to=originals[record_id])
        return self

    @property
    def digest(self) -> str:
        """The payload's digest, or that of the payload that a revisit refers to: empty where the
        revisit does not say it.
        """
        return self.refers_to.digest or "" if self.refers_to else payload_digest(self.payload)


def newest_page(exchanges: Sequence[Exchange]) -> Exchange:
    """Of an address's exchanges, oldest first: the newest with a page, else the newest."""
    return next((one for one in reversed(exchanges) if one.status == 200), exchanges[-1])


def payload_digest(payload: bytes) -> str:
    """A payload's digest in the usual form of WARC files: `sha1:` and Base32."""
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


def header(headers: Headers, name: str) -> str | None:
    """The last value of a header: UTF-8 where its bytes are that, else Latin-1."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    if not values:
        return None
    try:
        return values[-1].encode("latin-1").decode()
    except UnicodeError:
        return values[-1]
