"""Decoders of gzip, zlib, raw deflate, Zstandard and Brotli, fed piece by piece.

Each decodes one stream and says what follows its end, and gives no more at a time than there is
room for, however much a piece holds.
"""

import sys
from typing import TYPE_CHECKING, Protocol

from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from backports.zstd import ZstdDict

_INFLATE_ERROR: type[Exception] = zlib_ng.error  # type: ignore[assignment]  # its stub errs
_DICTIONARY_MAGIC = b"\x37\xa4\x30\xec"
"""How a Zstandard dictionary begins that is more than plain content."""


class DecodingFault(Exception):
    """Bytes that are not in the coding; its argument is the reason."""


class Decoder(Protocol):
    """The decoder of one gzip member, zlib or deflate stream, Zstandard frame or Brotli stream."""

    def feed(self, piece: bytes, room: int) -> bytes:
        """What a further piece gives, some `room` bytes at most; the rest of it with the next
        call, whose piece may be empty. Raises DecodingFault.
        """

    @property
    def has_more(self) -> bool:
        """Whether more may come without a further piece."""

    def rest(self) -> bytes | None:
        """What of the last piece stands behind the end; None until the end is reached."""


class Inflater:
    """Of a gzip member, a zlib stream or a raw deflate stream, by zlib's `wbits`."""

    def __init__(self, wbits: int) -> None:
        self._inflater = zlib_ng.decompressobj(wbits)
        self.has_more = False

    def feed(self, piece: bytes, room: int) -> bytes:
        """See Decoder."""
        try:
            content = self._inflater.decompress(self._inflater.unconsumed_tail + piece, room)
        except _INFLATE_ERROR as error:
            raise DecodingFault(str(error)) from error
        self.has_more = len(content) >= room
        return content

    def rest(self) -> bytes | None:
        """See Decoder."""
        return self._inflater.unused_data if self._inflater.eof else None


class ZstandardDecoder:
    """Of a Zstandard frame (RFC 8878), a skippable one included, which gives nothing."""

    def __init__(self, dictionary: "ZstdDict | None" = None) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        self._error = zstd.ZstdError
        try:
            self._decompressor = zstd.ZstdDecompressor(dictionary)
        except self._error as error:
            raise DecodingFault(str(error)) from error
        self.has_more = False

    def feed(self, piece: bytes, room: int) -> bytes:
        """See Decoder."""
        try:
            content = self._decompressor.decompress(piece, room)
        except self._error as error:
            raise DecodingFault(str(error)) from error
        self.has_more = not self._decompressor.needs_input and not self._decompressor.eof
        return content

    def rest(self) -> bytes | None:
        """See Decoder."""
        return self._decompressor.unused_data if self._decompressor.eof else None


def zstandard_dictionary(content: bytes) -> "ZstdDict":
    """The dictionary with which frames were compressed. Raises DecodingFault."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    try:
        return zstd.ZstdDict(content, is_raw=not content.startswith(_DICTIONARY_MAGIC))
    except ValueError as error:
        raise DecodingFault(str(error)) from error


class BrotliDecoder:
    """Of a Brotli stream (RFC 7932). It refuses a piece that goes on behind the end."""

    def __init__(self) -> None:
        import brotli  # slow to load, and hardly ever needed

        self._decompressor = brotli.Decompressor()
        self._error: type[Exception] = brotli.error

    def feed(self, piece: bytes, room: int) -> bytes:
        """See Decoder."""
        try:
            content: bytes = self._decompressor.process(piece, output_buffer_limit=room)
        except self._error as error:
            raise DecodingFault(str(error)) from error
        return content

    @property
    def has_more(self) -> bool:
        """See Decoder."""
        return not self._decompressor.can_accept_more_data()

    def rest(self) -> bytes | None:
        """See Decoder."""
        return b"" if self._decompressor.is_finished() else None
