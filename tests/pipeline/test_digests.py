"""Digests of texts and files."""

from __future__ import annotations

from pipeline.digests import content_sha256, imported_text_id


def test_an_imported_texts_id_does_not_see_white_space() -> None:
    assert imported_text_id("а  б\n\nв") == imported_text_id("\nа б в ") == "text:21eaf6ceb70f0e5f"


def test_the_content_digest_sees_title_and_body() -> None:
    digests = {content_sha256(None, "б"), content_sha256("т", "б"), content_sha256("т", "в")}
    assert len(digests) == 3
