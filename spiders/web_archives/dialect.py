"""What the archives have in common: lists that name captures, and captures that are asked one by
one. Each archive's own way to say so is a dialect, which knows no Scrapy, clock or database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pipeline.archive.exchange import Exchange, Headers, header
from pipeline.web_archives.listed_capture import ListedCapture, ListQuestion, Wanted

_NO_ANSWER = frozenset({"dns", "timeout", "no-answer", "refused-connection"})
"""Words of `spiders.network.no_answer`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent to an archive."""

    url: str
    headers: Headers = ()
    most_bytes: int
    """A longer answer is broken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an archive answers."""

    status: int
    time: datetime
    """When it came."""
    headers: Headers = ()
    body: bytes = field(default=b"", repr=False)
    """With its Content-Encoding."""

    def header(self, name: str) -> str:
        """A header's value; empty where it is missing."""
        return (header(self.headers, name) or "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an answer is of no use."""

    reason: str
    """A short fixed word."""
    detail: str
    """What the archive did, as the rest of a sentence."""
    passes: bool = False
    """Whether the same request may be answered better another time."""

    @property
    def is_outage(self) -> bool:
        """Whether it says that the archive does not work now, whatever it is asked for."""
        return self.passes and (self.reason.startswith("http-") or self.reason in _NO_ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The archive does not want to be asked by us now."""

    detail: str
    seconds: float = 0.0
    """For how long it asks to be left alone; 0 where it does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One line of a list, as it came."""

    target: str
    timestamp: str
    """YYYYMMDDhhmmss, UTC."""
    digest: str
    status: str
    place: str
    unusable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What one answer of a list says."""

    rows: Sequence[ListRow] = ()
    unread: int = 0
    """Lines that could not be read."""
    further: Sequence[ListQuestion] = ()
    """What it leads to."""
    goes_on: bool = False
    """Whether that is the rest of this list, so that it cannot have been asked before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The archive leads to another capture than the one that was asked for."""

    row: ListRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for, and under which addresses, each without scheme."""

    wanted: Wanted
    narrow: tuple[str, ...]
    """Beginnings of articles' addresses."""
    wide: tuple[str, ...]
    """Fewer ones, under which there is more besides."""

    def may_be_in(self, first: datetime | None, last: datetime | None) -> bool:
        """Whether a period may hold captures that are wanted; None is an unknown end."""
        wanted = self.wanted
        is_early = last is not None and wanted.since is not None and last < wanted.since
        is_late = first is not None and wanted.before is not None and first >= wanted.before
        return not is_early and not is_late


class Dialect(Protocol):
    """How one archive is asked in a search, and what its answers mean."""

    name: str
    title: str
    """What people call it."""

    def questions(self) -> list[ListQuestion]:
        """What the search begins with."""

    def list_request(self, question: ListQuestion) -> Request:
        """The request for a part of a list."""

    def read_list(self, question: ListQuestion, answer: Answer) -> ListPage | Trouble | Refusal:
        """What the answer says."""

    def capture_request(self, listed: ListedCapture) -> Request:
        """The request for a capture."""

    def read_capture(
        self, listed: ListedCapture, answer: Answer
    ) -> Exchange | Elsewhere | Trouble | Refusal:
        """The capture in an answer. Whose it is has not been checked yet."""

    def address(self, listed: ListedCapture) -> str:
        """Where the archive has a capture, as a URL."""
