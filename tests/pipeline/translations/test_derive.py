"""Section 5: the same piece in other languages."""

from itertools import permutations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.model.capture import ClassifiedCapture
from pipeline.normalize.addresses import address_id
from pipeline.store.transactions import write, writing
from pipeline.translations.derive import derive_translations
from pipeline.translations.matching import BOUNDS
from tests.pipeline.worlds.captures import (
    derived,
    items,
    kaz,
    missing,
    moved,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)

_OTHERS = "around-"
RU, KK, EN = kaz("a"), kaz("b", "kk"), kaz("c", "en")


def linked(db: Database) -> dict[str, list[str]]:
    """The translations of each item, but for those that only stand around."""
    return {
        url: [other["url"] for other in one["translations"]]
        for url, one in items(db).items()
        if _OTHERS not in url
    }


def _page(url: str, hours: float, *alternates: str) -> Any:
    return page(url, hours, prose("абвгд"[len(url) % 5] * 3, 40), alternates=alternates)


def test_a_link_counts_both_ways() -> None:
    db = world(_page(RU, 0, KK), _page(KK, 0))
    assert items(db)[KK]["translations"] == [{"language": "ru", "id": address_id(RU), "url": RU}]
    assert linked(db) == {RU: [KK], KK: [RU]}


def test_a_link_waits_for_its_item() -> None:
    db = world(_page(RU, 0, KK))
    assert linked(db) == {RU: []}
    take(db, _page(KK, 1))
    assert linked(db) == {RU: [KK], KK: [RU]}


def test_items_are_linked_through_a_third_language() -> None:
    captures = [_page(RU, 0, KK), _page(KK, 0, EN), _page(EN, 0)]
    db = new_database()
    for one in reversed(captures):
        take(db, one)
    assert linked(db) == {RU: [EN, KK], KK: [EN, RU], EN: [KK, RU]}
    assert linked(world(*captures)) == linked(db)


def test_a_link_to_a_page_that_another_links_to_counts_no_more_and_counts_again() -> None:
    other = kaz("d")
    db = world(_page(RU, 0, KK), _page(KK, 0))
    take(db, _page(other, 1, KK))
    assert linked(db) == {RU: [], KK: [], other: []}
    take(db, _page(other, 2, EN))
    assert linked(db) == {RU: [], KK: [], other: []}, "its newest link to Kazakh stays"
    take(db, _page(other, 3, kaz("e", "kk")))
    assert linked(db) == {RU: [KK], KK: [RU], other: []}
    take(db, page(KK, 4, prose("қ", 40), alternates=(other,)))
    assert linked(db) == {RU: [], KK: [], other: []}, "KK links to another than RU"
    take(db, page(KK, 5, prose("қ", 40), alternates=(RU,)), _page(other, 6, KK))
    assert linked(db) == {RU: [KK], KK: [RU], other: []}, "a link that is returned"


def test_a_switch_that_leads_everywhere_to_one_page_joins_nothing() -> None:
    pages = [_page(kaz(f"x{n}"), n, KK, EN) for n in range(5)]
    db = new_database()
    for one in (*pages, _page(KK, 9), page(EN, 9, prose("э", 40), alternates=(KK,))):
        take(db, one)
    assert linked(db) == {one.capture.url: [] for one in pages} | {KK: [EN], EN: [KK]}


def test_translations_are_ordered_by_language_then_id() -> None:
    db = world(_page(RU, 0, KK, EN), _page(KK, 0), _page(EN, 0), *map(_pictured, (RU, EN), (1, 1)))
    found = [(other["language"], other["id"]) for other in items(db)[RU]["translations"]]
    assert found == sorted(found)
    assert len(found) == 2


def test_addresses_of_one_item_are_no_rivals_and_a_link_to_itself_is_none() -> None:
    old, older = kaz("old", "kk"), kaz("older", "kk")
    own = kaz("own", "kk")
    pages = [
        _page(RU, 0, old, older, own), _page(KK, 1), moved(old, 2, KK), moved(older, 2, KK),
        moved(own, 2, RU),
    ]  # fmt: skip
    for order in (pages, pages[::-1]):
        db = new_database()
        for one in order:
            take(db, one)
        assert linked(db) == {RU: [KK], KK: [RU]}
    take(db, moved(kaz("oldest", "kk"), 3, KK))
    assert linked(db) == {RU: [], KK: []}, "redirects from so many are soft 404s"


def test_a_moved_item_is_named_by_its_new_address_and_its_own_id() -> None:
    new = kaz("d")
    db = world(_page(RU, 0), _page(KK, 0, RU), moved(RU, 1, new), _page(new, 2))
    assert items(db)[KK]["translations"] == [{"language": "ru", "id": address_id(RU), "url": new}]


def test_a_link_to_an_old_address_leads_to_its_item() -> None:
    new = kaz("d")
    db = world(moved(RU, 1, new), _page(new, 2), _page(KK, 0, RU))
    assert linked(db) == {new: [KK], KK: [new]}


def test_boilerplate_links_nothing() -> None:
    body = prose("ж", 40)
    crowd = [page(kaz(f"x{n}"), 5, body, alternates=(kaz(f"x{n}", "kk"),)) for n in range(20)]
    own = [_page(RU, 0, EN), _page(KK, 0), _page(EN, 0)]
    db = world(*own, *crowd[:18], page(RU, 5, body, alternates=(KK,)))
    assert linked(db)[RU] == [EN, KK]
    take(db, crowd[18])
    assert linked(db) == {RU: [EN], EN: [RU], KK: []}


def test_the_senate_and_the_newspaper_are_linked_by_their_own_pages_alone() -> None:
    db = world(page(sen(1), 0, prose("с", 40), alternates=(sen(1, "kk"),)), _page(KK, 0))
    assert linked(db) == {sen(1): [], KK: []}


_PAGES = [kaz(name, language) for name in "abc" for language in ("ru", "kk", "en")]


@st.composite
def _linked_worlds(draw: st.DrawFn) -> list[ClassifiedCapture]:
    """Pages in three languages with any links to each other, read once or twice, and redirects."""
    urls = draw(st.lists(st.sampled_from(_PAGES), min_size=2, max_size=9, unique=True))
    captures = [
        page(
            url, hours, f"{prose(str(_PAGES.index(url)), 30)} {draw(st.sampled_from('xy'))}",
            published=f"2026-03-{2 + 3 * _PAGES.index(url):02}",
            alternates=tuple(sorted(draw(st.sets(st.sampled_from(_PAGES), max_size=4)) - {url})),
        )
        for url in urls
        for hours in draw(st.sampled_from(((0,), (1,), (2, 3))))
    ]  # fmt: skip
    moves = draw(st.lists(st.tuples(*[st.sampled_from(_PAGES)] * 2), max_size=3, unique=True))
    return [*captures, *(moved(one, 4, other) for one, other in moves if one != other)]


@given(_linked_worlds(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_any_links_join_one_item_a_language_whatever_the_order(
    captures: list[ClassifiedCapture], dice: Random
) -> None:
    at_once = world(*captures)
    for one in items(at_once).values():
        languages = [other["language"] for other in one["translations"]]
        assert len(set(languages)) == len(languages)
        assert one["language"] not in languages
    dice.shuffle(captures)
    db = new_database()
    while captures:
        size = dice.randint(1, 4)
        take(db, *captures[:size])
        del captures[:size]
    assert derived(db) == derived(at_once)


_PICTURE = "https://kazpravda.kz/media/news/2026/03/02/a.jpg"


def _pictured(url: str, hours: float, image: str | None = _PICTURE, day: int = 2) -> Any:
    body = prose("абвгд"[len(url) % 5] * 3, 40)
    return page(url, hours, body, image=image, published=f"2026-03-{day:02}T10:00:00+05:00")


def test_a_shared_number_joins_releases_of_days_close_together() -> None:
    near = [page(sen(7), 0, prose("а", 40), published="2026-03-02"),
            page(sen(7, "kk"), 1, prose("б", 40), published="2026-03-05")]  # fmt: skip
    far = page(sen(7, "en"), 2, prose("в", 40), published="2026-03-09")
    assert linked(world(*near, far)) == {
        sen(7): [sen(7, "kk")], sen(7, "kk"): [sen(7)], sen(7, "en"): []
    }  # fmt: skip


def test_a_picture_of_one_day_joins_one_item_a_language() -> None:
    db = world(_pictured(RU, 0), _pictured(KK, 1), _pictured(EN, 2, day=3))
    assert linked(db) == {RU: [KK], KK: [RU], EN: []}
    rows = db.execute("SELECT url, target, kind, detail FROM translation_evidence").fetchall()
    assert rows == [(*sorted((RU, KK)), "image", f"kazpravda 2026-03-02 {_PICTURE}")]


def test_a_picture_of_two_items_of_a_language_joins_none_until_one_loses_it() -> None:
    other = kaz("d")
    captures = [_pictured(RU, 0), _pictured(KK, 1), _pictured(other, 2)]
    assert set(map(tuple, linked(world(*captures)).values())) == {()}
    lost = _pictured(other, 30, image=None)
    for order in permutations([*captures, lost]):
        db = new_database()
        for one in order:
            take(db, one)
        assert linked(db) == {RU: [KK], KK: [RU], other: []}


def test_an_item_without_its_evidence_is_no_translation_any_more() -> None:
    db = world(_pictured(RU, 0), _pictured(KK, 1))
    take(db, _pictured(KK, 30, image=None))
    assert linked(db) == {RU: [], KK: []}


_TOLD = {
    "ru": "Вчера, сказал Болегенов, в Жаркенте построили 1 286 домов на 14,7 млрд тенге.",
    "kk": "Бұл туралы Бөлегенов: кеше Жаркентте 14,7 миллиард теңгеге 1 286 үй салынды.",
    "en": "Yesterday, said Bolegenov, 1,286 houses for 14.7 billion tenge stood in Zharkent.",
}
_TELLING = {RU: _TOLD["ru"], KK: _TOLD["kk"], EN: _TOLD["en"]}


def _told(url: str, hours: float, day: int = 2, **facts: Any) -> Any:
    published = f"2026-03-{day:02}T10:00:00+05:00"
    return page(url, hours, facts.pop("body", _TELLING[url]), published=published, **facts)


def _crowd() -> list[ClassifiedCapture]:
    """Items enough around them that rare names are known as rare."""
    return [
        page(kaz(f"{_OTHERS}{n}"), 0, prose("ж" * (n + 1), 40), published="2026-03-03")
        for n in range(BOUNDS.enough_items)
    ]


def test_shared_numbers_and_names_join_items_and_are_told() -> None:
    db = world(_told(RU, 0), _told(KK, 1), _told(EN, 2, day=3), *_crowd())
    assert linked(db) == {RU: [EN, KK], KK: [EN, RU], EN: [KK, RU]}
    rows = db.execute(
        "SELECT kind, detail FROM translation_evidence WHERE url = ?", [RU]
    ).fetchall()
    assert rows == [("entities", "Болегенов, Жаркенте; 1 286; 14,7 млрд")] * len(rows)


def test_two_items_alone_are_joined_by_numbers_and_names() -> None:
    assert linked(world(_told(RU, 0), _told(KK, 1))) == {RU: [KK], KK: [RU]}


def test_another_source_has_other_pieces() -> None:
    release = page(sen(1), 0, _TOLD["ru"], published="2026-03-02")
    assert linked(world(release, _told(KK, 1), *_crowd()))[KK] == []


def test_a_rival_takes_an_item_back_whenever_it_comes_and_leaves_it_when_it_goes() -> None:
    rival = kaz("d", "kk")
    same = page(rival, 2, _TOLD["kk"], published="2026-03-03T10:00:00+05:00")
    later = page(rival, 40, _TOLD["kk"], published="2026-03-09T10:00:00+05:00")
    for order in permutations([_told(RU, 0), _told(KK, 1), same]):
        db = world(*_crowd())
        for one in order:
            take(db, one)
        assert set(map(tuple, linked(db).values())) == {()}
        take(db, later)
        assert linked(db) == {RU: [KK], KK: [RU], rival: []}


def test_what_is_printed_again_days_later_is_rare_no_more() -> None:
    again = page(kaz("d"), 2, _TOLD["ru"], published="2026-03-06T10:00:00+05:00")
    gone_by = page(kaz("d"), 40, prose("ы", 40), published="2026-03-06T10:00:00+05:00")
    for order in permutations([_told(RU, 0), _told(KK, 1, day=3), again]):
        db = world(*_crowd())
        for one in order:
            take(db, one)
        assert linked(db)[RU] == []
        take(db, gone_by)
        assert linked(db)[RU] == [KK]


def test_a_text_that_changes_or_moves_is_looked_at_again_and_a_gone_one_stays() -> None:
    db = world(_told(RU, 0), _told(KK, 1), *_crowd())
    take(db, missing(KK, 30), missing(KK, 60))
    assert linked(db) == {RU: [KK], KK: [RU]}
    take(db, _told(KK, 80, body=prose("ы", 40)))
    assert linked(db) == {RU: [], KK: []}
    new = kaz("z", "kk")
    take(db, moved(KK, 90, new), page(new, 91, _TOLD["kk"]))
    assert linked(db) == {RU: [new], new: [RU]}


def test_a_link_goes_before_names_and_numbers() -> None:
    other = kaz("d", "kk")
    db = world(_told(RU, 0), _told(KK, 1), *_crowd())
    take(db, _told(RU, 2, alternates=(other,)), page(other, 3, prose("ы", 40)))
    assert linked(db) == {RU: [other], KK: [], other: [RU]}


def test_the_longest_of_linked_items_is_joined_for_all() -> None:
    linked_kk = page(kaz("d", "kk"), 3, prose("ы", 5))
    db = world(_told(RU, 0, alternates=(kaz("d", "kk"),)), linked_kk, _told(EN, 1), *_crowd())
    assert linked(db)[kaz("d", "kk")] == [EN, RU]


def _statements(db: Database, urls: set[str]) -> list[str]:
    """What deriving translations again executes."""
    statements: list[str] = []
    with writing(db):
        db.conn.set_trace_callback(statements.append)
        derive_translations(db, urls)
        db.conn.set_trace_callback(None)
    return statements


def test_no_statement_looks_through_the_archive() -> None:
    """Nor does one look evidence up by its kind, of which there are as many rows as items."""
    db = world(_told(RU, 0, alternates=(kaz("d", "kk"),)), _told(EN, 1, image=_PICTURE), *_crowd())
    take(db, _told(KK, 2, image=_PICTURE), page(sen(7), 2, prose("а", 40)))
    with writing(db):
        write(db, "DELETE FROM translation_keys")
        write(db, "UPDATE translation_groups SET content_sha256 = ''")
    plans = {
        row[3]: sql
        for sql in _statements(db, {RU, KK, EN, sen(7)})
        for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")
    }
    assert len(plans) > 20
    scans = [plan for plan in plans if plan.startswith("SCAN")]
    assert not [plan for plan in scans if "json_each" not in plan and "VIRTUAL" not in plan]
    assert not [plan for plan in plans if "by_kind (kind=?)" in plan]


def test_where_there_is_one_language_nothing_is_looked_for() -> None:
    db = world(_told(RU, 0), *_crowd(), _told(KK, 1, day=9))
    assert not _kept_entities(db)
    statements = _statements(db, {RU})
    assert not [sql for sql in statements if "body" in sql or "INSERT" in sql]
    take(db, _told(EN, 1, day=3))
    assert _kept_entities(db) == {RU, EN, *(kaz(f"{_OTHERS}{n}") for n in range(10))}
    take(db, _told(EN, 2, day=19))
    assert not _kept_entities(db)


def _kept_entities(db: Database) -> set[str]:
    sql = "SELECT url FROM translation_groups WHERE entities IS NOT NULL"
    return {row[0] for row in db.execute(sql)}


def test_items_that_changed_in_nothing_are_not_written_again() -> None:
    captures = [_told(RU, 0), _told(KK, 1, image=_PICTURE), _page(sen(7), 1), *_crowd()]
    db = world(*captures)
    before = db.conn.total_changes
    with writing(db):
        assert derive_translations(db, [one.capture.url for one in captures]) == set()
    assert db.conn.total_changes == before
