"""The Wayback Machine: its CDX lists, and captures as they were made (`id_`).

An answer with a Memento-Datetime (RFC 7089) is a capture, whatever its status: a 429 with it is
what the site once answered. One without it is the archive's own.
"""

import json
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.exchange import Exchange, Headers
from pipeline.archive.http_status import REDIRECTS
from pipeline.clock import moment
from pipeline.web_archives.listed_capture import ListedCapture, ListQuestion
from spiders.web_archives.dialect import (
    Answer,
    Elsewhere,
    ListPage,
    ListRow,
    Refusal,
    Request,
    Search,
    Trouble,
)
from spiders.web_archives.list_rows import timestamp_of
from spiders.web_archives.payload_coding import true_coding, unwrapped, with_coding
from spiders.web_archives.refusals import refusal, withheld

WAYBACK_URL = "https://web.archive.org"
_FIELDS = ("timestamp", "original", "statuscode", "digest")
_ROWS = 5000
_LIST_BYTES = 20_000_000
_PAGE_BYTES = 20_000_000
_LISTS_LAST = timedelta(days=1)
_ORIGINAL = "x-archive-orig-"
_CAPTURE = re.compile(r"/web/(?P<timestamp>[0-9]{14})(?:[a-z]{2}_)?/(?P<target>.+)", re.DOTALL)
_LINK = re.compile(r'<(?P<target>[^<>]*)>\s*;[^,<]*rel="?original\b', re.IGNORECASE)
_TARGET_SAFE = "%/:=&?~+!$,;'@()*[]"


class Wayback:
    """The dialect of the Wayback Machine."""

    name = "wayback"
    title = "the Wayback Machine"

    def __init__(self, search: Search, base_url: str) -> None:
        self._search = search
        self._base_url = base_url

    def questions(self) -> list[ListQuestion]:
        """A list for each beginning of articles' addresses."""
        bounds, wanted = "", self._search.wanted
        if wanted.since is not None:
            bounds += f"&from={timestamp_of(wanted.since)}"
        if wanted.before is not None:
            bounds += f"&to={timestamp_of(wanted.before - timedelta(seconds=1))}"
        paths = [
            f"/cdx/search/cdx?url={quote(one, safe='')}&matchType=prefix&output=json"
            f"&fl={','.join(_FIELDS)}&limit={_ROWS}&showResumeKey=true{bounds}"
            for one in self._search.narrow
        ]
        return [ListQuestion(kind="rows", path=p, root=p, lasts=_LISTS_LAST) for p in paths]

    def list_request(self, question: ListQuestion) -> Request:
        """The request for a part of a list."""
        return Request(
            url=self._base_url + question.path,
            headers=(("Accept-Encoding", "gzip"),),
            most_bytes=_LIST_BYTES,
        )

    def read_list(self, question: ListQuestion, answer: Answer) -> ListPage | Trouble | Refusal:
        """JSON: a line with the names of fields, lines of captures; where there are more, an empty
        line and one with the key to go on from. No captures: an empty answer.
        """
        if found := withheld(answer) or refusal(answer):
            return found
        if answer.status != 200:
            return _broken(answer.status)
        try:
            text = decoded(answer.body, answer.header("Content-Encoding")).strip()
            lines = json.loads(text or b"[]")
        except (UndecodableBody, ValueError, RecursionError):
            return _unreadable()
        if not isinstance(lines, list) or not all(isinstance(one, list) for one in lines):
            return _unreadable()
        return _list_page(question, lines)

    def capture_request(self, listed: ListedCapture) -> Request:
        """The request for a capture. It asks for the bytes as they are: to one that takes gzip, the
        archive names the coding of a body that was captured in gzip wrongly.
        """
        return Request(
            url=self.address(listed),
            headers=(("Accept-Encoding", "identity"), ("Accept", "*/*")),
            most_bytes=_PAGE_BYTES,
        )

    def read_capture(
        self, listed: ListedCapture, answer: Answer
    ) -> Exchange | Elsewhere | Trouble | Refusal:
        """The capture, with the headers as the site sent them."""
        time = _memento_time(answer)
        if time is not None:
            return self._exchange(listed, answer, time)
        if found := withheld(answer) or refusal(answer):
            return found
        if answer.status in REDIRECTS:
            return _elsewhere(answer.header("Location"))
        if answer.status in (404, 410):
            return Trouble(reason="not-there", detail="lists it and does not have it")
        if answer.status == 200:
            return Trouble(reason="no-capture", detail="answers with a page of its own")
        return _broken(answer.status)

    def address(self, listed: ListedCapture) -> str:
        """Where the archive has a capture."""
        return self._base_url + listed.place

    def _exchange(self, listed: ListedCapture, answer: Answer, time: datetime) -> Exchange:
        headers = original_headers(answer.headers)
        body, on_the_way = unwrapped(answer.body, answer.header("Content-Encoding"), listed.digest)
        named = next((v for n, v in headers if n.lower() == "content-encoding"), on_the_way)
        status = answer.status
        if status in REDIRECTS and listed.status in REDIRECTS:
            status = listed.status  # any redirect may be answered as another kind of one
        linked = _LINK.search(answer.header("Link"))
        return Exchange(
            target=linked["target"] if linked else listed.target,
            time=time,
            status=status,
            reason=_reason(status),
            headers=with_coding(headers, true_coding(body, named)),
            payload=body,
            mirror=self.address(listed),
        )


def capture_place(timestamp: str, target: str) -> str:
    """Under which path a capture is had as it was made."""
    return f"/web/{timestamp}id_/{quote(target, safe=_TARGET_SAFE)}"


def original_headers(headers: Headers) -> Headers:
    """The headers that the site sent: the archive gives them another name, all but the type, and
    lets a redirect lead to its own capture of the target.
    """
    found = [
        (name[len(_ORIGINAL) :], value)
        for name, value in headers
        if name.lower().startswith(_ORIGINAL)
    ]
    named = {name.lower() for name, _ in found}
    for name, value in headers:
        low = name.lower()
        if low == "content-type" and low not in named:
            found.append((name, value))
        elif low == "location" and low not in named:
            inside = _CAPTURE.search(value)
            found.append((name, inside["target"] if inside else value))
    return tuple(found)


def _list_page(question: ListQuestion, lines: list[list[Any]]) -> ListPage | Trouble:
    key = None
    if len(lines) >= 2 and not lines[-2] and len(lines[-1]) == 1:
        key = lines[-1][0]
        lines = lines[:-2]
        if not isinstance(key, str) or not key:
            return _unreadable()
    if not lines:
        return ListPage(further=_after(question, key), goes_on=key is not None)
    head, *rest = lines
    if not set(_FIELDS) <= {str(one) for one in head}:
        return _unreadable()
    places = [head.index(name) for name in _FIELDS]
    rows, unread = [], 0
    for line in rest:
        values = [line[at] if at < len(line) else None for at in places]
        timestamp, target, status, digest = values
        if not isinstance(timestamp, str) or not isinstance(target, str):
            unread += 1
            continue
        rows.append(
            ListRow(
                target=target,
                timestamp=timestamp,
                digest=str(digest),
                status=str(status),
                place=capture_place(timestamp, target),
            )
        )
    return ListPage(
        rows=rows, unread=unread, further=_after(question, key), goes_on=key is not None
    )


def _after(question: ListQuestion, key: str | None) -> tuple[ListQuestion, ...]:
    """The question that goes on with a list."""
    if key is None:
        return ()
    path = f"{question.root}&resumeKey={quote(key, safe='')}"
    return (ListQuestion(kind="rows", path=path, root=question.root),)


def _elsewhere(location: str) -> Elsewhere | Trouble:
    found = _CAPTURE.search(urlsplit(location)._replace(scheme="", netloc="").geturl())
    if found is None:
        return Trouble(reason="redirect", detail=f"leads to {location or 'nowhere'}")
    timestamp, target = found["timestamp"], found["target"]
    return Elsewhere(
        row=ListRow(
            target=target,
            timestamp=timestamp,
            digest="",
            status="",
            place=capture_place(timestamp, target),
        )
    )


def _memento_time(answer: Answer) -> datetime | None:
    said = answer.header("Memento-Datetime")
    if not said:
        return None
    try:
        return moment(parsedate_to_datetime(said).isoformat())
    except (ValueError, OverflowError):
        return None


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _broken(status: int) -> Trouble:
    return Trouble(reason=f"http-{status}", detail=f"answers {status}", passes=True)


def _unreadable() -> Trouble:
    return Trouble(
        reason="unreadable", detail="answers with something else than a list", passes=True
    )
