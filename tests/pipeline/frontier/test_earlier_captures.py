"""How an address is asked now, by what it answered before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.earlier_captures import DISTRUSTED_FOR, MOST_CLAIMS, Asking, asking
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import ClassifiedCapture
from spiders.kazpravda import KAZPRAVDA
from tests.pipeline.worlds.captures import (
    NOW,
    at,
    kaz,
    missing,
    moved,
    new_database,
    page,
    unchanged,
)

A, B = kaz("a"), kaz("b")
LONG_AGO = "Mon, 02 Mar 2026 05:00:00 GMT"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = new_database(tmp_path / "kazpress.db")
    yield db
    db.close()


def named(
    examined: ClassifiedCapture, etag: str | None = None, modified: str | None = None
) -> ClassifiedCapture:
    """The same capture, come with these validators."""
    capture = replace(examined.capture, etag=etag, last_modified=modified)
    return replace(examined, capture=capture)


def asked(db: Database, *examined: ClassifiedCapture, hours: float = 1000) -> Asking:
    """How the first address is asked after these captures."""
    ingest(db, KAZPRAVDA, Batch(examined=examined), now=NOW)
    return asking(db, "kazpravda", A, A, at(hours))


def sent(how: Asking) -> tuple[str | None, str | None] | None:
    """The validators of a request."""
    return (how.validators.etag, how.validators.last_modified) if how.validators else None


@pytest.mark.parametrize(
    ("etag", "modified", "names"),
    [
        ('"x"', LONG_AGO, ('"x"', LONG_AGO)),
        ('W/"x"', None, ('W/"x"', None)),
        ('""', None, ('""', None)),
        (None, "Sunday, 01-Mar-26 05:00:00 GMT", (None, "Sunday, 01-Mar-26 05:00:00 GMT")),
        (None, "Sun Mar  1 05:00:00 2026", (None, "Sun Mar  1 05:00:00 2026")),
        ("*", None, None),
        ("x", LONG_AGO, (None, LONG_AGO)),
        ('"x", "y"', None, None),
        ('"x y"', None, None),
        ('"é"', None, None),
        (f'"{"x" * 5000}"', None, None),
        ('w/"x"', None, None),
        (None, "yesterday", None),
        (None, "2026-03-01", None),
        (None, "0", None),
        (None, "Sun, 99 Mar 2026 05:00:00 GMT", None),
        ('"x"', "Mon, 02 Mar 2026 06:00:00 GMT", ('"x"', None)),
        (None, "Mon, 02 Mar 2026 05:59:59 GMT", (None, "Mon, 02 Mar 2026 05:59:59 GMT")),
        (None, "Fri, 01 Jan 2038 00:00:00 GMT", None),
        (None, None, None),
    ],
)
def test_validators_are_named_as_they_came_and_only_sound_ones(
    db: Database, etag: str | None, modified: str | None, names: tuple[str, str] | None
) -> None:
    how = asked(db, named(page(A, 0, "а"), etag, modified))
    assert sent(how) == names
    assert how.withheld is None


def test_they_are_those_of_the_newest_page(db: Database) -> None:
    assert asked(db) == Asking()
    assert sent(asked(db, named(page(A, 0, "а"), '"1"'), named(page(A, 1, "б"), '"2"'))) == (
        '"2"',
        None,
    )
    assert asked(db, page(A, 2, "в")) == Asking()


_NOT_THERE = (
    missing(A, 5), missing(A, 5, "soft-404", 200), moved(A, 5, B), missing(A, 5, "failed", 200)
)  # fmt: skip


@pytest.mark.parametrize("newest", _NOT_THERE)
def test_of_a_page_that_is_not_there_any_more_none_are_held(
    db: Database, newest: ClassifiedCapture
) -> None:
    assert asked(db, named(page(A, 0, "а"), '"1"'), newest) == Asking()


def test_a_server_error_is_no_answer(db: Database) -> None:
    captures = named(page(A, 0, "а"), '"1"'), missing(A, 5, "failed", 503)
    assert sent(asked(db, *captures)) == ('"1"', None)


def test_a_capture_of_the_future_is_not_the_newest(db: Database) -> None:
    captures = named(page(A, 0, "а"), '"1"'), named(page(A, 900, "б"), '"2"')
    assert sent(asked(db, *captures, hours=800)) == ('"1"', None)


def test_after_some_304s_in_a_row_the_address_is_asked_without(db: Database) -> None:
    claims = [unchanged(A, hours, of=0) for hours in range(1, MOST_CLAIMS)]
    assert sent(asked(db, named(page(A, 0, "а"), '"1"'), *claims)) == ('"1"', None)
    how = asked(db, unchanged(A, MOST_CLAIMS, of=0))
    assert how.validators is None
    assert how.withheld is not None
    assert (how.withheld.etag, how.withheld.time) == ('"1"', at(0))
    assert sent(asked(db, named(page(A, 9, "а"), '"1"'))) == ('"1"', None)


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (('"1"', LONG_AGO), ('"2"', LONG_AGO), (None, LONG_AGO)),
        (('"1"', None), ('"2"', None), None),
        (('"1"', "Mon, 02 Mar 2026 04:00:00 GMT"), ('"1"', LONG_AGO), ('"1"', None)),
        (('W/"1"', None), ('"1"', None), ('"1"', None)),
        ((None, LONG_AGO), ('"1"', LONG_AGO), (None, LONG_AGO)),
    ],
)
def test_what_changes_although_the_text_does_not_is_not_named(
    db: Database,
    before: tuple[str | None, str | None],
    after: tuple[str | None, str | None],
    names: tuple[str, str] | None,
) -> None:
    captures = named(page(A, 0, "а"), *before), named(page(A, 1, "а", tags=("закон",)), *after)
    assert sent(asked(db, *captures)) == names
    changed = named(page(A, 2, "б"), *before)
    assert sent(asked(db, changed)) == before


def test_a_source_whose_304s_are_untrue_is_asked_without_for_a_month(db: Database) -> None:
    lie = [
        named(page(B, 0, "а"), '"1"'), *(unchanged(B, hours, of=0) for hours in range(1, 5)),
        named(page(B, 5, "б"), '"2"'), unchanged(B, 5 + 1 / 3600, of=0),
    ]  # fmt: skip
    held = asked(db, named(page(A, 0, "а"), '"1"'), *lie[:-1], hours=6)
    assert sent(held) == ('"1"', None)
    distrusted = asked(db, lie[-1], hours=6)
    assert (distrusted.validators, distrusted.withheld) == (None, held.validators)
    assert asking(db, "senate", A, A, at(6)).validators == held.validators
    later = at(6) + DISTRUSTED_FOR
    assert asking(db, "kazpravda", A, A, later - timedelta(hours=2)).validators is None
    assert asking(db, "kazpravda", A, A, later).validators == held.validators
