"""From a page and the rules that act on it to the bytes of an answer."""

from __future__ import annotations

import gzip
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import formatdate, parsedate_to_datetime
from typing import Final

from tests.sites.page import COUNTER, Page
from tests.sites.rules import Answered, Claimed
from tests.sites.shelf import Shelf

_PAGELESS: Final = "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body>{0}</body></html>\n"
_PACKED: Final = "application/gzip"
_BODILESS: Final = frozenset({204, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer before it is framed: no Content-Length, no Transfer-Encoding yet."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    @property
    def bodiless(self) -> bool:
        """Whether its status allows no body."""
        return self.status in _BODILESS


def answer_to(asked: Message, page: Page, claimed: Claimed, shelf: Shelf) -> Answer:
    """The answer to a request's headers; `asked` finds them without regard to letter case."""
    validators = _validators(page, shelf)
    if claimed.answered != Answered():
        return _packed(asked, _overridden(page, claimed, shelf, validators), shelf)
    if _holds(asked, validators) or (shelf.switches.lying and _has_condition(asked)):
        return Answer(status=304, headers=tuple(validators.items()))
    return _packed(asked, _plain(page, claimed, shelf, validators), shelf)


def _plain(page: Page, claimed: Claimed, shelf: Shelf, validators: Mapping[str, str]) -> Answer:
    if page.location is not None:
        there = (("Location", page.location),)
        return Answer(status=page.status, headers=there, body=_pageless(page.status))
    body = _filled(page, shelf).encode(claimed.encoded.encoding, "xmlcharrefreplace")
    if page.packed:
        body = gzip.compress(body, mtime=0)
    headers = (_content_type(page, claimed), *validators.items())
    return Answer(status=page.status, headers=headers, body=body)


def _overridden(
    page: Page, claimed: Claimed, shelf: Shelf, validators: Mapping[str, str]
) -> Answer:
    """Another status or body takes the page's body and validators away."""
    wanted = claimed.answered
    status = page.status if wanted.status is None else wanted.status
    if status == page.status and wanted.body is None:
        base = _plain(page, claimed, shelf, validators)
    elif status in _BODILESS:
        base = Answer(status=status, headers=tuple(validators.items()))
    else:
        body = _pageless(status) if wanted.body is None else bytes.fromhex(wanted.body)
        base = Answer(status=status, headers=(_content_type(page, claimed),), body=body)
    given = {name.lower() for name, _ in wanted.headers}
    kept = (pair for pair in base.headers if pair[0].lower() not in given)
    return Answer(status=status, headers=(*kept, *wanted.headers), body=base.body)


def _pageless(status: int) -> bytes:
    return _PAGELESS.format(status).encode()


def _filled(page: Page, shelf: Shelf) -> str:
    """The page with its counter, thousands apart as on Kazpravda."""
    if page.article is None:
        return page.text
    views = shelf.views(page.article)
    shown = f"{views:,}".replace(",", " ") if page.article.site == "kazpravda" else str(views)
    return page.text.replace(COUNTER, shown)


def _content_type(page: Page, claimed: Claimed) -> tuple[str, str]:
    if page.packed:
        return "Content-Type", _PACKED
    declared = claimed.encoded.declared
    charset = "" if declared is None else f"; charset={declared}"
    return "Content-Type", page.content_type + charset


def _validators(page: Page, shelf: Shelf) -> dict[str, str]:
    """Of the page without its counter, so the tag is a weak one."""
    if not shelf.switches.validators or page.status != 200:
        return {}
    digest = hashlib.sha256(page.text.encode()).hexdigest()[:20]
    if shelf.switches.restless:
        digest = secrets.token_hex(10)
    validators = {"ETag": f'W/"{digest}"'}
    if page.article is not None:
        validators["Last-Modified"] = formatdate(shelf.modified(page.article), usegmt=True)
    return validators


def _has_condition(asked: Message) -> bool:
    return any(asked.get(name) is not None for name in ("If-None-Match", "If-Modified-Since"))


def _holds(asked: Message, validators: Mapping[str, str]) -> bool:
    """Whether the client's copy is good (RFC 9110, 13.1): a tag counts before a date."""
    tags = asked.get("If-None-Match")
    if not validators:
        return False
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return tags.strip() == "*" or validators["ETag"].removeprefix("W/") in known
    since, modified = asked.get("If-Modified-Since"), validators.get("Last-Modified")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _packed(asked: Message, answer: Answer, shelf: Shelf) -> Answer:
    """Compressed where the client takes it. The same bytes give the same bytes."""
    takes = "gzip" in (asked.get("Accept-Encoding") or "").lower()
    encoded = any(
        name.lower() == "content-encoding" or value == _PACKED for name, value in answer.headers
    )
    if encoded or not takes or not shelf.switches.gzip or not answer.body:
        return answer
    headers = (*answer.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    body = gzip.compress(answer.body, compresslevel=6, mtime=0)
    return Answer(status=answer.status, headers=headers, body=body)
