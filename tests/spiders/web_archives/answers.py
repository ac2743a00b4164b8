"""Answers of archives, for the tests of their dialects."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.archive.exchange import payload_digest
from pipeline.web_archives.listed_capture import ListedCapture, Wanted
from spiders.web_archives.dialect import Answer, Search

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://senate.parlam.kz/ru-RU/news/details/1"
TIME = datetime(2022, 5, 16, 9, 30, 5, tzinfo=UTC)
SEARCH = Search(
    wanted=Wanted(), narrow=("senate.parlam.kz/ru-RU/news/details/",), wide=("senate.parlam.kz/",)
)
PAGE = b"<html><body><h1>1</h1></body></html>"


def answer(body: bytes = b"", /, *, status: int = 200, **headers: str) -> Answer:
    """An answer; `_` in a header's name stands for `-`."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status=status, time=NOW, headers=named, body=body)


def listed(place: str, *, status: int = 200, body: bytes = PAGE) -> ListedCapture:
    """A capture as a list names it."""
    return ListedCapture(
        archive="x", place=place, url=URL, target=URL, time=TIME, digest=payload_digest(body),
        status=status,
    )  # fmt: skip
