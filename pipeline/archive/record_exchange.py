"""What a whole WARC record says: an exchange, or why it gives none (ISO 28500:2017, section 6)."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from pipeline.archive.exchange import (
    MIRROR_HEADER,
    SOURCE_HEADER,
    Exchange,
    Reference,
    payload_digest,
)
from pipeline.archive.http_message import HttpAnswer, parse_answer
from pipeline.clock import moment
from pipeline.model.decision import DECISION_URN
from pipeline.warc.passed_over import Cause
from pipeline.warc.raw_records import RawRecord

_WEB = re.compile(r"https?://", re.IGNORECASE)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype html|html|head|body)\b",
    re.DOTALL | re.IGNORECASE,
)
"""How a web page begins."""
_NO_TYPES = frozenset({"", "application/octet-stream", "application/warc-record"})
"""Types of resource records that do not say what they hold."""
_WEEK_DATE = re.compile(r"\d{4}-?W")
_SHA1 = re.compile(r"sha-?1:(?:(?P<base32>[a-z2-7]{32})|(?P<hex>[0-9a-f]{40}))", re.IGNORECASE)
_EMPTY = payload_digest(b"")
_UNCHANGED = frozenset({200, 304})
"""What a revisit's head says where it means the content, and not an error or a redirect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoExchange:
    """Why a whole record gives no exchange."""

    reason: str
    """A short fixed word: what is wrong with it, or its type."""
    detail: str
    """A sentence for a person, without the record."""
    cause: Cause


class _Unusable(Exception):
    """Carries a NoExchange."""

    def __init__(self, reason: str, detail: str, cause: Cause = "damage") -> None:
        super().__init__(detail)
        self.why = NoExchange(reason=reason, detail=detail, cause=cause)


def exchange_in(record: RawRecord) -> Exchange | NoExchange:
    """The exchange in a record, or why there is none."""
    try:
        return _exchange(record)
    except _Unusable as unusable:
        return unusable.why


def _exchange(record: RawRecord) -> Exchange:
    """Raises _Unusable."""
    get = record.headers.get
    kind, target = get("warc-type", "").lower(), get("warc-target-uri", "").strip("<>")
    if not kind:
        raise _Unusable("headers", "it has no WARC-Type")
    is_text = kind == "resource" and target.startswith("urn:sha256:")
    if is_text or (kind == "metadata" and target == DECISION_URN):
        return Exchange(
            target=target, time=_time(get("warc-date")), status=0, payload=record.block,
            source=get(SOURCE_HEADER.lower()),
        )  # fmt: skip
    if kind not in ("response", "revisit", "resource"):
        raise _Unusable(kind, f"its type is {kind}", "type")
    if not target:
        raise _Unusable("headers", "it has no WARC-Target-URI")
    if not _WEB.match(target):
        raise _Unusable(kind, "its address is not one of the web", "type")
    if kind == "revisit":
        return _revisit(record, target)
    if get("warc-truncated") or get("warc-segment-number"):
        raise _cut_short()
    return _resource(record, target) if kind == "resource" else _response(record, target)


def _response(record: RawRecord, target: str) -> Exchange:
    found = parse_answer(record.block)
    if found is None:
        raise _Unusable("http", "it has no head of an HTTP answer")
    if found.is_short and found.status != 304:
        raise _cut_short()
    return _answer(record, target, found, found.body, None)


def _resource(record: RawRecord, target: str) -> Exchange:
    """A page without its HTTP head, as of a mirrored folder."""
    said = record.headers.get("content-type", "")
    if said.lower() in _NO_TYPES:
        said = ""
    if "html" not in said.lower() and (said or not _HTML.match(record.block)):
        of = said or "no type that says what it is"
        raise _Unusable("resource", f"it is a resource of {of}", "type")
    return Exchange(
        target=target, time=_time(record.headers.get("warc-date")), status=200, reason="OK",
        headers=(("Content-Type", said),) if said else (), payload=record.block,
    )  # fmt: skip


def _revisit(record: RawRecord, target: str) -> Exchange:
    """What was seen again. That its content is unchanged makes it a 304, whatever head it has; one
    of an error or a redirect is that.
    """
    get = record.headers.get
    refers_to = Reference(
        target=(get("warc-refers-to-target-uri") or "").strip("<>") or None,
        time=_time_or_none(get("warc-refers-to-date")),
        digest=_sha1(get("warc-payload-digest", "")),
        record_id=get("warc-refers-to"),
    )
    found = parse_answer(record.block)
    if found is None or found.status in _UNCHANGED:
        headers = found.headers if found else ()
        found = HttpAnswer(
            protocol=found.protocol if found else "HTTP/1.1", status=304, reason="Not Modified",
            headers=headers, body=b"", is_short=False,
        )  # fmt: skip
    return _answer(record, target, found, b"", refers_to)


def _answer(
    record: RawRecord, target: str, found: HttpAnswer, payload: bytes, refers_to: Reference | None
) -> Exchange:
    return Exchange(
        target=target,
        time=_time(record.headers.get("warc-date")),
        status=found.status,
        reason=found.reason,
        protocol=found.protocol,
        headers=found.headers,
        payload=payload,
        refers_to=refers_to,
        mirror=record.headers.get(MIRROR_HEADER.lower()),
        ip_address=_ip_address(record.headers.get("warc-ip-address", "")),
    )


def _ip_address(said: str) -> str | None:
    try:
        return str(ip_address(said.strip()))
    except ValueError:
        return None


def _cut_short() -> _Unusable:
    # Part of a page must not pass for the page.
    return _Unusable("truncated", "it was cut short when it was captured", "part")


def _sha1(said: str) -> str | None:
    """A payload's digest in our form; None where it is of another kind, or of no bytes at all."""
    found = _SHA1.fullmatch(said.strip())
    if found is None:
        return None
    base32 = found["base32"] or base64.b32encode(bytes.fromhex(found["hex"])).decode()
    digest = f"sha1:{base32.upper()}"
    return None if digest == _EMPTY else digest


def _time(text: str | None) -> datetime:
    """The moment of a WARC-Date. Raises _Unusable."""
    if not text:
        raise _Unusable("date", "it has no WARC-Date")
    found = _time_or_none(text)
    if found is None:
        raise _Unusable("date", f'its WARC-Date "{text}" is no time, or names no day')
    if not 1990 <= found.year < 3000:
        raise _Unusable("date", f'its WARC-Date "{text}" is before the web, or far in the future')
    return found


def _time_or_none(text: str | None) -> datetime | None:
    if not text or _WEEK_DATE.match(text):
        return None
    try:
        return moment(text)
    except (ValueError, OverflowError):
        return None
