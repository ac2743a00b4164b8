"""Section 5: a text without address, by itself and inside an article."""

import hashlib
from datetime import date

import pytest

from pipeline.query.stored_items import resolve
from spiders.senate import SENATE
from tests.pipeline.worlds.captures import (
    derived,
    exported,
    imported,
    item,
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

A, B = kaz("a"), kaz("b")
TEXT = prose("т", 40)
WHOLE = f"{prose('н', 20)}\n\n{TEXT}\n\n{prose('к', 20)}"
DAY = date(2026, 3, 2)
ID = f"text:{hashlib.sha256(TEXT.encode()).hexdigest()[:16]}"


def test_a_text_is_an_item_by_itself() -> None:
    found = item(world(imported(TEXT, DAY)))
    assert (found["id"], found["url"], found["reading"]) == (ID, None, None)
    assert found["first_seen"] == found["last_changed"] == "2026-03-01T19:00:00Z"
    assert (found["published"], found["published_precision"]) == ("2026-03-02", "day")
    assert (found["revision"], found["gone"], found["story"]) == (1, None, ID)


def test_the_id_is_that_of_the_folded_body() -> None:
    loose = TEXT.replace(" ", "  ", 3)
    assert item(world(imported(loose, DAY)))["id"] == ID


def test_it_folds_into_the_article_whose_body_holds_it_whichever_came_first() -> None:
    text, article = imported(TEXT.upper().replace("ТА ", "Та, "), DAY), page(A, 5, WHOLE)
    alone = item(world(article))
    for captures in ((text, article), (article, text)):
        db = new_database()
        for one in captures:
            take(db, one)
        assert item(db) == alone
        assert resolve(db, text.text_id or "") == alone["id"]
        assert exported(db) == exported(world(*captures))


def test_the_seed_is_found_in_its_article_without_the_lead_and_with_other_punctuation() -> None:
    article = page(A, 5, "Лид.\n\nВсё — так: «да», и ещё раз да!\n\nКонец")
    db = world(article, imported("все так, да; и ЕЩЕ раз да. конец", DAY))
    assert len(items(db)) == 1


@pytest.mark.parametrize(
    "body",
    [
        WHOLE.replace("тб ", "тб ещё "),
        WHOLE.replace("тб тв", "тв тб"),
        WHOLE.replace(TEXT, TEXT + "хвост"),
    ],
    ids=["a gap", "another order", "part of a word"],
)
def test_it_must_stand_in_order_and_without_a_gap(body: str) -> None:
    assert len(items(world(page(A, 0, body), imported(TEXT, DAY)))) == 2


def test_it_folds_only_within_its_source_and_language() -> None:
    assert len(items(world(page(sen(1), 0, WHOLE), imported(TEXT, DAY)))) == 2
    assert len(items(world(page(kaz("a", "kk"), 0, WHOLE), imported(TEXT, DAY)))) == 2
    assert len(items(world(page(sen(1), 0, WHOLE), imported(TEXT, DAY, SENATE)))) == 1


def test_any_revision_may_hold_it() -> None:
    captures = [imported(TEXT, DAY), page(A, 0, prose("о", 40)), page(A, 2, prose("п", 40))]
    db = world(*captures)
    assert len(items(db)) == 2
    take(db, page(A, 1, WHOLE))
    assert item(db)["revision"] == 3
    assert resolve(db, ID) == item(db)["id"]


def test_a_boilerplate_revision_holds_nothing() -> None:
    crowd = [page(kaz(f"x{n}"), 0, WHOLE) for n in range(19)]
    db = world(imported(TEXT, DAY), page(A, 0, prose("о", 40)), page(A, 1, WHOLE), *crowd[:18])
    assert ID not in items(db)
    take(db, crowd[18])
    assert items(db).keys() == {A, ID}


def test_of_several_articles_the_first_by_rank_takes_it() -> None:
    later = page(A, 0, WHOLE, published="2026-03-04")
    shorter = page(kaz("c"), 0, TEXT, published="2026-03-03")
    db = world(imported(TEXT, DAY), later, shorter)
    assert resolve(db, ID) == items(db)[kaz("c")]["id"]
    take(db, page(B, 1, WHOLE, published="2026-03-03"))
    assert resolve(db, ID) == items(db)[B]["id"]
    take(db, page(B, 2, WHOLE, published="2026-03-09"))
    assert resolve(db, ID) == items(db)[kaz("c")]["id"]


def test_it_unfolds_when_the_article_goes() -> None:
    captures = [imported(TEXT, DAY), page(A, 0, WHOLE), moved(A, 1, B), page(B, 2, prose("о", 40))]
    db = world(*captures)
    assert len(items(db)) == 1
    take(db, *(page(kaz(f"x{n}"), 0, WHOLE) for n in range(19)))
    assert items(db).keys() == {B, ID}
    assert derived(db)["texts"] == [
        {
            "id": ID,
            "urn": captures[0].capture.url,
            "source": "kazpravda",
            "language": "ru",
            "item": None,
        }
    ]


def test_a_missing_article_keeps_its_text() -> None:
    db = world(imported(TEXT, DAY), page(A, 0, WHOLE), missing(A, 1), missing(A, 30))
    assert item(db)["gone"] is not None


def test_a_folded_text_gives_the_story_up() -> None:
    db = world(imported(TEXT, DAY), page(sen(1), 50, TEXT))
    assert {one["story"] for one in items(db).values()} == {items(db)[sen(1)]["id"]}
    take(db, page(A, 60, TEXT))
    assert {one["id"] for one in items(db).values()} == {
        items(db)[A]["id"],
        items(db)[sen(1)]["id"],
    }


def test_one_text_under_two_dates_is_one_item() -> None:
    db = world(imported(TEXT, date(2026, 3, 5)), imported(TEXT, DAY))
    found = item(db)
    assert (found["id"], found["published"], found["revision"]) == (ID, "2026-03-05", 1)
    assert found["first_seen"] == "2026-03-01T19:00:00Z"


def test_several_texts_may_fold_into_one_article() -> None:
    db = world(
        page(A, 0, WHOLE),
        imported(TEXT, DAY),
        imported(prose("н", 20), DAY),
        imported("нв нг", DAY),
    )
    assert len(items(db)) == 1


def test_a_text_of_two_words_folds_whichever_came_first() -> None:
    for captures in (
        (page(A, 0, WHOLE), imported("нв нг", DAY)),
        (imported("нв нг", DAY), page(A, 0, WHOLE)),
    ):
        db = new_database()
        for one in captures:
            take(db, one)
        assert len(items(db)) == 1
