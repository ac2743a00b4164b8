"""HTTP answers in WARC records."""

from pathlib import Path

import pytest

from tests.pipeline.archive.warc_records import PAGE, URL, as_read, exchanges, plain, warc_record


def test_a_body_that_was_put_together_but_says_chunked_stays(tmp_path: Path) -> None:
    block = b"HTTP/2 200\r\nTransfer-Encoding: chunked\r\n\r\n<p>no chunks</p>"
    (tmp_path / "a.warc").write_bytes(warc_record(URL, block))
    (found,) = exchanges(tmp_path / "a.warc")
    assert (found.payload, found.protocol, found.status) == (b"<p>no chunks</p>", "HTTP/2", 200)


@pytest.mark.parametrize(
    "block",
    [b"", b"no head at all", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 000 OK\r\n\r\n",
     b"HTTP/1.1 2\xb2\xb2 OK\r\n\r\n"],
)  # fmt: skip
def test_a_record_without_an_answer_is_passed_over(tmp_path: Path, block: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record(URL, block) + plain(PAGE))
    assert exchanges(tmp_path / "a.warc") == [as_read(PAGE)]
