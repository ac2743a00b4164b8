"""HTTP answers in WARC records."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.http_message import parse_answer
from tests.pipeline.archive.warc_records import PAGE, URL, as_read, exchanges, plain, warc_record


def test_a_body_that_was_put_together_but_says_chunked_stays(tmp_path: Path) -> None:
    block = b"HTTP/2 200\r\nTransfer-Encoding: chunked\r\n\r\n<p>no chunks</p>"
    (tmp_path / "a.warc").write_bytes(warc_record(URL, block))
    (found,) = exchanges(tmp_path / "a.warc")
    assert (found.payload, found.protocol, found.status) == (b"<p>no chunks</p>", "HTTP/2", 200)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "payload", "is_short"),
    [
        (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde", False),
        (b"3\nabc\n0\n\n", b"abc", False),
        (b"3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n", b"abc", False),
        (b"0\r\n\r\n", b"", False),
        (b"<p>no chunks</p>", b"<p>no chunks</p>", False),
        (b"3\r\nabc\r\n", b"abc", True),
        (b"3\r\nabc\r\n9\r\nde", b"abcde", True),
        (b"3\r\nabcde\r\n0\r\n\r\n", b"abc", True),
        (b"3\r\nabc\r\nx\r\n", b"abc", True),
    ],
)
def test_a_chunked_body_is_put_together_and_known_to_be_whole(
    body: bytes, payload: bytes, is_short: bool
) -> None:
    found = parse_answer(CHUNKED + body)
    assert found is not None
    assert (found.body, found.is_short) == (payload, is_short)


@given(st.binary(min_size=1, max_size=60), st.integers(1, 70))
def test_no_part_of_a_chunked_body_is_a_whole_one(body: bytes, size: int) -> None:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    whole = parse_answer(CHUNKED + chunks + b"0\r\n\r\n")
    assert whole is not None
    assert (whole.body, whole.is_short) == (body, False)
    for length in range(1, len(chunks)):
        part = parse_answer(CHUNKED + chunks[:length])
        assert part is not None
        assert part.is_short


@pytest.mark.parametrize(
    "block",
    [b"", b"no head at all", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 000 OK\r\n\r\n",
     b"HTTP/1.1 2\xb2\xb2 OK\r\n\r\n"],
)  # fmt: skip
def test_a_record_without_an_answer_is_passed_over(tmp_path: Path, block: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record(URL, block) + plain(PAGE))
    assert exchanges(tmp_path / "a.warc") == [as_read(PAGE)]
