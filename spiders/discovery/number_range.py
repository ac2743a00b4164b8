"""Numbered addresses in a backfill: those to ask next become known, and the frontier asks them."""

from dataclasses import dataclass
from functools import partial

from pipeline.frontier import numbered_addresses as kept
from pipeline.frontier.numbered_addresses import Known
from pipeline.model.capture import Found
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import article_address, language_of
from spiders.crawl.session import Session
from spiders.listing.counting import Count, starts


@dataclass(slots=True)
class _Row:
    """The counts of one language's numbers."""

    path: str
    language: str
    counts: list[Count]


class NumberRange:
    """Counts up and down in each language, in a backfill only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        facts = [one for one in session.source.finding if isinstance(one, Numbers)]
        wanted = session.backfill is not None and not session.plan.from_files
        self._facts = facts[0] if facts and wanted else None
        self._rows: list[_Row] | None = None
        self._wanted: set[tuple[str, int]] = set()
        """What was made known, by language and number, so that nothing is wanted twice."""

    def find(self) -> bool:
        """Make the next numbers known; whether there were any."""
        if self._facts is None:
            return False
        if self._rows is None:
            self._rows = [self._row(path, self._facts) for path in self._facts.paths]
        return self._make_known([url for row in self._rows for url in self._next(row)])

    def _row(self, path: str, facts: Numbers) -> _Row:
        session, backfill = self._session, self._session.backfill
        assert backfill is not None
        language = language_of(session.source.base_url + path, session.source)
        present = kept.present_numbers(session.db, session.source.name)
        noted = [*facts.known, *(one for row in present.values() for one in row)]
        begin = starts(present.get(language, ()), noted, backfill.since, backfill.until)
        others = frozenset(begin)
        counts = [
            Count(number, step, others, facts.most_absent) for number in begin for step in (1, -1)
        ]
        kept.ask_highest_again(session.db, session.source.name, language, backfill.id)
        return _Row(path=path, language=language, counts=counts)

    def _next(self, row: _Row) -> list[str]:
        session, backfill = self._session, self._session.backfill
        assert backfill is not None
        known = partial(self._known, row.language)
        for count in row.counts:
            wanted = count.wanted(known, backfill.since, backfill.until)
            if wanted:
                self._wanted |= {(row.language, number) for number in wanted}
                base = session.source.base_url
                return [base + row.path.format(number=number) for number in wanted]
        return []

    def _known(self, language: str, number: int) -> Known:
        """What is known of a number; unclear where it was wanted and the frontier has not asked
        it, such as one that robots.txt forbids.
        """
        now = kept.known_number(self._session.db, self._session.source.name, language, number)
        if now.state == "unasked" and (language, number) in self._wanted:
            return Known("unclear")
        return now

    def _make_known(self, urls: list[str]) -> bool:
        session, backfill = self._session, self._session.backfill
        assert backfill is not None
        found = []
        for url in urls:
            address = article_address(url, session.source)
            assert address is not None, f"{url} is no address of {session.source.name}"
            found.append(Found(address=address, by="number", on=None, backfill=backfill.id))
        if found:
            session.note_asked("number")
            session.take_found(found)
        return bool(found)
