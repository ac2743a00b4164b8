"""The pages of entry points: each is asked once a crawl, and what it leads to becomes known.

What a page leads to is decided in `spiders.listing`, where a walk ends in `Walk`; here is what
becomes of each answer.
"""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Capture
from pipeline.normalize.addresses import article_address, without_slash
from spiders.crawl.plan import Plan
from spiders.crawl.session import Session
from spiders.discovery.day_archive import ArchiveDays
from spiders.discovery.entry_point_notes import EntryPointNotes
from spiders.discovery.entry_point_walks import EntryPointWalks
from spiders.discovery.walk import Walk
from spiders.listing.answer import Answer, ChallengePage, Unusable, WrongKind, read_answer
from spiders.listing.links import is_sure, start_pages
from spiders.network.http_answer import (
    CHALLENGE,
    MAX_SITEMAP_BYTES,
    Absent,
    Broken,
    NotModified,
    Page,
    Pause,
    Redirect,
    Refused,
)
from spiders.network.no_answer import failed_request, failure_reason
from spiders.network.redirect import DeadEnd, next_hop
from spiders.network.request import Handlers, asked_again, request_for
from spiders.network.response import captures_of, page_of, verdict_on

_PAGES_AT_ONCE = 8
_log = logging.getLogger(__name__)


class EntryPointPages:
    """Asks the pages of entry points, and goes on after what they answer."""

    def __init__(self, session: Session, spider: Spider, days: ArchiveDays) -> None:
        self._session = session
        self._spider = spider
        """Whose statistics count what is asked again."""
        self._days = days
        self._notes = EntryPointNotes(session)
        self._walks = EntryPointWalks(session, self._notes)
        self._asked: set[str] = set()
        self._next_pages: deque[tuple[Walk, str]] = deque()
        """Walks that go on, each with its next page."""
        self._handlers = Handlers(answered=self.answered, unanswered=self.unanswered)

    def start(self) -> Iterator[Request]:
        """The requests for the entry points that are due when a crawl begins."""
        return self.requests(self._walks.at_start(self._session.robots.sitemaps))

    def beside(self, plan: Plan) -> list[Request]:
        """The requests that begin a look for another plan beside the crawl's own: once more for
        what was asked.
        """
        self._asked.clear()
        return list(self._begin(self._walks.beside(plan)))

    def requests(self, entry_points: Iterable[EntryPoint]) -> Iterator[Request]:
        """The requests that walks through entry points begin with, or go on with."""
        return self._begin(map(self._walks.walk, entry_points))

    def further(self) -> list[Request]:
        """The requests for the next pages of walks that go on."""
        requests: list[Request] = []
        while self._next_pages and len(requests) < _PAGES_AT_ONCE:
            walk, url = self._next_pages.popleft()
            if request := self._request(walk, url, first=False):
                requests.append(request)
            else:
                self._end(walk)
        while not requests and (sitemaps := self._walks.later_sitemaps(_PAGES_AT_ONCE)):
            requests = list(self.requests(sitemaps))
        return requests

    def find_changed_before(self, covered: frozenset[str]) -> bool:
        """Make known what sitemaps say was changed before a backfill's days, but for the languages
        of `covered`; whether there was any.
        """
        return self._walks.take_changed_before(covered)

    @property
    def waiting(self) -> int:
        """How many walks go on with a page that is still to be asked."""
        return len(self._next_pages) + self._walks.sitemaps_left

    @property
    def all_complete(self) -> bool:
        """Whether every entry point that was asked was walked to its end, or to its bound."""
        return not self.waiting and self._walks.all_complete

    def answered(self, response: Response) -> Iterator[Any]:
        """Take a page in, or say why it can't be read."""
        session, public = self._session, response.meta["public"]
        walk: Walk = response.meta["walk"]
        session.health.note_answered()
        answer = verdict_on(response, session.clock())
        if isinstance(answer, Page):
            yield from self._read(response, walk)
            return
        session.queue.add_page(captures_of(response))
        match answer:
            case Pause(seconds):
                session.health.back_off_for(seconds, f"{public} {answer.detail}")
            case Broken() | Refused() if again := self._again(response, walk, answer):
                yield again
            case Refused(detail):
                session.health.back_off(f"{public} {detail}")
            case Redirect(location):
                yield from self._follow(response, walk, location)
            case NotModified():
                self._notes.note_unchanged(public)
                yield from self.requests(self._walks.take_unchanged(walk))
            case Absent() if not self._is_missed(walk, public):
                self._absent(response, walk)
            case Absent(detail) | Broken(_, detail):
                self._fail(walk, public, f"http-{response.status}", f"the listing {detail}")

    def unanswered(self, failure: TwistedFailure) -> None:
        """An entry point that brought no answer: on the list of failures."""
        meta = failed_request(failure).meta
        if not isinstance(failure.value, IgnoreRequest):
            reason, detail = failure_reason(failure)
            self._fail(meta["walk"], meta["public"], reason, detail)
            self._session.health.note_unanswered(detail)
        elif self._session.replay is not None:
            self._end(meta["walk"])

    def _begin(self, walks: Iterable[Walk]) -> Iterator[Request]:
        for walk in walks:
            url = walk.entry_point.next_page or walk.entry_point.url
            if request := self._request(walk, url, first=walk.is_at_start):
                yield request

    def _request(self, walk: Walk, public: str, *, first: bool) -> Request | None:
        """The request for a page of a walk; None where it was asked, or is forbidden."""
        session = self._session
        if without_slash(public) in self._asked:
            return None
        self._asked.add(without_slash(public))
        if not self._session.robots.allows(public):
            _log.warning("%s: robots.txt forbids %s", session.source.name, public)
            session.ledger.note_forbidden()
            self._walks.note_forbidden(walk, public)
            return None
        request = request_for(
            public, session, self._handlers,
            conditional=first and walk.may_be_unchanged,
        )  # fmt: skip
        request.meta["walk"] = walk
        if walk.entry_point.way == "sitemap":
            request.meta["download_maxsize"] = MAX_SITEMAP_BYTES
        if first:
            self._walks.note_asked(walk)
        return request

    def _again(self, response: Response, walk: Walk, answer: Broken | Refused) -> Request | None:
        """The same request once more, where that may help; not for a day's address in a date
        format that is only possible, nor for a sample.
        """
        is_enough = self._session.plan.is_sample or self._days.is_only_possible(walk.entry_point)
        if not answer.worth_retrying or is_enough:
            return None
        return asked_again(response, self._spider)

    def _absent(self, response: Response, walk: Walk) -> None:
        level = logging.DEBUG if walk.entry_point.day else logging.INFO
        name, public, status = self._session.source.name, response.meta["public"], response.status
        _log.log(level, "%s: there is no %s (status %d)", name, public, status)
        if self._walks.is_promised(public):
            self._walks.note_failed(walk, gone=True)
        else:
            self._end(walk)

    def _read(self, response: Response, walk: Walk) -> Iterator[Request]:
        session, public = self._session, response.meta["public"]
        page, payload = page_of(response, session.site)
        try:
            answer = read_answer(page, payload, public, session.site, walk.entry_point.way)
        except (Unusable, ChallengePage, WrongKind) as error:
            session.queue.add_page(captures_of(response))
            self._reject(walk, public, error)
        else:
            yield from self._take(response, walk, page, answer)

    def _reject(self, walk: Walk, public: str, error: Exception) -> None:
        """A page that is not what it was asked for."""
        session, way = self._session, walk.entry_point.way
        match error:
            case Unusable():
                self._fail(walk, public, error.reason, str(error))
            case ChallengePage():
                session.ledger.note_refusal()
                session.health.back_off(f"{public} {CHALLENGE.detail}")
            case _ if self._is_missed(walk, public) or self._walks.is_promised(public):
                self._fail(walk, public, f"no-{way}", f"answers with a page that is no {way}")
            case _:
                _log.info("%s: %s is no %s", session.source.name, public, way)
                self._end(walk)

    def _take(
        self, response: Response, walk: Walk, page: Capture, answer: Answer
    ) -> Iterator[Request]:
        session, public = self._session, response.meta["public"]
        self._days.learn(walk.entry_point, answer)
        followed, fault = self._walks.take(walk, public, answer, page, captures_of(response))
        session.health.end_backoff()
        yield from self.requests(followed)
        if fault is not None:
            self._fail(walk, public, fault.reason, str(fault))
        elif answer.next_page is None or self._walks.ends_here(walk, answer):
            self._end(walk, goes_on=answer.next_page is not None)
        else:
            self._walks.note_progress(walk, answer.next_page)
            self._next_pages.append((walk, answer.next_page))

    def _follow(self, response: Response, walk: Walk, location: str) -> Iterator[Request]:
        """The next hop of a redirect, on this source and to a page that was not asked yet."""
        session, public, chain = self._session, response.meta["public"], response.meta["chain"]
        hop = next_hop(location, public, chain, session.origin, session.robots)
        if isinstance(hop, DeadEnd):
            self._fail(walk, public, hop.reason, hop.detail)
        elif article_address(hop, session.source) is not None:
            self._fail(walk, public, "redirect-elsewhere", f"redirects to the article {hop}")
        elif walk.entry_point.day is not None and self._is_another_list(hop, walk):
            self._days.ended(walk.entry_point, 0)
            self._fail(walk, public, "redirect-elsewhere", f"redirects to {hop}, which is no day")
        elif without_slash(hop) not in self._asked or without_slash(hop) == without_slash(public):
            self._asked.add(without_slash(hop))
            self._notes.clear_failure(public)
            request = request_for(
                hop, session, self._handlers, chain=(*chain, public),
                conditional=walk.may_be_unchanged,
            )  # fmt: skip
            request.meta["walk"] = walk
            yield request
        else:
            self._end(walk)

    def _end(self, walk: Walk, *, goes_on: bool = False) -> None:
        """A walk came to its end, or to its bound."""
        self._days.ended(walk.entry_point, walk.articles)
        self._walks.note_end(walk, goes_on=goes_on)

    def _fail(self, walk: Walk, public: str, reason: str, detail: str) -> None:
        """A page of a walk can't be read. In a date format that is only possible, a day's address
        may be none.
        """
        if self._days.failed(walk.entry_point):
            self._walks.discard(walk)
            return
        self._notes.note_failed(public, reason, detail)
        is_elsewhere = reason == "redirect-elsewhere" and is_sure(public, self._session.site)
        if is_elsewhere and self._session.plan.is_sample:
            self._session.fail(f"{public} {detail}")
        self._walks.note_failed(walk, gone=reason in ("http-404", "http-410"))

    def _is_another_list(self, hop: str, walk: Walk) -> bool:
        """Whether a day's address redirects to a list that takes no notice of the day."""
        if self._days.is_of_same_day(hop, walk.entry_point):
            return False
        return without_slash(hop) in self._asked or hop in start_pages(self._session.site)

    def _is_missed(self, walk: Walk, public: str) -> bool:
        """Whether a page that is not there should be: the front page, or one read before."""
        if public != walk.entry_point.url:
            return False
        return is_sure(public, self._session.site) or self._notes.was_read_lately(public)
