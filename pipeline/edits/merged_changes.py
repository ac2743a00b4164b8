"""The changes of a sentence as they are told: what belongs together as one."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.edits.edit import EditKind
from pipeline.particulars.negations import is_helper
from pipeline.particulars.wordings import Token

_MIN_WORD = 3
_STEM = 4
_ENDING = 3
"""Letters by which words of one stem differ at their ends."""
_CAUSES = frozenset({"number", "date", "name", "negation"})
"""What may change the endings of other words in the sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, and its tokens in both sentences."""

    kind: EditKind
    was: tuple[Token, ...]
    now: tuple[Token, ...]


def merged_changes(
    found: Sequence[Change], before: Sequence[Token], after: Sequence[Token]
) -> list[Change]:
    """Rewordings of a sentence as one, and so those of one quotation; dates and names with but a
    short word or a mark between them too. Left out are endings that follow from another change.
    """
    merged: list[Change] = []
    for change in _without_agreement(found):
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


def _without_agreement(found: Sequence[Change]) -> list[Change]:
    """Without words that took another ending because of what else changed: «две школы построены»"""
    if not any(change.kind in _CAUSES for change in found):
        return list(found)
    negates = any(change.kind == "negation" for change in found)
    return [
        change for change in found
        if change.kind not in ("sentence-reworded", "typography", "quotation")
        or not (_is_other_ending(change) or (negates and _is_of_helpers(change)))
    ]  # fmt: skip


def _is_of_helpers(change: Change) -> bool:
    return all(is_helper(one.key) for one in (*change.was, *change.now))


def _is_other_ending(change: Change) -> bool:
    return len(change.was) == len(change.now) > 0 and all(
        one.kind == other.kind == "word" and has_one_stem(one.key, other.key)
        for one, other in zip(change.was, change.now, strict=True)
    )


def has_one_stem(one: str, other: str) -> bool:
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
    if one.kind in ("sentence-reworded", "typography", "quotation", "negation"):
        return True  # «ни … не» is one negation
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
