"""One HTTP exchange, imported text or decision, apart from where it is stored."""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime

Headers = tuple[tuple[str, str], ...]
"""Name and value as they came; each character stands for a byte (Latin-1)."""
MIRROR_HEADER = "Kazpress-Mirror"
SOURCE_HEADER = "Kazpress-Source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP exchange, imported text or decision, apart from where it is stored."""

    target: str
    time: datetime
    status: int
    """The HTTP status; 0 of an imported text or a decision."""
    reason: str = ""
    protocol: str = "HTTP/1.1"
    headers: Headers = ()
    """Name and value as they came; each character stands for a byte (Latin-1)."""
    payload: bytes = field(default=b"", repr=False)
    """The body with its Content-Encoding, without Transfer-Encoding."""
    request: tuple[str, Headers] | None = None
    """The request's first line and headers."""
    refers_to: tuple[str, datetime, str] | None = None
    """Of a revisit: target, time and payload digest of what it refers to."""
    mirror: str | None = None
    source: str | None = None
    """Of an imported text or a decision: whose archive it is in."""

    def header(self, name: str) -> str | None:
        """The last value of a response header: UTF-8 where its bytes are that, else Latin-1."""
        return header(self.headers, name)

    @property
    def digest(self) -> str:
        """The payload's digest, or that of the payload that a revisit refers to."""
        return self.refers_to[2] if self.refers_to else payload_digest(self.payload)


def payload_digest(payload: bytes) -> str:
    """A payload's digest in the form that WARC files customarily bear: SHA-1, Base32."""
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
