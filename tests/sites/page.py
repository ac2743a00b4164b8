"""What a site answers before any misbehaviour, and what it may look at to do so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tests.sites.content import Article
from tests.sites.look import Look
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the site shows at one moment."""

    look: Look
    articles: tuple[Article, ...]
    """All that ever stood on the site, newest first."""
    removed: Mapping[int, int]
    """Status by number of a removed article; 200 is a soft 404."""
    empty: bool = False
    """Whether lists show nothing."""

    def standing(self, language: Language | None = None) -> tuple[Article, ...]:
        """What lists may show, newest first."""
        if self.empty:
            return ()
        return tuple(
            article
            for article in self.articles
            if article.number not in self.removed and language in (None, article.language)
        )
