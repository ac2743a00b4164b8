"""Pieces by their definition, told from exported records alone and without any cleverness; and
worlds that have many of them.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Literal

from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.model.capture import ClassifiedCapture
from tests.pipeline.worlds.captures import decision, items, kaz, missing, moved, page, prose

_NAMES = "abcd"
_URLS = {language: [kaz(name, language) for name in _NAMES] for language in ("ru", "kk", "en")}
_BODIES = [prose(letter, 40) for letter in "абв"]
_PICTURES = [f"https://kazpravda.kz/media/news/2026/03/02/{name}.jpg" for name in "pq"]

_Kind = Literal["page", "moved", "missing", "join", "part", "forget"]
_KINDS: tuple[_Kind, ...] = (*("page",) * 5, "moved", "missing", "join", "part", "forget")


def pieces_of(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The piece of every item, by its id: the first story that leads to it, step by step."""
    by_id = {one["id"]: one for one in records}
    first = {item: _order(by_id[one["story"]]) for item, one in by_id.items()}
    moving = True
    while moving:
        moving = False
        for item, one in by_id.items():
            near = [other for other in by_id if by_id[other]["story"] == one["story"]]
            near += [other["id"] for other in one["translations"]]
            smallest = min(first[other] for other in near)
            if smallest < first[item]:
                first[item], moving = smallest, True
    return {item: order[-1] for item, order in first.items()}


def check_pieces(db: Database) -> None:
    """Every item's piece is what the definition says."""
    records = list(items(db).values())
    assert {one["id"]: one["piece"] for one in records} == pieces_of(records)


@st.composite
def worlds_of_pieces(draw: st.DrawFn) -> list[ClassifiedCapture]:
    """Pages in three languages that copy each other, with links and pictures that come and go;
    redirects, that take items out, misses and decisions.
    """
    pick = st.sampled_from
    hours = st.integers(0, 60)

    def one() -> ClassifiedCapture:
        urls = _URLS[draw(pick(sorted(_URLS)))]
        url, other = draw(st.lists(pick(urls), min_size=2, max_size=2, unique=True))
        kind: _Kind = draw(pick(_KINDS))
        if kind == "moved":
            return moved(url, draw(hours), other)
        if kind == "missing":
            return missing(url, draw(hours))
        if kind in ("join", "part", "forget"):
            return decision(kind, url, other, draw(hours))
        abroad = draw(pick([*chain.from_iterable(_URLS.values())]))
        return page(
            url, draw(hours), draw(pick(_BODIES)), image=draw(pick((None, *_PICTURES))),
            alternates=draw(pick(((), (abroad,)))),
        )  # fmt: skip

    made = [one() for _ in range(draw(st.integers(8, 22)))]
    return list({capture.capture.key: capture for capture in made}.values())


def _order(record: Mapping[str, Any]) -> tuple[bool, str, str]:
    return record["url"] is None, record["first_seen"], record["id"]
