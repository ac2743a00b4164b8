"""What a running replica holds: its articles, its switches and its rules, changed by commands."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from tests.sites import kazpravda, senate
from tests.sites.content import Article, SiteName, articles
from tests.sites.look import Look
from tests.sites.page import Page, Shown
from tests.sites.rules import Rule, Rules

SITES: Final[dict[SiteName, ModuleType]] = {"kazpravda": kazpravda, "senate": senate}


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What holds for the whole site."""

    counters: bool = True
    """View counters rise with each answer."""
    gzip: bool = True
    validators: bool = True
    """ETag and Last-Modified are sent, and their conditions answered."""
    generation: int = 0
    """Above 0 every class has another name."""


class Shelf:
    """The state of one site, for many threads."""

    def __init__(self, look: Look, count: int) -> None:
        self.rules = Rules()
        self.switches = Switches()
        self._lock = threading.Lock()
        self._look = look
        self._first = articles(look.seed, count, site=look.site)
        self._reset()

    def obey(self, command: Mapping[str, Any]) -> None:
        """Does one command. Raises KeyError, TypeError or ValueError for one that is none."""
        with self._lock:
            match command["do"]:
                case "put":
                    self._put(Article.from_json(command["article"]), command["at"])
                case "remove":
                    self._removed[command["number"]] = command["status"]
                case "rule":
                    self.rules.add(Rule.from_json(command["rule"]))
                case "lift":
                    ids = command["ids"]
                    self.rules.lift(None if ids is None else tuple(ids))
                case "switch":
                    self.switches = replace(self.switches, **command["switches"])
                case "reset":
                    self._reset()
                case other:
                    raise ValueError(f"no such command: {other}")

    def page(self, target: str, *, empty: bool) -> Page:
        """What the site shows at a request's target."""
        address = urlsplit(target)
        with self._lock:
            shown = Shown(
                look=replace(self._look, generation=self.switches.generation),
                articles=tuple(sorted(self._articles.values(), key=_age, reverse=True)),
                removed=dict(self._removed),
                empty=empty,
            )
        page = SITES[self._look.site].page_at(address.path, dict(parse_qsl(address.query)), shown)
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
            return self._modified[article.number]

    def _reset(self) -> None:
        self.rules.lift()
        self.switches = Switches()
        self._articles = {article.number: article for article in self._first}
        self._modified = {one.number: one.published.timestamp() for one in self._first}
        self._removed: dict[int, int] = {}
        self._seen: Counter[int] = Counter()

    def _put(self, article: Article, at: float | None) -> None:
        """Adds or changes an article. A change is at least a second later than the last."""
        number = article.number
        moment = article.published.timestamp() if at is None else at
        if number in self._modified:
            moment = max(moment, self._modified[number] + 1)
        self._articles[number] = article
        self._modified[number] = moment
        self._removed.pop(number, None)


def _age(article: Article) -> tuple[datetime, int]:
    return article.published, article.number
