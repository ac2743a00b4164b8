"""Whether a crawl goes on: why it failed, whether it is stopped, and what needs a look."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from pipeline.frontier.rests import end_rest, rest_after_refusal, rest_until
from spiders.network.http_answer import MAX_UNANSWERED_IN_A_ROW


class CrawlHealth:
    """What a crawl says of its source. A source that refuses us, or asks for a pause, is left alone
    by the next crawls too.
    """

    def __init__(self, db: Database, source: str, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._source = source
        self._clock = clock
        self._unanswered_in_a_row = 0
        self.failure: str | None = None
        """Why the source failed, if it did: a sentence."""
        self.stopped = False
        """Whether the crawl was told to stop."""
        self.notes: list[str] = []
        """What needs a look, as sentences."""
        self.stored_notes: list[str] = []
        """Those of them that follow from what is stored, and may no longer hold after a change of
        it."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.stopped or self.failure is not None

    @property
    def outcome(self) -> Literal["done", "failed", "stopped"]:
        """How the crawl has ended, if it ends here."""
        if self.failure is not None:
            return "failed"
        return "stopped" if self.stopped else "done"

    def fail(self, reason: str) -> None:
        """End the crawl for this reason; the first one stays."""
        self.failure = self.failure or reason

    def note(self, sentence: str) -> None:
        """Note what needs a look, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def note_stored(self, sentence: str | None) -> None:
        """Note what needs a look by what is stored now; None is nothing."""
        if sentence is not None:
            self.note(sentence)
            self.stored_notes.append(sentence)

    def note_answered(self) -> None:
        """Note that a request was answered, be it by a refusal."""
        self._unanswered_in_a_row = 0

    def note_unanswered(self, detail: str) -> None:
        """Note a request that brought no answer; many in a row mean that the site is down."""
        self._unanswered_in_a_row += 1
        if self._unanswered_in_a_row >= MAX_UNANSWERED_IN_A_ROW:
            count = self._unanswered_in_a_row
            self.fail(f"{count} requests in a row brought no answer ({detail})")

    def back_off(self, reason: str) -> None:
        """End the crawl, and leave the source alone for a while, longer each time."""
        self.fail(rest_after_refusal(self._db, self._source, reason, self._clock()))

    def back_off_for(self, seconds: float, reason: str) -> None:
        """End the crawl, and leave the source alone for as long as it asked."""
        until = self._clock() + timedelta(seconds=seconds)
        self.fail(rest_until(self._db, self._source, reason, until))

    def end_backoff(self) -> None:
        """Note that the source does not refuse us: the next refusal counts as the first."""
        end_rest(self._db, self._source)
