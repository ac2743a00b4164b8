"""Numbered addresses in a crawl: those to ask next become known, and the frontier asks them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.frontier import numbered_addresses as kept
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.numbered_addresses import NumberState
from pipeline.model.capture import Found
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import article_address, language_of
from spiders.crawl.session import Session
from spiders.listing.number_scan import NumberScan, scans


@dataclass(slots=True, kw_only=True)
class _LanguageScans:
    """The scans of one language's numbers, one after the other."""

    path: str
    language: str
    scan: NumberScan | None
    """The one that is under way; None once all are done."""
    later: Iterator[NumberScan]


class NumberRange:
    """Counts up and down in each language, over the days of a backfill."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts = [one for one in session.source.finding if isinstance(one, Numbers)]
        self._languages: list[_LanguageScans] | None = None
        self._wanted: set[tuple[str, int]] = set()
        """What was made known, by language and number, so that nothing is wanted twice."""
        self.is_complete = True
        """Whether it is known of every number so far that it is there or not."""

    def find(self) -> bool:
        """Make the next numbers known; whether there were any."""
        backfill = self._session.backfill
        if backfill is None:
            return False
        if self._languages is None:
            self._languages = [one for facts in self._facts for one in self._begun(facts, backfill)]
        urls = [url for one in self._languages for url in self._next(one)]
        known = make_known(urls, self._session)
        assert len(known) == len(urls), f"{urls} are no addresses of {self._session.source.name}"
        return bool(known)

    def _begun(self, facts: Numbers, days: Backfill) -> Iterator[_LanguageScans]:
        db, source = self._session.db, self._session.source
        present = kept.present_numbers(db, source.name)
        noted = [*facts.known, *(one for known in present.values() for one in known)]
        for path in facts.paths:
            language = language_of(source.base_url + path, source)
            begun = scans(
                present.get(language, ()), noted,
                since=days.since, until=days.until, most_absent=facts.most_absent,
            )  # fmt: skip
            if self._session.plan.remembers:
                kept.ask_highest_again(db, source.name, language, days.id)
            yield _LanguageScans(path=path, language=language, scan=next(begun, None), later=begun)

    def _next(self, one: _LanguageScans) -> list[str]:
        """The addresses of the numbers that one language's scans want next."""
        while one.scan is not None:
            if wanted := one.scan.wanted(partial(self._known, one)):
                self._wanted |= {(one.language, number) for number in wanted}
                return [self._url(one, number) for number in wanted]
            if one.scan.is_unclear:
                self._session.health.note(
                    f"counting numbers ({one.language}) ended where they could not be read; see the"
                    " list of failures"
                )
            one.scan = next(one.later, None)
        return []

    def _known(self, one: _LanguageScans, number: int) -> NumberState:
        """What is known of a number; unclear where it was wanted and the frontier has not asked
        it, such as one that robots.txt forbids, and absent where replayed files do not hold it.
        """
        session = self._session
        state = kept.number_state(session.db, session.source.name, one.language, number)
        if state.state == "unasked" and (one.language, number) in self._wanted:
            state = NumberState("unclear")
        self.is_complete = self.is_complete and state.state != "unclear"
        if state.state != "unasked":
            return state
        return state if session.plan.holds(self._url(one, number)) else NumberState("absent")

    def _url(self, one: _LanguageScans, number: int) -> str:
        return self._session.source.base_url + one.path.format(number=number)


def make_known(urls: Sequence[str], session: Session) -> list[str]:
    """Make numbered addresses known, as far as the plan wants them. Gives those that are articles'
    addresses, in their canonical form.
    """
    addresses = [article_address(url, session.source) for url in urls]
    found = [Found(address=one, by="number", on=None) for one in addresses if one is not None]
    if found:
        session.counts.add_way("number")
        session.queue.add_found(session.plan.wanted(found))
    return [one.address.url for one in found]
