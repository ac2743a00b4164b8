"""Addresses: whether they belong to a source, whether they are articles, their canonical form."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from pipeline.model.capture import Address
from pipeline.model.source import AddressForm, Site, Source

_MAX_URL_CHARACTERS = 2000
_ADDRESSES = 1000
"""So many are kept with their answers: several pages' links, and frame links are on all pages."""
_MAX_KEPT_CHARACTERS = 300
_ON_ANY_PAGE = ("/", "https://", "http://")
"""How a link begins that leads to the same address from every page of a site."""
_ORIGIN = re.compile(r"[^:/?#]+://[^/?#]*")
_TIDY_PATH = re.compile(r"(?:/[A-Za-z0-9_~-]+)+/?|/")
"""Paths that need no work. Most links have such a one, and none has dots to resolve."""
_PLAIN_PATH = re.compile(rf"(?:{_TIDY_PATH.pattern})(?:\?[A-Za-z0-9_=&-]*)?")


def address_id(url: str) -> str:
    """The hash of an address: first 16 hex digits of SHA-256 of the canonical URL."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def public_url(href: str, page: str, site: Site) -> str | None:
    """The public form of a link on a page: https, the public host, no fragment.

    `page` is the page's own public address. None for another host, another scheme, or no URL.
    The path is percent-encoded in one way (RFC 3986, section 6.2.2), with single slashes;
    tracking parameters are left out.
    """
    if href.startswith(_ON_ANY_PAGE) and len(href) <= _MAX_KEPT_CHARACTERS:
        return _kept_public_url(href, _origin(page), site)
    return _public_url(href, page, site)


def _public_url(href: str, page: str, site: Site) -> str | None:
    joined = resolved(href, page)
    parts = _split(joined) if joined else None
    if parts is None or parts.scheme not in ("http", "https"):
        return None
    path = parts.path
    mirror = urlsplit(site.base_url)
    if site.is_mirror and parts.netloc.lower() == mirror.netloc.lower():
        host: str | None = site.source.host
        path = path.removeprefix(mirror.path)
    else:
        host = _own_host(parts, site.source)
    if host is None:
        return None
    url = urlunsplit(("https", host, _tidy_path(path), _tidy_query(parts.query), ""))
    return url if len(url) <= _MAX_URL_CHARACTERS else None


_kept_public_url = lru_cache(maxsize=_ADDRESSES)(_public_url)


def resolved(href: str, page: str) -> str | None:
    """A link as an absolute URL; None where it is no URL."""
    try:
        if _PLAIN_PATH.fullmatch(href):
            return f"{_origin(page)}{href}"
        joined = urljoin(page, href.strip())
        joined.encode()
    except ValueError:
        return None
    return joined


def request_url(public: str, site: Site) -> str:
    """The URL that is requested for a public address: on the mirror, where there is one."""
    if not site.is_mirror:
        return public
    parts = urlsplit(public)
    return site.base_url + urlunsplit(("", "", parts.path, parts.query, ""))


def article_address(url: str, source: Source) -> Address | None:
    """The article that a public address names, by the source's address forms; None if none.

    The query is no part of an article's identity. Nor are the final slash, and the letter case of
    the language and of the words that the address form spells out.
    """
    if len(url) <= _MAX_KEPT_CHARACTERS:
        return _kept_article_address(url, source)
    return _article_address(url, source)


def _article_address(url: str, source: Source) -> Address | None:
    parts = _split(url)
    host = _own_host(parts, source) if parts else None
    if parts is None or host is None:
        return None
    path = _tidy_path(parts.path)
    for form in source.articles:
        found = _pattern(form.path).fullmatch(path)
        if found and host == (form.host or source.host):
            return _address(host, path, form, found, source)
    return None


_kept_article_address = lru_cache(maxsize=_ADDRESSES)(_article_address)


def asked_with_query(url: str, source: Source) -> str | None:
    """A public address with its query, where the article has to be requested with it; else None."""
    parts = _split(url)
    if parts is None or not parts.query:
        return None
    path = _tidy_path(parts.path)
    for form in source.articles:
        if _pattern(form.path).fullmatch(path):
            return url if form.asks_with_query else None
    return None


def without_slash(public: str) -> str:
    """A listing's address without its final slash: listings are met with and without it."""
    return public.rstrip("/")


def language_of(url: str, source: Source) -> str:
    """The BCP 47 language of an address: by the first part of its path, else the default."""
    return _prefix(urlsplit(url).path, source)[1]


def is_listing_link(url: str, source: Source, pattern: str) -> bool:
    """Whether a public address is one of the source's listings, by `Listings.links`."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.netloc == source.host and bool(_pattern(pattern).fullmatch(path))


def capture_url(url: str, source: Source) -> str:
    """The address that a capture of `url` is kept under: of an article, its canonical one."""
    article = article_address(url, source)
    return article.url if article else url


def _address(
    host: str, path: str, form: AddressForm, found: re.Match[str], source: Source
) -> Address:
    prefix, language = _prefix(path, source)
    if prefix:
        path = f"/{prefix}{path[len(prefix) + 1 :]}"
    fixed_words = _fixed_words(form.path)
    parts = [low if (low := part.lower()) in fixed_words else part for part in path.split("/")]
    path = "/".join(parts).rstrip("/") + ("/" if form.final_slash else "")
    number = found.groupdict().get("number")
    return Address(
        url=f"https://{host}{path}",
        language=language,
        kind=form.kind,
        number=int(number) if number else None,
    )


def _prefix(path: str, source: Source) -> tuple[str, str]:
    """The language prefix of a path as the site spells it, or nothing, and the language."""
    first = path.split("/", 2)[1].lower() if path.startswith("/") else ""
    for prefix, language in source.language_prefixes:
        if first == prefix.lower():
            return prefix, language
    return "", source.default_language


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port if ":" in parts.netloc else None
    except ValueError:
        return None
    return parts


def _own_host(parts: SplitResult, source: Source) -> str | None:
    """The host of an address, without `www.`; None unless it is one of the source's."""
    if parts.netloc == source.host:
        return source.host
    host = (parts.hostname or "").rstrip(".")
    host = host.removeprefix("www.")
    if parts.port not in (None, 80, 443):
        return None
    if host == source.host:
        return host
    return host if host in _other_hosts(source) else None


@lru_cache(maxsize=64)
def _other_hosts(source: Source) -> frozenset[str]:
    """The hosts of the source's articles besides its own."""
    return frozenset(form.host for form in source.articles if form.host)


def _origin(url: str) -> str:
    found = _ORIGIN.match(url)
    return found[0] if found else url


def _tidy_path(path: str) -> str:
    if _TIDY_PATH.fullmatch(path):
        return path
    kept: list[str] = []
    parts = path.split("/")
    for at, part in enumerate(parts):
        decoded = unquote_to_bytes(part)
        if decoded == b"..":
            del kept[max(1, len(kept) - 1) :]
        elif decoded != b".":
            kept.append(quote(_in_nfc(decoded), safe="-._~!$&'()*+,;=:@"))
        if decoded in (b".", b"..") and at + 1 == len(parts):
            kept.append("")
    return re.sub(r"/{2,}", "/", "/".join(kept)) or "/"


def _in_nfc(part: bytes) -> bytes:
    """A part of a path with its letters composed, as browsers on some systems do not send them."""
    try:
        return unicodedata.normalize("NFC", part.decode()).encode()
    except UnicodeDecodeError:
        return part


_TRACKING = re.compile(r"^(utm_|fbclid|gclid|yclid|ysclid|_openstat|from$|ref$)", re.IGNORECASE)


def _tidy_query(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _TRACKING.match(part))


@lru_cache(maxsize=64)
def _fixed_words(path: str) -> frozenset[str]:
    """The words that an address form spells out, such as `news` and `details`."""
    literal = re.sub(r"\\.|\(\?P<\w+>", " ", path)
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", literal))


@lru_cache(maxsize=64)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(path, re.IGNORECASE)
