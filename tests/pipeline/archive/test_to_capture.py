"""What the database keeps of an exchange."""

from pathlib import Path

from pipeline.archive.exchange import Reference, payload_digest
from pipeline.archive.to_capture import capture_of
from pipeline.model.source import Site
from spiders.senate import SENATE
from tests.pipeline.archive.numbered_pages import SITE, TIME, page


def test_a_capture_bears_the_public_address_and_what_decides(tmp_path: Path) -> None:
    headers = (("Location", "/n/dva/"), ("ETag", '"1"'), ("Last-Modified", "Wed"), ("etag", '"2"'))
    one = page(1, target="http://www.kazpravda.kz/n/statya-1?utm_source=x", headers=headers)
    capture = capture_of(one, SITE)
    assert capture is not None
    assert (capture.url, capture.target, capture.article) == (
        "https://kazpravda.kz/n/statya-1/", "https://kazpravda.kz/n/statya-1", True,
    )  # fmt: skip
    assert (capture.etag, capture.last_modified, capture.location) == ('"2"', "Wed", None)
    moved = capture_of(page(1, status=301, headers=headers), SITE)
    assert moved is not None
    assert moved.location == "/n/dva/"


def test_what_is_no_address_of_the_source_is_no_capture_of_it() -> None:
    assert capture_of(page(1), Site(SENATE, SENATE.base_url)) is None
    assert capture_of(page(1, target="https://other.kz/n/statya-1/"), SITE) is None
    listing = capture_of(page(1, target="https://kazpravda.kz/r/politika/"), SITE)
    assert listing is not None
    assert not listing.article


def test_an_imported_text_is_a_capture_of_its_own_source_alone() -> None:
    text = page(1, target="urn:sha256:ab", status=0, source="kazpravda")
    assert capture_of(text, Site(SENATE, SENATE.base_url)) is None
    capture = capture_of(text, SITE)
    assert capture is not None
    assert (capture.url, capture.article, capture.status) == ("urn:sha256:ab", True, 0)


def test_a_revisit_stands_for_the_payload_that_it_refers_to() -> None:
    refers_to = Reference(time=TIME, digest=payload_digest(b"x"))
    capture = capture_of(page(1, status=304, payload=b"", refers_to=refers_to), SITE)
    assert capture is not None
    assert (capture.refers_to, capture.digest) == (TIME, payload_digest(b"x"))
    assert capture.is_unchanged


def test_a_revisit_of_an_error_is_that_error() -> None:
    refers_to = Reference(time=TIME, digest=payload_digest(b"x"))
    capture = capture_of(page(1, status=404, payload=b"", refers_to=refers_to), SITE)
    assert capture is not None
    assert (capture.status, capture.refers_to, capture.is_unchanged) == (404, None, False)
