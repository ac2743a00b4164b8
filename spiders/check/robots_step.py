"""robots.txt as a check sees it: whether anything may be asked (RFC 9309, section 2.3.1)."""

from spiders.check.asker import Asker, Fetched
from spiders.check.report import CheckStep, Word, counted
from spiders.listing.links import start_pages
from spiders.network.http_answer import CHALLENGE, Refused
from spiders.network.robots import EVERYTHING, NothingAllowed, Robots, robots_verdict


async def look_at_robots(asker: Asker) -> CheckStep:
    """Ask robots.txt. From now on the asker obeys it; where nothing may be asked, it is stopped."""
    url = f"{asker.site.source.base_url}/robots.txt"
    got = await asker.get(url)
    step, robots = _decided(url, got, asker)
    asker.robots = robots
    if step.word == "failed":
        asker.stop(f"{url} {step.detail}", step.reason)
    return step


def _decided(url: str, got: Fetched, asker: Asker) -> tuple[CheckStep, Robots]:
    exchange = got.exchange
    if exchange is None or got.reason in ("redirect-elsewhere", "redirect-loop"):
        return _step(url, "failed", got.detail, got.reason), EVERYTHING
    status = exchange.status
    found = robots_verdict(status, exchange.headers, exchange.payload, now=asker.clock())
    match found:
        case Robots() if got.is_absent:
            return _step(url, "ok", "there is none, so everything may be asked"), found
        case Robots() if status != 200:
            return _step(url, "ok", f"{got.detail}, so everything may be asked"), found
        case Robots():
            return _obeyed(url, found, asker)
        case NothingAllowed(reason, detail):
            return _step(url, "failed", detail, reason), EVERYTHING
        case Refused(detail):
            reason = "challenge" if found == CHALLENGE else "refused"
            return _step(url, "failed", detail, reason), EVERYTHING
    return _step(url, "failed", got.detail, got.reason), EVERYTHING


def _obeyed(url: str, robots: Robots, asker: Asker) -> tuple[CheckStep, Robots]:
    delay = robots.delay_seconds
    starts = start_pages(asker.site)
    forbidden = [one for one in starts if not robots.allows(one)]
    said = f"; Crawl-delay {delay:g} s" if delay else ""
    named = f"; it names {counted(len(robots.sitemaps), 'sitemap')}" if robots.sitemaps else ""
    if len(forbidden) == len(starts):
        return _step(url, "failed", "forbids every start page", "forbids-all"), robots
    if forbidden:
        detail = f"forbids {len(forbidden)} of {len(starts)} start pages, {forbidden[0]} first"
        return _step(url, "look", f"{detail}{said}{named}", "forbids-some"), robots
    return _step(url, "ok", f"allows all {len(starts)} start pages{said}{named}"), robots


def _step(url: str, word: Word, detail: str, reason: str = "") -> CheckStep:
    return CheckStep(step="robots", target=url, word=word, detail=detail, reason=reason)
