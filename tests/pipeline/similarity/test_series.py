"""A form that becomes a formula only after the first items of its series were stored."""

import random
from datetime import date

import pytest
from sqlite_utils import Database

from pipeline.model.capture import ClassifiedCapture
from pipeline.similarity.shares import FORMULA_ADDRESSES
from tests.pipeline.worlds.captures import (
    decision,
    derived,
    exported,
    imported,
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

FORM = prose("ф", 70)
RELEASE = prose("р", 90)


def one_of(number: int, form: str = FORM) -> ClassifiedCapture:
    """An item of a series: a form, and a third of its own."""
    return page(kaz(f"x{number}"), number, f"{form} {prose('щ' * (number + 1), 30)}")


def series(count: int) -> list[ClassifiedCapture]:
    return [one_of(number) for number in range(count)]


def stories(db: Database) -> dict[str, str]:
    return {url: row["story"] for url, row in items(db).items()}


def apart(db: Database) -> bool:
    """Whether each item of the series is a story of its own."""
    found = [story for url, story in stories(db).items() if "/x" in url]
    return len(set(found)) == len(found)


def related(db: Database) -> int:
    return int(db.conn.execute("SELECT count(*) FROM pairs WHERE related = 1").fetchone()[0])


def test_with_the_bounds_item_the_whole_series_comes_apart_the_earlier_ones_too() -> None:
    pages, db = series(FORMULA_ADDRESSES + 2), new_database()
    for number, one in enumerate(pages, 1):
        told = take(db, one)
        if number < FORMULA_ADDRESSES:
            assert len(set(stories(db).values())) == 1
        elif number == FORMULA_ADDRESSES:
            assert len(told.changed) == FORMULA_ADDRESSES  # of each the story is another
        assert apart(db) is (number >= FORMULA_ADDRESSES or number == 1)
    assert related(db) == 0
    assert 10 <= FORMULA_ADDRESSES <= 12


@pytest.mark.parametrize("seed", range(4))
def test_stories_are_the_same_whatever_the_order_in_which_it_crossed_the_bound(seed: int) -> None:
    rng = random.Random(seed)
    captures = [
        *series(FORMULA_ADDRESSES),
        page(sen(1), 0, RELEASE),
        page(kaz("reprint"), 3, f"{RELEASE} {FORM}"),  # holds the form beside what it reprints
        page(sen(2), 1, FORM),  # and this one is nothing else
        imported(FORM, date(2026, 3, 2)),
        decision("join", kaz("x1"), kaz("x2"), 40),
        moved(kaz("x3"), 60, kaz("x4")),
        missing(kaz("x5"), 70),
    ]
    at_once = world(*captures)
    rng.shuffle(captures)
    db, waiting = new_database(), captures[:]
    while waiting:
        size = rng.randint(1, 4)
        take(db, *waiting[:size])
        waiting = waiting[size:]
    assert exported(db) == exported(at_once)
    assert derived(db) == derived(at_once)
    assert stories(db)[kaz("reprint")] == stories(db)[sen(1)]
    assert stories(db)[kaz("x1")] == stories(db)[kaz("x2")]


def test_a_part_of_the_form_that_is_rarer_keeps_its_weight() -> None:
    rarer = prose("м", 70)
    pages = series(FORMULA_ADDRESSES)
    pages += [one_of(20 + number, f"{FORM} {rarer}") for number in range(3)]
    db = world(*pages)
    found = stories(db)
    assert len({found[kaz(f"x{number}")] for number in (20, 21, 22)}) == 1
    assert len(set(found.values())) == FORMULA_ADDRESSES + 1
    assert derived(db) == derived(world(*reversed(pages)))


def test_two_series_that_share_half_a_form_cross_the_bound_one_after_the_other() -> None:
    half, ends = prose("п", 35), (prose("н", 35), prose("к", 35))
    pages = [
        one_of(number, f"{half} {ends[number % 2]}") for number in range(2 * FORMULA_ADDRESSES)
    ]
    db = new_database()
    for one in pages:
        take(db, one)
    assert apart(db)
    assert derived(db) == derived(world(*pages[::2], *pages[1::2]))


def test_equal_items_of_a_series_stay_one_story() -> None:
    pages = [*series(FORMULA_ADDRESSES), page(sen(1), 50, one_of(0).reading.body)]  # type: ignore[union-attr]
    db = world(*pages)
    assert stories(db)[sen(1)] == stories(db)[kaz("x0")] != stories(db)[kaz("x1")]
    assert derived(db) == derived(world(*reversed(pages)))


@pytest.mark.parametrize(("own", "words"), [(3, 300), (1, 150), (1, 400)])
def test_a_series_that_is_nearly_all_form_comes_apart_too(own: int, words: int) -> None:
    form = prose("ф", words - own).split()
    half = len(form) // 2
    bodies = [
        " ".join([*form[:half], *prose("щ" * (n + 1), own).split(), *form[half:]])
        for n in range(FORMULA_ADDRESSES + 2)
    ]
    db = world(*(page(kaz(f"x{number}"), number, body) for number, body in enumerate(bodies)))
    assert apart(db)
    assert related(db) == 0


def test_what_has_no_run_of_a_form_is_apart_from_the_bare_form_in_any_order() -> None:
    """Of two that share only shorter stretches neither finds the other, whichever comes first."""
    words = FORM.split()
    bare = page(kaz("bare"), 40, FORM)
    thinned = [word if at % 4 != 3 else f"зет{at}" for at, word in enumerate(words)]
    other = page(kaz("other"), 41, " ".join(thinned))
    form = series(FORMULA_ADDRESSES)
    at_once = new_database()
    take(at_once, *form, bare, other)
    for pages in ([*form, bare, other], [*form, other, bare], [other, bare, *form]):
        db = new_database()
        for one in pages:
            take(db, one)
        assert derived(db) == derived(at_once)
    assert stories(at_once)[kaz("bare")] != stories(at_once)[kaz("other")]


def test_thirty_prints_of_a_release_are_one_story_though_it_is_all_formulae() -> None:
    ends = [prose("щ" * (number + 1), number % 3 * 10) for number in range(29)]
    whole = f"{RELEASE} {RELEASE[::-1]}"
    prints = [page(kaz(f"x{n}"), n, f"{whole} {end}") for n, end in enumerate(ends)]
    captures = [page(sen(1), 0, whole), *prints]
    db = new_database()
    for number, one in enumerate(captures, 1):
        take(db, one)
        assert len(set(stories(db).values())) == 1, number
    assert derived(db) == derived(world(*reversed(captures)))
    assert {row["relation"] for row in items(db).values()} == {"canonical", "reprint"}


def test_reports_that_differ_in_their_first_numbers_alone_are_no_prints_of_one_release() -> None:
    reports = [
        page(kaz(f"x{n}"), n, f"На {n + 8}.00 проголосовали {n * 5},{n} процента. {RELEASE}")
        for n in range(FORMULA_ADDRESSES + 2)
    ]
    db = new_database()
    for number, one in enumerate(reports, 1):
        take(db, one)
        assert len(set(stories(db).values())) == number


@pytest.mark.parametrize("own", [12, 40])
def test_a_text_of_which_most_becomes_formula_later_is_told_by_its_own_words(own: int) -> None:
    """With enough of them it keeps its reprint; with hardly any, only its equal."""
    middle = f"{FORM[: len(FORM) // 2]} вставлено {FORM[len(FORM) // 2 :]}"
    pages = [
        page(sen(1), 0, f"{FORM} {prose('ж', own)}"),
        page(kaz("equal"), 1, f"{FORM} {prose('ж', own)}".upper()),
        page(kaz("reworded"), 2, f"{middle} {prose('ж', own)} {prose('з', 5)}"),
    ]
    db = world(*pages)
    assert len(set(stories(db).values())) == 1
    take(db, *series(FORMULA_ADDRESSES))
    found = stories(db)
    assert found[kaz("equal")] == found[sen(1)]
    assert (found[kaz("reworded")] == found[sen(1)]) is (own == 40)
    assert derived(db) == derived(world(*series(FORMULA_ADDRESSES), *pages))
