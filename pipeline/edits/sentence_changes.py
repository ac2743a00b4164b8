"""What changed in a sentence, place by place, each with its kind.

A place is a stretch of words that differ. Of several kinds that fit it, the first in this order
holds: typography where the letters are the same; date, number; negation; name; a mistyped word;
quotation; else the sentence is reworded, which is told once for all its places.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.edits.common_runs import common_runs
from pipeline.edits.edit import EditKind
from pipeline.edits.merged_changes import Change, has_one_stem, merged_changes
from pipeline.normalize.words import words
from pipeline.particulars.names import is_of_state, same_name
from pipeline.particulars.negations import are_opposite, base_form, is_helper, is_negation
from pipeline.particulars.spelling import is_mistyped
from pipeline.particulars.wordings import Token, TokenKind

_FEW_WORDS = 2
_QUOTED_SHARE = 0.6
_MIN_WORD = 3
_REWRITTEN_FROM = 0.6
_ANOTHER_FROM = 0.8
_QUOTED_WORDS = 4
_QUOTATION_MARKS = frozenset('«»“”„‟"')


@dataclass(frozen=True, slots=True)
class _Place:
    was: list[Token]
    now: list[Token]

    @property
    def words(self) -> tuple[list[Token], list[Token]]:
        """Its tokens without marks."""
        return _without_marks(self.was), _without_marks(self.now)


def changes(
    before: Sequence[Token], after: Sequence[Token], *, is_told_anew: bool = False
) -> list[Change]:
    """What differs between two sentences in more than their form, in order; one change where the
    second tells anew what the first told. Empty where they differ in punctuation and the like.
    """
    runs = common_runs([one.key for one in before], [one.key for one in after])
    places = [place for place in _places(before, after, runs) if not _same_letters(place)]
    if not places:
        return _quoted_otherwise(before, after, runs)
    if is_told_anew or _is_another(before, places):
        was, now = (tuple(one for place in places for one in place.words[n]) for n in (0, 1))
        is_quoted = _is_quoted(was) and _is_quoted(now)
        return [Change("quotation" if is_quoted else "sentence-reworded", was, now)]
    pair = _Pair(before, after, places)
    found = [change for place in places for change in pair.changes_at(place)]
    return merged_changes(found, before, after)


def _places(
    before: Sequence[Token], after: Sequence[Token], runs: Sequence[tuple[int, int, int]]
) -> Iterator[_Place]:
    last = last_other = 0
    for at, at_other, length in [*runs, (len(before), len(after), 0)]:
        was, now = list(before[last:at]), list(after[last_other:at_other])
        if was or now:
            yield _Place(was, now)
        last, last_other = at + length, at_other + length


def _same_letters(place: _Place) -> bool:
    was, now = place.words
    return "".join(one.key for one in was) == "".join(one.key for one in now)


def _is_another(before: Sequence[Token], places: Sequence[_Place]) -> bool:
    """Whether next to nothing of a sentence stayed: then no number stands for another."""
    lost = _own_words([one for place in places for one in place.was])
    gained = _own_words([one for place in places for one in place.now])
    had = len(_own_words(before))
    others = [word for word in lost if not any(has_one_stem(word, one) for one in gained)]
    return min(len(others), len(gained)) >= _FEW_WORDS and len(others) > _ANOTHER_FROM * had


def _own_words(tokens: Sequence[Token]) -> list[str]:
    words_alone = [one for one in tokens if one.kind == "word"]
    return [one.key for one in _telling(words_alone) if not is_helper(one.key)]


class _Pair:
    """Two sentences with the places that differ."""

    def __init__(
        self, before: Sequence[Token], after: Sequence[Token], places: Sequence[_Place]
    ) -> None:
        was = Counter(one.key for place in places for one in place.was)
        now = Counter(one.key for place in places for one in place.now)
        self._lost, self._gained = was - now, now - was
        self._names_was = [one.key for place in places for one in place.was if one.kind == "name"]
        self._names_now = [one.key for place in places for one in place.now if one.kind == "name"]
        changed = sum(len(_telling(side)) for place in places for side in place.words)
        total = len(_telling(_without_marks(before))) + len(_telling(_without_marks(after)))
        self._is_rewritten = changed > _REWRITTEN_FROM * total
        self._before = {one.end: one for one in before}

    def changes_at(self, place: _Place) -> list[Change]:
        """The changes at one place."""
        if _is_slip(place):
            return [Change("typography", tuple(place.words[0]), tuple(place.words[1]))]
        found = [*self._particulars(place, "date"), *self._particulars(place, "number")]
        if found:
            return found
        was, now = place.words
        kind: EditKind = "sentence-reworded"
        mistyped = is_mistyped([one.key for one in was], [one.key for one in now])
        if self._negates(was, now):
            kind = "negation"
        elif mistyped and [one.kind for one in was] != [one.kind for one in now]:
            kind = "typography"  # of a word that was no name, and only looks like one
        elif self._renames(was, now):
            kind = "name"
        elif mistyped:
            kind = "typography"
        elif _is_quoted(was) or _is_quoted(now):
            kind = "quotation"
        return [Change(kind, tuple(was), tuple(now))]

    def _particulars(self, place: _Place, kind: TokenKind) -> Iterator[Change]:
        """The dates or the numbers that differ."""
        was = [one for one in place.was if one.kind == kind and self._lost[one.key] > 0]
        now = [one for one in place.now if one.kind == kind and self._gained[one.key] > 0]
        if not was and not now:
            return
        names = self._lost_names(place.was) or self._gained_names(place.now)
        if not (was and now) and (
            names
            or all(one.is_weak for one in (*was, *now))
            or not self._is_about(place, (*was, *now))
        ):
            return
        told: EditKind = "date" if kind == "date" else "number"
        if len(was) == len(now) and kind == "number":
            for one, other in zip(was, now, strict=True):
                yield Change(told, (one,), (other,))
        else:
            yield Change(told, tuple(was), tuple(now))

    def _is_about(self, place: _Place, told: Sequence[Token]) -> bool:
        """Whether a place that only one sentence has is little else than what it tells."""
        if self._is_rewritten:
            return False
        rest = [
            [one for one in _telling(side) if one not in told and not is_helper(one.key)]
            for side in place.words
        ]
        is_one_sided = not (place.words[0] and place.words[1])
        return len(rest[0]) + len(rest[1]) <= (_FEW_WORDS if is_one_sided else 1)

    def _negates(self, was: Sequence[Token], now: Sequence[Token]) -> bool:
        """Whether a place says the opposite of what it said, and nothing else."""
        rest = [base_form(one.key) for one in was if not is_negation(one.key)]
        rest_now = [base_form(one.key) for one in now if not is_negation(one.key)]
        lost = [one.key for one in was if is_negation(one.key)]
        gained = [one.key for one in now if is_negation(one.key)]
        if len(lost) != len(gained):
            return sorted(map(self._lost.__getitem__, lost)) != sorted(
                map(self._gained.__getitem__, gained)
            ) and _are_mates(rest, rest_now)
        return any(are_opposite(one, other) for one in rest for other in rest_now) and _are_mates(
            rest, rest_now, by_opposites=True
        )

    def _renames(self, was: Sequence[Token], now: Sequence[Token]) -> bool:
        """Whether names at a place are others, not the same ones in another case or order."""
        lost, gained = self._lost_names(was), self._gained_names(now)
        if lost and gained:
            return True
        told = [one for one in (*lost, *gained) if not is_of_state(one.text)]
        return bool(told) and self._is_about(_Place([*was], [*now]), told)

    def _lost_names(self, was: Sequence[Token]) -> list[Token]:
        return [one for one in was if one.kind == "name" and not _has(self._names_now, one.key)]

    def _gained_names(self, now: Sequence[Token]) -> list[Token]:
        return [one for one in now if one.kind == "name" and not _has(self._names_was, one.key)]


def _is_slip(place: _Place) -> bool:
    """Whether a word that tells a date or a number was mistyped, and so told none."""
    if any(one.kind == "name" for side in place.words for one in side):
        return False
    was, now = (_raw_words(side) for side in place.words)
    if not is_mistyped([word for word, _ in was], [word for word, _ in now]):
        return False
    other = [(told, told_now) for (one, told), (two, told_now) in zip(was, now, strict=False)
             if one != two]  # fmt: skip
    return any(told != told_now for told, told_now in other)


def _raw_words(tokens: Sequence[Token]) -> list[tuple[str, bool]]:
    """The words of tokens, each with whether it is one of a date or a number."""
    return [(word, one.kind in ("date", "number")) for one in tokens for word in words(one.text)]


def _has(names: Sequence[str], name: str) -> bool:
    return any(same_name(name, one) for one in names)


def _are_mates(was: Sequence[str], now: Sequence[str], *, by_opposites: bool = False) -> bool:
    """Whether each word of either has one of the same stem in the other, helpers aside."""
    for these, others in ((was, now), (now, was)):
        for word in these:
            if is_helper(word) or len(word) < _MIN_WORD:
                continue
            if any(has_one_stem(word, other) for other in others):
                continue
            if by_opposites and any(are_opposite(word, other) for other in others):
                continue
            return False
    return True


def _is_quoted(words: Sequence[Token]) -> bool:
    quoted = sum(one.quotation is not None for one in words)
    return bool(words) and quoted >= _QUOTED_SHARE * len(words)


def _without_marks(tokens: Sequence[Token]) -> list[Token]:
    return [one for one in tokens if one.kind != "mark"]


def _telling(words: Sequence[Token]) -> list[Token]:
    return [one for one in words if len(one.key) >= _MIN_WORD]


def _quoted_otherwise(
    before: Sequence[Token], after: Sequence[Token], runs: Sequence[tuple[int, int, int]]
) -> list[Change]:
    """The same words, with quotation marks around them in one sentence alone."""
    marks = [sum(one.key in _QUOTATION_MARKS for one in side) for side in (before, after)]
    if min(marks) > 0 or max(marks) < 2:
        return []
    pairs = [
        (before[at + n], after[at_other + n])
        for at, at_other, length in runs
        for n in range(length)
    ]
    other = [
        (one, two) for one, two in pairs
        if one.kind != "mark" and (one.quotation is None) != (two.quotation is None)
    ]  # fmt: skip
    if len(other) < _QUOTED_WORDS:
        return []
    return [Change("quotation", tuple(one for one, _ in other), tuple(two for _, two in other))]
