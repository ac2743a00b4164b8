"""Addresses as the keys of an index: in SURT form (Sort-friendly URI Reordering Transform), made
the same where they name the same page, as the Wayback Machine's index and pywb have them.
"""

import re
from contextlib import suppress
from urllib.parse import quote_from_bytes, unquote_to_bytes

_PARTS = re.compile(
    r"(?P<scheme>https?)://(?:[^/?#]*@)?(?P<host>[^/?#:]*):?(?P<port>[0-9]*)"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.DOTALL | re.IGNORECASE,
)
_SPACES = " \t\n\r\v\f"
_LINE_ENDS = re.compile(r"[\r\n\t]")
_WWW = re.compile(r"^www[0-9]*\.")
_PORTS = {"http": "80", "https": "443"}
_AS_THEY_ARE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What is not percent-encoded besides letters and digits."""
_ASP_SESSION = re.compile(
    r"(.*/)\((?:(?:[a-z]\([0-9a-z]{24}\))+|[0-9a-z]{24})\)/([^?]+\.aspx.*)", re.DOTALL
)
_SESSIONS = tuple(
    re.compile(rf"(.*)(?:{session})(?:&(.*))?", re.DOTALL | re.IGNORECASE)
    for session in (
        "jsessionid=[0-9a-z]{32}", "phpsessid=[0-9a-z]{32}", "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}", "cfid=[^&]+&cftoken=[^&]+",
    )
)  # fmt: skip


def surt(url: str) -> str | None:
    """The key of an address; None where it is none of the web.

    >>> surt("https://www.kazpravda.kz/n/Odin/?b=2&a=1")
    'kz,kazpravda)/n/odin?a=1&b=2'
    """
    parts = _PARTS.fullmatch(_LINE_ENDS.sub("", url.strip(_SPACES)))
    if parts is None:
        return None
    port = parts["port"]
    is_usual = port in ("", _PORTS[parts["scheme"].lower()])
    query = _query(parts["query"] or "")
    return "".join(
        (
            _host(parts["host"]), "" if is_usual else f":{int(port)}", ")", _path(parts["path"]),
            f"?{query}" if query else "",
        )
    )  # fmt: skip


def _host(host: str) -> str:
    """The names of a host, the highest first."""
    raw = _unescaped(host.lower())
    if not raw.isascii():
        with suppress(UnicodeError):
            raw = raw.decode().encode("idna")
    names = _WWW.sub("", _escaped(raw.lower().replace(b"..", b".").strip(b".")))
    return ",".join(reversed(names.split(".")))


def _path(path: str) -> str:
    kept: list[bytes] = []
    for part in _unescaped(path).split(b"/")[1:]:
        if part == b".." and kept:
            kept.pop()
        elif part != b".":
            kept.append(part)
    folders, last = [one for one in kept[:-1] if one], kept[-1:]
    tidy = _escaped(b"/" + b"/".join([*folders, *last])).lower()
    if session := _ASP_SESSION.fullmatch(tidy):
        tidy = session[1] + session[2]
    return tidy[:-1] if len(tidy) > 1 and tidy.endswith("/") else tidy


def _query(query: str) -> str:
    """Its parameters in the order of their names and values, without the ids of sessions."""
    tidy = _escaped(_unescaped(query))
    for session in _SESSIONS:
        if found := session.fullmatch(tidy):
            tidy = found[1] + (found[2] or "")
    return "&".join(sorted(tidy.lower().split("&"), key=lambda one: one.split("=", 1)))


def _unescaped(text: str) -> bytes:
    """Without percent-encoding, however often it was applied."""
    raw = text.encode()
    while (once := unquote_to_bytes(raw)) != raw:
        raw = once
    return raw


def _escaped(raw: bytes) -> str:
    return quote_from_bytes(raw, safe=_AS_THEY_ARE)
