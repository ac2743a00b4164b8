"""Records in a content: where each ends, and what is passed over with its reason."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.warc.raw_records import (
    MAX_BLOCK_BYTES,
    DamagedRecord,
    RawRecord,
    raw_records,
    whole_record,
)


def record(block: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = ("WARC/1.0", "WARC-Type: response", *headers)
    said = f"Content-Length: {len(block) if length is None else length}"
    return "\r\n".join((*lines, said)).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def digest(block: bytes) -> str:
    return f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}"


def found(content: bytes) -> list[bytes | str]:
    """The blocks of the records, and the reasons for which others were passed over."""
    return [
        one.block if isinstance(one, RawRecord) else one.reason
        for one in raw_records(io.BytesIO(content))
    ]


FIRST, LAST = record(b"first", digest(b"first")), record(b"last", digest(b"last"))


@pytest.mark.parametrize(
    ("between", "reason"),
    [
        (record(b"middle", digest(b"other")), "digest"),
        (record(b"middle", "WARC-Block-Digest: sha1:2222"), "digest"),
        (record(b"middle", length=9999), "length"),
        (record(b"middle", length=MAX_BLOCK_BYTES * 9), "length"),
        (record(b"middle", length=2), "length"),
        (record(b"middle").replace(b"Content-Length: 6", b"Content-Length: x"), "headers"),
        (record(b"middle").replace(b"Content-Length: 6\r\n", b""), "headers"),
        (record(b"middle", "X: \x00"), "headers"),
        (record(b"middle").replace(b"\r\n\r\n", b"\r\n"), "headers"),
        (b"\xff\xfe bytes that are no record\r\n\r\n", "garbage"),
        (record(b"middle").replace(b"WARC/1.0", b"XARC/1.0"), "garbage"),
    ],
)
def test_a_bad_record_is_passed_over_in_its_own_bounds(between: bytes, reason: str) -> None:
    assert found(FIRST + between + LAST) == [b"first", reason, b"last"]


def test_a_record_without_a_digest_is_certain_where_it_ends_as_records_do() -> None:
    for last in (LAST, b"X" + LAST[1:]):
        assert found(record(b"plain") + last)[0] == b"plain"
    assert found(record(b"plain", digest(b"plain"))[:-4] + b"garbage" + LAST) == [
        b"plain", "garbage", b"last",
    ]  # fmt: skip


def test_a_record_that_the_content_cuts_short_is_torn() -> None:
    whole = FIRST + record(b"second, which is longer")
    for length in range(len(FIRST) + 2, len(whole) - 4):
        assert found(whole[:length]) == [b"first", "torn"], length


def test_a_record_too_large_for_a_page_is_streamed_past() -> None:
    huge = record(b"x" * (MAX_BLOCK_BYTES + 1))
    (first, passed, last) = raw_records(io.BytesIO(FIRST + huge + LAST))
    assert isinstance(passed, DamagedRecord)
    assert (passed.reason, passed.cause, passed.position) == ("too-large", "part", len(FIRST))
    assert found(huge[:-9]) == ["torn"]
    assert isinstance(first, RawRecord)
    assert isinstance(last, RawRecord)


def test_digests_of_every_usual_kind_and_form_are_known() -> None:
    sha1 = "7JVVVFC3JUMLBGNMCZMCJTYHXJTQFI7S"  # of other bytes
    for said in ("sha1:" + hashlib.sha1(b"x").hexdigest(), "SHA-256:" + _base32("sha256", b"x"),
                 "md5:" + hashlib.md5(b"x").hexdigest().upper(), "crc32:abc", "sha1:"):  # fmt: skip
        assert found(record(b"x", f"WARC-Block-Digest: {said}")) == [b"x"], said
    assert found(record(b"x", f"WARC-Block-Digest: sha1:{sha1}")) == ["digest"]


def _base32(name: str, block: bytes) -> str:
    import base64

    return base64.b32encode(hashlib.new(name, block).digest()).decode().rstrip("=").lower()


BLOCKS = st.lists(
    st.binary(max_size=300) | st.sampled_from([b"a\r\n\r\nb", b"\r\n\r\n", b"WARC/1.0"]),
    min_size=2, max_size=5, unique=True,
)  # fmt: skip
DAMAGE = st.sampled_from(["flip", "cut", "insert", "zero"])


@given(BLOCKS, st.data(), DAMAGE)
def test_damage_to_one_record_leaves_the_others(
    blocks: list[bytes], data: st.DataObject, how: str
) -> None:
    records = [record(block, digest(block)) for block in blocks]
    which = data.draw(st.integers(0, len(records) - 1))
    hurt = records[which]
    at, size = data.draw(st.integers(0, len(hurt) - 1)), data.draw(st.integers(1, 60))
    noise = data.draw(st.binary(min_size=size, max_size=size))
    end = min(at + size, len(hurt))
    records[which] = {
        "flip": hurt[:at] + noise[: end - at] + hurt[end:],
        "cut": hurt[:at] + hurt[end:],
        "insert": hurt[:at] + noise + hurt[at:],
        "zero": hurt[:at] + bytes(end - at) + hurt[end:],
    }[how]
    left = [one for one in found(b"".join(records)) if isinstance(one, bytes)]
    others = [block for number, block in enumerate(blocks) if number != which]
    assert [block for block in left if block in others] == others


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_come_to_an_end(content: bytes, behind: bool) -> None:
    assert isinstance(found(FIRST + content if behind else content), list)


@given(st.binary(max_size=200), st.booleans(), st.binary(max_size=9), st.integers(0, 400))
def test_what_is_taken_for_one_whole_record_is_what_the_walk_finds(
    block: bytes, has_digest: bool, damage: bytes, at: int
) -> None:
    whole = record(block, *([digest(block)] if has_digest else []))
    assert whole_record(whole) == next(raw_records(io.BytesIO(whole)))
    for content in (whole[:at] + damage + whole[at:], whole[:at] + damage + whole[at + 9 :]):
        taken = whole_record(content)
        if taken is not None:
            assert [taken] == list(raw_records(io.BytesIO(content)))


def test_a_record_in_a_rarer_form_is_left_to_the_walk() -> None:
    for content in (
        b"", FIRST + LAST, FIRST[:-1], FIRST + b"\r\n", record(b"x", digest(b"y")),
        record(b"x", length=2), FIRST.replace(b"-Length: 5", b"-Length: 05"),
    ):  # fmt: skip
        assert whole_record(content) is None
