"""What a right reading of an article's page gives, in the words of the exported record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tests.sites import kazpravda_frame, senate
from tests.sites.content import SECTIONS, Article, Headline, SiteName
from tests.sites.kazpravda_article import image_path
from tests.sites.words import Language

FRONTS: Final[Mapping[SiteName, tuple[str, ...]]] = {
    "kazpravda": tuple(kazpravda_frame.FRONTS.values()),
    "senate": tuple(f"/{culture}" for culture in senate.CULTURES.values()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One article as it should be exported. Equal fields, equal words."""

    source: SiteName
    number: int
    """The replica's own; on the Senate it stands in the address."""
    path: str
    """On the replica and on the real host."""
    url: str
    """Canonical and public."""
    language: Language
    title: str
    lead: str | None
    body: str
    """Lead first; paragraphs joined by one blank line. Without the Senate's line in brackets."""
    published: str
    published_precision: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    section: str | None
    """The label on the page; null on the Senate, where only some pages have one."""
    attribution: tuple[str, ...]
    caption: str | None
    """The line with the picture (Kazpravda), or the line in brackets (the Senate), whole."""
    image_path: str | None

    @property
    def day(self) -> date:
        """Day of publication in Almaty."""
        return date.fromisoformat(self.published[:10])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What finding an article must bring, without its text."""

    number: int
    path: str
    url: str
    """Canonical and public."""
    language: Language
    published: datetime


def found(headline: Headline) -> Found:
    """The article's address, and what it is filed under."""
    module = senate if headline.site == "senate" else kazpravda_frame
    path = module.article_path(headline)
    return Found(
        number=headline.number,
        path=path,
        url=module.PUBLIC + path,
        language=headline.language,
        published=headline.published,
    )


def expected(article: Article) -> Expected:
    """What a right reading of the article's page gives."""
    senates = article.site == "senate"
    module = senate if senates else kazpravda_frame
    path = module.article_path(article)
    pictured = article.caption is not None and not senates
    paragraphs = (article.lead, *article.paragraphs) if article.lead else article.paragraphs
    named = article.lead is not None and article.lead.endswith("сообщает Kazpravda.kz")
    return Expected(
        source=article.site,
        number=article.number,
        path=path,
        url=module.PUBLIC + path,
        language=article.language,
        title=article.title,
        lead=article.lead,
        body="\n\n".join(paragraphs),
        published=_rfc3339(article.published, day_only=senates),
        published_precision="day" if senates else "minute",
        authors=article.authors,
        tags=article.tags,
        section=None if senates else SECTIONS[article.section][article.language],
        attribution=("Kazpravda.kz",) if named else (),
        caption=senate.press_line(article) if senates else article.caption,
        image_path=image_path(article) if pictured else None,
    )


def _rfc3339(moment: datetime, *, day_only: bool) -> str:
    if day_only:
        return moment.date().isoformat()
    assert moment.utcoffset() in {timedelta(hours=5), timedelta(hours=6)}
    return moment.isoformat(timespec="seconds")
