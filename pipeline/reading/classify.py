"""What a capture gave: a reading, a failure, a redirect.

A function of the capture alone, without clock, database or network, so that crawl, replay,
reparse, import and recovery come to the same result.
"""

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.http_status import GONE, MAY_CHALLENGE, REDIRECTS, REFUSALS
from pipeline.model.capture import Address, Capture, ClassifiedCapture, Failure, Outcome
from pipeline.model.decision import read_decision
from pipeline.model.reading import Reading
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address, public_url
from pipeline.page.not_article import is_challenge
from pipeline.page.page import Page
from pipeline.reading.imported_text import read_imported
from pipeline.reading.read_page import read_page


def classify(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
    """A capture with its outcome, and with its reading or failure where it has one."""
    if capture.kind == "decision":
        return ClassifiedCapture(capture=capture, outcome="other", decision=read_decision(payload))
    if capture.kind == "text":
        return _read_text(capture, payload)
    address = article_address(capture.target, site.source)
    if address is None:
        return ClassifiedCapture(capture=capture, outcome="other")
    if _is_challenge(capture, payload, site):
        return _failed(capture, "refused", "challenge", "the page asks for a browser's proof")
    if capture.is_unchanged:
        return ClassifiedCapture(capture=capture, outcome="not-modified")
    if capture.status in REDIRECTS:
        return _redirected(capture, site)
    if capture.status != 200:
        return _without_page(capture)
    return _read(capture, payload, site, address)


def decoded_page(capture: Capture, payload: bytes, site: Site) -> Page:
    """The page in a capture's payload. Raises UndecodableBody."""
    body = decoded(payload, capture.content_encoding)
    return Page.decoded(capture.target, site, capture.content_type, body, capture.time)


def _is_challenge(capture: Capture, payload: bytes, site: Site) -> bool:
    """Whether an answer that is no page is a challenge, by its headers or by its text."""
    if capture.challenge:
        return True
    if capture.status not in MAY_CHALLENGE:
        return False
    try:
        return is_challenge(decoded_page(capture, payload, site).text)
    except UndecodableBody:
        return False


def _without_page(capture: Capture) -> ClassifiedCapture:
    status = capture.status
    if status in GONE:
        return _failed(capture, "gone", f"http-{status}", "the page is not there (any more)")
    if status in REFUSALS:
        return _failed(capture, "refused", f"http-{status}", "the site refuses the request")
    return _failed(capture, "failed", f"http-{status}", "the answer holds no article")


def _read(capture: Capture, payload: bytes, site: Site, address: Address) -> ClassifiedCapture:
    if capture.content_type and "html" not in capture.content_type.lower():
        return _failed(capture, "failed", "not-html", f"the answer is {capture.content_type}")
    try:
        page = decoded_page(capture, payload, site)
    except UndecodableBody as error:
        return _failed(capture, "failed", "undecodable", str(error))
    read = read_page(page, address, capture.time)
    if isinstance(read, Reading):
        return ClassifiedCapture(capture=capture, outcome="reading", reading=read)
    outcomes: dict[str, Outcome] = {"soft-404": "soft-404", "challenge": "refused"}
    return ClassifiedCapture(
        capture=capture, outcome=outcomes.get(read.reason, "failed"), failure=read
    )


def _read_text(capture: Capture, payload: bytes) -> ClassifiedCapture:
    text = read_imported(payload)
    return ClassifiedCapture(
        capture=capture, outcome="reading", reading=text.reading, text_id=text.id
    )


def _redirected(capture: Capture, site: Site) -> ClassifiedCapture:
    target = public_url(capture.location, capture.target, site) if capture.location else None
    if target is None:
        return _failed(
            capture, "failed", "redirect-elsewhere",
            f"redirects to {capture.location or 'nowhere'}, which is not the source's",
        )  # fmt: skip
    other = article_address(target, site.source)
    if other is None:
        detail = f"redirects to {target}, which is no article"
        return _failed(capture, "soft-404", "soft-404", detail)
    return ClassifiedCapture(capture=capture, outcome="redirect", redirect_to=other.url)


def _failed(capture: Capture, outcome: Outcome, reason: str, detail: str) -> ClassifiedCapture:
    failure = Failure(url=capture.url, stage="read", reason=reason, detail=detail)
    return ClassifiedCapture(capture=capture, outcome=outcome, failure=failure)
