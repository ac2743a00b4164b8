"""Promise 3 on one world with every relation in it: any order, any split into batches."""

import random

import pytest

from pipeline.query.stored_items import resolve
from tests.pipeline.stories import every_relation as every
from tests.pipeline.worlds.captures import (
    derived,
    exported,
    items,
    kaz,
    new_database,
    sen,
    take,
    world,
)
from tests.pipeline.worlds.pieces import check_pieces


def test_every_relation_is_in_it() -> None:
    db = world(*every.everything())
    found = items(db)
    story = {url: row["story"] for url, row in found.items()}
    relation = {url: row["relation"] for url, row in found.items()}

    def related(one: str, other: str) -> bool:
        a, b = sorted((found[one]["id"], found[other]["id"]))
        row = db.conn.execute("SELECT related FROM pairs WHERE a = ? AND b = ?", (a, b)).fetchone()
        return bool(row and row[0])

    parts = (every.FIRST_PART, every.SECOND_PART)
    assert all(related(every.DIGEST, part) for part in parts)
    assert len({story[one] for one in (every.DIGEST, *parts)}) == 3
    assert (story[every.EARLY_EXCERPT], relation[every.EARLY_EXCERPT]) == (
        story[every.WHOLE], "excerpt",
    )  # fmt: skip
    both = (every.ONE_OF_TWO, every.OTHER_OF_TWO)
    assert all(related(every.OF_TWO, one) for one in both)
    assert [story[one] == story[every.OF_TWO] for one in both] == [False, True]
    first, second, third = every.CHAIN
    assert related(second, third)
    assert story[first] == story[second] != story[third]
    assert len({story[url] for url in every.SERIES}) == len(every.SERIES)
    assert db.conn.execute("SELECT count(*) FROM formulae").fetchone()[0] > 60
    assert every.MOVED not in found
    assert resolve(db, every.MOVED) == found[every.NEW_PLACE]["id"]
    assert len({story[url] for url in every.VOID}) == 3
    assert every.FOLDED.text_id not in found
    assert every.ALONE.text_id in found
    assert set(found).isdisjoint(set(every.EMPTY) - {every.EMPTY[4]})
    assert every.EMPTY[4] in found
    assert found[every.LOOKALIKE]["relation"] == "reprint"
    assert found[every.OLD]["relation"] == "update"
    assert story[every.UPDATED] != story[kaz("later")]
    assert story[every.SHORT[0]] == story[every.SHORT[1]]
    assert story[every.JOINED[0]] == story[every.JOINED[1]]
    assert story[every.PARTED[0]] != story[every.PARTED[1]]
    assert story[every.UNDONE[0]] != story[every.UNDONE[1]]
    assert story[every.FORGOTTEN[0]] != story[every.FORGOTTEN[1]]
    assert story[every.ARTICLE] == story[every.ALONE.text_id]
    assert found[every.ARTICLE]["gone"]
    assert len(found[every.TRANSLATED[0]]["translations"]) == 2
    assert {found[url]["piece"] for url in every.TRANSLATED} == {story[every.TRANSLATED[0]]}
    check_pieces(db)
    assert relation[sen(50)] != "canonical" or story[sen(50)] == found[sen(50)]["id"]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_split_give_the_same(seed: int) -> None:
    rng = random.Random(seed)
    captures = every.everything()
    at_once = world(*captures)
    rng.shuffle(captures)
    db = new_database()
    largest = rng.choice((1, 3, 10, 40))
    while captures:
        size = rng.randint(1, largest)
        take(db, *captures[:size])
        check_pieces(db)
        captures = captures[size:]
    assert exported(db) == exported(at_once)
    assert derived(db) == derived(at_once)
