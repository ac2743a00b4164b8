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
from pipeline.edits.spelling import is_mistyped
from pipeline.normalize.words import words
from pipeline.particulars.names import same_name
from pipeline.particulars.negations import are_opposite, is_helper, is_negation
from pipeline.particulars.wordings import Token, TokenKind

_STEM = 4
_FEW_WORDS = 2
_QUOTED_SHARE = 0.6
_MIN_WORD = 3
_REWRITTEN_FROM = 0.6
_QUOTED_WORDS = 4
_CAUSES = frozenset({"number", "date", "name", "negation"})
"""What may change the endings of other words in the sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, and its tokens in both sentences."""

    kind: EditKind
    was: tuple[Token, ...]
    now: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    was: list[Token]
    now: list[Token]

    @property
    def words(self) -> tuple[list[Token], list[Token]]:
        """Its tokens without marks."""
        return _without_marks(self.was), _without_marks(self.now)


def changes(before: Sequence[Token], after: Sequence[Token]) -> list[Change]:
    """What differs between two sentences in more than their form, in order. Empty where they differ
    in punctuation and the like alone.
    """
    runs = common_runs([one.key for one in before], [one.key for one in after])
    places = [place for place in _places(before, after, runs) if not _same_letters(place)]
    if not places:
        return _quoted_otherwise(before, after, runs)
    pair = _Pair(before, after, places)
    found = [change for place in places for change in pair.changes_at(place)]
    return _merged(_without_agreement(found), before, after)


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
        if self._negates(was, now):
            kind = "negation"
        elif self._renames(was, now):
            kind = "name"
        elif is_mistyped([one.key for one in was], [one.key for one in now]):
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
        rest = [[one for one in _telling(side) if one not in told] for side in place.words]
        is_one_sided = not (place.words[0] and place.words[1])
        return len(rest[0]) + len(rest[1]) <= (_FEW_WORDS if is_one_sided else 1)

    def _negates(self, was: Sequence[Token], now: Sequence[Token]) -> bool:
        """Whether a place says the opposite of what it said, and nothing else."""
        rest = [one.key for one in was if not is_negation(one.key)]
        rest_now = [one.key for one in now if not is_negation(one.key)]
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
        return bool(lost or gained) and self._is_about(_Place([*was], [*now]), lost + gained)

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
            if any(_has_one_stem(word, other) for other in others):
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
    """The same words, said as a quotation in one sentence alone."""
    if _has_quotation(before) == _has_quotation(after):
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


def _has_quotation(tokens: Sequence[Token]) -> bool:
    return any(one.quotation is not None for one in tokens)


def _merged(found: list[Change], before: Sequence[Token], after: Sequence[Token]) -> list[Change]:
    """Rewordings of the sentence as one, and so those of one quotation; dates and names with but a
    short word or a mark between them too.
    """
    merged: list[Change] = []
    for change in found:
        if change.kind == "number":
            merged.append(change)
            continue
        at = next((n for n, one in enumerate(merged) if _belong(one, change, before, after)), None)
        if at is None:
            merged.append(change)
        else:
            one = merged[at]
            merged[at] = Change(one.kind, (*one.was, *change.was), (*one.now, *change.now))
    return merged


def _without_agreement(found: list[Change]) -> list[Change]:
    """Without words that took another ending because of what else changed: «две школы построены»"""
    if not any(change.kind in _CAUSES for change in found):
        return found
    return [
        change for change in found
        if change.kind not in ("sentence-reworded", "typography", "quotation")
        or not _is_other_ending(change)
    ]  # fmt: skip


def _is_other_ending(change: Change) -> bool:
    return len(change.was) == len(change.now) > 0 and all(
        one.kind == other.kind == "word" and _has_one_stem(one.key, other.key)
        for one, other in zip(change.was, change.now, strict=True)
    )


def _has_one_stem(one: str, other: str) -> bool:
    """Whether two words begin alike but for their endings, or but for a prefix of one of them."""
    shorter, longer = sorted((one, other), key=len)
    stem = max(_MIN_WORD - (len(shorter) < 6), len(shorter) - 3)
    return shorter[:stem] == longer[:stem] or (
        len(shorter) > _STEM
        and longer.endswith(shorter[-_STEM - 1 :])
        and len(longer) < len(shorter) + 4
    )


def _belong(one: Change, other: Change, before: Sequence[Token], after: Sequence[Token]) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind in ("sentence-reworded", "typography", "quotation"):
        return True
    return one.kind in ("date", "name") and (
        _is_near(one.was, other.was, before) and _is_near(one.now, other.now, after)
    )


def _is_near(one: Sequence[Token], other: Sequence[Token], tokens: Sequence[Token]) -> bool:
    if not one or not other:
        return True
    between = [
        token for token in tokens if one[-1].end <= token.start and token.end <= other[0].start
    ]
    return all(token.kind == "mark" or len(token.key) < _MIN_WORD for token in between)
