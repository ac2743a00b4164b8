"""Bodies without their Content-Encoding (RFC 9110, section 8.4)."""

import zlib

_MAX_BODY_BYTES = 50_000_000


class UndecodableBody(Exception):
    """A body that is not what its Content-Encoding says; its argument is the reason."""


def decoded(payload: bytes, content_encoding: str) -> bytes:
    """A body without its Content-Encoding, at most 50 MB. Raises UndecodableBody."""
    for coding in reversed([part.strip().lower() for part in content_encoding.split(",")]):
        payload = _without(coding, payload)
    return payload


def _without(coding: str, payload: bytes) -> bytes:
    try:
        if coding in ("", "identity"):
            return payload
        if coding in ("gzip", "x-gzip"):
            return _inflated(payload, zlib.MAX_WBITS | 16)
        if coding == "deflate":
            return _deflated(payload)
        if coding == "br":
            return _without_brotli(payload)
    except (zlib.error, ValueError) as error:
        raise UndecodableBody(f"the body is not {coding}: {error}") from error
    raise UndecodableBody(f"Content-Encoding {coding} is not known")


def _inflated(payload: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    body = inflater.decompress(payload, _MAX_BODY_BYTES)
    if not inflater.eof:
        raise ValueError("it ends too early, or is too large")
    return body


def _deflated(payload: bytes) -> bytes:
    """`deflate` with its zlib header, as the RFC has it, or raw, as some servers send it."""
    try:
        return _inflated(payload, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated(payload, -zlib.MAX_WBITS)


def _without_brotli(payload: bytes) -> bytes:
    """Only other tools' captures are encoded so: our requests do not accept it."""
    import brotli  # slow to load, and hardly ever needed

    try:
        body: bytes = brotli.decompress(payload)
    except brotli.error as error:
        raise ValueError(str(error)) from error
    return body
