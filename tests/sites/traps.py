"""What a site may hold that a crawler can fall into, as commands to a replica."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from tests.sites import kazpravda_frame, senate
from tests.sites.content import Article, Headline, SiteName, fresh_paragraph, transliterated
from tests.sites.expected import Expected, Found
from tests.sites.misbehaviour import Misbehaviour
from tests.sites.sitemap import XMLNS
from tests.sites.trapped import Trap
from tests.sites.words import Language

BadSitemap = Literal["invalid", "truncated", "huge", "circular", "elsewhere"]
ELSEWHERE: Final = "https://elsewhere.example"
_PUBLIC: Final[dict[SiteName, str]] = {
    "kazpravda": kazpravda_frame.PUBLIC,
    "senate": senate.PUBLIC,
}
_CONTENT: Final = re.compile(r"^/(?!robots\.txt)")


class Traps(Misbehaviour):
    """The traps, over what a replica can do. `lift()` without a rule takes the pages away again."""

    site: SiteName

    def __init__(self) -> None:
        super().__init__()
        self._added = 0

    @abstractmethod
    def add(self, article: Article) -> Expected:
        """Puts an article on the site."""

    @abstractmethod
    def article(self, one: Expected | Found) -> Article:
        """The article behind."""

    @abstractmethod
    def _newest(self, language: Language) -> Headline:
        """The newest article of a language."""

    @abstractmethod
    def _flesh(self, headline: Headline) -> Article:
        """The article under a headline."""

    def loop(self, listing: str) -> None:
        """The listing links to itself with one more parameter, for ever."""
        self._trap(listing, Trap(kind="loop"))

    def same_pages(self, listing: str) -> None:
        """The listing has a thousand pages with the same articles."""
        self._trap(listing, Trap(kind="same"))

    def listing_at(self, one: Expected | Found) -> None:
        """The article's address answers with a listing."""
        self._trap(one.path, Trap(kind="listing"))

    def shell(self) -> None:
        """Every address but robots.txt answers 200 with the same empty page."""
        self._trap("*", Trap(kind="shell"))

    def move_away(self, to: str = ELSEWHERE, *, status: int = 301) -> int:
        """Every address but robots.txt redirects to another host's front page."""
        return self.redirect(_CONTENT, f"{to}/", status=status)

    def bad_sitemap(self, kind: BadSitemap, *, size: int = 60_000) -> None:
        """The sitemap is no XML, ends early, has so many addresses, lists itself, or others'."""
        public = _PUBLIC[self.site]
        index = _sitemap_index(f"{public}/sitemap-1.xml", f"{public}/sitemap.xml")
        if kind == "invalid":
            self._sitemap(f"<html><p>{public}/n/&nbsp;<loc>")
        elif kind == "truncated":
            rows = "".join(f"<url><loc>{public}/</loc></url>\n" for _ in range(20))
            self._sitemap(f"<urlset {XMLNS}>\n{rows}<url><loc>{public}/n/cut-")
        elif kind == "circular":
            self._sitemap(index)
            self._sitemap(index, path="/sitemap-1.xml")
        elif kind == "elsewhere":
            rows = f"<url><loc>{ELSEWHERE}/n/theirs/</loc></url>"
            self._sitemap(_sitemap_index(f"{public}/sitemap-1.xml", f"{ELSEWHERE}/sitemap.xml"))
            self._sitemap(f"<urlset {XMLNS}>{rows}</urlset>", path="/sitemap-1.xml")
        else:
            self._trap("/sitemap.xml", Trap(kind="huge sitemap", size=size))
            self.chunked("/sitemap.xml")

    def foreign(self, *, address: Language, text: Language) -> Expected:
        """Adds an article of one language under the address of another."""
        return self._new(address, text=text)

    def dated(self, published: datetime, language: Language = "ru") -> Expected:
        """Adds an article with a time of its own: to come, or before the site existed."""
        return self._new(language, published=published)

    def paid(self, language: Language = "ru") -> Expected:
        """Adds an article of which lead and first paragraph are shown, and how to subscribe."""
        return self._new(language, shape="paid", paragraphs=lambda given: given[:1])

    def gallery(self, language: Language = "ru", *, bare: bool = False) -> Expected:
        """Adds a gallery with a short text; if bare, with none, its lead apart."""
        shape = "bare gallery" if bare else "gallery"
        return self._new(
            language, shape=shape, paragraphs=lambda given: () if bare else (given[0][:60],)
        )

    def twin(self, one: Expected | Found) -> Expected:
        """Adds another article under the same title; its slug has an ending."""
        slug = f"{self.article(one).slug}-2g" if self.site == "kazpravda" else None
        return self._new(one.language, title=self.article(one).title, slug=slug)

    def _new(
        self,
        language: Language,
        *,
        text: Language | None = None,
        title: str | None = None,
        slug: str | None = None,
        paragraphs: Callable[[tuple[str, ...]], tuple[str, ...]] = tuple,
        **changes: Any,
    ) -> Expected:
        """Adds an article of new words, a minute after the newest unless it is told when."""
        self._added += 1
        number = 900_000 + self._added
        said = [fresh_paragraph(f"trap {number} {at}", text or language) for at in range(5)]
        headline = said[0].partition(".")[0] if title is None else title
        newest = self._flesh(self._newest(language))
        kazpravda = self.site == "kazpravda"
        own = transliterated(headline) if kazpravda else str(number)
        article = replace(
            newest,
            number=number,
            title=headline,
            slug=own if slug is None else slug,
            lead=said[1] if kazpravda else None,
            paragraphs=paragraphs(tuple(said[2:])),
            published=newest.published + timedelta(minutes=self._added),
        )
        return self.add(replace(article, **changes))

    def _sitemap(self, body: str, *, path: str = "/sitemap.xml") -> None:
        self.answer(path, status=200, headers={"Content-Type": "application/xml"}, body=body)

    def _trap(self, path: str, trap: Trap) -> None:
        command: Mapping[str, Any] = {"do": "trap", "path": path, "trap": asdict(trap)}
        self._tell(command)


def _sitemap_index(*addresses: str) -> str:
    rows = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    return f"<sitemapindex {XMLNS}>{rows}</sitemapindex>"
