"""From record to record in a compressed file, whatever is damaged."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.warc.decoders import ZstandardDecoder
from pipeline.warc.members import GZIP, Compression
from pipeline.warc.raw_records import RawRecord
from pipeline.warc.record_walk import FoundRecord, walk
from tests.pipeline.archive.zstandard import zstd_compress
from tests.pipeline.warc.gzip_bytes import gzip_bytes
from tests.pipeline.warc.test_raw_records import digest, record

ZSTANDARD = Compression(magic=b"\x28\xb5\x2f\xfd", decoder=ZstandardDecoder)
BLOCKS = [b"first " * 50, bytes(range(256)) * 3, b"third", b"WARC/1.0\r\n\r\n" * 9]
RECORDS = [record(block, digest(block)) for block in BLOCKS]
UNSIGNED = [record(block) for block in BLOCKS]


def blocks_and_reasons(
    content: bytes, compression: Compression = GZIP
) -> tuple[list[bytes], list[str]]:
    found = [one.record for one in walk(io.BytesIO(content), compression)]
    blocks = [one.block for one in found if isinstance(one, RawRecord)]
    return blocks, [one.reason for one in found if not isinstance(one, RawRecord)]


@given(
    st.sampled_from([GZIP, ZSTANDARD]), st.integers(0, 3), st.floats(0, 0.999),
    st.binary(max_size=40),
    st.sampled_from(["over", "cut", "insert"]),
)  # fmt: skip
@example(GZIP, 0, 0.0, b"\0\0", "over")
@example(GZIP, 3, 0.5, b"x" * 40, "cut")
def test_damage_to_one_member_leaves_the_others_and_is_told(
    compression: Compression, which: int, share: float, noise: bytes, how: str
) -> None:
    pack = gzip_bytes if compression is GZIP else zstd_compress
    # Zstandard has no checksum here: the record's digest tells its damage.
    members = [pack(one) for one in (UNSIGNED if compression is GZIP else RECORDS)]
    hurt = members[which]
    at = int(share * len(hurt))
    behind = at if how == "insert" else at + len(noise)
    members[which] = hurt[:at] + (b"" if how == "cut" else noise) + hurt[behind:]
    blocks, reasons = blocks_and_reasons(b"".join(members), compression)
    others = [block for number, block in enumerate(BLOCKS) if number != which]
    assert [block for block in blocks if block != BLOCKS[which]] == others
    assert reasons or BLOCKS[which] in blocks


@pytest.mark.parametrize(
    "packed",
    [
        gzip_bytes(b"".join(UNSIGNED)),
        gzip_bytes(UNSIGNED[0] + UNSIGNED[1]) + gzip_bytes(UNSIGNED[2] + UNSIGNED[3]),
        gzip_bytes(b"") + b"".join(map(gzip_bytes, UNSIGNED)) + b"\0" * 99,
    ],
    ids=["one member", "two records a member", "an empty member and padding"],
)
def test_members_may_hold_any_number_of_records(packed: bytes) -> None:
    assert blocks_and_reasons(packed) == (BLOCKS, [])


def test_only_a_torn_end_is_torn() -> None:
    packed = b"".join(map(gzip_bytes, RECORDS))
    assert blocks_and_reasons(packed[:-3]) == (BLOCKS[:3], ["torn"])
    assert blocks_and_reasons(packed[:-8] + b"\1" * 8) == (BLOCKS[:3], ["damaged"])
    short = gzip_bytes(record(b"short", length=50))
    assert blocks_and_reasons(packed + short) == (BLOCKS, ["length"])


def test_a_record_is_found_again_by_where_it_begins() -> None:
    packed = gzip_bytes(UNSIGNED[0] + UNSIGNED[1])
    found = list(walk(io.BytesIO(b"past" + packed), GZIP, 4))
    assert [one.place for one in found] == [
        "at byte 4", f"at byte {len(UNSIGNED[0])} of what is packed at byte 4",
    ]  # fmt: skip
    second = found[1]
    assert isinstance(second, FoundRecord)
    assert [one.offset for one in walk(io.BytesIO(b"".join(RECORDS)), None)][1] == len(RECORDS[0])
