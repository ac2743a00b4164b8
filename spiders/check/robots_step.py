"""robots.txt as a check sees it: whether anything may be asked (RFC 9309, section 2.3.1)."""

from pipeline.model.source import Site
from spiders.check.captured_answers import Fetched
from spiders.check.report import CheckStep, StepStatus, counted
from spiders.listing.links import start_pages
from spiders.network.http_answer import CHALLENGE, Refused
from spiders.network.robots import EVERYTHING, NothingAllowed, Robots, robots_verdict


def robots_step(got: Fetched, site: Site) -> tuple[CheckStep, Robots]:
    """What robots.txt comes to, and the rules that hold."""
    url = f"{site.source.base_url}/robots.txt"
    exchange = got.exchange
    if exchange is None or got.reason in ("redirect-elsewhere", "redirect-loop"):
        return _step(url, "failed", got.detail, got.reason), EVERYTHING
    found = robots_verdict(exchange.status, exchange.headers, exchange.payload, now=exchange.time)
    match found:
        case Robots() if got.reason == "absent":
            return _step(url, "ok", "there is none, so everything may be asked"), found
        case Robots() if exchange.status != 200:
            return _step(url, "ok", f"{got.detail}, so everything may be asked"), found
        case Robots():
            return _obeyed(url, found, site), found
        case NothingAllowed(reason, detail):
            return _step(url, "failed", detail, reason), EVERYTHING
        case Refused(detail):
            reason = "challenge" if found == CHALLENGE else "refused"
            return _step(url, "failed", detail, reason), EVERYTHING
    return _step(url, "failed", got.detail, got.reason), EVERYTHING


def _obeyed(url: str, robots: Robots, site: Site) -> CheckStep:
    delay = robots.delay_seconds
    starts = start_pages(site)
    forbidden = [one for one in starts if not robots.allows(one)]
    said = f"; Crawl-delay {delay:g} s" if delay else ""
    said += f"; it {robots.remark}" if robots.remark else ""
    named = f"; it names {counted(len(robots.sitemaps), 'sitemap')}" if robots.sitemaps else ""
    if len(forbidden) == len(starts):
        return _step(url, "failed", "forbids every start page", "forbids-all")
    if forbidden:
        detail = f"forbids {len(forbidden)} of {len(starts)} start pages, {forbidden[0]} first"
        return _step(url, "look", f"{detail}{said}{named}", "forbids-some")
    status: StepStatus = "look" if robots.is_cut else "ok"
    reason = "cut-off" if robots.is_cut else ""
    return _step(url, status, f"allows all {len(starts)} start pages{said}{named}", reason)


def _step(url: str, status: StepStatus, detail: str, reason: str = "") -> CheckStep:
    return CheckStep(step="robots", target=url, status=status, detail=detail, reason=reason)
