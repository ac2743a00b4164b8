"""The values that pass between the rooms (design, sections 2 and 6)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

SourceState = Literal["active", "frozen", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """The grammar of one kind of article address."""

    kind: str
    path: str
    """Regular expression for the whole path, letter case aside. The group `number`, if there is
    one, is the site's own number."""
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
    """Words (lower case) that mark the last line, which is the press service's."""
    image_paths: tuple[str, ...] = ()
    """What the address of an article's own picture has in it; without any, no picture is
    read."""


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
    """The ways of finding articles, in the order in which they are tried: listings, feeds and
    sitemaps at the start of a crawl; days of an archive and numbers once all that was found is
    asked. Of these two, one each: it takes the paths of all languages."""
    layouts: tuple[Layout, ...]
    names: tuple[str, ...]
    """How texts name this source in their attribution."""
    expect: Expect
    first_day: date
    """First possible day of publication."""
    schedule: str
    delay_seconds: float
    state: SourceState = "active"

    def __post_init__(self) -> None:
        for kind in (DayArchive, Numbers):
            if sum(isinstance(one, kind) for one in self.finding) > 1:
                raise ValueError(
                    f"{self.name}: `finding` has two {kind.__name__}; put all paths into one"
                )

    @property
    def base_url(self) -> str:
        """The public address of the site, without a final slash."""
        return f"https://{self.host}"


@dataclass(frozen=True, slots=True)
class Site:
    """A source as it is reached: its facts, and where requests go."""

    source: Source
    base_url: str
    """`Source.base_url`, or a mirror's or test server's address, without a final slash."""

    @property
    def is_mirror(self) -> bool:
        """Whether requests go elsewhere than to the public host."""
        return self.base_url != self.source.base_url
