"""The text in a page's bytes, whatever they are declared to be and however damaged."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.characters import one_line
from pipeline.normalize.lost_letters import LOST_CHARACTER
from pipeline.normalize.text_encoding import (
    decoded_text,
    is_garbled,
    is_garbled_paragraph,
    is_garbled_text,
)

RUSSIAN = (
    "Сенаторы рассмотрели на пленарном заседании поправки в закон о водных ресурсах. Депутаты "
    "отметили, что документ направлен на бережное использование воды в сельском хозяйстве."
)
KAZAKH = (
    "Мектепте үш жүз оқушы білім алады, деп хабарлайды баспасөз қызметі. Сіз үшін Қостанайда "
    "жаңа мектеп ашылды, ғимарат екі жылда салынды."
)
ENGLISH = "The café in Müller’s street was “closed” – £5 is the price of naïve coffee."
DECLARED = ["utf-8", "windows-1251", "iso-8859-1", "koi8-r", "gbk", "utf-16", "hex", "idna", "x"]


def _page(text: str, meta: str = "") -> str:
    return f"<html><head>{meta}<title>{text[:30]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("declared", ["", *(f"text/html; charset={name}" for name in DECLARED)])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, name) for name in (
            "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r",
            "cp866", "iso8859-5",
        )),
        *((RUSSIAN.upper(), name) for name in ("utf-8", "cp1251", "koi8-r", "cp866")),
        *((KAZAKH, name) for name in ("utf-8", "utf-16-le", "kz1048")),
        *((ENGLISH, name) for name in ("utf-8", "cp1252")),
    ],
)  # fmt: skip
def test_a_page_is_read_as_what_its_bytes_are(text: str, encoding: str, declared: str) -> None:
    assert decoded_text(_page(text).encode(encoding), declared) == _page(text)


@pytest.mark.parametrize("encoding", ["ptcp154", "mac-cyrillic", "gb18030", "shift_jis", "euc_kr"])
def test_an_unusual_encoding_is_read_where_it_is_declared_however_late(encoding: str) -> None:
    text = {"gb18030": "参议院通过了水资源法", "shift_jis": "上院は水資源法を可決した",
            "euc_kr": "상원은 수자원법을 통과시켰다"}.get(encoding, RUSSIAN)  # fmt: skip
    styles = f"<style>{'a{}' * 3000}</style>"
    page = _page(text, f"{styles}<meta charset='{encoding}'>")
    assert decoded_text(page.encode(encoding), "text/html") == page


@pytest.mark.parametrize("declared", ["", "text/html; charset=utf-8"])
@pytest.mark.parametrize(
    ("before", "damage", "after"),
    [
        ("<meta name=description content='Сен", b"\xd0", "'>"),
        ("<p>Закон", b"\xa0", "о воде</p>"),
        ("<p>caf", b"\xe9", "</p>"),
        ("<footer>", "Все права защищены".encode("cp1251"), "</footer>"),
        ("", b"\xff", ""),
    ],
)
def test_a_few_bytes_do_not_decide_for_the_page(
    before: str, damage: bytes, after: str, declared: str
) -> None:
    page = _page(RUSSIAN).encode()
    for content in (
        before.encode() + damage + after.encode() + page,
        page + before.encode() + damage + after.encode(),
    ):
        assert RUSSIAN in decoded_text(content, declared)


def test_a_page_cut_in_a_letter_loses_that_letter_alone() -> None:
    content = _page(KAZAKH).encode()
    for end in range(len(content) // 2, len(content)):
        assert _page(KAZAKH).startswith(decoded_text(content[:end], "").rstrip(LOST_CHARACTER))


@given(
    st.sampled_from([RUSSIAN, KAZAKH]),
    st.lists(st.tuples(st.integers(0, 200), st.binary(min_size=1, max_size=4)), max_size=8),
    st.sampled_from(["", "text/html; charset=windows-1251", "text/html; charset=utf-8"]),
)
@example(RUSSIAN, [(0, b"\xff\xfe")], "")  # the mark of UTF-16
@example(RUSSIAN, [(0, b"\xff\xfe\x00\x00")], "")
@example(RUSSIAN, [(0, b"\xfe\xff")], "")
def test_any_damage_to_a_few_bytes_leaves_the_other_words(
    text: str, damages: list[tuple[int, bytes]], declared: str
) -> None:
    words = text.encode().split(b" ")
    hit = {at % len(words): damage for at, damage in damages}
    content = b" ".join(hit.get(at, word) for at, word in enumerate(words))
    found = decoded_text(content, declared)
    for at, word in enumerate(words):
        if at not in hit:
            assert word.decode() in found


@given(
    st.sampled_from([RUSSIAN, RUSSIAN.upper(), RUSSIAN.title()]),
    st.sampled_from(["cp1251", "koi8-r", "cp866", "iso8859-5"]),
    st.sampled_from(DECLARED),
    st.integers(0, 50),
)
def test_any_declaration_leaves_what_the_bytes_are(
    text: str, encoding: str, declared: str, at: int
) -> None:
    part = text[at : at + 100]
    page = f"<meta charset={declared}>{_page(part)}"
    assert decoded_text(page.encode(encoding), f"text/html; charset={declared}") == page


@given(st.binary(max_size=300), st.text(max_size=30))
@example(b"<meta charset=undefined>\xff", "")
@example(b"<meta charset=punycode>\xff", "")
def test_no_bytes_raise(content: bytes, content_type: str) -> None:
    decoded_text(content, content_type)


@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "cp1251"), ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "koi8-r"),
        ("utf-8", "cp866"), ("cp1251", "latin-1"), ("cp1251", "cp866"), ("cp1251", "koi8-r"),
        ("koi8-r", "cp1251"),
    ],
)  # fmt: skip
def test_letters_of_another_encoding_are_known(text: str, written: str, read: str) -> None:
    if text is KAZAKH and written != "utf-8":
        return
    misread = one_line(text.encode(written).decode(read, "replace"))
    assert is_garbled(misread)
    if (written, read) == ("utf-8", "cp1251"):
        assert is_garbled_paragraph(misread[:30])


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN, RUSSIAN.upper(), KAZAKH, KAZAKH.upper(), ENGLISH, "КазМунайГаз и КазТрансОйл",
        "Сіз, Рәсім, Сәуле және Тұрсын", "РОССИЯ СССР США", "Théâtre français: élève à l’école",
        "", "№ 5 – «А»", f"Закон{LOST_CHARACTER}о воде",
    ],
)  # fmt: skip
def test_a_sound_text_is_not_taken_for_garbled(text: str) -> None:
    assert not is_garbled(text)
    assert not is_garbled_paragraph(text)


def test_lost_characters_are_weighed() -> None:
    assert not is_garbled(RUSSIAN.replace("о", LOST_CHARACTER, 3) * 3)
    assert is_garbled(RUSSIAN.replace("о", LOST_CHARACTER, 9))
    lost = f"Сенат {LOST_CHARACTER * 12} принял"
    assert is_garbled_paragraph(lost)
    assert is_garbled_paragraph(LOST_CHARACTER * 2)
    assert not is_garbled(lost + RUSSIAN * 5)


LINES = (RUSSIAN, KAZAKH, RUSSIAN)


@given(st.integers(1, 8), st.integers(1, 4), st.integers(0, 3), st.sampled_from(["", " "]))
def test_a_line_of_lost_signs_is_no_evidence_against_a_text(
    signs: int, length: int, at: int, between: str
) -> None:
    line = between.join([LOST_CHARACTER * length] * signs)
    for texts in ([*LINES[:at], line, *LINES[at:]], [line, RUSSIAN]):
        assert not is_garbled_text(texts)


@given(st.integers(1, 400), st.integers(0, 3))
def test_a_row_of_lost_characters_is_no_evidence_against_a_text(length: int, at: int) -> None:
    assert not is_garbled_text([*LINES[:at], LOST_CHARACTER * length, *LINES[at:]])


@given(st.integers(1, 9))
def test_lines_of_lost_signs_are_evidence_where_they_are_much_of_the_text(lines: int) -> None:
    assert is_garbled_text([*[f"{LOST_CHARACTER * 4} " * 4] * lines, *[RUSSIAN[:30]] * lines])


@given(st.integers(1, 9), st.integers(1, 400))
def test_decoration_is_no_evidence_against_a_text(kinds: int, length: int) -> None:
    line = "".join(chr(0x2550 + kind) * length for kind in range(kinds))
    assert not is_garbled_text([line, *LINES])


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_paragraph_lost_is_evidence_against_any_text(before: int, after: int) -> None:
    lost = RUSSIAN.encode("cp1251").decode("utf-8", "replace")
    assert is_garbled_text([*[KAZAKH] * before, lost, *[KAZAKH] * after])
    misread = KAZAKH.encode().decode("cp1251", "replace")
    assert is_garbled_text([*[KAZAKH] * before, misread, *[KAZAKH] * after])


@given(st.lists(st.text()))
def test_no_text_raises(texts: list[str]) -> None:
    is_garbled_text(texts)
