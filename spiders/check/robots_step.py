"""robots.txt as a check sees it: whether anything may be asked (RFC 9309, section 2.3.1)."""

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.exchange import Exchange
from pipeline.model.source import Site
from pipeline.page.not_article import is_challenge
from spiders.check.answers import Fetched
from spiders.check.report import CheckStep, StepStatus, counted
from spiders.listing.links import start_pages
from spiders.network.robots import EVERYTHING, Robots

_LONGEST_DELAY_SECONDS = 3600.0


def robots_step(got: Fetched, site: Site) -> tuple[CheckStep, Robots]:
    """What robots.txt comes to, and the rules that hold."""
    url = f"{site.source.base_url}/robots.txt"
    if got.reason == "absent":
        return _step(url, "ok", "there is none, so everything may be asked"), EVERYTHING
    if got.exchange is None or got.reason in ("refused", "redirect-elsewhere", "redirect-loop"):
        return _step(url, "failed", got.detail, got.reason), EVERYTHING
    status = got.exchange.status
    if status >= 500 or status < 200:
        return _step(url, "failed", got.detail, got.reason), EVERYTHING
    if status != 200:
        return _step(url, "ok", f"{got.detail}, so everything may be asked"), EVERYTHING
    body = _body(got.exchange)
    if is_challenge(body.decode("utf-8", errors="replace")):
        return _step(url, "failed", "answers with a challenge page", "challenge"), EVERYTHING
    robots = Robots.parsed(body)
    return _obeyed(url, robots, site), robots


def _obeyed(url: str, robots: Robots, site: Site) -> CheckStep:
    delay = robots.delay_seconds
    if delay > _LONGEST_DELAY_SECONDS:
        detail = f"asks for {delay:.0f} s between requests, which is longer than a crawl waits"
        return _step(url, "failed", detail, "crawl-delay")
    starts = start_pages(site)
    forbidden = [one for one in starts if not robots.allows(one)]
    said = f"; Crawl-delay {delay:g} s" if delay else ""
    named = f"; it names {counted(len(robots.sitemaps), 'sitemap')}" if robots.sitemaps else ""
    if len(forbidden) == len(starts):
        return _step(url, "failed", "forbids every start page", "forbids-all")
    if forbidden:
        detail = f"forbids {len(forbidden)} of {len(starts)} start pages, {forbidden[0]} first"
        return _step(url, "look", f"{detail}{said}{named}", "forbids-some")
    return _step(url, "ok", f"allows all {len(starts)} start pages{said}{named}")


def _step(url: str, status: StepStatus, detail: str, reason: str = "") -> CheckStep:
    return CheckStep(step="robots", target=url, status=status, detail=detail, reason=reason)


def _body(exchange: Exchange) -> bytes:
    try:
        return decoded(exchange.payload, exchange.header("Content-Encoding") or "")
    except UndecodableBody:
        return b""
