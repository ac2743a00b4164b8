"""What a link leads to on a network, and lines that invite readers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.invitations import (
    Place,
    is_copyright_note,
    is_count,
    is_error_report,
    is_invitation,
    is_legal_note,
    network_place,
)
from tests.pipeline.normalize.any_text import ANY_TEXT


@pytest.mark.parametrize(
    ("href", "place"),
    [
        ("https://t.me/kp", "channel"),
        ("https://www.instagram.com/kp/", "channel"),
        ("//youtube.com/@kp", "channel"),
        ("https://www.facebook.com/groups/123", "channel"),
        ("https://whatsapp.com/channel/0029", "channel"),
        ("https://t.me/kp/123", "post"),
        ("https://m.facebook.com/kp/posts/1", "post"),
        ("https://x.com/kp/status/1", "post"),
        ("https://youtu.be/x", "post"),
        ("https://vk.com/wall-1_2", "post"),
        ("https://t.me/share/url?url=https://x.example", "share"),
        ("https://www.facebook.com/sharer.php?u=x", "share"),
        ("https://twitter.com/intent/tweet?text=x", "share"),
        ("https://api.whatsapp.com/send?text=x", "share"),
        ("https://not.me/kp", None),
        ("https://kazpravda.kz/n/t.me/", None),
        ("/n/t.me/", None),
        ("http://[", None),
        ("mailto:a@t.me", None),
    ],
)
def test_a_link_is_a_channel_a_post_or_shares(href: str, place: Place | None) -> None:
    assert network_place(href) == place


@pytest.mark.parametrize(
    "text",
    [
        "© Сенат Парламента РК",
        "Copyright 2026 Senate", "Copyright © Senate", "Copyright: Senate", "Copyright by Senate",
        "Все права защищены. 2026", "All rights reserved.",
        "Барлық құқықтар қорғалған", "Барлық құқықтары заң бойынша сақталған.",
        "Авторлық құқық заңмен қорғалады", "Авторлық құқықтар: Сенат",
    ],
)  # fmt: skip
def test_a_note_on_copyright_is_a_legal_note(text: str) -> None:
    assert is_copyright_note(text)
    assert is_legal_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Барлық құқықтар мен бостандықтар қорғалады, деді спикер.",
        "Барлық құқық қорғау органдары есеп берді.",
        "Авторлық құқық туралы заң жобасы қаралды.",
        "Copyright law amendments were discussed.",
        "Все права граждан должны соблюдаться, отметил депутат.",
    ],
)
def test_a_sentence_on_rights_is_no_legal_note(text: str) -> None:
    assert not is_copyright_note(text)
    assert not is_legal_note(text)


@pytest.mark.parametrize(
    "text",
    ["348", "👁 348", "Просмотров: 348", "Қаралды: 348", "Прочитано 348 раз", "Просмотры", "—",
     "348 views", "Қаралым саны: 348", "Комментарии: 2"],
)  # fmt: skip
def test_a_count_is_a_number_with_or_without_what_it_counts(text: str) -> None:
    assert is_count(text)


@pytest.mark.parametrize(
    "text",
    ["348 депутатов", "Просмотр фильма о степи", "Комментарии экспертов", "Қаралды: заң жобасы",
     "Законопроект прочитан.", "№ 348-VІІІ ҚРЗ"],
)  # fmt: skip
def test_other_words_are_no_count(text: str) -> None:
    assert not is_count(text)


@given(ANY_TEXT)
def test_any_text_may_be_asked_about(text: str) -> None:
    assert is_copyright_note(text) in (True, False)
    assert is_count(text) in (True, False)
    assert network_place(text) in ("channel", "post", "share", None)
    assert is_error_report(text) in (True, False)
    for is_linked in (True, False):
        assert is_invitation(text, ("газета",), is_linked=is_linked) in (True, False)


@given(st.sampled_from(["Gazeta.kz", "GAZETA.KZ"]))
def test_a_source_is_named_in_any_letter_case(name: str) -> None:
    assert is_invitation(f"{name} в Instagram", ("gazeta.kz",), is_linked=True)
    assert not is_invitation("Другая в Instagram", ("gazeta.kz",), is_linked=True)
