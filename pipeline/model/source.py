"""The facts about a source, as values. How they are checked: `pipeline.model.source_checks`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

SourceState = Literal["active", "frozen", "gone"]
"""Still publishing; still up, with nothing new; only our archive is left."""

Language = Literal["ru", "kk", "en"]
"""BCP 47. These are the languages whose dates and letters we can read."""

ArticleKind = Literal["news", "page", "old"]
"""`news`; `page`, an article of another kind; `old`, an address form that the site gave up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """One form of the addresses of articles."""

    kind: ArticleKind
    path: str
    """Regular expression for the whole path, letter case aside. The group `number`, if there is
    one, is the site's own number."""
    host: str | None = None
    """Another host than the source's own; nothing is requested there, only captures have it."""
    final_slash: bool = False
    """Whether the site's own form of the path ends in a slash."""
    asks_with_query: bool = False
    """Whether the page is requested with the query that links to it have. The query is no part of
    the article's canonical address."""


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
    """What in the body's element is no part of the text."""


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
    sure: bool = False
    """Whether the page is known to exist, so that a 404 is a failure; of a guess it is none."""
    front: bool = False
    """Whether links from this page to further listings are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """Front pages and rubrics, with the further listings that they link to."""

    pages: tuple[ListingPage, ...]
    links: str
    """Regular expression for the whole path and query of further listings, letter case aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """RSS and Atom feeds: those that front pages name, and those at `paths`."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemaps:
    """Sitemaps: those that robots.txt names, and those at `paths`."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayArchive:
    """A listing for each day, with the day in its address."""

    paths: tuple[str, ...]
    """Paths and queries with `{date}` in them, one for each language."""
    forms: tuple[str, ...]
    """How the day may be written, as for `strftime`; a crawl finds out which one the site uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Article addresses with a number that rises with the date; backfills try the numbers."""

    paths: tuple[str, ...]
    """Paths with `{number}` in them, one for each language."""
    known: tuple[tuple[int, date], ...]
    """Numbers of some articles with their days: where counting begins in an empty database."""
    most_absent: int = 50
    """Counting ends after so many absent numbers in a row."""


Finding = Listings | Feeds | Sitemaps | DayArchive | Numbers
"""A way of finding articles; each can be used alone."""

Way = Literal["listing", "feed", "sitemap", "archive", "number"]
"""The ways of finding, by the names that the database has for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a crawl should bring; one that brings much less needs a look."""

    items_per_week: tuple[int, int] | None = None
    """Fewest and most; None until somebody knows."""
    read_by_layout: float = 0.95
    """Least share of pages that the source's layouts should read, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site that we read: its facts, as one value."""

    name: str
    title: str
    rank: int
    """Of two sources with the same text, the one with the lower rank has the canonical item."""
    host: str
    """Without `www.`."""
    languages: tuple[str, ...]
    """BCP 47, see `Language`."""
    default_language: str
    """The language of addresses without a language prefix."""
    language_prefixes: tuple[tuple[str, str], ...] = ()
    """First parts of a path as the site spells them, each with its BCP 47 language."""
    articles: tuple[AddressForm, ...]
    finding: tuple[Finding, ...]
    """The ways of finding articles, in the order in which they are tried: listings, feeds and
    sitemaps at the start of a crawl; days of an archive and numbers once all that was found is
    asked. Of these two, one each: it takes the paths of all languages."""
    layouts: tuple[Layout, ...]
    """The site's designs; the one that finds most on a page is used, of equal ones the first."""
    names: tuple[str, ...] = ()
    """How texts name this source in their attribution, in lower case."""
    expect: Expect = Expect()
    first_day: date
    """First possible day of publication; earlier dates on a page are not believed."""
    schedule: str = "*/30 * * * *"
    """When it is crawled: cron in Almaty's time, or such as "every 15 minutes"."""
    delay_seconds: float = 2.0
    """From an answer to the next request; robots.txt may ask for more."""
    state: SourceState = "active"

    def __hash__(self) -> int:
        """By the name alone: what is worked out of a source's facts is looked up often."""
        return hash(self.name)

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
    """A source with the address that its requests go to."""

    source: Source
    base_url: str
    """`Source.base_url`, or a mirror's or test server's address, without a final slash."""

    @property
    def is_mirror(self) -> bool:
        """Whether requests go elsewhere than to the public host."""
        return self.base_url != self.source.base_url
