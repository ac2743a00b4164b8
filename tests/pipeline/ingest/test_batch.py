"""What captures have a part in is gathered as they are recorded."""

from datetime import date

from pipeline.digests import body_sha256
from pipeline.ingest.batch import Touched
from pipeline.ingest.ingest import record_captures
from pipeline.model.capture import ClassifiedCapture
from pipeline.normalize.addresses import address_id
from pipeline.similarity.shares import FORMULA_ADDRESSES
from pipeline.similarity.shingle_index import add_documents
from pipeline.store.rows import reading_to_row
from pipeline.store.transactions import writing
from spiders.kazpravda import KAZPRAVDA
from tests.pipeline.worlds.captures import (
    NOW,
    imported,
    kaz,
    missing,
    moved,
    new_database,
    page,
    prose,
)

A, B = kaz("a"), kaz("b")
_DAY = ("kazpravda", "2026-03-02")


def _touched(*captures: ClassifiedCapture) -> Touched:
    db, touched = new_database(), Touched()
    with writing(db):
        record_captures(db, KAZPRAVDA, captures, touched, now=NOW)
        touched.documents |= add_documents(db, _bodies(touched))
    return touched


def _bodies(touched: Touched) -> list[tuple[str, str]]:
    return [(document, body) for (document, _), body in touched.bodies_read.items()]


def _read(body: str, document: str, capture: ClassifiedCapture) -> dict[tuple[str, str], str]:
    assert capture.reading is not None
    return {(document, reading_to_row(capture.reading)["id"]): body}


def test_an_article_touches_its_address_its_day_and_its_body() -> None:
    body = prose("а", 40)
    read = _read(body, address_id(A), page(A, 0, body))
    assert _touched(page(A, 0, body)) == Touched(
        captures=1, urls={A}, days={_DAY}, bodies={("kazpravda", body_sha256(body))},
        bodies_read=read,
    )  # fmt: skip


def test_a_redirect_touches_its_target_and_a_miss_its_day() -> None:
    touched = _touched(moved(A, 0, B), missing(A, 20))
    days = {_DAY, ("kazpravda", "2026-03-03")}
    assert touched == Touched(captures=2, urls={A}, days=days, targets={B})


def test_an_imported_text_touches_itself() -> None:
    text = imported(prose("а", 40), date(2026, 3, 2))
    assert text.text_id is not None
    read = _read(prose("а", 40), text.text_id, text)
    assert _touched(text) == Touched(captures=1, texts={text.text_id}, bodies_read=read)


def test_a_shingle_that_becomes_a_formula_touches_all_that_have_it() -> None:
    urls = [kaz(f"{number}") for number in range(FORMULA_ADDRESSES)]
    pages = [page(url, 0, prose("а", 40), title=url) for url in urls]
    assert not _touched(*pages[1:]).documents
    assert _touched(*pages).documents == {address_id(url) for url in urls}


def test_what_is_known_touches_nothing() -> None:
    known = page(A, 0, prose("а", 40))
    assert _touched(known, known).captures == 1
    assert _touched() == Touched()
