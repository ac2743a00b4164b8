"""The values that pass between the rooms (design, sections 2 and 6)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pipeline.stories.decisions import Decision

Step = Literal["layout", "structured", "generic"]
"""How a field was recognised: by the source's own facts, by structured data, by likeness."""

STEPS: tuple[Step, ...] = ("layout", "structured", "generic")
"""The steps from the strongest to the weakest."""

SourceState = Literal["active", "frozen", "gone"]
Outcome = Literal[
    "reading", "not-modified", "redirect", "gone", "soft-404", "refused", "failed", "other"
]
"""What one capture of an article's address turned out to be."""

Relation = Literal["canonical", "reprint", "excerpt", "expanded", "update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """The grammar of one kind of article address."""

    kind: str
    path: str
    """Regular expression over the whole path. The group `lang`, if there is one, names the
    language by `Source.language_prefixes`; the group `number` is the site's own number."""
    host: str | None = None
    """Another host than the source's own, for captures only."""
    final_slash: bool = False
    """Whether the site's own form of the path ends in a slash."""
    asks_with_query: bool = False
    """Whether the page is asked for with the query that it is linked with, which is no part of
    its identity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLayout:
    """A layout known by its class and meta names. Selectors are CSS, tried in order."""

    name: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    published_meta: tuple[str, ...] = ()
    """Names of `<meta>` elements whose content is the time of publication."""
    published: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    """What stands in the body's element and is no part of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayout:
    """A layout known by the order and form of its text alone: title, `dd.mm.yyyy N`, paragraphs."""

    name: str
    site_names: tuple[str, ...]
    """Lines (lower case) that are the site's name, never a title."""
    share_labels: tuple[str, ...]
    """Lines (lower case) that end the article."""
    press_service: tuple[str, ...]
    """Words (lower case) that mark the bracketed last line of the press service."""


Layout = ClassLayout | TextLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """A page that a crawl starts from."""

    path: str
    sure: bool
    """Whether the page is known to exist; a guess that answers 404 is no news."""
    front: bool = False
    """Whether the links to further listings are followed from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """Front pages and rubrics, with the further pages that they link to."""

    pages: tuple[ListingPage, ...]
    links: str
    """Regular expression over the path and query of further listings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """RSS and Atom: those that front pages name, and where sites usually have them."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemaps:
    """Sitemaps: those that robots.txt names, and where sites usually have them."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayArchive:
    """A page for each day, under an address with the day in it."""

    paths: tuple[str, ...]
    """Paths and queries with `{date}` in them, one for each language."""
    forms: tuple[str, ...]
    """How the day may be written, as for `strftime`; which one is right the site shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Article addresses with a number that rises with the date: counted up and down to."""

    paths: tuple[str, ...]
    """Paths with `{number}` in them, one for each language."""
    known: tuple[tuple[int, date], ...]
    """Numbers that were seen, with their days: where counting begins if none is known yet."""
    most_absent: int = 50
    """So many absent ones in a row end the counting."""


Finding = Listings | Feeds | Sitemaps | DayArchive | Numbers
"""A way of finding articles; each can be used alone."""

Way = Literal["listing", "feed", "sitemap", "archive", "number"]
"""The ways of finding, by name, as `addresses.found_by` bears them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a source should bring; a crawl far below it needs a look."""

    items_per_week: tuple[int, int] | None
    """Fewest and most; None where nobody knows yet."""
    read_by_layout: float
    """Least share of the pages that the source's own layouts read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site that we read: its facts, as one value."""

    name: str
    title: str
    rank: int
    """Which source speaks first where both print one piece: 1 before 2."""
    host: str
    languages: tuple[str, ...]
    language_prefixes: tuple[tuple[str, str], ...]
    """First parts of a path as the site spells them, each with its BCP 47 language."""
    default_language: str
    articles: tuple[AddressForm, ...]
    finding: tuple[Finding, ...]
    """The ways of finding articles, in the order in which they are tried."""
    layouts: tuple[Layout, ...]
    names: tuple[str, ...]
    """How texts name this source in their attribution."""
    expect: Expect
    first_day: date
    """First possible day of publication."""
    schedule: str
    delay_seconds: float
    state: SourceState = "active"

    @property
    def base_url(self) -> str:
        """The public address of the site, without a final slash."""
        return f"https://{self.host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The public address of an article, in its canonical form."""

    url: str
    language: str
    kind: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a page or a person named, and how."""

    address: Address
    by: str
    """A `Way`, or `asked` by a person, `capture`, `redirect`."""
    on: str | None
    earliest: date | None = None
    """The article was published on this day or later, as far as the way of finding tells."""
    latest: date | None = None
    """Likewise, on this day or earlier."""
    target: str | None = None
    """The public address with its query, where it is asked for with that."""
    backfill: int | None = None
    """The backfill that looked for it; None of an address found as news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One HTTP exchange as it came, one imported text or decision; its place in the archive."""

    source: str
    url: str
    """The canonical public address, or `urn:sha256:…` of an imported text, or `DECISION_URN`."""
    target: str
    """The public address as it was asked (WARC-Target-URI)."""
    time: datetime
    """Aware, UTC."""
    status: int
    """The HTTP status; 0 of an imported text or a decision."""
    digest: str
    """SHA-1 of the payload, `sha1:` and Base32, as in WARC-Payload-Digest; a revisit bears
    the digest of the payload that it refers to."""
    content_type: str = ""
    content_encoding: str = ""
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    """The Location header of a redirect, resolved and public."""
    refers_to: datetime | None = None
    """Of a revisit: the time of the capture whose payload stands for this one's."""
    mirror: str | None = None
    """The address that was really asked, where it was a mirror."""
    article: bool = False
    file: str = ""
    """Name of the WARC file in the archive."""
    offset: int = 0
    length: int = 0

    @property
    def order(self) -> tuple[datetime, str, str]:
        """The order of captures everywhere (design, section 5)."""
        return self.time, self.url, self.digest

    @property
    def key(self) -> tuple[str, datetime, str]:
        """What makes two captures the same."""
        return self.url, self.time, self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The fields that one capture yields."""

    language: str
    title: str | None
    body: str
    published: str | None
    """RFC 3339 with Almaty's offset, or a date alone; None of an imported text never."""
    published_precision: Literal["day", "minute"]
    lead: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    image_url: str | None = None
    image_credit: str | None = None
    attribution: tuple[str, ...] = ()
    access: Literal["full", "partial"] = "full"
    modified: str | None = None
    read_by: tuple[tuple[str, Step], ...] = ()
    """Which step gave each field, by the field's name."""
    layout: str | None = None
    """The name of the layout that was recognised."""
    alternates: tuple[str, ...] = ()
    """Canonical addresses that the page gives as itself in another language."""
    disagreements: tuple[str, ...] = ()
    """Fields that two steps read differently; the first step's value stays."""

    @property
    def weakest(self) -> Step:
        """The weakest step used for title, date or body."""
        used = [step for name, step in self.read_by if name in ("title", "published", "body")]
        return max(used, key=STEPS.index, default="layout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one capture, or one request, gave no item."""

    url: str
    stage: Literal["fetch", "read", "listing", "robots"]
    reason: str
    """A short fixed word, such as `no-date` or `http-500`."""
    detail: str
    """A sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A capture with what it turned out to be: what `ingest` takes."""

    capture: Capture
    outcome: Outcome
    reading: Reading | None = None
    failure: Failure | None = None
    redirect_to: str | None = None
    """Of a redirect within the source: the canonical address of the article that it leads to."""
    text_id: str | None = None
    """Of an imported text: its id."""
    decision: Decision | None = None
    """Of a person's decision: what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another item of a story, as the story's record lists it."""

    id: str
    source: str
    url: str | None
    title: str | None
    published: str
    relation: Relation
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same piece in another language."""

    language: str
    id: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressItem:
    """An item as it is exported: the fields of the contract, in their order."""

    id: str
    source: str
    url: str | None
    language: str
    title: str | None
    lead: str | None
    body: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    section: str | None
    image_url: str | None
    image_credit: str | None
    attribution: tuple[str, ...]
    access: str
    published: str
    published_precision: str
    modified: str | None
    first_seen: str
    last_changed: str
    revision: int
    gone: str | None
    story: str
    relation: Relation
    similarity: float
    translations: tuple[Translation, ...] = field(default=())
    reading: Step | None
    words: int
    content_sha256: str
