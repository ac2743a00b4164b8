"""`kazpress show A --against B`: two items compared, as values for a person or a script."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.show.item import item_id_of
from kazpress.show.marking import texts_between
from kazpress.show.story_reason import NamedReason, ids_in, sentence
from pipeline.edits.fidelity import Fidelity, fidelity, release_first
from pipeline.model.press_item import PressItem
from pipeline.query import stored_items
from pipeline.query.stored_stories import (
    DecisionOnItem,
    comparison,
    decision_between,
    story_reason_between,
)
from pipeline.similarity.compared_text import SHORT_WORDS
from pipeline.similarity.comparison import Comparison, Side, Words
from pipeline.similarity.relatedness import (
    FAR_APART_BOTH,
    FAR_APART_DAYS,
    FAR_APART_FROM,
    HIGH_FROM,
    RELATED_FROM,
    RELATED_WORDS,
)
from pipeline.store.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemComparison:
    """Two items and how they compare."""

    one: PressItem
    other: PressItem
    compared: Comparison
    decision: DecisionOnItem | None
    """A person's decision on just these two, as `show` has it of the first."""
    fidelity: Fidelity | None
    """How the print among them keeps to the release; None where no sentence is in both."""
    story_reason: NamedReason | None
    """Why they are in one story, or in two; None where nothing connects them."""

    @property
    def in_one_story(self) -> bool:
        """Whether they are in the same story."""
        return self.one.story == self.other.story

    def record(self) -> dict[str, Any]:
        """Words are counted from 0; an end is the number after the last."""
        compared = self.compared
        return {
            "a": _side(self.one, compared.here),
            "b": _side(self.other, compared.there),
            "related": compared.related,
            "rule": compared.rule,
            "reason": reason(self),
            "days_apart": compared.days_apart,
            "same_story": self.in_one_story,
            "story_reason": self.story_reason.record() if self.story_reason else None,
            "decision": asdict(self.decision) if self.decision else None,
            "shared_words": compared.words,
            "passages": _passages(self),
            "fidelity": self.fidelity.record() if self.fidelity else None,
        }


def item_comparison(config: Config, name: str, other_name: str) -> ItemComparison:
    """Two items, by id or address. Raises UnknownItem."""
    with reading(config.db) as db:
        one = stored_items.item(db, item_id_of(config, db, name))
        other = stored_items.item(db, item_id_of(config, db, other_name))
        return ItemComparison(
            one=one, other=other, compared=comparison(db, one, other),
            decision=decision_between(db, one.id, other.id),
            fidelity=fidelity(*release_first(one, other)),
            story_reason=_story_reason(db, one, other),
        )  # fmt: skip


def _story_reason(db: Database, one: PressItem, other: PressItem) -> NamedReason | None:
    reason = story_reason_between(db, one.id, other.id) if one.id != other.id else None
    if reason is None:
        return None
    urls = {item: stored_items.item(db, item).url for item in ids_in(reason)}
    names = {item: url or item for item, url in urls.items()} | {one.id: "A", other.id: "B"}
    return NamedReason(reason=reason, names=names, urls=urls)


def reason(view: ItemComparison) -> str:
    """Why two items are related by their texts or not, as a sentence."""
    compared = view.compared
    larger = max(compared.here.share, compared.there.share)
    plain = max(compared.here.plain, compared.there.plain)
    return {
        "same item": "the same item under two names",
        "languages": f"not related: two languages, {view.one.language} and {view.other.language}",
        "equal": "related: the same words throughout",
        "short": f"not related: a text under {SHORT_WORDS} words is related only to one with the "
        "same words and title",
        "nothing shared": "not related: no passage in common",
        "far apart": f"not related: {compared.days_apart} days apart, more than {FAR_APART_DAYS}, "
        f"where both shares have to reach {FAR_APART_BOTH:g}, or of two sources the larger one "
        f"{FAR_APART_FROM:g}",
        "reaches R": f"related: the larger share, {larger:.3f}, reaches R = {RELATED_FROM:g}"
        f"; {_high(compared)}",
        "few words": f"not related: fewer than {RELATED_WORDS} words in common, of which formulae "
        "count little and those of a shared opening a half",
        "particulars": "not related: alike in form, but numbers or names that stand at one place "
        "of it differ",
        "copy": "related: mostly formulae, but one text with endings of its own",
        "formulae": f"not related: formulae weigh little, so the larger share is {larger:.3f} and "
        f"not {plain:.3f}; R = {RELATED_FROM:g}",
        "opening": f"not related: a shared opening weighs a half, so the larger share is "
        f"{larger:.3f} and not {plain:.3f}; R = {RELATED_FROM:g}",
        "below R": f"not related: the larger share, {larger:.3f}, is below R = {RELATED_FROM:g}",
    }[compared.rule]


def story_sentence(view: ItemComparison) -> str | None:
    """Why the two are in one story though not related, or in two though related; else None."""
    if view.compared.rule == "same item" or view.in_one_story == view.compared.related:
        return None
    stories = "one story" if view.in_one_story else "two stories"
    return (
        f"in {stories} all the same: {sentence(view.story_reason)}" if view.story_reason else None
    )


def _high(compared: Comparison) -> str:
    high = (compared.here.share >= HIGH_FROM) + (compared.there.share >= HIGH_FROM)
    return f"{('neither is', 'one is', 'both are')[high]} high (H = {HIGH_FROM:g})"


def _side(item: PressItem, side: Side) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in ("id", "source", "url", "language", "title",
                                                  "published", "story", "relation")},
        "words": side.words, "share": side.share, "plain": side.plain,
        "formulae": [{"start": start, "end": end} for start, end in side.formulae],
    }  # fmt: skip


def _passages(view: ItemComparison) -> list[dict[str, Any]]:
    found = view.compared.passages
    here = _stands(view.one.body, [one.here for one in found])
    there = _stands(view.other.body, [one.there for one in found])
    return [
        {
            "number": one.number,
            "words": one.words,
            "a": a,
            "b": b,
            "stretches": [
                {"a": stretch.start, "b": stretch.other, "words": stretch.words}
                for stretch in one.stretches
            ],
        }
        for one, a, b in zip(found, here, there, strict=True)
    ]


def _stands(body: str, passages: Sequence[Sequence[Words]]) -> list[dict[str, Any]]:
    """Where passages stand in a body, from the first of their words to the last."""
    whole = [(ranges[0][0], ranges[-1][1]) for ranges in passages]
    return [
        {"start": start, "end": end, "text": text}
        for (start, end), text in zip(whole, texts_between(body, whole), strict=True)
    ]
