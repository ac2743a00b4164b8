"""Articles: each capture is classified, and the page requested once more where that may help."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from pipeline.digests import content_sha256
from pipeline.frontier.earlier_captures import DISTRUSTED_FOR, Validators
from pipeline.frontier.known_addresses import mark_refused, target_of
from pipeline.items.history import CONTRADICTED_WITHIN
from pipeline.model.capture import ClassifiedCapture, Failure
from spiders.crawl.session import Session
from spiders.network.http_answer import Broken, Pause, Redirect, Refused
from spiders.network.no_answer import failed_request, failure_reason
from spiders.network.redirect import DeadEnd, next_hop
from spiders.network.request import Handlers, asked_again, request_for
from spiders.network.response import verdict_on

_log = logging.getLogger(__name__)


class Articles:
    """Asks articles one by one. Many refusals in a row, or many requests without an answer, end
    the crawl.
    """

    def __init__(self, session: Session, spider: Spider) -> None:
        self._session = session
        self._spider = spider
        """Whose statistics count what is asked again."""
        self._handlers = Handlers(answered=self.answered, unanswered=self.unanswered)
        self._redirects: dict[str, str] = {}
        """Where each article that redirects leads, so that a circle is seen."""
        self._refused_in_a_row = 0

    def requests(self, urls: Iterable[str]) -> list[Request]:
        """The requests for articles, less those that robots.txt forbids."""
        allowed = []
        for url in urls:
            target = url if self._session.replay is not None else target_of(self._session.db, url)
            if self._session.robots.allows(target):
                allowed.append(request_for(target, self._session, self._handlers))
            else:
                self._forbid(url)
        return allowed

    def answered(self, response: Response) -> Iterator[Any]:
        """The article's captures, classified, for the item pipeline; then what to request next."""
        self._session.health.note_answered()
        classified: ClassifiedCapture | None = None
        for capture, payload in response.meta["captures"]:
            classified = self._session.read(capture, payload, self._session.site)
            self._log(classified)
            yield classified
            yield from self._circle(classified)
        if classified is not None and self._session.replay is None:
            yield from self._go_on_after(classified, response)

    def unanswered(self, failure: TwistedFailure) -> None:
        """An article that brought no answer: on the list of failures."""
        if isinstance(failure.value, IgnoreRequest):
            return
        reason, detail = failure_reason(failure)
        url = failed_request(failure).meta["canonical"]
        _log.info("%s: %s: %s", self._session.source.name, url, detail)
        self._session.queue.add_failure(_failure(url, reason, detail))
        self._session.health.note_unanswered(detail)

    def _forbid(self, url: str) -> None:
        """Note an article that robots.txt forbids."""
        self._session.ledger.note_forbidden()
        mark_refused(self._session.db, url)
        self._session.queue.add_failure(
            Failure(url=url, stage="robots", reason="forbidden", detail="robots.txt forbids it")
        )

    def _go_on_after(self, classified: ClassifiedCapture, response: Response) -> Iterator[Any]:
        """A redirect to the same article's other spelling is followed, a broken answer is asked
        for again, refusals are counted.
        """
        public = response.meta["public"]
        answer = verdict_on(response, self._session.clock())
        match answer:
            case Pause(seconds):
                self._session.health.back_off_for(seconds, f"{public} {answer.detail}")
                return
            case Refused(worth_retrying=True) | Broken(worth_retrying=True):
                if again := self._again(response):
                    yield again
                    return
        if classified.outcome == "refused" and not isinstance(answer, Refused):
            self._session.ledger.note_refusal()
        self._refused_in_a_row = (
            self._refused_in_a_row + 1 if classified.outcome == "refused" else 0
        )
        if self._refused_in_a_row >= self._session.plan.most_refusals:
            self._session.health.back_off(f"{self._refused_in_a_row} pages in a row are refused")
        elif isinstance(answer, Redirect) and classified.redirect_to == classified.capture.url:
            yield from self._follow(classified, response, answer.location)
        else:
            yield from self._test_validators(classified, response)

    def _test_validators(
        self, classified: ClassifiedCapture, response: Response
    ) -> Iterator[Request]:
        """Where a page that was asked for without its validators is another than the 304s so far
        say: is there still a 304 for these? It would prove them untrue.
        """
        withheld: Validators | None = response.meta.get("withheld")
        if response.meta["tested"] is not None and classified.outcome == "not-modified":
            days = DISTRUSTED_FOR.days
            _log.info(
                "%s: %s answers 304 although the page is another; the source is asked without"
                " validators for %d days", self._session.source.name, classified.capture.url, days,
            )  # fmt: skip
        is_in_time = self._session.delay_seconds < CONTRADICTED_WITHIN.total_seconds() / 2
        if withheld is not None and is_in_time and _is_other(classified, withheld.content):
            yield request_for(
                response.meta["public"], self._session, self._handlers, tested=withheld
            )

    def _again(self, response: Response) -> Request | None:
        return None if self._session.plan.is_sample else asked_again(response, self._spider)

    def _follow(
        self, classified: ClassifiedCapture, response: Response, location: str
    ) -> Iterator[Any]:
        public, chain = response.meta["public"], response.meta["chain"]
        hop = next_hop(location, public, chain, self._session.origin, self._session.robots)
        if isinstance(hop, DeadEnd):
            yield _failure(classified.capture.url, hop.reason, hop.detail)
            return
        yield request_for(hop, self._session, self._handlers, chain=(*chain, public))

    def _circle(self, classified: ClassifiedCapture) -> Iterator[Failure]:
        """A failure for each article of a circle of redirects that this capture closes."""
        url, target = classified.capture.url, classified.redirect_to
        if target is None or target == url:
            return
        self._redirects[url] = target
        circle = [url]
        while target in self._redirects and target not in circle:
            circle.append(target)
            target = self._redirects[target]
        if target == url:
            for one in circle:
                yield _failure(one, "redirect-loop", "redirects in a circle")

    def _log(self, classified: ClassifiedCapture) -> None:
        name = self._session.source.name
        if classified.failure is not None:
            missing = classified.outcome in ("gone", "soft-404") or (
                classified.failure.reason == "shell"
            )  # such as numbers that are not there
            level = logging.DEBUG if missing and self._session.backfill else logging.INFO
            _log.log(level, "%s: %s: %s", name, classified.failure.url, classified.failure.detail)
        elif classified.reading is not None and classified.reading.disagreements:
            fields = ", ".join(classified.reading.disagreements)
            _log.info("%s: %s: two steps read %s differently", name, classified.capture.url, fields)


def _is_other(classified: ClassifiedCapture, content: str) -> bool:
    """Whether a page is not what it was, or not there any more."""
    reading = classified.reading
    if reading is None:
        return classified.outcome in ("gone", "soft-404")
    return content_sha256(reading.title, reading.body) != content


def _failure(url: str, reason: str, detail: str) -> Failure:
    return Failure(url=url, stage="fetch", reason=reason, detail=detail)
