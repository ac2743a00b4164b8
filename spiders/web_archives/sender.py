"""Sends requests to one archive, each in its turn, by Scrapy's downloader. No redirect is followed,
so no other host is ever asked.
"""

import time
from datetime import timedelta
from typing import Any

import scrapy
from scrapy.core.engine import ExecutionEngine
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.task import deferLater
from twisted.python.failure import Failure

from kazpress.errors import is_for_the_operator
from pipeline.web_archives.turns import Turn, note_answered, take_turn
from spiders.network.no_answer import failure_reason
from spiders.network.response import headers_of
from spiders.web_archives.archives import WebArchive
from spiders.web_archives.dialect import Answer, Refusal, Request, Trouble
from spiders.web_archives.search_session import ArchiveSession

_LOOK_SECONDS = 0.25
"""A search that is stopped waits no longer than that."""
_SECONDS: dict[Turn, float] = {"list": 120.0, "capture": 60.0}
"""How long an answer is waited for: lists are slow."""


class Sender:
    """Asks one archive for one search."""

    def __init__(
        self, session: ArchiveSession, archive: WebArchive, engine: ExecutionEngine
    ) -> None:
        self._session = session
        self._archive = archive
        self._engine = engine
        self._gaps: dict[Turn, timedelta] = {
            "list": archive.list_gap, "capture": archive.capture_gap
        }  # fmt: skip
        self._done_at: dict[Turn, float] = {}
        """When the last exchange ended, by the monotonic clock: the other may be set anew."""

    async def ask(self, turn: Turn, request: Request) -> Answer | Trouble | Refusal | None:
        """The answer, or why there is none; None where the search is over."""
        await self._wait(turn)
        session = self._session
        if session.is_stopped:
            return None
        session.counts.requests += 1
        session.asks = request.url
        try:
            response = await self._engine.download_async(_scrapy_request(request, turn))
        except Exception as error:
            if is_for_the_operator(error):
                raise
            return None if session.is_stopped else _unanswered(error)
        finally:
            self._done_at[turn] = time.monotonic()
            note_answered(session.db, self._archive.name, turn, session.clock())
        return Answer(
            status=response.status,
            time=session.clock(),
            headers=headers_of(response),
            body=response.body,
        )

    async def _wait(self, turn: Turn) -> None:
        """Wait for our turn, or for the end of the search."""
        session, gap = self._session, self._gaps[turn]
        while not session.is_stopped:
            since = time.monotonic() - self._done_at.get(turn, float("-inf"))
            wait = gap.total_seconds() - since
            if wait <= 0:
                name, now = self._archive.name, session.clock()
                wait = take_turn(session.db, name, turn, gap, now).total_seconds()
            if wait <= 0:
                return
            await self._sleep(wait)

    async def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._session.is_stopped:
            await _pause(min(left, _LOOK_SECONDS))


def _scrapy_request(request: Request, turn: Turn) -> scrapy.Request:
    return scrapy.Request(
        request.url,
        headers=dict(request.headers),
        dont_filter=True,
        meta={"download_timeout": _SECONDS[turn], "download_maxsize": request.most_bytes},
    )


def _unanswered(error: Exception) -> Trouble | Refusal:
    """Why a request brought no answer. An archive that shuts somebody out refuses the connection,
    or lets it go unanswered.
    """
    if isinstance(error, DownloadConnectionRefusedError):
        return Refusal(detail="refuses the connection, as it does to whoever asked too often")
    reason, detail = failure_reason(Failure(error))  # type: ignore[no-untyped-call]
    return Trouble(
        reason=reason, detail=f"gives no answer: {detail}", passes=reason != "too-large"
    )  # fmt: skip


async def _pause(seconds: float) -> None:
    from twisted.internet import reactor

    clock: Any = reactor  # a module to the type checker, something else at run time
    await maybe_deferred_to_future(deferLater(clock, seconds))
