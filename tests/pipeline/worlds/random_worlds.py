"""Small worlds of captures for properties: everything in them that decides what an item is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from pipeline.model.capture import ClassifiedCapture, Outcome
from pipeline.model.decision import Verb
from tests.pipeline.worlds.captures import (
    SOURCES,
    decision,
    imported,
    kaz,
    missing,
    moved,
    page,
    prose,
    sen,
)
from tests.pipeline.worlds.captures import unchanged as not_modified

_RUSSIAN = tuple(kaz(name) for name in "abcdef")
_OTHERS = (kaz("a", "kk"), kaz("b", "kk"), sen(1), sen(2), sen(3), sen(1, "kk"), sen(1, "en"))
_HOURS = (0, 1, 2, 3, 14, 20, 26, 30, 31, 54, 55, 80, 200)
_DAYS = tuple(date(2026, 3, 1) + timedelta(days=days) for days in (0, 1, 2, 6))
_PARAGRAPHS = tuple(prose(seed, 14) for seed in "абвгде")
_BODIES = st.lists(st.sampled_from(_PARAGRAPHS), min_size=1, max_size=5).map("\n\n".join)
_TINY = " ".join(_PARAGRAPHS[0].split()[:3]).upper()


@dataclass(frozen=True)
class _Pools:
    """What one world is made of: little, so that the same comes again and again."""

    urls: list[str]
    bodies: list[str]
    hours: list[int]


def _page(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    return page(
        draw(st.sampled_from(pools.urls)),
        draw(st.sampled_from(pools.hours)),
        draw(st.sampled_from(pools.bodies)),
        title=draw(st.sampled_from(("Один", "Два", None))),
        published=f"{draw(st.sampled_from(_DAYS))}T10:00:00+05:00",
        tags=draw(st.sampled_from(((), ("закон",)))),
        section=draw(st.sampled_from((None, "Общество"))),
        alternates=tuple(draw(st.lists(st.sampled_from(pools.urls), max_size=1))),
    )


def _boilerplate(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    return page(
        draw(st.sampled_from(pools.urls)),
        draw(st.sampled_from(pools.hours)),
        pools.bodies[0],
        alternates=tuple(draw(st.lists(st.sampled_from(pools.urls), max_size=1))),
    )


def _redirect(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    url = draw(st.sampled_from(pools.urls))
    host = url.split("/")[2]
    own = [other for other in pools.urls if host in other]
    target = draw(st.sampled_from((own[0], own[0], *own)))
    return moved(url, draw(st.sampled_from(pools.hours)), target)


def _text(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    body = draw(st.sampled_from((*pools.bodies, _PARAGRAPHS[0], _TINY)))
    source = SOURCES[draw(st.sampled_from(("kazpravda", "kazpravda", "senate")))]
    return imported(body, draw(st.sampled_from(_DAYS)), source)


def _unchanged(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    hour = st.sampled_from(pools.hours)
    return not_modified(draw(st.sampled_from(pools.urls)), draw(hour), draw(st.none() | hour))


def _missing(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    outcomes: tuple[Outcome, ...] = ("gone", "gone", "soft-404", "failed")
    outcome = draw(st.sampled_from(outcomes))
    return missing(draw(st.sampled_from(pools.urls)), draw(st.sampled_from(pools.hours)), outcome)


def _decision(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    texts = [imported(body, _DAYS[0]).text_id for body in (*pools.bodies, _TINY)]
    names = st.sampled_from([*pools.urls * 3, *(text for text in texts if text)])
    one, other = draw(st.lists(names, min_size=2, max_size=2, unique=True))
    verbs: tuple[Verb, ...] = ("join", "join", "part", "forget")
    return decision(draw(st.sampled_from(verbs)), one, other, draw(st.sampled_from(pools.hours)))


_PIECES = (
    ("Вчера Болегенов открыл в Жаркенте 1 286 домов.", "Кеше Бөлегенов Жаркентте 1 286 үй ашты.",
     "Yesterday Bolegenov opened 1,286 houses in Zharkent."),
    ("Вчера Болегенов осмотрел в Акмоле 4 731 дом.", "Кеше Бөлегенов Ақмолада 4 731 үй көрді.",
     "Yesterday Bolegenov saw 4,731 houses in Akmola."),
    ("Вчера Жапаров вручил в Балхаше 7 352 награды.", "Кеше Жапаров Балхашта 7 352 сыйлық берді.",
     "Yesterday Zhaparov gave 7,352 awards in Balkhash."),
)  # fmt: skip
_TOLD_AT = {
    language: tuple(kaz(name, language) for name in "tuv") for language in ("ru", "kk", "en")
}


def _told(draw: st.DrawFn, pools: _Pools) -> ClassifiedCapture:
    """A page of one of three pieces, which their numbers and names tell in every language."""
    number, language = draw(st.sampled_from(tuple(enumerate(_TOLD_AT))))
    day = _DAYS[0] + timedelta(days=draw(st.sampled_from((0, 0, 1, 1, 2, 5))))
    links = ((),) * 6 + ((_TOLD_AT["kk"][0],), (_TOLD_AT["ru"][1],))
    body = draw(st.sampled_from((*(piece[number] for piece in _PIECES * 2), pools.bodies[0])))
    return page(
        draw(st.sampled_from(_TOLD_AT[language])),
        draw(st.sampled_from(pools.hours)),
        body,
        published=f"{day}T10:00:00+05:00",
        alternates=draw(st.sampled_from(links)),
    )


_Kind = Callable[[st.DrawFn, _Pools], ClassifiedCapture]
_KINDS: tuple[_Kind, ...] = (
    _page, _page, _page, _boilerplate, _redirect, _text, _unchanged, _missing, _decision, _decision,
)  # fmt: skip


@st.composite
def worlds(
    draw: st.DrawFn, smallest: int = 6, largest: int = 20, decisions: int = 0, told: int = 0
) -> list[ClassifiedCapture]:
    """A set of captures, and so many decisions, and pages told in three languages, surely among
    them; no two are the same by the contract's key.
    """
    pools = _Pools(
        urls=[
            *draw(st.lists(st.sampled_from(_RUSSIAN), min_size=2, max_size=6, unique=True)),
            *draw(st.lists(st.sampled_from(_OTHERS), max_size=4, unique=True)),
        ],
        bodies=draw(st.lists(_BODIES, min_size=2, max_size=4)),
        hours=draw(st.lists(st.sampled_from(_HOURS), min_size=3, max_size=8, unique=True)),
    )
    kinds = draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=4))
    events = [
        draw(st.sampled_from((_page, *kinds)))(draw, pools)
        for _ in range(draw(st.integers(smallest, largest)))
    ]
    events += [_decision(draw, pools) for _ in range(decisions)]
    events += [_told(draw, pools) for _ in range(told)]
    return list({one.capture.key: one for one in events}.values())


def told_world(seed: int) -> list[ClassifiedCapture]:
    """Pages of three pieces in three languages over some days, evenly drawn: Hypothesis seldom
    leaves so many of them apart.
    """
    dice = Random(seed)
    pages: list[ClassifiedCapture] = []
    for hours in range(14):
        number, language = dice.choice(tuple(enumerate(_TOLD_AT)))
        url = dice.choice(_TOLD_AT[language])
        body = dice.choice((*(piece[number] for piece in _PIECES), _PARAGRAPHS[0]))
        day = _DAYS[0] + timedelta(days=dice.randrange(8))
        pages.append(page(url, hours, body, published=f"{day}T10:00:00+05:00"))
    return pages
