"""Numbered addresses in a crawl: those to ask next become known, and the frontier asks them."""

from dataclasses import dataclass
from functools import partial

from pipeline.frontier import numbered_addresses as kept
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.numbered_addresses import Known
from pipeline.model.capture import Found
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import article_address, language_of
from spiders.crawl.session import Session
from spiders.listing.counting import NumberScan, starts


@dataclass(frozen=True, slots=True, kw_only=True)
class _LanguageScans:
    """The scans of one language's numbers."""

    path: str
    language: str
    scans: tuple[NumberScan, ...]


class NumberRange:
    """Counts up and down in each language, in a backfill only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        facts = (one for one in session.source.finding if isinstance(one, Numbers))
        self._facts = next(facts, None)
        self._languages: list[_LanguageScans] | None = None
        self._wanted: set[tuple[str, int]] = set()
        """What was made known, by language and number, so that nothing is wanted twice."""

    def find(self) -> bool:
        """Make the next numbers known; whether there were any."""
        backfill = self._session.plan.backfill
        if self._facts is None or backfill is None:
            return False
        if self._languages is None:
            self._languages = [
                self._begun(path, self._facts, backfill) for path in self._facts.paths
            ]
        urls = [url for one in self._languages for url in self._next(one, backfill)]
        return self._make_known(urls, backfill)

    def _begun(self, path: str, facts: Numbers, backfill: Backfill) -> _LanguageScans:
        session = self._session
        language = language_of(session.source.base_url + path, session.source)
        present = kept.present_numbers(session.db, session.source.name)
        noted = [*facts.known, *(one for known in present.values() for one in known)]
        begin = starts(present.get(language, ()), noted, backfill.since, backfill.until)
        others = frozenset(begin)
        scans = tuple(
            NumberScan(number, step, others, facts.most_absent)
            for number in begin
            for step in (1, -1)
        )
        if session.plan.remembers:
            kept.ask_highest_again(session.db, session.source.name, language, backfill.id)
        return _LanguageScans(path=path, language=language, scans=scans)

    def _next(self, one: _LanguageScans, backfill: Backfill) -> list[str]:
        """The addresses of the numbers that one language's scans want next."""
        for scan in one.scans:
            wanted = scan.wanted(partial(self._known, one), backfill.since, backfill.until)
            if wanted:
                self._wanted |= {(one.language, number) for number in wanted}
                return [self._url(one, number) for number in wanted]
        return []

    def _known(self, one: _LanguageScans, number: int) -> Known:
        """What is known of a number; unclear where it was wanted and the frontier has not asked
        it, such as one that robots.txt forbids, and absent where replayed files do not hold it.
        """
        session = self._session
        state = kept.known_number(session.db, session.source.name, one.language, number)
        if state.state != "unasked":
            return state
        if (one.language, number) in self._wanted:
            return Known("unclear")
        return state if session.plan.holds(self._url(one, number)) else Known("absent")

    def _url(self, one: _LanguageScans, number: int) -> str:
        return self._session.source.base_url + one.path.format(number=number)

    def _make_known(self, urls: list[str], backfill: Backfill) -> bool:
        session = self._session
        found = []
        for url in urls:
            address = article_address(url, session.source)
            assert address is not None, f"{url} is no address of {session.source.name}"
            found.append(Found(address=address, by="number", on=None, backfill=backfill.id))
        if found:
            session.note_asked("number")
            session.take_found(found)
        return bool(found)
