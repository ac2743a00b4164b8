"""Pages whose class and id names are replaced by others, with what reading them must give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Final

from pipeline.model.capture import Failure
from pipeline.model.reading import STEPS, Reading, Step
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from pipeline.normalize.words import words
from pipeline.page.page import Page
from pipeline.reading.read_page import read_page
from spiders.sources import SOURCES
from tests.pages.recorded import recorded_pages
from tests.seeds.recorded_site import recorded_answers
from tests.sites.content import SiteName, articles
from tests.sites.expected import expected
from tests.sites.look import Look
from tests.sites.page import COUNTER
from tests.sites.shelf import Shelf

CAPTURED: Final = datetime(2027, 5, 1, 6, 0, tzinfo=UTC)
_NAMES = re.compile(r"""(?<![\w-])(class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page of an article, and what a right reading has."""

    name: str
    source: str
    url: str
    html: str
    title: str
    published: str
    """As exported; a day alone where the page gives no time."""
    body: str
    """Lead first."""

    def read(self, steps: tuple[Step, ...] = STEPS) -> Reading | Failure:
        """What the reader says of it by some steps."""
        source = SOURCES[self.source]
        address = article_address(self.url, source)
        assert address is not None, self.url
        page = Page(self.url, Site(source, source.base_url), self.html)
        return read_page(page, address, CAPTURED, steps)

    def renamed(self, random: Random) -> Sample:
        """The same page with every name of a class or id replaced by one that says nothing."""
        return replace(self, html=with_other_names(self.html, random))

    def wrong(self, found: Reading | Failure) -> tuple[str, ...]:
        """Which of title, date and body a reading has not, or not rightly."""
        if isinstance(found, Failure):
            return ("title", "date", "body")
        right = {
            "title": words(found.title or "") == words(self.title),
            "date": found.published == self.published,
            "body": words(found.body) == words(self.body),
        }
        return tuple(name for name, is_right in right.items() if not is_right)


def with_other_names(html: str, random: Random) -> str:
    """A page's source with other class and id names: the same for the same name."""
    known: dict[str, str] = {}

    def other(name: str) -> str:
        if name not in known:
            letters = "".join(random.choices("bcdfghjklmnpqrstvwxz", k=5))
            known[name] = f"{letters}{random.randint(1, 99)}"
        return known[name]

    def renamed(found: re.Match[str]) -> str:
        given = found[2].strip("\"'")
        return f'{found[1]}="{" ".join(other(name) for name in given.split())}"'

    return _TAG.sub(lambda tag: _NAMES.sub(renamed, tag[0]), html)


def samples() -> Iterator[Sample]:
    """Pages of both sites: recorded ones, those of the recorded site, and the replica's."""
    yield from recorded()
    yield from of_seeds()
    for seed in range(1, 6):
        yield from of_replica("kazpravda", seed)
        yield from of_replica("senate", seed)


def recorded() -> Iterator[Sample]:
    """The recorded pages that are articles, as a person found them right."""
    for page in recorded_pages():
        if page.fails:
            continue
        right = page.expected()
        yield Sample(
            name=page.name,
            source=page.folder.parent.name,
            url=page.url,
            html=(page.folder / "page.html").read_text(encoding="utf-8"),
            title=right["title"],
            published=right["published"],
            body="\n\n".join(right["body"]),
        )


def of_seeds() -> Iterator[Sample]:
    """The articles of the recorded site, as the layouts read them."""
    for page in recorded_answers():
        source = SOURCES["senate" if "senate.parlam" in page.url else "kazpravda"]
        if page.status != 200 or article_address(page.url, source) is None:
            continue
        plain = Sample(
            name=page.url, source=source.name, url=page.url, html=page.body,
            title="", published="", body="",
        )  # fmt: skip
        right = plain.read(("layout",))
        if isinstance(right, Reading):
            assert right.title
            assert right.published
            yield replace(plain, title=right.title, published=right.published, body=right.body)


def of_replica(site: SiteName, seed: int, number: int = 40) -> Iterator[Sample]:
    """Articles of a replica, each page in the look of its own answer."""
    shelf = Shelf(Look(site=site, seed=seed), number)
    views = count(7)
    for article in articles(seed, number, site=site):
        if article.shape == "bare gallery":
            continue
        right = expected(article)
        page = shelf.page(right.path, empty=False)
        yield Sample(
            name=f"replica {site} {seed} {right.path}",
            source=site,
            url=right.url,
            html=page.text.replace(COUNTER, str(next(views))),
            title=right.title,
            published=right.published,
            body=right.body,
        )
