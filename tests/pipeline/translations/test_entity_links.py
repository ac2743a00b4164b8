"""What numbers and names join, as items come and change around each other."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlite_utils import Database

from bench.inputs.trilingual import Newsroom
from pipeline.model.capture import ClassifiedCapture
from pipeline.store.transactions import writing
from pipeline.translations import entity_links
from pipeline.translations.derive import derive_translations
from pipeline.translations.matching import Bounds
from tests.pipeline.worlds.captures import kaz, missing, moved, new_database, page, take, world

_START = date(2026, 3, 1)
_TOLD = {
    "ru": "Вчера {name} открыл в Жаркенте {number} домов за {price},7 млрд тенге.",
    "kk": "Кеше {name} Жаркентте {price},7 миллиард теңгеге {number} үй ашты.",
    "en": "Yesterday {name} opened {number} houses in Zharkent for {price}.7 billion tenge.",
}
_NAMES = {
    "ru": ("Болегенов", "Жапаров"), "kk": ("Бөлегенов", "Жапаров"), "en": ("Bolegenov", "Zhaparov"),
}  # fmt: skip
_PICTURE = "https://kazpravda.kz/media/news/2026/03/02/a.jpg"


@pytest.fixture
def low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few items are enough to be joined, and a day is soon crowded."""
    monkeypatch.setattr(entity_links, "BOUNDS", Bounds(enough_items=1, score_from=2.5))
    monkeypatch.setattr(entity_links, "MOST_GROUPS_A_DAY", 6)


def _told(language: str, address: str, piece: int, hours: float, day: int = 1, **facts: Any) -> Any:
    body = _TOLD[language].format(
        name=_NAMES[language][piece % 2], number=4731 + piece * 111, price=47 + piece
    )
    published = f"{_START + timedelta(days=day)}T10:00:00+05:00"
    return page(kaz(address, language), hours, body, published=published, **facts)


def _pages(seed: int) -> list[ClassifiedCapture]:
    """Pages of a few pieces that come, change their text, day and links, move and go; on some days
    in one language alone.
    """
    dice = Random(seed)
    languages = dice.choice((("ru", "ru", "ru", "kk"), ("ru", "kk", "en")))
    apart = dice.choice((1, 3, 6))
    pages: list[ClassifiedCapture] = []
    for hours in range(36):
        language, address = dice.choice(languages), dice.choice("abcde")
        url = kaz(address, language)
        if dice.random() < 0.06:
            pages.append(moved(url, hours, kaz(dice.choice("abcde"), language)))
        elif dice.random() < 0.06:
            pages += [missing(url, hours), missing(url, hours + 30)]
        else:
            linked = [kaz(address, dice.choice(languages))] if dice.random() < 0.1 else []
            own = "abcde".index(address)
            other = dice.randrange(5)
            piece, at = dice.choice(((own, own), (own, own), (own, other), (other, own)))
            pages.append(
                _told(
                    language, address, piece, hours, at * apart + dice.choice((0, 0, 1)),
                    alternates=tuple(one for one in linked if one != url),
                    image=_PICTURE if dice.random() < 0.25 else None,
                )
            )  # fmt: skip
    return pages


@pytest.mark.usefixtures("low_bounds")
@pytest.mark.parametrize("seed", range(12))
def test_any_order_in_any_batches_joins_the_same(seed: int) -> None:
    _check_any_order(_pages(seed), seed)


def test_news_of_some_days_in_any_order_is_joined_the_same() -> None:
    accounts = Newsroom(4).accounts(9, 1)
    pages = [
        page(kaz(f"n{number}", one.language), 0, one.body, published=one.day.isoformat())
        for number, one in enumerate(accounts)
    ]
    assert len(_links(_check_any_order(pages, seed=1))) > 15


def _check_any_order(pages: list[ClassifiedCapture], seed: int) -> Database:
    dice = Random(seed)
    waiting = dice.sample(pages, len(pages))
    db = new_database()
    while waiting:
        size = dice.choice((1, 2, 7, 20))
        take(db, *waiting[:size])
        waiting = waiting[size:]
    at_once = world(*pages)
    assert _joined(db) == _joined(at_once)
    with writing(db):
        assert not derive_translations(db, {one.capture.url for one in pages})
    assert _joined(db) == _joined(at_once)
    return db


@pytest.mark.usefixtures("low_bounds")
def test_some_are_joined() -> None:
    kinds = [kind for seed in range(12) for _, _, kind, _ in _joined(world(*_pages(seed)))[1]]
    assert {"link", "image", "entities"} == set(kinds)
    assert kinds.count("entities") > 10


@pytest.mark.usefixtures("low_bounds")
def test_on_a_day_with_too_many_items_none_is_joined() -> None:
    others = [_told("ru", f"x{n}", n, 2) for n in range(2, 6)]
    db = world(_told("ru", "a", 0, 0), _told("kk", "b", 0, 1), *others)
    assert _links(db) == [(kaz("b", "kk"), kaz("a"))]
    take(db, _told("ru", "y", 9, 3))
    assert _links(db) == []
    take(db, _told("ru", "y", 9, 4, day=9))
    assert _links(db) == [(kaz("b", "kk"), kaz("a"))]


@pytest.mark.usefixtures("low_bounds")
def test_a_day_with_too_many_items_is_not_looked_at_from_afar() -> None:
    crowd = [_told("ru", f"x{n}", n, 0, day=1) for n in range(7)]
    near = [_told("ru", "a", 7, 1, day=3), _told("kk", "b", 7, 2, day=3)]
    later = [_told("ru", "c", 8, 3, day=14), _told("kk", "d", 8, 4, day=14)]
    db = world(*crowd, *near)
    take(db, *later)
    assert _joined(db) == _joined(world(*crowd, *near, *later))


def _links(db: Database) -> list[Any]:
    sql = "SELECT url, target FROM translation_evidence WHERE kind = 'entities'"
    return db.execute(sql).fetchall()


def _joined(db: Database) -> list[list[Any]]:
    return [
        sorted(db.execute(sql).fetchall(), key=repr)
        for sql in (
            "SELECT url, translations FROM items",
            "SELECT url, target, kind, detail FROM translation_evidence",
            "SELECT url, source, day, languages, content_sha256, entities FROM translation_groups",
        )
    ]
