"""Records of one address, one second and the same bytes: the one that says most counts, in whatever
order they come.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.to_capture import capture_of
from pipeline.ingest.afresh import derive_again
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.store.same_capture import says_more
from pipeline.store.transactions import writing
from spiders.kazpravda import KAZPRAVDA
from tests.pipeline.reading.page_fields import article
from tests.pipeline.worlds.captures import (
    NOW,
    at,
    batches,
    derived,
    exported,
    items,
    kaz,
    new_database,
    take,
    world,
)

SITE = Site(KAZPRAVDA, KAZPRAVDA.base_url)
OLD, NEW = kaz("a"), kaz("b")
PAGE = Exchange(
    target=NEW, time=at(240), status=200, headers=(("Content-Type", "text/html"),),
    payload=article().encode(),
)  # fmt: skip
OLD_PAGE = replace(PAGE, target=OLD, time=at(200))
EARLIER = replace(PAGE, time=at(220))
REVISIT = Exchange(
    target=NEW, time=at(240), status=304,
    refers_to=Reference(target=NEW, time=at(240), digest=PAGE.digest),
)  # fmt: skip


def redirect(target: str, location: str) -> Exchange:
    return Exchange(
        target=target, time=at(240), status=301, headers=(("Location", location),), payload=b"moved"
    )


TO_ITSELF = redirect(OLD.replace("https", "http"), OLD)
TO_ITS_OTHER_FORM = redirect(OLD.rstrip("/"), "/n/a/")
TO_ANOTHER = redirect(OLD, NEW)
UNRESOLVED = replace(REVISIT, refers_to=Reference(time=at(1)))
WITHOUT_DIGEST = replace(REVISIT, refers_to=Reference(time=EARLIER.time))
TWINS = [
    (PAGE, REVISIT),
    (UNRESOLVED, replace(UNRESOLVED, refers_to=Reference())),
    (UNRESOLVED, WITHOUT_DIGEST),
    (TO_ITSELF, TO_ITS_OTHER_FORM, TO_ANOTHER),
    (replace(TO_ANOTHER, status=404, headers=()), TO_ANOTHER),
]


def classified(exchanges: Sequence[Exchange]) -> list[ClassifiedCapture]:
    found = []
    for one in exchanges:
        capture = capture_of(one, SITE)
        assert capture is not None
        found.append(classify(capture, one.payload, SITE))
    return found


@pytest.mark.parametrize("twins", TWINS)
def test_any_order_gives_the_same(twins: tuple[Exchange, ...]) -> None:
    before, captures = classified([OLD_PAGE, EARLIER]), classified(twins)
    at_once = world(*before, *captures)
    assert NEW in items(at_once)
    for order in permutations(captures):
        db = new_database()
        take(db, *before)
        for one in order:
            take(db, one)
        assert exported(db) == exported(at_once)
        assert derived(db) == derived(at_once)
    with writing(db):
        derive_again(db, batches([*reversed(captures), *before]), now=NOW)
    assert derived(db) == derived(at_once)


@pytest.mark.parametrize("twins", TWINS[-2:])
def test_the_redirect_to_another_article_counts(twins: tuple[Exchange, ...]) -> None:
    assert len(items(world(*classified([OLD_PAGE, PAGE, *twins])))) == 1


def test_a_capture_says_no_more_than_itself() -> None:
    captures = [one.capture for one in classified([PAGE, REVISIT, TO_ITSELF, TO_ANOTHER])]
    page, revisit, to_itself, to_another = captures
    assert not any(says_more(one, one, KAZPRAVDA) for one in captures)
    assert says_more(page, revisit, KAZPRAVDA)
    assert says_more(to_another, to_itself, KAZPRAVDA)


def test_a_redirect_that_can_not_be_read_is_none_to_itself() -> None:
    (odd,) = classified([redirect(OLD, "http://[")])
    assert not says_more(odd.capture, odd.capture, KAZPRAVDA)
