"""From an exchange in the archive to a capture in the database."""

from pipeline.archive.exchange import Exchange
from pipeline.archive.http_status import REDIRECTS, announces_challenge
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address, public_url


def capture_of(exchange: Exchange, site: Site) -> Capture | None:
    """The capture of a source that an exchange is; None where it is not that source's."""
    if exchange.kind != "http":
        return _imported(exchange, site)
    target = public_url(exchange.target, site.source.base_url, site)
    if target is None:
        return None
    article = article_address(target, site.source)
    location = exchange.header("Location") if exchange.status in REDIRECTS else None
    return Capture(
        source=site.source.name,
        url=article.url if article else target,
        target=target,
        time=exchange.time,
        status=exchange.status,
        digest=exchange.digest,
        content_type=exchange.content_type,
        content_encoding=exchange.header("Content-Encoding") or "",
        etag=exchange.header("ETag"),
        last_modified=exchange.header("Last-Modified"),
        location=location,
        is_unchanged=exchange.is_unchanged,
        refers_to=exchange.refers_to.time if exchange.refers_to and exchange.is_unchanged else None,
        mirror=exchange.mirror,
        article=article is not None,
        challenge=announces_challenge(exchange.status, exchange.headers),
    )


def _imported(exchange: Exchange, site: Site) -> Capture | None:
    if exchange.source != site.source.name:
        return None
    return Capture(
        source=site.source.name, url=exchange.target, target=exchange.target, time=exchange.time,
        status=0, digest=exchange.digest, content_type=exchange.content_type, article=True,
    )  # fmt: skip
