"""A text without address, in the seed's form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kazpress.errors import UnreadableText
from pipeline.reading.imported_text import named_sources, read_imported, text_exchange
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.seeds.recorded_site import SEED


def test_the_seed() -> None:
    content = SEED.read_bytes()
    text = read_imported(content)
    assert text.time == datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    assert text.reading.published == "2026-03-04"
    assert text.reading.published_precision == "day"
    assert text.reading.language == "ru"
    assert text.reading.title is None
    assert text.reading.image_credit == "пресс-служба Сената"
    assert text.reading.attribution == ("Kazpravda.kz",)
    assert len(text.reading.body.split("\n\n")) == 9
    assert named_sources(text, (SENATE, KAZPRAVDA)) == [KAZPRAVDA]
    exchange = text_exchange(content, text, KAZPRAVDA)
    assert exchange.target.startswith("urn:sha256:")
    assert (exchange.payload, exchange.time, exchange.status) == (content, text.time, 0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "is not UTF-8 (byte 0); convert it first, e.g. with iconv"),
        (b"", 'its first line is not "date YYYY-MM-DD", perhaps with a photo credit'),
        ("Текст без даты".encode(), 'its first line is not "date YYYY-MM-DD", perhaps with'),
        (b"date 2026-02-30\n\na", "2026-02-30 in its first line is no day"),
        (b"date 2026-03-04\n\n \xc2\xa0\n", "has no text after its first line"),
    ],
)
def test_another_file_is_refused_with_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_imported(content)
    assert str(refused.value).startswith(message)


def test_line_ends_byte_order_mark_and_white_space_do_not_count() -> None:
    plain = read_imported("date 2026-03-04\n\nОдин  два\n\nТри".encode())
    other = read_imported("\ufeff\r\n date 2026-03-04 \r\n\r\nОдин два\r\nТри\r\n".encode())
    assert (other.id, other.time, other.reading) == (plain.id, plain.time, plain.reading)
    assert plain.reading.image_credit is None


dated = st.text(max_size=60).map(lambda text: f"date 2026-03-04 {text}".encode("utf-8", "ignore"))


@given(st.binary(max_size=60) | dated)
@example(b"date 0001-01-01\na")  # has no time in UTC
@example(b"date 2026-03-04\x1ea")
@example("date ٢٠٢٦-03-04\na".encode())
def test_no_content_raises_anything_but_its_own_error(content: bytes) -> None:
    try:
        text = read_imported(content)
    except UnreadableText:
        return
    assert text.reading.body
    assert text.id.startswith("text:")
    assert text.time.tzinfo is UTC
