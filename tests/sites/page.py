"""What a site answers before any misbehaviour, and what it may look at to do so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from tests.sites.content import Article, Headline
from tests.sites.index import Index
from tests.sites.look import Look
from tests.sites.ways import Ways
from tests.sites.words import Language

COUNTER: Final = "\ue000views\ue000"
"""Stands for the view counter in a page, so that validators don't follow the counter."""

Sort = Literal["article", "listing", "missing", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as text. `sort` is what it is to a crawler, not what its status says."""

    sort: Sort = "other"
    status: int = 200
    text: str = ""
    content_type: str = "text/html"
    location: str | None = None
    article: Article | None = None
    packed: bool = False
    """Whether the page is itself a gzip file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the site shows at one moment."""

    look: Look
    index: Index
    ways: Ways = field(default_factory=Ways)
    closed: tuple[str, ...] = ()
    """The ways that are closed."""
    modified: Mapping[int, float] = field(default_factory=dict)
    """When the articles that were changed were, in seconds since 1970."""
    empty: bool = False
    """Whether lists show nothing."""

    def standing(self, language: Language | None, what: str | date = "") -> Sequence[Headline]:
        """What a list may show, newest first: of a language (None: of all), rubric, day, #tag."""
        return () if self.empty else self.index.listed(language, what)

    def found(self, language: Language, slug: str, kind: str = "news") -> Headline | None:
        """What ever stood at an address, if one can get there at all."""
        found = self.index.at(language, slug, kind)
        closed = found is not None and "numbers" in self.closed and self.index.hidden(found)
        return None if closed else found
