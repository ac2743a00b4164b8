"""Bodies without their Content-Encoding (RFC 9110, section 8.4)."""

import re
import zlib
from collections.abc import Callable

from pipeline.warc.decoders import (
    BrotliDecoder,
    Decoder,
    DecodingFault,
    Inflater,
    ZstandardDecoder,
)

_MAX_BODY_BYTES = 50_000_000
_PIECE_BYTES = 1 << 14
_PADDING = re.compile(rb"[\0\t\n\r ]*")
"""What may stand behind the end of a coding: it holds no text, and browsers pass over it."""


class UndecodableBody(Exception):
    """A body that is not what its Content-Encoding says; its argument is the reason."""


def decoded(payload: bytes, content_encoding: str) -> bytes:
    """A body without its Content-Encoding, at most 50 MB. Raises UndecodableBody."""
    for coding in _codings(content_encoding):
        payload, fault = _without(coding, payload)
        if fault:
            raise UndecodableBody(fault)
    return payload


def decoded_as_far_as_it_goes(payload: bytes, content_encoding: str) -> bytes:
    """What a body gives before the first fault in its Content-Encoding; raises nothing.

    A body that is not in that coding at all is given as it is: one that gives nothing, or that is
    text already, which Brotli and raw deflate would take for some bytes of theirs.
    """
    for coding in _codings(content_encoding):
        body, fault = _without(coding, payload)
        if not fault or (body and not _is_text(payload)):
            payload = body
    return payload


def _codings(content_encoding: str) -> list[str]:
    """The codings, the last applied first."""
    return [part.strip().lower() for part in reversed(content_encoding.split(","))]


def _is_text(payload: bytes) -> bool:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def _without(coding: str, payload: bytes) -> tuple[bytes, str | None]:
    """What a body gives without one coding, and what is wrong with it."""
    if coding in ("", "identity"):
        return payload, None
    if coding in ("gzip", "x-gzip"):
        body, fault = _joined(payload, lambda: Inflater(zlib.MAX_WBITS | 16))
    elif coding == "zstd":
        body, fault = _joined(payload, ZstandardDecoder)
    elif coding == "br":
        body, fault = _single(payload, BrotliDecoder)
    elif coding == "deflate":
        body, fault = _deflated(payload)
    else:
        return b"", f"Content-Encoding {coding} is not known"
    return body, fault and f"the body is not {coding}: {fault}"


def _deflated(payload: bytes) -> tuple[bytes, str | None]:
    """`deflate` with its zlib header, as the RFC has it, or raw, as some servers send it."""
    body, fault = _single(payload, lambda: Inflater(zlib.MAX_WBITS))
    if body or not fault:
        return body, fault
    raw, raw_fault = _single(payload, lambda: Inflater(-zlib.MAX_WBITS))
    return (raw, raw_fault) if raw or not raw_fault else (body, fault)


def _single(payload: bytes, begin: Callable[[], Decoder]) -> tuple[bytes, str | None]:
    """What the one stream of a coding gives, and what is wrong with it."""
    body, place, fault = _stream(payload, 0, begin, _MAX_BODY_BYTES)
    if not fault and place < len(payload):
        fault = f"{len(payload) - place} bytes follow its end"
    return body, fault


def _joined(payload: bytes, begin: Callable[[], Decoder]) -> tuple[bytes, str | None]:
    """What streams one after the other give, as gzip members and Zstandard frames may stand."""
    joined, place, fault = _stream(payload, 0, begin, _MAX_BODY_BYTES)
    whole = [joined]
    room = _MAX_BODY_BYTES - len(joined)
    while not fault and place < len(payload):
        body, after, fault = _stream(payload, place, begin, room)
        if fault:
            fault = f"{fault}, {len(payload) - place} bytes before its end"
        whole.append(body)
        room -= len(body)
        place = after
    return b"".join(whole), fault


def _stream(
    payload: bytes,
    start: int,
    begin: Callable[[], Decoder],
    room: int,
    fine_from: int | None = None,
) -> tuple[bytes, int, str | None]:
    """One stream from a byte on: its content, where it ends, padding included, what is wrong.

    Decoders keep to themselves what a piece gives before a fault in it; so from `fine_from` on
    the pieces are single bytes.
    """
    decoder, body, place = begin(), bytearray(), start
    while place < len(payload):
        fine = fine_from is not None and place >= fine_from
        piece = payload[place : place + (1 if fine else _PIECE_BYTES)]
        try:
            body += decoder.feed(piece, room + 1 - len(body))
        except DecodingFault as fault:
            if fine:
                return bytes(body), place, str(fault)
            return _stream(payload, start, begin, room, fine_from=place)
        if len(body) > room:
            return bytes(body[:room]), place, "it is too large"
        place += len(piece)
        rest = decoder.rest()
        if rest is not None:
            padding = _PADDING.match(payload, place - len(rest))
            return bytes(body), padding.end() if padding else place, None
    return bytes(body), place, "it ends too early"
