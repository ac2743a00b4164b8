"""The spiders of some sessions, run in one reactor until they are done or told to stop."""

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from spiders.crawl.session import Session
from spiders.web_archives.search_session import ArchiveSession

_LAST_ANSWER_SECONDS = 2.0
"""So long a request that is under way may still be answered. Whoever stops us kills us after
four seconds, and what is kept has to be written in between.
"""
_LAST_SECONDS = 5
"""So long a crawl whose daemon is gone may take to end."""
_COLLECTED_AFTER = 20_000
"""New objects after which rubbish is looked for. A page is some thousands; Python's 700 would look
many times a page.
"""

_log = logging.getLogger(__name__)


class StopSignal:
    """Set once the crawls are to stop: by SIGTERM, by Ctrl-C, by the end of the terminal or of the
    daemon.
    """

    def __init__(self) -> None:
        self.is_set = False
        self._act: Callable[[], None] | None = None

    def set(self, *_: object) -> None:
        """Stop, now and before anything is begun."""
        self.is_set = True
        if self._act is not None:
            self._act()

    def on_stop(self, act: Callable[[], None]) -> None:
        """Call this when it is set; at once where it is set already."""
        self._act = act
        if self.is_set:
            act()


@contextmanager
def stop_signal(*, by_end_of_stdin: bool) -> Iterator[StopSignal]:
    """A `StopSignal` that hears the signals for as long as the block runs."""
    stop = StopSignal()
    numbers = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup has it
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, stop.set) for number in numbers}
    if by_end_of_stdin:
        threading.Thread(target=_hear_the_end_of_stdin, args=(stop,), daemon=True).start()
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_spiders(
    sessions: Sequence[Session] | Sequence[ArchiveSession], stop: StopSignal, *, agent: str
) -> None:
    """Run a spider for each session."""
    from scrapy.crawler import CrawlerProcess

    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    gc.set_threshold(_COLLECTED_AFTER)
    process = CrawlerProcess({"LOG_INSTALL_ROOT_HANDLER": False})
    for session in sessions:
        crawler = process.create_crawler(_spider_of(session))
        crawler.settings.setdict(_settings_of(session, agent), priority="cmdline")
        process.crawl(crawler, session=session).addErrback(_note_crash, session)
    stop.on_stop(lambda: _reactor().callFromThread(_end, process, sessions))
    process.start(install_signal_handlers=False)


def _spider_of(session: Session | ArchiveSession) -> type[Any]:
    from spiders.press import PressSpider
    from spiders.web_archives.spider import ArchiveSpider

    return PressSpider if isinstance(session, Session) else ArchiveSpider


def _settings_of(session: Session | ArchiveSession, agent: str) -> dict[str, Any]:
    from spiders.settings import archive_settings, scrapy_settings

    if isinstance(session, Session):
        return scrapy_settings(agent=agent, replay=session.replay is not None)
    return archive_settings(agent=agent)


def _end(process: Any, sessions: Sequence[Session | ArchiveSession]) -> None:
    """Ask nothing more, and stop when the open requests are answered, or soon."""
    for session in sessions:
        session.health.stopped = True
    process.stop()
    _reactor().callLater(_LAST_ANSWER_SECONDS, _stop_reactor)


def _stop_reactor() -> None:
    if _reactor().running:
        _reactor().stop()


def _note_crash(failure: Any, session: Session | ArchiveSession) -> None:
    session.fail(f"the crawl broke off: {failure.getErrorMessage()}")
    raised = (failure.type, failure.value, failure.getTracebackObject())
    _log.error("%s: the crawl broke off", session.source.name, exc_info=raised)


def _hear_the_end_of_stdin(stop: StopSignal) -> None:
    while os.read(sys.stdin.fileno(), 4096):  # a buffered reader's lock would outlive us
        pass
    stop.set()
    signal.alarm(_LAST_SECONDS)  # which ends a process that does not hear that it is to stop


def _reactor() -> Any:
    """Twisted's reactor, which is a module to the type checker and something else at run time."""
    from twisted.internet import reactor

    return reactor
