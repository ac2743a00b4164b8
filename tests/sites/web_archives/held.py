"""What a stand-in for a web archive holds: captures of releases, and of anything else."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlsplit

START = datetime(2022, 5, 16, 9, 30, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One capture."""

    target: str
    time: datetime
    body: bytes = b""
    """With its Content-Encoding."""
    status: int = 200
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"}
    )
    is_revisit: bool = False
    """Whether the list has it as a revisit, without status."""
    listed_digest: str | None = None
    """Where the list has another digest."""
    listed_time: datetime | None = None
    """Where the list has another time."""
    truncated: str = ""
    """What the list and the record say of a body that was cut off."""

    @property
    def timestamp(self) -> str:
        """Its time by the list, as 14 digits."""
        return f"{self.listed_time or self.time:%Y%m%d%H%M%S}"

    @property
    def digest(self) -> str:
        """Its digest by the list."""
        return self.listed_digest or digest_of(self.body)

    @property
    def urlkey(self) -> str:
        """The address by which lists are ordered."""
        return urlkey(self.target)


def urlkey(address: str) -> str:
    """An address without scheme, `www.`, port and letter case, host backwards."""
    parts = urlsplit(address if "://" in address else f"http://{address}")
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}){parts.path}{query}".lower()


def digest_of(body: bytes) -> str:
    """A payload's SHA-1 in Base32, as lists have it."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def release_url(number: int) -> str:
    """The address of a release."""
    return f"https://senate.parlam.kz/ru-RU/news/details/{number}"


def release_page(number: int, *texts: str) -> bytes:
    """A release as the Senate's site shows it."""
    lines = texts or (
        f"Палата рассмотрела вопрос номер {number} о развитии районов и сёл.",
        f"Депутаты задали министрам {number % 7 + 2} вопроса о дорогах, школах и больницах.",
        f"Следующее заседание по вопросу {number} пройдёт через неделю.",
    )
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>Сенат: релиз {number}</title></head><body>"
        "<div>Сенат</div><div>Парламента Республики Казахстан</div><div>Новости</div>"
        f"<h1>Заседание номер {number} палаты Сената</h1><div>16.05.2022 348</div>"
        f"<div>{body}</div><div>Пресс-служба Сената, 74-72-27</div><div>Поделиться</div>"
        "</body></html>"
    ).encode()


def release(number: int, *, days: float = 0, **more: Any) -> Held:
    """A capture of a release, so many days after the first."""
    facts = {"target": release_url(number), "body": release_page(number)} | more
    return Held(time=START + timedelta(days=days), **facts)


def gzipped(body: bytes) -> bytes:
    """A body in gzip, the same each time."""
    return gzip.compress(body, mtime=0)
