"""The test's handle on a replica: `with Replica("kazpravda", seed=1, count=40) as site: …`

The state outlives `kill`, `stop` and `start`; only the rules' `times` and the view counters begin
anew. How to make it misbehave: `Misbehaviour`, `Traps`; what it has: `Ways`, `Thin`.
"""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from tests.sites.child import Child
from tests.sites.content import Article, Headline, SiteName, articles, fresh_paragraph
from tests.sites.expected import FRONTS, Expected, Found, expected, found
from tests.sites.look import Look
from tests.sites.misbehaviour import Place, where_of
from tests.sites.requests import Request, RequestLog
from tests.sites.senate import style_of
from tests.sites.server import CONTROL
from tests.sites.thin import Thin, fleshed, headlines
from tests.sites.traps import Traps
from tests.sites.ways import Ways
from tests.sites.words import Language

_THICK: Final = 1000
"""More articles than this are made thin."""


class Replica(Traps):
    """One site in a child process."""

    def __init__(
        self,
        site: SiteName,
        *,
        seed: int = 1,
        count: int = 40,
        style: int | None = None,
        thin: Thin | None = None,
        ways: Ways | None = None,
    ) -> None:
        super().__init__()
        self.site = site
        self.seed = seed
        self.url: str = ""
        self.fronts = FRONTS[site]
        """Paths of the front pages."""
        self.style = style_of(Look(site=site, seed=seed, style=style))
        """Which of the Senate's three markups it has."""
        self.ways = Ways() if ways is None else ways
        self.thin = Thin() if thin is None and count > _THICK else thin
        """How its articles lie, if there are too many for long texts."""
        self._count = count
        self._child: Child | None = None
        self._directory = tempfile.TemporaryDirectory(prefix="replica-")
        self._log = RequestLog(Path(self._directory.name, "requests.jsonl"))
        self._commands = Path(self._directory.name, "commands.jsonl")
        self._commands.touch()
        self._original()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._directory.cleanup()

    @property
    def articles(self) -> tuple[Expected, ...]:
        """What stands on the site now, oldest first."""
        standing = sorted(self._articles.values(), key=lambda one: (one.published, one.number))
        return tuple(expected(self._flesh(one)) for one in standing)

    def paths(self) -> tuple[Found, ...]:
        """The addresses of what stands on the site now, oldest first; cheap."""
        standing = sorted(self._articles.values(), key=lambda one: (one.published, one.number))
        return tuple(found(one) for one in standing)

    def unlinked(self, one: Expected | Found) -> bool:
        """Whether the article stands in no list."""
        return bool(self.ways.unlinked) and one.number % self.ways.unlinked == 0

    def requests(self, where: Place | None = None) -> tuple[Request, ...]:
        """What it was asked since the start, `reset` or `forget_requests`, in order.

        Never short: a request is written down before the first byte of its answer.
        """
        return self._log.requests(None if where is None else where_of(where))

    def forget_requests(self) -> None:
        """Lets `requests` begin anew."""
        self._log.forget()

    def wait_for(self, where: Place, *, count: int = 1, seconds: float = 30) -> Request:
        """The `count`-th request to an address, as soon as it has come. Raises TimeoutError."""
        return self._log.wait_for(where_of(where), count=count, seconds=seconds)

    def publish(self, n: int = 1) -> tuple[Expected, ...]:
        """Adds newer articles."""
        more = range(self._published, self._published + n)
        added = [self._flesh(one) for one in self._made(more)]
        self._published += n
        for article in added:
            self.add(article)
        return tuple(expected(one) for one in added)

    def add(self, article: Article) -> Expected:
        """Adds an article of the test's own, such as a copy; its number must be free."""
        if article.number in self._known or article.site != self.site:
            raise ValueError(f"number {article.number} of {article.site} can't be added here")
        self._put(article, at=None)
        return expected(article)

    def article(self, one: Expected | Found) -> Article:
        """The article behind, for `dataclasses.replace` and `add`."""
        return self._flesh(self._known[one.number])

    def change(
        self,
        one: Expected,
        *,
        title: str | None = None,
        lead: str | None = None,
        paragraphs: Sequence[str] | None = None,
    ) -> Expected:
        """Changes an article; without a word, by a paragraph more. Its address stays."""
        article = self.article(one)
        if title is lead is paragraphs is None:
            said = f"{self.seed} {one.number} {len(article.paragraphs)}"
            fresh = fresh_paragraph(said, article.language)
            paragraphs = (*article.paragraphs, fresh)
        changed = replace(
            article,
            title=article.title if title is None else title,
            lead=article.lead if lead is None else lead,
            paragraphs=article.paragraphs if paragraphs is None else tuple(paragraphs),
        )
        self._put(changed, at=time.time())
        return expected(changed)

    def remove(self, one: Expected, *, status: int = 404) -> None:
        """Takes an article off the site; 410 says so, 200 is a soft 404."""
        self._tell({"do": "remove", "number": one.number, "status": status})
        self._articles.pop(one.number, None)

    def restore(self, one: Expected) -> None:
        """Puts a removed article back as it was."""
        self._put(self.article(one), at=None)

    def reset(self) -> None:
        """All as at the start: articles, switches, no rules, no requests. Starts it if down."""
        self._commands.write_bytes(b"")
        if self._child is None:
            self.start()
        else:
            self._post({"do": "reset"})
        self._original()
        self.forget_requests()

    @property
    def up(self) -> bool:
        """Whether the test has it running."""
        return self._child is not None

    def start(self) -> None:
        """Starts it, at the port that it had."""
        if self._child is not None:
            return
        style = ["--style", str(self.style)] if self.site == "senate" else []
        thin = [] if self.thin is None else ["--thin", json.dumps(self.thin.to_json())]
        options = [
            *("--site", self.site, "--seed", str(self.seed), "--count", str(self._count)),
            *("--port", str(urlsplit(self.url).port or 0), *style, *thin, "--echo"),
            *("--ways", json.dumps(asdict(self.ways))),
            *("--log", str(self._log.path), "--commands", str(self._commands)),
        ]
        errors = Path(self._directory.name, "errors.txt")
        self._child = Child(options, self._log.notify, errors)
        self.url = self._child.url

    def stop(self) -> None:
        """Takes it down: connections are refused from now on."""
        self._end(kill=False)

    def kill(self) -> None:
        """Takes it down with SIGKILL."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self._child is not None:
            self._child.end(kill=kill)
            self._child = None

    def _original(self) -> None:
        first = self._made(range(self._count))
        self._known: dict[int, Headline] = {one.number: one for one in first}
        self._articles = dict(self._known)
        self._published = self._count

    def _made(self, which: range) -> Sequence[Headline]:
        if self.thin is None:
            return articles(self.seed, which.stop, site=self.site)[which.start :]
        return headlines(self.seed, self._count, which, site=self.site, thin=self.thin)

    def _newest(self, language: Language) -> Headline:
        ours = (one for one in self._articles.values() if one.language == language)
        return max(ours, key=lambda one: one.published)

    def _flesh(self, headline: Headline) -> Article:
        return headline if isinstance(headline, Article) else fleshed(self.seed, headline)

    def _put(self, article: Article, at: float | None) -> None:
        self._tell({"do": "put", "article": article.to_json(), "at": at})
        self._known[article.number] = article
        self._articles[article.number] = article

    def _tell(self, command: Mapping[str, Any]) -> None:
        """Now, or at the next start if it is down; later starts repeat it."""
        if self._child is not None:
            self._post(command)
        with self._commands.open("a", encoding="utf-8") as file:
            file.write(json.dumps(command, ensure_ascii=False) + "\n")

    def _post(self, command: Mapping[str, Any]) -> None:
        host = urlsplit(self.url).netloc
        connection = http.client.HTTPConnection(host, timeout=30)
        try:
            connection.request("POST", CONTROL, json.dumps(command))
            response = connection.getresponse()
            said = response.read().decode()
        finally:
            connection.close()
        if response.status != 200:
            raise ValueError(f"the replica refused {command['do']}: {said}")
