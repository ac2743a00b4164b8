"""The Content-Encoding that a captured body really has.

Archives keep a body as it came or without its coding, and their answers name the coding in either
case; on the way it may get another one. What is kept must be what its header says.
"""

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.exchange import Headers, payload_digest

_GZIP = b"\x1f\x8b\x08"
_GZIPS = frozenset({"gzip", "x-gzip"})


def unwrapped(body: bytes, coding: str, digest: str) -> tuple[bytes, str]:
    """A body as it was captured, and what is left of the coding that the archive's own answer
    names: nothing where it was put on for the way.

    That the body is as it was captured is certain where its digest is that of the list. Else the
    coding is taken off: an archive that codes on the way gives other bytes each time.
    """
    if not coding or payload_digest(body) == digest:
        return body, coding
    try:
        return decoded(body, coding), ""
    except UndecodableBody:
        return body, coding


def true_coding(payload: bytes, coding: str) -> str:
    """The coding that a payload has, where its headers say `coding`: none where it is text that has
    been decoded already, gzip where it is that and they say nothing.
    """
    if not coding.strip():
        return "gzip" if payload.startswith(_GZIP) and _is_in(payload, "gzip") else ""
    if _is_in(payload, coding):
        return coding
    only = coding.strip().lower()
    is_decoded = only in _GZIPS and not payload.startswith(_GZIP[:2])
    return "" if is_decoded or payload.lstrip()[:1] == b"<" else coding


def with_coding(headers: Headers, coding: str) -> Headers:
    """The headers with this Content-Encoding, or with none."""
    kept = tuple(pair for pair in headers if pair[0].lower() != "content-encoding")
    return (*kept, ("Content-Encoding", coding)) if coding else kept


def _is_in(payload: bytes, coding: str) -> bool:
    try:
        decoded(payload, coding)
    except UndecodableBody:
        return False
    return True
