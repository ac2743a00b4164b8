"""Whether two texts of one language are related, and what decided it: evidence for (the words and
the share that they have in common), and against (particulars that differ). The bounds, and what
they were measured on: `docs/stories.md`.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from pipeline.similarity.compared_text import SHORT_WORDS, Text
from pipeline.similarity.conflicts import particulars_differ
from pipeline.similarity.passages import Stretch, stretches
from pipeline.similarity.shares import (
    ALL,
    OWN_SHINGLES,
    Share,
    WeighedText,
    most_shared,
    share,
)
from pipeline.similarity.shingles import SHINGLE_WORDS

RELATED_FROM = 0.225
"""R: two items are related if the larger share reaches it."""
HIGH_FROM = 0.6
"""H: a share is high from here on; above one half, so a text doubled by others is no reprint."""
RELATED_WORDS = 23
"""Fewest words, weighed, that related items have in common."""
FAR_APART_DAYS = 3
"""Items of one source are far apart with more days between them."""
FAR_APART_BOTH = 0.9
"""What both shares of items far apart have to reach."""
FAR_APART_FROM = 0.3
"""What the larger share of items of two sources far apart has to reach."""
COPY_FROM = 0.75
"""So much of two prints of one text is one stretch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two items that share running text. `a` sorts before `b`."""

    a: str
    b: str
    share_a: float
    """The share of a's text that stands in b, formulae weighing little."""
    share_b: float
    plain_a: float
    """The same, unweighed."""
    plain_b: float
    related: bool


Reason = Literal[
    "equal", "short", "copy", "nothing shared", "far apart", "reaches R", "few words", "formulae",
    "opening", "particulars", "below R",
]  # fmt: skip
"""What decides whether two items of one language are related:

- equal: they have the same words throughout
- short: one is too short to be related to any but its equal
- copy: they are mostly formulae, but one text with endings of its own
- formulae: only the lesser weight of these keeps them apart, or one has hardly any other words
- nothing shared: they have no passage in common
- below R: the larger share is
- few words: they have too few words in common, whatever the share
- opening: only the lesser weight of this keeps the larger share below R
- particulars: they are of one form, and numbers or names that stand at one place of it differ
- far apart: they are of days far apart, where the larger share, or of one source both, have to be
  large
- reaches R: the larger share does
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether two items of one language are related, and why."""

    related: bool
    because: Reason
    pair: Pair | None
    """How much of each stands in the other; None where nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """Two texts aligned, each from its own side."""

    a: WeighedText
    b: WeighedText
    in_a: Share
    in_b: Share
    from_a: Sequence[Stretch]
    from_b: Sequence[Stretch]

    @property
    def days_apart(self) -> int:
        return abs((self.a.text.day - self.b.text.day).days)


def pair_to_keep(one: Text, other: Text, formulae: AbstractSet[int]) -> Pair | None:
    """The pair to keep of two texts of one language, unless they have too few words in common to
    be related. `formulae` are the frequent shingles among theirs.
    """
    a, b = _weighed(one, other, formulae)
    return _verdict(a, b).pair if _can_be_kept(a, b) else None


def verdict(one: Text, other: Text, formulae: AbstractSet[int]) -> Verdict:
    """Whether two texts of one language are related, and why; symmetrical. `formulae` are the
    frequent shingles among theirs.
    """
    return _verdict(*_weighed(one, other, formulae))


def _weighed(one: Text, other: Text, formulae: AbstractSet[int]) -> tuple[WeighedText, WeighedText]:
    """Both, in the order of their ids."""
    a, b = sorted((one, other), key=lambda text: text.id)
    return WeighedText(text=a, formulae=formulae), WeighedText(text=b, formulae=formulae)


def _verdict(a: WeighedText, b: WeighedText) -> Verdict:
    if _are_equal(a.text, b.text):
        sides = _Sides(a=a, b=b, in_a=ALL, in_b=ALL, from_a=(), from_b=())
        is_any = bool(a.text.words)
        return _as_told(sides, related=is_any, because="equal" if is_any else "short")
    sides = _aligned(a, b)
    because = _reason(sides)
    return _as_told(sides, related=because in ("copy", "reaches R"), because=because)


def _are_equal(a: Text, b: Text) -> bool:
    return a.digest == b.digest and (not a.is_short or a.title == b.title)


def _can_be_kept(a: WeighedText, b: WeighedText) -> bool:
    """Whether two texts may have enough in common, by counting what stands in both."""
    if a.text.digest == b.text.digest:
        return True
    common = a.text.positions.keys() & b.text.positions.keys()
    if _may_be_copies(a, b, common):
        return True
    if len(common) < OWN_SHINGLES or not _has_enough_shingles(a, b):
        return False
    return all(most_shared(one, common) >= RELATED_WORDS for one in (a, b))


def _may_be_copies(a: WeighedText, b: WeighedText, common: AbstractSet[int]) -> bool:
    """Whether two texts that are mostly formulae may have a stretch in common as long as that of
    copies: a text may repeat itself, and has some shingles more than once.
    """
    fewest = COPY_FROM * max(a.text.words, b.text.words) - SHINGLE_WORDS
    return (
        a.is_formulaic
        and b.is_formulaic
        and all(
            sum(len(one.text.positions[shingle]) for shingle in common) >= fewest for one in (a, b)
        )
    )


def _has_enough_shingles(a: WeighedText, b: WeighedText) -> bool:
    common = a.text.indexed_shingles & b.text.indexed_shingles
    return len(common) >= OWN_SHINGLES and len(common - a.formulae) >= OWN_SHINGLES


def _aligned(a: WeighedText, b: WeighedText) -> _Sides:
    one, other = a.text, b.text
    from_a = tuple(stretches(one.shingles, other.shingles, other.positions))
    from_b = tuple(stretches(other.shingles, one.shingles, one.positions)) if from_a else ()
    return _Sides(
        a=a, b=b, from_a=from_a, from_b=from_b,
        in_a=share(a, other, from_a), in_b=share(b, one, from_b),
    )  # fmt: skip


def _as_told(sides: _Sides, *, related: bool, because: Reason) -> Verdict:
    in_a, in_b = sides.in_a, sides.in_b
    shares = (in_a.plain, in_b.plain) if because == "copy" else (in_a.weighed, in_b.weighed)
    pair = Pair(
        a=sides.a.text.id, b=sides.b.text.id, share_a=shares[0], share_b=shares[1],
        plain_a=in_a.plain, plain_b=in_b.plain, related=related,
    )  # fmt: skip
    is_any = in_a.plain or in_b.plain
    return Verdict(related=related, because=because, pair=pair if is_any else None)


def _reason(sides: _Sides) -> Reason:
    """What decides whether two texts that are not equal are related."""
    a, b, in_a, in_b = sides.a, sides.b, sides.in_a, sides.in_b
    if a.text.is_short or b.text.is_short:
        return "short"
    if not in_a.plain and not in_b.plain:
        return "nothing shared"
    if a.is_formulaic and b.is_formulaic and _is_copy(sides):
        return "particulars" if _particulars_differ(sides) else "copy"
    if min(a.words_outside, b.words_outside) < SHORT_WORDS:
        return "formulae"
    if max(in_a.weighed, in_b.weighed) < RELATED_FROM:
        if max(in_a.plain, in_b.plain) < RELATED_FROM:
            return "below R"
        with_formulae = max(in_a.with_formulae, in_b.with_formulae)
        return "formulae" if with_formulae >= RELATED_FROM else "opening"
    if not _share_enough_words(sides):
        return "few words"
    if _particulars_differ(sides):
        return "particulars"
    return "far apart" if _are_too_far_apart(sides) else "reaches R"


def _are_too_far_apart(sides: _Sides) -> bool:
    """Whether the shares are too small for days so far apart."""
    if sides.days_apart <= FAR_APART_DAYS:
        return False
    low, high = sorted((sides.in_a.weighed, sides.in_b.weighed))
    return (
        low < FAR_APART_BOTH
        if sides.a.text.source == sides.b.text.source
        else high < FAR_APART_FROM
    )


def _share_enough_words(sides: _Sides) -> bool:
    """Whether the words in common are enough; where a share is high, the opening counts whole."""
    in_a, in_b = sides.in_a, sides.in_b
    if not _has_enough_shingles(sides.a, sides.b):
        return False
    if max(in_a.weighed, in_b.weighed) >= HIGH_FROM:
        return min(in_a.own_words, in_b.own_words) >= RELATED_WORDS
    return min(in_a.weighed_words, in_b.weighed_words) >= RELATED_WORDS


def _particulars_differ(sides: _Sides) -> bool:
    """Whether they do, seen from either text."""
    a, b = sides.a.text, sides.b.text
    return particulars_differ(a, b, sides.from_a) and particulars_differ(b, a, sides.from_b)


def _is_copy(sides: _Sides) -> bool:
    """Whether two texts are one, of days close together, but for endings: the one as it is and a
    print of it, or two prints that add little. So a release stays one story though it was printed
    so often that it is all formulae; in pieces made from one form, none is the form alone.
    """
    common = max(stretch.words for stretch in sides.from_a)
    fewest, most = sorted((sides.a.text.words, sides.b.text.words))
    return (
        sides.days_apart <= FAR_APART_DAYS
        and common >= COPY_FROM * most
        and (common == fewest or most - common < SHORT_WORDS)
    )
