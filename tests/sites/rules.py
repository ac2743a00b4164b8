"""Misbehaviour as data: which addresses a rule is for, what it does to the answer, how often.

Of the rules of one kind that match an address the newest acts, until its times are used up; rules
of different kinds act together.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal
from urllib.parse import unquote


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """An exact path (with its query, if it has one), or a regular expression searched in both."""

    path: str | None = None
    pattern: str | None = None

    def matches(self, target: str) -> bool:
        """Whether a request's target is meant. A path without a query is meant with any."""
        if self.pattern is not None:
            return re.search(self.pattern, target) is not None
        assert self.path is not None
        asked = target if "?" in self.path else target.partition("?")[0]
        return unquote(asked) == unquote(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Another status, other headers (instead of those of the same name), another body."""

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    """Bytes as hex digits."""
    reset: bool = False
    """No answer: the connection is reset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """The first byte comes late, or when the rule is lifted; the rest may drip."""

    seconds: float = 0
    held: bool = False
    drip_bytes: int = 0
    """0: the rest comes at once."""
    drip_seconds: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """How the body's end is told, and whether it comes."""

    framing: Literal["length", "chunked", "close"] = "length"
    cut_after: int | None = None
    """So many bytes of the body are sent before the connection is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The encoding that a text has, and the one that its header declares (null: none)."""

    encoding: str = "utf-8"
    declared: str | None = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    """Lists show nothing."""


Effect = Answered | Delayed | Framed | Encoded | Emptied
_EFFECTS: Final[dict[str, type[Effect]]] = {
    "answered": Answered,
    "delayed": Delayed,
    "framed": Framed,
    "encoded": Encoded,
    "emptied": Emptied,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One misbehaviour. `id` is the test's, for lifting it."""

    id: int
    where: Where
    effect: Effect
    times: int | None = None
    """So many requests; null is every one."""

    def to_json(self) -> dict[str, Any]:
        """As `from_json` takes it."""
        return asdict(self) | {"kind": type(self.effect).__name__.lower()}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Rule:
        """The rule that `to_json` gave."""
        kind = _EFFECTS[row["kind"]]
        given = dict(row["effect"])
        if "headers" in given:
            given["headers"] = tuple((name, value) for name, value in given["headers"])
        where = Where(**row["where"])
        return cls(id=row["id"], where=where, effect=kind(**given), times=row["times"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What the rules do to one request."""

    answered: Answered = Answered()
    delayed: Delayed = Delayed()
    framed: Framed = Framed()
    encoded: Encoded = Encoded()
    emptied: Emptied | None = None
    lifted: threading.Event = field(default_factory=threading.Event)
    """Set when the delay's rule is lifted."""


class Rules:
    """The rules in force, for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: dict[int, Rule] = {}
        self._left: dict[int, int] = {}
        self._lifted: dict[int, threading.Event] = {}

    def add(self, rule: Rule) -> None:
        """Puts a rule in force."""
        with self._lock:
            self._live[rule.id] = rule
            self._lifted[rule.id] = threading.Event()
            if rule.times is not None:
                self._left[rule.id] = rule.times

    def lift(self, ids: tuple[int, ...] | None = None) -> None:
        """Ends some rules, or all, and lets go the answers that they delay."""
        with self._lock:
            for one in tuple(self._lifted) if ids is None else ids:
                self._live.pop(one, None)
                self._left.pop(one, None)
                if one in self._lifted:
                    self._lifted.pop(one).set()

    def claim(self, target: str) -> Claimed:
        """What acts on a request, which is counted for the rules that act."""
        with self._lock:
            acting: dict[str, Rule] = {}
            for rule in self._live.values():
                if rule.where.matches(target):
                    acting[type(rule.effect).__name__.lower()] = rule
            for rule in acting.values():
                self._count(rule)
            claimed: dict[str, Any] = {kind: rule.effect for kind, rule in acting.items()}
            if "delayed" in acting:
                claimed["lifted"] = self._lifted[acting["delayed"].id]
        return Claimed(**claimed)

    def _count(self, rule: Rule) -> None:
        if rule.id not in self._left:
            return
        self._left[rule.id] -= 1
        if self._left[rule.id] <= 0:
            del self._left[rule.id], self._live[rule.id]
