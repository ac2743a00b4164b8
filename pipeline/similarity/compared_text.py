"""An item's text as it is compared: its shingles, and what the bounds ask for besides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from pipeline.normalize.words import words
from pipeline.similarity.particulars import Particulars, no_particulars, particulars_in
from pipeline.similarity.passages import Positions, positions_of
from pipeline.similarity.shingles import CutBody, cut_body, four_word_shingles

SHORT_WORDS = 30
"""A text of fewer words is short."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """An item as it is compared."""

    id: str
    source: str
    day: date
    title: tuple[str, ...]
    words: int
    digest: str
    """Of its words: equal texts have the same."""
    shingles: tuple[int, ...]
    find_particulars: Callable[[], Particulars] = no_particulars
    """Asked where they count: of few texts."""

    @property
    def is_short(self) -> bool:
        """Whether it is too short to be related to any but its equal."""
        return self.words < SHORT_WORDS

    @cached_property
    def four_word_shingles(self) -> tuple[int, ...]:
        """Its shingles as they are indexed and their frequency is counted."""
        return four_word_shingles(self.shingles)

    @cached_property
    def indexed_shingles(self) -> frozenset[int]:
        """Those shingles, each once."""
        return frozenset(self.four_word_shingles)

    @cached_property
    def particulars(self) -> Particulars:
        """Its numbers and names."""
        return self.find_particulars()

    @cached_property
    def positions(self) -> Positions:
        """Where it has each of its shingles."""
        return positions_of(self.shingles)

    @cached_property
    def repeated(self) -> dict[int, int]:
        """How often it has each shingle that it has more than once."""
        return {shingle: len(at) for shingle, at in self.positions.items() if len(at) > 1}


def as_compared(
    id_: str, source: str, day: date, title: str | None, body: str, cut: CutBody | None = None
) -> Text:
    """An item as it is compared, by today's rule of what a word is."""
    cut = cut or cut_body(body)
    return Text(
        id=id_, source=source, day=day, title=tuple(words(title or "")), words=cut.compared,
        digest=cut.words_sha256, shingles=cut.shingles,
        find_particulars=partial(particulars_in, body),
    )  # fmt: skip
