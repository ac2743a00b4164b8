"""Addresses: which are a source's own, which are articles, and their one canonical form."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from pipeline.model.capture import Address
from pipeline.model.source import AddressForm, Site, Source

_LONGEST = 2000


def address_id(url: str) -> str:
    """The hash of an address: first 16 hex digits of SHA-256 of the canonical URL."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def public_url(href: str, page: str, site: Site) -> str | None:
    """The public form of a link on a page: https, the public host, no fragment.

    `page` is the page's own public address. None for another host, another scheme, or no URL.
    Parts of the path are percent-encoded alike (RFC 3986, section 6.2.2), double slashes are one.
    """
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
    return url if len(url) <= _LONGEST else None


def resolved(href: str, page: str) -> str | None:
    """A link as an absolute URL; None where it is none, or bears what no URL can."""
    try:
        joined = urljoin(page, href.strip())
        joined.encode()
    except ValueError:
        return None
    return joined


def request_url(public: str, site: Site) -> str:
    """Where the request for a public address goes."""
    if not site.is_mirror:
        return public
    parts = urlsplit(public)
    return site.base_url + urlunsplit(("", "", parts.path, parts.query, ""))


def article_address(url: str, source: Source) -> Address | None:
    """The article that a public address names, by the grammar of the source's addresses.

    The query is no part of an article's identity, nor are the final slash and the letter case of
    the language and of the words that the grammar itself spells.
    """
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


def asked_with_query(url: str, source: Source) -> str | None:
    """A public address with its query, where the article is asked for with that; else None."""
    parts = _split(url)
    if parts is None or not parts.query:
        return None
    path = _tidy_path(parts.path)
    for form in source.articles:
        if _pattern(form.path).fullmatch(path):
            return url if form.asks_with_query else None
    return None


def language_of(url: str, source: Source) -> str:
    """The BCP 47 language of the pages under an address, by the first part of its path."""
    return _prefix(urlsplit(url).path, source)[1]


def is_listing_link(url: str, source: Source, pattern: str) -> bool:
    """Whether a public address is a listing of the source, by the form of path and query."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.netloc == source.host and bool(_pattern(pattern).fullmatch(path))


def capture_url(url: str, source: Source) -> str:
    """The canonical address under which a capture of `url` is kept."""
    article = article_address(url, source)
    return article.url if article else url


def _address(
    host: str, path: str, form: AddressForm, found: re.Match[str], source: Source
) -> Address:
    spelled, language = _prefix(path, source)
    if spelled:
        path = f"/{spelled}{path[len(spelled) + 1 :]}"
    spelled_out = _words(form.path)
    parts = [low if (low := part.lower()) in spelled_out else part for part in path.split("/")]
    path = "/".join(parts).rstrip("/") + ("/" if form.final_slash else "")
    number = found.groupdict().get("number")
    return Address(
        url=f"https://{host}{path}",
        language=language,
        kind=form.kind,
        number=int(number) if number else None,
    )


def _prefix(path: str, source: Source) -> tuple[str, str]:
    """The first part of a path in the site's own spelling, if it names a language, and that."""
    first = path.split("/", 2)[1].lower() if path.startswith("/") else ""
    for spelled, language in source.language_prefixes:
        if first == spelled.lower():
            return spelled, language
    return "", source.default_language


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _own_host(parts: SplitResult, source: Source) -> str | None:
    host = (parts.hostname or "").rstrip(".")
    host = host.removeprefix("www.")
    if parts.port not in (None, 80, 443):
        return None
    if host == source.host:
        return host
    own = {form.host for form in source.articles if form.host}
    return host if host in own else None


def _tidy_path(path: str) -> str:
    parts = [quote(unquote_to_bytes(part), safe="-._~!$&'()*+,;=:@") for part in path.split("/")]
    return re.sub(r"/{2,}", "/", "/".join(parts)) or "/"


_TRACKING = re.compile(r"^(utm_|fbclid|gclid|yclid|ysclid|_openstat|from$|ref$)", re.IGNORECASE)


def _tidy_query(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _TRACKING.match(part))


@lru_cache(maxsize=64)
def _words(path: str) -> frozenset[str]:
    """The words that a grammar spells out, such as `news` and `details`."""
    literal = re.sub(r"\\.|\(\?P<\w+>", " ", path)
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", literal))


@lru_cache(maxsize=64)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(path, re.IGNORECASE)
