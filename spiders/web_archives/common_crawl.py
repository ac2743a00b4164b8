"""Common Crawl: the index of each of its crawls, and records out of its WARC files.

An index is asked for its number of pages, then page by page. A record is one gzip member, asked by
its range of bytes.
"""

import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.exchange import Exchange
from pipeline.archive.record_exchange import NoExchange, exchange_in
from pipeline.clock import moment
from pipeline.warc.members import GZIP
from pipeline.warc.raw_records import DamagedRecord
from pipeline.warc.record_walk import walk
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
from spiders.web_archives.list_rows import timestamp_moment, timestamp_of
from spiders.web_archives.payload_coding import true_coding, with_coding
from spiders.web_archives.refusals import refusal

INDEX_URL = "https://index.commoncrawl.org"
DATA_URL = "https://data.commoncrawl.org"
_LIST_BYTES = 50_000_000
"""A page of an index holds some 15,000 lines of half a kilobyte."""
_RECORD_BYTES = 20_000_000
_MOST_PAGES = 10_000
_CRAWLS_LAST = timedelta(days=1)
_CRAWL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.=/-]{0,500}\.warc\.gz")
_PLACE = re.compile(r"(?P<file>/[^#]+)#bytes=(?P<first>[0-9]+)-(?P<last>[0-9]+)")
_NONE = "no captures found"


class CommonCrawl:
    """The dialect of Common Crawl."""

    name = "commoncrawl"
    title = "Common Crawl"

    def __init__(self, search: Search, base_url: str, data_url: str) -> None:
        self._search = search
        self._base_url = base_url
        self._data_url = data_url

    def questions(self) -> list[ListQuestion]:
        """Which crawls there are. Their indexes are asked for whole hosts: each holds little of
        one, and there are more than a hundred. What is looked for stands in the fragment, for it is
        another question then, though the same request.
        """
        wanted = self._search.wanted
        bounds = [timestamp_of(one) if one else "" for one in (wanted.since, wanted.before)]
        path = "/collinfo.json#" + " ".join((*self._search.wide, *bounds))
        return [ListQuestion(kind="crawls", path=path, root=path, lasts=_CRAWLS_LAST)]

    def list_request(self, question: ListQuestion) -> Request:
        """The request for the crawls, for the number of an index's pages, or for one of them."""
        return Request(
            url=self._base_url + question.path.partition("#")[0],
            headers=(("Accept-Encoding", "gzip"),),
            most_bytes=_LIST_BYTES,
        )

    def read_list(self, question: ListQuestion, answer: Answer) -> ListPage | Trouble | Refusal:
        """What the answer says. 404 with a message says that there are no captures."""
        if refused := refusal(answer):
            return refused
        try:
            text = decoded(answer.body, answer.header("Content-Encoding")).decode()
        except (UndecodableBody, UnicodeDecodeError):
            return _unreadable()
        if answer.status == 404 and _NONE in text.lower():
            return ListPage()
        if answer.status != 200:
            return Trouble(
                reason=f"http-{answer.status}", detail=f"answers {answer.status}", passes=True
            )
        if question.kind == "crawls":
            return self._crawls(text)
        return _pages(question, text) if question.kind == "pages" else _rows(text)

    def capture_request(self, listed: ListedCapture) -> Request:
        """The request for the bytes of one record."""
        found = _PLACE.fullmatch(listed.place)
        assert found is not None
        return Request(
            url=self._data_url + found["file"],
            headers=(
                ("Range", f"bytes={found['first']}-{found['last']}"),
                ("Accept-Encoding", "identity"),
            ),
            most_bytes=_RECORD_BYTES,
        )

    def read_capture(
        self, listed: ListedCapture, answer: Answer
    ) -> Exchange | Elsewhere | Trouble | Refusal:
        """The capture in the record, with the record's own address and time."""
        if refused := refusal(answer):
            return refused
        if answer.status in (404, 410):
            return Trouble(reason="not-there", detail="lists it and does not have it")
        if answer.status != 206:
            detail = f"answers {answer.status} instead of a part of the file"
            return Trouble(reason=f"http-{answer.status}", detail=detail, passes=True)
        found = _PLACE.fullmatch(listed.place)
        assert found is not None
        if len(answer.body) != int(found["last"]) - int(found["first"]) + 1:
            return Trouble(
                reason="cut-off", detail="answers with another number of bytes", passes=True
            )
        return self._exchange(listed, answer.body)

    def address(self, listed: ListedCapture) -> str:
        """Where the archive has a capture."""
        return self._data_url + listed.place

    def _crawls(self, text: str) -> ListPage | Trouble:
        """The oldest crawl first: what later ones have unchanged then costs no request."""
        crawls = _json(text)
        if not isinstance(crawls, list) or not crawls:
            return _unreadable()
        named = {_name(one): one for one in crawls if _name(one)}
        further = [
            _count(name, prefix)
            for name, one in sorted(named.items())
            if self._search.may_be_in(_moment(one.get("from")), _moment(one.get("to")))
            for prefix in self._search.wide
        ]
        return ListPage(further=further, unread=sum(not _name(one) for one in crawls))

    def _exchange(self, listed: ListedCapture, body: bytes) -> Exchange | Trouble:
        found = next(walk(io.BytesIO(body), GZIP if body[:2] == GZIP.magic else None), None)
        if found is None or isinstance(found.record, DamagedRecord):
            return Trouble(reason="damaged", detail="has a damaged record of it", passes=True)
        exchange = exchange_in(found.record)
        if isinstance(exchange, NoExchange):
            return Trouble(reason=exchange.reason, detail=f"has no page of it: {exchange.detail}")
        said = exchange.header("Content-Encoding") or ""
        if exchange.refers_to is None:
            headers = with_coding(exchange.headers, true_coding(exchange.payload, said))
            exchange = replace(exchange, headers=headers)
        return replace(exchange, mirror=self.address(listed))


def _name(crawl: Any) -> str:
    """The name of a crawl, which stands for its year and week; empty where it is none."""
    name = crawl.get("id") if isinstance(crawl, dict) else None
    return name if isinstance(name, str) and _CRAWL_ID.fullmatch(name) else ""


def _count(crawl: str, prefix: str) -> ListQuestion:
    path = f"/{crawl}-index?url={quote(prefix, safe='')}&matchType=prefix&output=json"
    return ListQuestion(kind="pages", path=f"{path}&showNumPages=true", root=path)


def _pages(question: ListQuestion, text: str) -> ListPage | Trouble:
    """A question for each page. How many captures are on one is not known before."""
    said = _json(text)
    pages = said.get("pages") if isinstance(said, dict) else said
    if not isinstance(pages, int) or isinstance(pages, bool) or not 0 <= pages <= _MOST_PAGES:
        return _unreadable()
    root = question.root
    return ListPage(
        further=[
            ListQuestion(kind="page", path=f"{root}&page={number}", root=root)
            for number in range(pages)
        ]
    )


def _rows(text: str) -> ListPage | Trouble:
    """Lines of JSON. One that is cut off at the end means that more of them are missing."""
    lines = text.splitlines()
    rows, unread = [], 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        said = _json(line)
        if not isinstance(said, dict) or said.keys() & {"message", "error"}:
            if number == len(lines):
                return _unreadable()
            unread += 1
            continue
        row = _row(said)
        if row is None:
            unread += 1
        else:
            rows.append(row)
    return ListPage(rows=rows, unread=unread)


def _row(said: dict[str, Any]) -> ListRow | None:
    file, target, timestamp = said.get("filename"), said.get("url"), said.get("timestamp")
    offset, length = _number(said.get("offset")), _number(said.get("length"))
    if not (isinstance(file, str) and isinstance(target, str) and isinstance(timestamp, str)):
        return None
    if timestamp_moment(timestamp) is None:
        return None
    if not _FILE.fullmatch(file) or ".." in file or "//" in file or offset is None or not length:
        return None
    is_large = length > _RECORD_BYTES
    return ListRow(
        target=target, timestamp=timestamp, digest=str(said.get("digest")),
        status=str(said.get("status")), place=f"/{file}#bytes={offset}-{offset + length - 1}",
        unusable="too-large" if is_large else "truncated" if said.get("truncated") else "",
    )  # fmt: skip


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return moment(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _unreadable() -> Trouble:
    return Trouble(
        reason="unreadable", detail="answers with something else than an index", passes=True
    )  # fmt: skip
