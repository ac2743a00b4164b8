"""What an exchange knows of itself."""

from dataclasses import replace

from pipeline.archive.exchange import Exchange, Reference
from pipeline.model.decision import DECISION_URN
from tests.pipeline.archive.warc_records import PAGE, TEXT, UNCHANGED


def test_a_header_is_utf8_where_its_bytes_are_that() -> None:
    headers = (("Location", "/n/\xd0\xb4\xd0\xb0/"), ("X", "\xe4"), ("x", "\xff"))
    one = replace(PAGE, headers=headers)
    assert (one.header("location"), one.header("X"), one.header("Y")) == ("/n/да/", "\xff", None)


def test_texts_and_decisions_are_told_from_what_came_by_http() -> None:
    decision = Exchange(target=DECISION_URN, time=TEXT.time, status=0, source="senate")
    kinds = [one.kind for one in (PAGE, UNCHANGED, TEXT, decision)]
    assert kinds == ["http", "http", "text", "decision"]
    types = [one.content_type for one in (PAGE, UNCHANGED, TEXT, decision)]
    assert types == ["text/html", "", "text/plain; charset=utf-8", "application/json"]


def test_a_revisit_has_the_digest_of_what_it_refers_to() -> None:
    assert UNCHANGED.digest == PAGE.digest
    assert replace(UNCHANGED, refers_to=Reference()).digest == ""


def test_a_record_named_by_its_id_alone_is_looked_up() -> None:
    by_id = replace(UNCHANGED, refers_to=Reference(record_id="<urn:uuid:1>"))
    found = Reference(target=PAGE.target, time=PAGE.time, digest=PAGE.digest)
    assert (by_id.unresolved, UNCHANGED.unresolved, PAGE.unresolved) == (
        {"<urn:uuid:1>"}, set(), set(),
    )  # fmt: skip
    assert by_id.referring_to({"<urn:uuid:1>": found}).refers_to == found
    assert by_id.referring_to({"<urn:uuid:2>": found}) == by_id
    assert UNCHANGED.referring_to({"<urn:uuid:1>": found}) == UNCHANGED
