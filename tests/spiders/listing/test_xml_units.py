"""Units of XML: each by itself, whatever is wrong with its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.listing.xml_units import Unit, as_utf8, units


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[place : place + size] for place in range(0, len(data), size))


def _units(data: bytes, size: int = 1 << 16) -> list[Unit]:
    return list(units(_pieces(data, size), "item"))


def _names(data: bytes) -> list[str]:
    """What the elements `n` of the units hold, a unit a text."""
    return [",".join(one.text for one in unit.elements("n")) for unit in _units(data)]


def test_what_stands_before_the_first_unit_is_one_too() -> None:
    head, one, two = _units(b"<x><item>1</item><a:ITEM b='c'>2</a:ITEM></x>")
    assert (head.name, head.data) == ("", b"<x>")
    assert (one.name, one.prefix, one.data) == ("item", "", b"<item>1</item>")
    assert (two.name, two.prefix) == ("item", "a")
    assert two.ends("x")
    assert not one.ends("x")


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (b"<item>1</item>", True),
        (b"<item/>", True),
        (b"<item a='b' />", True),
        (b"<item>1", False),
        (b"<item>1</item>2</item>", False),
    ],
)
def test_a_unit_is_whole_with_its_end_tag_alone(data: bytes, whole: bool) -> None:
    assert [one.is_whole for one in _units(data)] == [whole]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"<item><n>1</n></item><item><n> 2\n</n></item>", ["1", "2"]),
        (b"<item><n>?a=1&amp;b=2&#38;c&copy=3&nbsp;</n>", ["?a=1&b=2&c&copy=3&nbsp;"]),
        (b"<item><n><![CDATA[a<b&amp;]]></n>", ["a<b&amp;"]),
        (b"<item><n><![CDATA[1</n><item><n>2</n>", ["1", "2"]),
        (b"<item><x:N y='z'>1</x:N><n/><nn>2</nn></item>", ["1,"]),
        (b"<item><!-- <item><n>1</n></item> --><n>2</n></item>", ["2"]),
        (b"<item><n>1</n><!-- </item><item><n>2</n></item>", ["1", "2"]),
        (b"<item><!-- <n>1</n></item><item><n>2</n><!-- x --></item>", ["1", "2"]),
        (b"<item><n>1</n></item><item><n>2", ["1", ""]),
        ("<item><n>тег</n></item>".encode("cp1251") + "<item><n>тег</n>".encode(), ["тег", "тег"]),
        (b"", [""]),
    ],
)
def test_elements_have_their_text(data: bytes, texts: list[str]) -> None:
    assert _names(data) == texts


def test_an_element_without_its_end_tag_is_told_and_attributes_are_read() -> None:
    (unit,) = _units(b"<item><n a=\"1\" bc='x&amp;y'>1<m>2</m></item>")
    (one,) = unit.elements("n")
    (other,) = unit.elements("m")
    assert (one.text, one.is_closed) == ("1", False)
    assert (other.text, other.is_closed) == ("2", True)
    assert (one.attribute("A"), one.attribute("bc"), one.attribute("c")) == ("1", "x&y", None)


def test_a_unit_without_end_is_given_in_parts() -> None:
    data = b"<item>" + b"x" * 3_000_000 + b"<item><n>2</n></item>"
    found = _units(data)
    assert max(len(one.data) for one in found) < 1_200_000
    assert found[-1].data == b"<item><n>2</n></item>"


_PARTS = (b"<item>", b"</item>", b"<n>1</n>", b"<!-- x -->", b"<!-- ", b"x")


@given(st.lists(st.sampled_from(_PARTS)), st.integers(1, 40))
def test_how_a_document_comes_in_pieces_changes_nothing(parts: list[bytes], size: int) -> None:
    data = b"<x>" + b"".join(parts)
    assert _units(data, size) == _units(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("size", [1000, 99])
def test_any_utf_is_read(encoding: str, size: int) -> None:
    text = "<rss><item><n>1</n><n>тег</n></item></rss>" * 9
    assert b"".join(as_utf8(_pieces(text.encode(encoding), size))).decode() == text


def test_a_lost_byte_makes_no_utf_16_of_it() -> None:
    text = b"\0ttps://kazpravda.kz/n/1/\nhttps://kazpravda.kz/n/2/\n"
    assert b"".join(as_utf8([text])) == text
