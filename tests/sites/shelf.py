"""What a running replica holds: its articles, its switches and its rules, changed by commands."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count as counting
from types import ModuleType
from typing import Any, Final

from tests.sites import kazpravda, senate
from tests.sites.address import address_of
from tests.sites.content import Article, Headline, SiteName, articles
from tests.sites.index import Index
from tests.sites.look import Look
from tests.sites.page import Page, Shown
from tests.sites.rules import Rule, Rules
from tests.sites.thin import Thin, headlines
from tests.sites.trapped import Trap, trapped
from tests.sites.ways import Ways, is_closed

SITES: Final[dict[SiteName, ModuleType]] = {"kazpravda": kazpravda, "senate": senate}
_CLOSED: Final = "<!DOCTYPE html>\n<html><head><title>404</title></head><body>404</body></html>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What holds for the whole site."""

    counters: bool = True
    """View counters rise with each answer."""
    gzip: bool = True
    validators: bool = True
    """ETag and Last-Modified are sent, and their conditions answered."""
    lying: bool = False
    """Whatever has a condition is answered with 304."""
    restless: bool = False
    """The ETag is another in every answer."""
    generation: int = 0
    """Above 0 every class has another name."""
    shuffle: bool = False
    """Every class has another name in every answer."""
    without: tuple[str, ...] = ()
    """The ways that are closed (`ways.Way`)."""


class Shelf:
    """The state of one site, for many threads."""

    def __init__(
        self, look: Look, count: int, *, thin: Thin | None = None, ways: Ways | None = None
    ) -> None:
        self.rules = Rules()
        self.switches = Switches()
        self._lock = threading.Lock()
        self._look = look
        self._ways = Ways() if ways is None else ways
        self._answers = counting(1000)
        self._first: Sequence[Headline] = (
            articles(look.seed, count, site=look.site)
            if thin is None
            else headlines(look.seed, count, range(count), site=look.site, thin=thin)
        )
        self._reset()

    def obey(self, command: Mapping[str, Any]) -> None:
        """Does one command. Raises KeyError, TypeError or ValueError for one that is none."""
        with self._lock:
            match command["do"]:
                case "put":
                    self._put(Article.from_json(command["article"]), command["at"])
                case "remove":
                    self._index.remove(command["number"], command["status"])
                case "trap":
                    self._traps[command["path"]] = Trap(**command["trap"])
                case "rule":
                    self.rules.add(Rule.from_json(command["rule"]))
                case "lift":
                    ids = command["ids"]
                    self.rules.lift(None if ids is None else tuple(ids))
                    if ids is None:
                        self._traps.clear()
                case "switch":
                    self.switches = replace(self.switches, **_tupled(command["switches"]))
                case "reset":
                    self._reset()
                case other:
                    raise ValueError(f"no such command: {other}")

    def page(self, target: str, *, empty: bool) -> Page:
        """What the site shows at a request's target."""
        path, query = address_of(target)
        with self._lock:
            switches, trap = self.switches, self._trap(path)
            generation = next(self._answers) if switches.shuffle else switches.generation
            shown = Shown(
                look=replace(self._look, generation=generation),
                index=self._index,
                ways=self._ways,
                closed=switches.without,
                modified=dict(self._modified),
                empty=empty,
            )
        if is_closed(path, query, switches.without):
            return Page(sort="missing", status=404, text=_CLOSED)
        site = SITES[self._look.site]
        page = (
            site.page_at(path, query, shown) if trap is None else trapped(trap, path, query, shown)
        )
        assert isinstance(page, Page)
        return page

    def views(self, article: Article) -> int:
        """The counter to show on an article's page, which counts this answer."""
        with self._lock:
            if self.switches.counters:
                self._seen[article.number] += 1
            return article.views + self._seen[article.number]

    def modified(self, article: Article) -> float:
        """When the article was last changed, in seconds since 1970."""
        with self._lock:
            return self._modified.get(article.number, article.published.timestamp())

    def _trap(self, path: str) -> Trap | None:
        every = None if path == "/robots.txt" else self._traps.get("*")
        return self._traps.get(path, every)

    def _reset(self) -> None:
        self.rules.lift()
        self.switches = Switches()
        self._index = Index(self._look.seed, self._first, unlinked=self._ways.unlinked)
        self._modified: dict[int, float] = {}
        self._traps: dict[str, Trap] = {}
        self._seen: Counter[int] = Counter()

    def _put(self, article: Article, at: float | None) -> None:
        """Adds or changes an article. A change is at least a second later than the last."""
        number = article.number
        moment = article.published.timestamp() if at is None else at
        known = self._index.numbered(number)
        if known is not None:
            moment = max(moment, self._modified.get(number, known.published.timestamp()) + 1)
        self._index.put(article)
        self._modified[number] = moment


def _tupled(switches: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in switches.items()
    }
