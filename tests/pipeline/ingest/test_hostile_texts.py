"""Texts that no editor would write: tiny ones, one sentence over and over, books."""

import random
import time
from datetime import date
from itertools import permutations
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from sqlite_utils import Database

from pipeline.model.capture import ClassifiedCapture
from pipeline.similarity.shingles import shingles_in, words_in
from tests.pipeline.worlds.captures import (
    decision,
    derived,
    exported,
    imported,
    items,
    kaz,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)

SENTENCE = prose("с", 15)
OVER_AND_OVER = " ".join([SENTENCE] * 1000)
A, B, C = (kaz(name) for name in "abc")


def stories(db: Database) -> int:
    return len({one["story"] for one in items(db).values()})


class TestShort:
    """Under thirty words."""

    TEXT = prose("к", 29)

    def test_only_the_same_text_under_the_same_title_is_one_story(self) -> None:
        same = [page(A, 0, self.TEXT, title="Один"), page(sen(1), 1, self.TEXT, title="ОДИН")]
        assert stories(world(*same)) == 1
        for other in (
            page(C, 2, self.TEXT, title="Два"),
            page(C, 2, self.TEXT, title=None),
            page(C, 2, f"{self.TEXT} ещё", title="Один"),
            page(C, 2, f"{self.TEXT} {prose('д', 40)}", title="Один"),
            page(C, 2, prose("к", 28), title="Один"),
        ):
            for order in permutations((*same, other)):
                assert stories(world(*order)) == 2

    def test_thirty_words_need_no_title(self) -> None:
        text = prose("к", 30)
        assert stories(world(page(A, 0, text, title="Один"), page(B, 1, text, title=None))) == 1

    def test_a_decision_joins_and_parts_them(self) -> None:
        pages = [page(A, 0, self.TEXT, title="Один"), page(B, 1, prose("д", 3), title="Два")]
        assert stories(world(*pages, decision("join", A, B, 2))) == 1
        same = [page(A, 0, self.TEXT), page(B, 1, self.TEXT)]
        assert stories(world(*same, decision("part", A, B, 2))) == 2

    def test_many_short_ones_alike_stay_apart_but_for_their_titles(self) -> None:
        pages = [page(kaz(f"x{n}"), n, prose("к", 20), title=f"Прогноз {n // 2}") for n in range(8)]
        db = world(*pages)
        assert stories(db) == 4
        assert derived(db) == derived(world(*reversed(pages)))

    def test_a_text_without_words_is_related_to_none(self) -> None:
        assert stories(world(page(A, 0, "***"), page(B, 1, "— — —"))) == 2


class TestOverAndOver:
    """A sentence a thousand times."""

    def test_two_such_items_are_one_story(self) -> None:
        start = time.process_time()
        db = world(page(A, 0, OVER_AND_OVER), page(sen(1), 1, OVER_AND_OVER.upper()))
        assert [one["relation"] for one in items(db).values()].count("reprint") == 1
        assert stories(db) == 1
        longer = page(B, 2, f"{OVER_AND_OVER} {prose('д', 40)}")
        take(db, longer)
        assert stories(db) == 1
        assert time.process_time() - start < 5

    @pytest.mark.parametrize("words", [60, 150, 285])
    def test_it_is_not_related_to_an_item_that_has_the_sentence_once(self, words: int) -> None:
        pages = [
            page(sen(1), 0, f"{prose('д', words)} {SENTENCE} {prose('е', words)}"),
            page(A, 1, OVER_AND_OVER),
        ]
        for order in permutations(pages):
            db = world(*order)
            assert db.conn.execute("SELECT * FROM pairs WHERE related = 1").fetchall() == []
            assert stories(db) == 2

    def test_nor_makes_it_a_digest_of_two_that_have_it(self) -> None:
        bodies = [f"{prose(seed, 40)} {SENTENCE} {prose(seed * 2, 40)}" for seed in "де"]
        db = world(
            *(page(sen(n), n, body) for n, body in enumerate(bodies)), page(A, 9, OVER_AND_OVER)
        )
        assert stories(db) == 3

    def test_a_text_printed_twice_on_its_page_is_in_the_story_all_the_same(self) -> None:
        text = prose("т", 80)
        db = world(page(sen(1), 0, text), page(A, 1, f"{text}\n\n{text}"))
        assert stories(db) == 1

    def test_what_both_repeat_equally_counts_throughout(self) -> None:
        one, other = (" ".join(f"{SENTENCE} {prose(s * n, 4)}" for n in range(1, 9)) for s in "де")
        db = world(page(sen(1), 0, one), page(A, 1, other))
        ((plain,),) = db.conn.execute("SELECT plain_a FROM pairs").fetchall()
        assert plain == pytest.approx(15 / 19)
        assert items(db)[A]["relation"] == "reprint"

    def test_a_series_of_such_items_comes_apart_in_any_order_alike(self) -> None:
        often = " ".join([SENTENCE] * 100)
        pages = [page(kaz(f"x{n}"), n, f"{often} {prose('щ' * (n + 1), 60)}") for n in range(11)]
        db = world(*pages)
        assert stories(db) == 11
        assert derived(db) == derived(world(*reversed(pages)))


def book(size: int, seed: int) -> str:
    """A body of so many bytes, of invented words in paragraphs."""
    rng = random.Random(seed)
    lines: list[str] = []
    while size > 0:
        words = [
            "".join(rng.choices("абвгдежзиклмнопрст", k=rng.randint(3, 11))) for _ in range(40)
        ]
        lines.append(" ".join(words))
        size -= len(lines[-1].encode()) + 2
    return "\n\n".join(lines)


def books(size: int) -> list[ClassifiedCapture]:
    """Two equal books, an excerpt of 300 words, and an imported text that is a part of them."""
    body = book(size, 1)
    words = body.split()
    middle = len(words) // 2
    return [
        page(sen(1), 0, body),
        page(A, 1, body),
        page(B, 2, " ".join(words[middle : middle + 300])),
        imported(" ".join(words[middle + 400 : middle + 500]), date(2026, 3, 2)),
    ]


def check_books(db: Database) -> None:
    found = items(db)
    assert {url: one["relation"] for url, one in found.items()} == {
        sen(1): "canonical", A: "reprint", B: "excerpt",
    }  # fmt: skip
    assert stories(db) == 1
    assert found[B]["similarity"] == 1.0


class TestBooks:
    """Bodies of megabytes."""

    def test_a_large_body_takes_its_place_like_any_other(self) -> None:
        captures = books(500_000)
        db = new_database()
        start = time.process_time()
        for one in captures:
            take(db, one)
        assert time.process_time() - start < 10
        check_books(db)
        other = world(*reversed(captures))
        assert exported(other) == exported(db)
        assert derived(other) == derived(db)

    def test_only_the_last_large_bodies_are_remembered(self) -> None:
        first = words_in(book(200_000, 0))
        assert words_in(book(200_000, 0)) is first
        for seed in (1, 2):
            body = book(200_000, seed)
            assert shingles_in(body) is shingles_in(body)
        assert words_in(book(200_000, 0)) is not first


@pytest.mark.soak
def test_five_megabytes_are_taken_in_within_half_a_minute_and_a_gigabyte(tmp_path: Path) -> None:
    """In a process of its own, so that its memory is known."""
    done = run(
        [executable, "-c", _FIVE_MEGABYTES, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seconds, megabytes = (float(word) for word in done.stdout.split())
    assert seconds < 30
    assert megabytes < 1000


_FIVE_MEGABYTES = """
import resource, sys, time
from pathlib import Path
from tests.pipeline.worlds.captures import kaz, new_database, page, take
from tests.pipeline.ingest.test_hostile_texts import book, books, check_books
db = new_database(Path(sys.argv[1], "kazpress.db"))
slowest = 0
for one in [*books(5_000_000), *(page(kaz(f"x{n}"), n, book(5_000_000, n + 2)) for n in range(4))]:
    start = time.process_time()
    take(db, one)
    slowest = max(slowest, time.process_time() - start)
print(slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
