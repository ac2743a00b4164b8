"""Pieces: stories that translations join, whatever comes, goes and comes apart."""

from datetime import date
from itertools import permutations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.ingest.afresh import derive_again
from pipeline.model.capture import ClassifiedCapture
from pipeline.normalize.addresses import address_id
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import (
    NOW,
    batches,
    decision,
    derived,
    exported,
    imported,
    items,
    kaz,
    moved,
    new_database,
    page,
    prose,
    take,
    world,
)
from tests.pipeline.worlds.pieces import check_pieces, worlds_of_pieces

RU, KK, EN = kaz("a"), kaz("a", "kk"), kaz("a", "en")
RU_COPY, KK_COPY = kaz("b"), kaz("b", "kk")
_TEXTS = {RU: prose("а", 40), KK: prose("қ", 40), EN: prose("w", 40)}
_TEXTS |= {RU_COPY: _TEXTS[RU], KK_COPY: _TEXTS[KK]}


def _page(url: str, hours: float, *alternates: str, body: str = "") -> Any:
    return page(url, hours, body or _TEXTS[url], alternates=alternates)


def _pieces(db: Database) -> dict[str, str]:
    check_pieces(db)
    return {url: one["piece"] for url, one in items(db).items()}


def test_an_item_alone_is_a_piece_by_itself() -> None:
    db = world(_page(RU, 0))
    assert _pieces(db) == {RU: address_id(RU)}
    assert items(db)[RU]["day"] == "2026-03-02"


def test_copies_of_translations_are_one_piece_in_any_order() -> None:
    captures = [
        _page(RU, 3), _page(RU_COPY, 2, EN), _page(EN, 4), _page(KK_COPY, 1),
        _page(KK, 5, RU),
    ]  # fmt: skip
    wanted = dict.fromkeys((RU, RU_COPY, EN, KK, KK_COPY), address_id(KK_COPY))
    for order in permutations(captures):
        db = new_database()
        for one in order:
            take(db, one)
            check_pieces(db)
        assert _pieces(db) == wanted


def test_items_whose_piece_gets_another_name_are_exported_anew() -> None:
    db = world(_page(RU, 3), _page(KK, 4, RU), _page(KK_COPY, 5))
    before = {url: one["id"] for url, one in items(db).items()}
    changed = take(db, _page(RU_COPY, 1)).changed
    assert set(_pieces(db).values()) == {address_id(RU_COPY)}
    assert changed == {*before.values(), address_id(RU_COPY)}


def test_a_piece_is_named_by_an_earlier_capture_that_comes_late() -> None:
    db = world(_page(RU, 3), _page(KK, 4, RU))
    assert set(_pieces(db).values()) == {address_id(RU)}
    changed = take(db, _page(KK, 1)).changed
    assert set(_pieces(db).values()) == {address_id(KK)}
    assert address_id(RU) in changed


def test_a_text_without_an_address_names_no_piece_that_has_one() -> None:
    text = imported(_TEXTS[RU] + " " + prose("я", 4), date(2026, 2, 28))
    db = world(text, _page(KK, 2, RU), _page(RU, 3))
    assert text.text_id is not None
    assert set(_pieces(db).values()) == {address_id(KK)}


def test_what_only_removed_items_joined_comes_apart() -> None:
    picture = "https://kazpravda.kz/media/news/2026/03/02/a.jpg"
    other, other_kk = kaz("c"), kaz("c", "kk")
    elsewhere = prose("ц", 40), prose("һ", 40)
    db = world(
        _page(RU, 0), _page(KK, 1), page(other, 0, elsewhere[0]), page(other_kk, 0, elsewhere[1]),
        *(page(url, 2, _TEXTS[url], image=picture) for url in (RU_COPY, KK_COPY)),
    )  # fmt: skip
    assert _pieces(db)[KK] == address_id(RU)
    changed = take(
        db, moved(RU_COPY, 3, other), moved(KK_COPY, 3, other_kk),
        page(other, 4, elsewhere[0]), page(other_kk, 4, elsewhere[1]),
    ).changed  # fmt: skip
    assert _pieces(db) == {url: address_id(url) for url in (RU, KK, other, other_kk)}
    assert address_id(KK) in changed


def test_a_link_that_ends_leaves_two_pieces() -> None:
    db = world(_page(RU, 0, KK), _page(KK, 1), _page(RU_COPY, 2), _page(KK_COPY, 3))
    assert set(_pieces(db).values()) == {address_id(RU)}
    changed = take(db, page(kaz("c"), 4, prose("ц", 40), alternates=(KK,))).changed
    assert _pieces(db) == {
        RU: address_id(RU), RU_COPY: address_id(RU), KK: address_id(KK), KK_COPY: address_id(KK),
        kaz("c"): address_id(kaz("c")),
    }  # fmt: skip
    assert {address_id(KK), address_id(KK_COPY)} <= changed


def test_a_parting_takes_the_piece_apart_and_a_join_puts_it_together() -> None:
    captures = [_page(RU, 0), _page(RU_COPY, 1, KK), _page(KK, 2)]
    db = world(*captures)
    assert set(_pieces(db).values()) == {address_id(RU)}
    take(db, decision("part", RU, RU_COPY, 3))
    assert _pieces(db) == {
        RU: address_id(RU), RU_COPY: address_id(RU_COPY), KK: address_id(RU_COPY)
    }  # fmt: skip
    take(db, decision("join", RU, RU_COPY, 4))
    assert set(_pieces(db).values()) == {address_id(RU)}


@given(worlds_of_pieces(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_pieces_are_as_defined_after_every_batch_in_every_order_and_when_derived_again(
    captures: list[ClassifiedCapture], dice: Random
) -> None:
    at_once = world(*captures)
    check_pieces(at_once)
    dice.shuffle(captures)
    db, waiting = new_database(), captures[:]
    while waiting:
        size = dice.randint(1, 4)
        take(db, *waiting[:size])
        del waiting[:size]
        check_pieces(db)
    assert (exported(db), derived(db)) == (exported(at_once), derived(at_once))
    with writing(db):
        derive_again(db, batches(captures), now=NOW)
    assert (exported(db), derived(db)) == (exported(at_once), derived(at_once))
