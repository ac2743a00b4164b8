"""robots.txt (RFC 9309): whether a source may be asked at all, for what, and how often."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from protego import Protego

from pipeline.archive.content_encoding import (
    UndecodableBody,
    decoded,
    decoded_as_far_as_it_goes,
)
from pipeline.archive.exchange import Headers, header
from pipeline.normalize.lost_letters import LOST_CHARACTER
from pipeline.normalize.text_encoding import decoded_text
from pipeline.page.not_article import is_challenge, is_error, is_maintenance
from spiders.network.http_answer import (
    CHALLENGE,
    LONGEST_DELAY_SECONDS,
    Page,
    Pause,
    Redirect,
    Refused,
    verdict,
)

_AGENT = "kazpress"
_LARGEST_BYTES = 5_000_000
"""RFC 9309, section 2.5: at least 500 KiB are read."""
_FEW_WORDS = 100
"""A page with more words than this is one of the site's."""
_GZIP = b"\x1f\x8b"
_DISALLOW = r"(?:dis+al+[ao]w|diasllow)"
"""With the misspellings that Protego takes."""
_RULE = re.compile(
    rf"^[ \t]*(?:user[- ]?agent|{_DISALLOW}|allow|site-?maps?|crawl[- ]delay)[ \t]*[: \t]",
    re.MULTILINE | re.IGNORECASE,
)
_FORBIDDEN_PATH = re.compile(rf"^[ \t]*{_DISALLOW}[: \t]+([/*]\S*)", re.MULTILINE | re.IGNORECASE)
_PADDING = re.compile(rb"(?:\0\0)+$")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|pre|code|br|b|p|div)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_OUTSIDE_ASCII = bytes(range(128, 256))
_CUT_CHARACTERS = re.compile(rf"(?:%[0-9A-Fa-f]{{0,2}}|{LOST_CHARACTER})+$")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(rf"{_CONTROL.pattern}|[\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us."""

    rules: Protego
    remark: str = ""
    """What is odd about the file that holds them, without its subject; empty where nothing is."""
    is_cut: bool = False
    """Whether a part of the file is missing."""

    @classmethod
    def parsed(cls, body: bytes) -> "Robots":
        """The rules in the body of a robots.txt; one that is no text has none."""
        return cls(Protego.parse(_lines(_text(body), is_cut=False)))

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return bool(self.rules.can_fetch(url, _AGENT))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names (sitemaps.org)."""
        return tuple(self.rules.sitemaps)

    @property
    def delay_seconds(self) -> float:
        """The Crawl-delay, 0 where there is none."""
        return float(self.rules.crawl_delay(_AGENT) or 0)


EVERYTHING = Robots(Protego.parse(""))
"""What holds where there is no robots.txt (4xx)."""


@dataclass(frozen=True, slots=True)
class NothingAllowed:
    """Why nothing of the source may be asked."""

    reason: str
    """A short fixed word: `http-503`, `crawl-delay`."""
    detail: str


def robots_verdict(
    status: int, headers: Headers, payload: bytes, *, now: datetime
) -> Robots | Redirect | Refused | Pause | NothingAllowed:
    """What the answer to a request for robots.txt means (RFC 9309, section 2.3.1): rules, none
    where there is no robots.txt (4xx), and nothing may be asked where it can't be had (5xx).
    A challenge page has no rules: the site refuses us. What is not in its Content-Encoding is read
    as the bytes are, or as far as they go; where that gives no rules, nothing may be asked.
    """
    match verdict(status, headers, validated=False, now=now):
        case (Redirect() | Refused() | Pause()) as other:
            return other
        case Page():
            return _rules(payload, header(headers, "Content-Encoding") or "")
        case _ if 400 <= status < 500:
            return EVERYTHING
    return NothingAllowed(f"http-{status}", f"answers {status}")


def _rules(payload: bytes, coding: str) -> Robots | Refused | NothingAllowed:
    body, fault = _body(payload, coding)
    is_cut = bool(fault) and body != payload
    text = _text(body.rstrip(_OUTSIDE_ASCII) if is_cut else body)
    if is_challenge(text):
        return CHALLENGE
    if not fault and (_CONTROL.search(text) or (body and not body.strip(b"\0"))):
        fault = "it has control characters"
    text = _lines(text, is_cut=is_cut)
    robots = Robots(Protego.parse(text))
    if not _RULE.search(text):
        return _without_rules(text, fault)
    if is_cut and not _forbids_anything(robots, text):
        return _unreadable(fault)
    if robots.delay_seconds > LONGEST_DELAY_SECONDS:
        detail = (
            f"asks for {robots.delay_seconds:.0f} s between requests, "
            "which is longer than a crawl waits"
        )
        return NothingAllowed("crawl-delay", detail)
    if fault:
        return replace(robots, remark=f"is read as far as it goes: {fault}", is_cut=is_cut)
    return robots


def _without_rules(text: str, fault: str) -> Robots | NothingAllowed:
    """What a text without rules means: no robots.txt, where it is all that the site has to say."""
    if not fault and (is_error(text) or (is_maintenance(text) and len(text.split()) < _FEW_WORDS)):
        fault = "it is a page that says that the site is not working now"
    if fault:
        return _unreadable(fault)
    return replace(EVERYTHING, remark="holds no rules") if text.strip() else EVERYTHING


def _unreadable(why: str) -> NothingAllowed:
    return NothingAllowed("undecodable", f"can't be read: {why}")


def _body(payload: bytes, coding: str) -> tuple[bytes, str]:
    """The body, or what there is of it, and what is wrong with it."""
    body, fault = _decoded(payload, coding)
    if body.startswith(_GZIP):  # packed as a file, or a second time
        body, further = _decoded(body, "gzip")
        fault = fault or further
    if len(body) > _LARGEST_BYTES:
        return body[:_LARGEST_BYTES], f"it is larger than {_LARGEST_BYTES} bytes"
    return body, fault


def _decoded(payload: bytes, coding: str) -> tuple[bytes, str]:
    try:
        return decoded(payload, coding), ""
    except UndecodableBody as error:
        return decoded_as_far_as_it_goes(payload, coding), str(error)


def _text(body: bytes) -> str:
    return decoded_text(_PADDING.sub(b"", body), "")


def _lines(text: str, *, is_cut: bool) -> str:
    """The lines of a text, as Protego reads them: without what is invisible, without markup where
    it is a page, and without the last where the text is cut off in it and it might allow more than
    the whole line does. A path that is cut off forbids more.
    """
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _MARKUP.search(text):
        text = _TAG.sub("\n", text)
    if not is_cut:
        return text
    before, end, last = text.rpartition("\n")
    forbids_more = last.strip().lower().startswith(("di", "crawl"))
    return before + end + (_CUT_CHARACTERS.sub("", last) if forbids_more else "")


def _forbids_anything(robots: Robots, text: str) -> bool:
    """Whether any of the rules of a text forbids us anything."""
    paths = (found[1].rstrip("$").lstrip("/") for found in _FORBIDDEN_PATH.finditer(text))
    return any(not robots.allows(f"https://host/{path}") for path in paths)
