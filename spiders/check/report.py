"""What a check tells of a source: its steps, its newest pages field by field, its selectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.model.capture import ClassifiedCapture
from pipeline.model.reading import Step as ReadingStep
from pipeline.model.source import Way

StepStatus = Literal["ok", "absent", "empty", "skipped", "look", "failed"]
"""What a step came to. `absent` is a guess that is not there, `empty` an entry point that answers
and leads to no article: neither is a fault by itself.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStep:
    """One thing that was looked at."""

    step: str
    """`name`, `connection`, `tls`, `rest`, `files`, `robots`, `shell`, `stopped`, or a way of
    finding: `listing`, `further page`, `feed`, `sitemap`, `archive`, `number`, and `way` for a
    whole one."""
    target: str
    status: StepStatus
    detail: str
    reason: str = ""
    """A short fixed word for what is wrong, such as `dns` or `http-503`."""
    articles: int | None = None
    newest: date | None = None
    """The newest day of an article that it leads to, as far as it tells."""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to do about it."""
        return self.status not in ("look", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCheck:
    """One field of a page."""

    name: str
    value: str | None
    """Shortened; None where no step found it."""
    read_by: ReadingStep | None
    differs: bool = False
    """Whether a later step reads it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCheck:
    """One article's page."""

    url: str
    language: str
    found_by: str
    ok: bool
    reason: str = ""
    """Of a page that gave no reading: a short fixed word, such as `no-date`."""
    detail: str = ""
    layout: str | None = None
    fields: tuple[FieldCheck, ...] = ()

    @property
    def published(self) -> str | None:
        """When it was published, as the record has it."""
        return next((one.value for one in self.fields if one.name == "published"), None)

    def read_by(self, name: str) -> ReadingStep | None:
        """The step that read a field."""
        return next((one.read_by for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPage:
    """A page's check with what it was made of."""

    check: PageCheck
    classified: ClassifiedCapture | None = field(default=None, repr=False)
    payload: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectorMatch:
    """On how many of the pages one selector of a layout matches."""

    layout: str
    field: str
    """The name that the layout gives to what the selector finds, such as `body` or `cut`."""
    selector: str
    matched: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was seen of a source."""

    steps: tuple[CheckStep, ...]
    pages: tuple[CheckedPage, ...] = ()
    selectors: tuple[SelectorMatch, ...] = ()
    notes: tuple[str, ...] = ()
    """What the check's crawl says that needs a look."""
    today: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the database tells of a source before the check."""

    usual: Mapping[str, int] = field(default_factory=dict)
    """How much each entry point usually leads to, by its address: articles, and of a sitemap
    further sitemaps too."""
    found: Mapping[Way, date] = field(default_factory=dict)
    """The last day on which each way of finding led to articles."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """The share of its newest items that have each of the fields that an item may lack."""


NO_PAST = Past()


def counted(number: int, noun: str) -> str:
    """A number with what it counts.

    >>> counted(1, "article"), counted(2, "article")
    ('1 article', '2 articles')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
