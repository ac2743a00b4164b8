"""A long list over many pages, in one of the forms that a site may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from tests.sites.content import Headline
from tests.sites.ways import Ways
from tests.sites.words import Language

_NAMES: Final = {"query": "page", "bitrix": "PAGEN_1"}
_NEXT: Final[dict[Language, str]] = {"ru": "Следующая", "kk": "Келесі", "en": "Next"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which part of which list is asked for."""

    path: str
    """Of its first page, with the final slash."""
    query: Mapping[str, str]
    """All of it, the pagination's own too."""
    page: str | None = None
    """The number in the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a list."""

    here: Sequence[Headline]
    links: str = ""
    """To the other pages, as HTML."""


def part(found: Sequence[Headline], size: int, ways: Ways, asked: Asked) -> Part | None:
    """The page that is asked for; None beyond the last."""
    if ways.pagination is None:
        return Part(here=found[:size])
    last = max(1, -(-len(found) // size))
    number = _number(found, size, ways, asked)
    if number is not None and number > last and ways.beyond == "repeat":
        number = last
    if number is None or not 1 <= number <= last:
        return None
    here = found[(number - 1) * size : number * size]
    if ways.pagination == "token":
        return Part(here=here, links=_next(here, asked) if number < last else "")
    return Part(here=here, links=_numbered(number, last, ways, asked))


def _number(found: Sequence[Headline], size: int, ways: Ways, asked: Asked) -> int | None:
    """Which page it is, from 1."""
    if ways.pagination == "token":
        token = asked.query.get("before")
        numbers = [f"{one.number * 7919:x}" for one in found] if token else []
        if token is None:
            return 1
        return (numbers.index(token) + 1) // size + 1 if token in numbers else None
    given = asked.page if ways.pagination == "path" else None
    if ways.pagination != "path":
        given = asked.query.get(_NAMES[str(ways.pagination)])
    return 1 if given is None else int(given) if given.isdecimal() else None


def _next(here: Sequence[Headline], asked: Asked) -> str:
    language: Language = here[-1].language
    kept = {name: value for name, value in asked.query.items() if name != "before"}
    query = urlencode(kept | {"before": f"{here[-1].number * 7919:x}"})
    return f'<a rel="next" href="?{query.replace("&", "&amp;")}">{_NEXT[language]}</a>'


def _numbered(number: int, last: int, ways: Ways, asked: Asked) -> str:
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)} - {number})
    return " ".join(f'<a href="{_address(one, ways, asked)}">{one}</a>' for one in near)


def _address(number: int, ways: Ways, asked: Asked) -> str:
    query = {key: value for key, value in asked.query.items() if key not in _NAMES.values()}
    path = asked.path
    if number > 1 and ways.pagination == "path":
        path = f"{path}page-{number}/"
    elif number > 1:
        query[_NAMES[str(ways.pagination)]] = str(number)
    return path + (f"?{urlencode(query)}".replace("&", "&amp;") if query else "")
