"""Searches web archives one after the other: lists, and the captures that they name."""

import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any, TypeVar

from scrapy import Spider, signals
from scrapy.core.engine import ExecutionEngine
from twisted.python.failure import Failure as TwistedFailure

from kazpress.errors import is_for_the_operator
from pipeline.archive.exchange import Exchange
from pipeline.web_archives.archive_lists import OpenQuestion, next_question, open_lists
from pipeline.web_archives.listed_capture import ListedCapture
from pipeline.web_archives.listed_captures import (
    ask_unusable_again,
    not_had,
    take_listed,
    take_variant,
)
from pipeline.web_archives.turns import Turn, rest, resting
from spiders.network.http_answer import MAX_UNANSWERED_IN_A_ROW
from spiders.web_archives.archives import WebArchive
from spiders.web_archives.dialect import Answer, Elsewhere, ListPage, Refusal, Request, Trouble
from spiders.web_archives.search_session import ArchiveSession
from spiders.web_archives.sender import Sender

_Found = TypeVar("_Found")

_TRIES = 3
"""What may pass is asked so often, at the usual pace."""
_log = logging.getLogger(__name__)


class ArchiveSpider(Spider):
    """Asks the archives of a session for its source's past."""

    name = "web-archives"

    def __init__(self, session: ArchiveSession | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        assert session is not None
        self.session = session

    async def start(self) -> AsyncIterator[Any]:
        """All requests are made here, so that none is under way beside another; nothing is left to
        Scrapy's scheduler.
        """
        self.crawler.signals.connect(self.break_off, signal=signals.spider_error)
        session, engine = self.session, self.crawler.engine
        assert engine is not None
        searches = [ArchiveSearch(session, one, engine) for one in session.archives]
        for search in searches:
            await search.run()
        for search in searches:
            await search.fill_gaps()
            search.end()
        for nothing in list[Any]():  # Scrapy wants a generator
            yield nothing

    def break_off(self, failure: TwistedFailure) -> None:
        """What was not foreseen ends the search: it must not look like one that found all."""
        error = failure.value
        if error is not None and is_for_the_operator(error):
            self.session.fail(f"the crawl can't go on: {error}")
        else:
            self.session.fail(f"the crawl broke off: {error!r}")


class ArchiveSearch:
    """The search of one archive. One that refuses us, or does not answer, is given up."""

    def __init__(
        self, session: ArchiveSession, archive: WebArchive, engine: ExecutionEngine
    ) -> None:
        self._session = session
        self._archive = archive
        self._dialect = archive.dialect(session.search)
        self._sender = Sender(session, archive, engine)
        self._unanswered_in_a_row = 0
        self._lists_read = 0
        self._list_trouble: Trouble | None = None
        """Why one could not be read."""
        self._is_given_up = False

    async def run(self) -> None:
        """Ask for captures as soon as a list names them, oldest first, then for more of the
        lists.
        """
        session, name = self._session, self._archive.name
        db, source = session.db, session.source.name
        if self._is_over:
            return
        if why := resting(db, name, session.clock()):
            self._give_up(why)
            return
        open_lists(
            db, source, name, self._dialect.questions(), session.clock(), again=session.full
        )  # fmt: skip
        if session.full:
            ask_unusable_again(db, source, name)
        while not self._is_over:
            if captures := take_listed(db, source, name, session.crawl, session.wanted):
                session.count_left(name, len(captures))
                for listed in captures:
                    await self._look_at(listed)
                    session.captures_left -= 1
            elif question := next_question(db, source, name, session.crawl):
                session.count_left(name)
                await self._list(question)
            else:
                break

    async def fill_gaps(self) -> None:
        """Once all archives were asked: other views of articles that nothing else has shown."""
        session, name = self._session, self._archive.name
        while not self._is_over:
            session.flush()
            one = take_variant(session.db, session.source.name, name, session.crawl, session.wanted)
            if one is None:
                return
            await self._look_at(one)

    def end(self) -> None:
        """Say what this archive left open."""
        if self._list_trouble and not self._lists_read and not self._is_given_up:
            self._give_up(f"no list could be read: it {self._list_trouble.detail}")
        self._say_what_is_missing()

    @property
    def _is_over(self) -> bool:
        return self._is_given_up or self._session.is_over

    async def _list(self, asked: OpenQuestion) -> None:
        """Ask for a part of a list; one that can't be had stays open, and the list incomplete."""
        session, dialect = self._session, self._dialect
        page = await self._answered(
            "list",
            dialect.list_request(asked.question),
            lambda answer: dialect.read_list(asked.question, answer),
        )
        if page is not None:
            self._lists_read += not isinstance(page, Trouble)
        if isinstance(page, Trouble):
            self._list_trouble = page
            again = "; the next crawl asks again" if page.passes else ""
            session.health.note(
                f"{dialect.title} {page.detail}, so what it has is not known whole{again} "
                f"({asked.question.path})"
            )
            if not page.passes:
                session.store_list(asked, ListPage(), dialect)
        elif page is not None:
            session.store_list(asked, page, dialect)

    async def _look_at(self, listed: ListedCapture) -> None:
        """Ask for a capture, where it is not known; note what became of it."""
        session, dialect = self._session, self._dialect
        if self._is_over or session.needs_no_request(listed, dialect):
            return
        if not session.limit.take():
            return
        found = await self._answered(
            "capture",
            dialect.capture_request(listed),
            lambda answer: dialect.read_capture(listed, answer),
        )
        if isinstance(found, Elsewhere):
            found = session.store_other(listed, found, dialect)
        elif isinstance(found, Exchange):
            found = session.store_exchange(listed, found)
        if isinstance(found, Trouble):
            session.store_trouble(listed, found, dialect)

    async def _answered(
        self, turn: Turn, request: Request, read: Callable[[Answer], _Found | Trouble | Refusal]
    ) -> _Found | Trouble | None:
        """What the answer to a request says, asked again where it may pass; None where the archive
        refuses us, or the search is over.
        """
        for tries_left in reversed(range(_TRIES)):
            answer = await self._sender.ask(turn, request)
            if answer is None:
                return None
            found = read(answer) if isinstance(answer, Answer) else answer
            if isinstance(found, Refusal):
                self._rest(found)
                return None
            if not isinstance(found, Trouble):
                self._unanswered_in_a_row = 0
                return found
            self._note_trouble(found)
            if not found.passes or self._is_given_up or not tries_left:
                return found
        return None

    def _note_trouble(self, trouble: Trouble) -> None:
        """Give an archive up that does not work now."""
        self._unanswered_in_a_row = self._unanswered_in_a_row + 1 if trouble.is_outage else 0
        if self._unanswered_in_a_row >= MAX_UNANSWERED_IN_A_ROW:
            count = self._unanswered_in_a_row
            self._give_up(f"{count} requests in a row failed: {trouble.detail}")

    def _rest(self, refused: Refusal) -> None:
        """Leave the archive alone, this crawl and the next ones."""
        session = self._session
        asked = timedelta(seconds=refused.seconds)
        self._give_up(
            rest(session.db, self._archive.name, refused.detail, asked, session.clock())
        )  # fmt: skip

    def _give_up(self, reason: str) -> None:
        self._is_given_up = True
        said = f"{self._archive.title}: {reason}"
        self._session.refused.append(said)
        _log.warning("%s: %s", self._session.source.name, said)

    def _say_what_is_missing(self) -> None:
        session, archive = self._session, self._archive
        missing = not_had(session.db, session.source.name, archive.name, session.crawl)
        if missing:
            reasons = ", ".join(f"{one.captures} {one.reason}" for one in missing)
            count = sum(one.captures for one in missing)
            session.health.note(
                f"{archive.title} could not give {count} of the captures that it lists: {reasons}"
            )
