"""The ways to make a replica misbehave, as commands to it.

Every helper takes `where`: an exact path (with its query, if it has one), a compiled regular
expression searched in path and query (its flags don't count), or an article. It gives the rule's
number, for `lift`. Of the rules of one kind that match, the newest acts while its `times` last, so
state what is to hold for good first. The kinds: answer (also redirect, reset_connection, robots),
slow or hold, framing (cut, chunked, close_delimited), charset, empty.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from re import Pattern
from typing import Any

from tests.sites.expected import Expected
from tests.sites.rules import Answered, Delayed, Effect, Emptied, Encoded, Framed, Rule, Where
from tests.sites.ways import Way

Place = str | Pattern[str] | Expected
Headers = Mapping[str, str] | Sequence[tuple[str, str]]


def where_of(place: Place) -> Where:
    """The addresses that a helper's `where` means."""
    if isinstance(place, Expected):
        return Where(path=place.path)
    return Where(path=place) if isinstance(place, str) else Where(pattern=place.pattern)


class Misbehaviour(ABC):
    """The helpers, over one way of telling a command."""

    def __init__(self) -> None:
        self._last_rule = 0

    @abstractmethod
    def _tell(self, command: Mapping[str, Any]) -> None:
        """Has the replica do a command (`Shelf.obey`)."""

    def answer(
        self,
        where: Place,
        *,
        status: int | None = None,
        headers: Headers = (),
        body: str | bytes | None = None,
        times: int | None = None,
    ) -> int:
        """Another status, more headers, another body; status 304 is one that nobody asked for."""
        content = body.encode() if isinstance(body, str) else body
        effect = Answered(
            status=status,
            headers=tuple(headers.items() if isinstance(headers, Mapping) else headers),
            body=None if content is None else content.hex(),
        )
        return self._rule(where, effect, times)

    def redirect(
        self, where: Place, to: str, *, status: int = 301, times: int | None = None
    ) -> int:
        """A redirect to a path or to an address anywhere."""
        return self.answer(where, status=status, headers={"Location": to}, times=times)

    def reset_connection(self, where: Place, *, times: int | None = None) -> int:
        """No answer: the connection is reset."""
        return self._rule(where, Answered(reset=True), times)

    def slow(
        self,
        where: Place,
        seconds: float = 0,
        *,
        drip_bytes: int = 0,
        drip_seconds: float = 0,
        times: int | None = None,
    ) -> int:
        """The first byte comes late, and the rest so many bytes at a time with a pause between."""
        effect = Delayed(seconds=seconds, drip_bytes=drip_bytes, drip_seconds=drip_seconds)
        return self._rule(where, effect, times)

    def hold(self, where: Place, *, times: int | None = None) -> int:
        """The first byte comes when the rule is lifted."""
        return self._rule(where, Delayed(held=True), times)

    def cut(
        self, where: Place, after: int = 200, *, chunked: bool = False, times: int | None = None
    ) -> int:
        """The connection is closed after so many bytes of a body that was to be longer."""
        framing = Framed(framing="chunked" if chunked else "length", cut_after=after)
        return self._rule(where, framing, times)

    def chunked(self, where: Place, *, times: int | None = None) -> int:
        """Transfer-Encoding: chunked."""
        return self._rule(where, Framed(framing="chunked"), times)

    def close_delimited(self, where: Place, *, times: int | None = None) -> int:
        """No Content-Length: the body ends with the connection."""
        return self._rule(where, Framed(framing="close"), times)

    def charset(
        self,
        where: Place,
        *,
        declared: str | None = "utf-8",
        encoding: str = "utf-8",
        times: int | None = None,
    ) -> int:
        """A text in one encoding under a header that tells another, or (None) none."""
        return self._rule(where, Encoded(encoding=encoding, declared=declared), times)

    def empty(self, where: Place, *, times: int | None = None) -> int:
        """Lists without an article, fronts and sitemaps too."""
        return self._rule(where, Emptied(), times)

    def robots(
        self,
        text: str | None = None,
        *,
        forbid: Sequence[str] = (),
        crawl_delay: float | None = None,
        status: int = 200,
        headers: Headers = (),
        times: int | None = None,
    ) -> int:
        """Another robots.txt. For a reset: `reset_connection("/robots.txt")`."""
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in forbid)]
        if crawl_delay is not None:
            lines.append(f"Crawl-delay: {crawl_delay:g}")
        body = "\n".join(lines) + "\n" if text is None else text
        return self.answer("/robots.txt", status=status, headers=headers, body=body, times=times)

    def rename_classes(self, generation: int = 1) -> None:
        """Gives every class another name; another generation, other names; 0, the first ones."""
        self.switch(generation=generation)

    def switch(
        self,
        *,
        counters: bool | None = None,
        gzip: bool | None = None,
        validators: bool | None = None,
        lying: bool | None = None,
        restless: bool | None = None,
        generation: int | None = None,
        shuffle: bool | None = None,
    ) -> None:
        """Turns what holds for the whole site (`shelf.Switches`)."""
        given = {
            "counters": counters,
            "gzip": gzip,
            "validators": validators,
            "lying": lying,
            "restless": restless,
            "generation": generation,
            "shuffle": shuffle,
        }
        kept = {name: value for name, value in given.items() if value is not None}
        self._tell({"do": "switch", "switches": kept})

    def without(self, *ways: Way) -> None:
        """These ways of finding answer 404 from now on, and no others.

        `numbers` closes the addresses that stand in no list (`Ways.unlinked`) and the numbered old
        ones: they answer as an unknown path.
        """
        self._tell({"do": "switch", "switches": {"without": ways}})

    def lift(self, *rules: int) -> None:
        """Ends these rules, or all, and lets go what they hold."""
        self._tell({"do": "lift", "ids": rules or None})

    def _rule(self, where: Place, effect: Effect, times: int | None) -> int:
        self._last_rule += 1
        rule = Rule(id=self._last_rule, where=where_of(where), effect=effect, times=times)
        self._tell({"do": "rule", "rule": rule.to_json()})
        return rule.id
