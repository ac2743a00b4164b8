"""What zlib-ng unpacks is what zlib unpacks, of whole and of damaged streams alike."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.warc.decoders import DecodingFault, Inflater

_FORMS = {"gzip": 31, "zlib": 15, "raw": -15}
Outcome = tuple[bytes, bytes] | str


def _inflated(stream: bytes, wbits: int, piece_bytes: int, room: int) -> Outcome:
    """The content and what follows it; "torn" where the stream ends too early, or "fault"."""
    inflater, content, place = Inflater(wbits), b"", 0
    try:
        while inflater.rest() is None and (place < len(stream) or inflater.has_more):
            piece = b"" if inflater.has_more else stream[place : place + piece_bytes]
            given_ = inflater.feed(piece, room)
            assert len(given_) <= room
            content += given_
            place += len(piece)
    except DecodingFault:
        return "fault"
    rest = inflater.rest()
    return "torn" if rest is None else (content, rest + stream[place:])


def _by_zlib(stream: bytes, wbits: int) -> Outcome:
    inflater = zlib.decompressobj(wbits)
    try:
        content = inflater.decompress(stream)
    except zlib.error:
        return "fault"
    return (content, inflater.unused_data) if inflater.eof else "torn"


@given(
    st.binary(max_size=2000) | st.integers(0, 200).map(lambda times: b"<p>page</p>" * times),
    st.sampled_from(sorted(_FORMS)),
    st.integers(0, 9),
    st.integers(0, 3000),
    st.binary(max_size=9),
    st.sampled_from(["", "insert", "change", "cut"]),
    st.integers(1, 900),
    st.integers(1, 900),
)
def test_an_inflater_gives_what_zlib_gives(
    content: bytes, form: str, level: int, at: int, noise: bytes, damage: str, piece: int, room: int
) -> None:
    packer = zlib.compressobj(level, wbits=_FORMS[form])
    whole = packer.compress(content) + packer.flush()
    stream = {
        "": whole + noise,
        "insert": whole[:at] + noise + whole[at:],
        "change": whole[:at] + noise + whole[at + len(noise) :],
        "cut": whole[:at],
    }[damage]
    assert _inflated(stream, _FORMS[form], piece, room) == _by_zlib(stream, _FORMS[form])


@pytest.mark.parametrize("wbits", _FORMS.values())
def test_nothing_is_torn_and_gives_nothing(wbits: int) -> None:
    assert _inflated(b"", wbits, 9, 9) == "torn"
