"""How a print keeps to its release: what of it differs, what was dropped or added, how late it is.

Attributions («…, сообщает Kazpravda.kz») and the line of a press service are no part of either.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from pipeline.clock import ALMATY
from pipeline.edits.between import Text, edits_between
from pipeline.edits.edit import Edit
from pipeline.edits.sentence_split import sentences
from pipeline.model.press_item import PressItem
from pipeline.normalize.attribution import attribution_spans, is_press_line
from pipeline.normalize.characters import clean_characters
from pipeline.normalize.words import words

_RETOLD_BELOW = 0.3
"""Of a release's words: where a print keeps less of them, what it lacks is no dropped sentence."""
_WITHOUT_WHOLE_SENTENCES = frozenset({"sentence-added", "sentence-removed", "sentence-moved"})


_SENTENCE_ENDS = frozenset({"", "\n", ".", "!", "?", "…"})


@dataclass(frozen=True, slots=True)
class Told:
    """What of an item is compared."""

    id: str
    language: str
    title: str | None
    body: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """A print beside its release."""

    release: str
    print: str
    """Their ids."""
    late_minutes: int | None
    """From release to print; None where either is known by its day alone."""
    late_days: int
    """The same in days of Almaty's calendar."""
    kept: float
    """The share of the release's words that stand in sentences which the print has too, be they
    changed, to three places.
    """
    edits: tuple[Edit, ...]
    """What is another in the print; of one that only retells the release, whole sentences are left
    out.
    """

    @property
    def is_retold(self) -> bool:
        """Whether the print tells the matter in sentences of its own."""
        return self.kept < _RETOLD_BELOW

    def record(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "release": self.release, "print": self.print,
            "late_minutes": self.late_minutes, "late_days": self.late_days,
            "kept": self.kept, "retold": self.is_retold,
            "edits": [asdict(edit) for edit in self.edits],
        }  # fmt: skip


def fidelity(release: Told | PressItem, printed: Told | PressItem) -> Fidelity | None:
    """How a print keeps to its release; None where they have not one sentence in common, or are of
    two languages.
    """
    if release.language != printed.language or release.id == printed.id:
        return None
    before, after = _text(release), _text(printed)
    edits = edits_between(before, after, is_copy=True)
    kept = _kept(before.body, edits)
    if not kept:
        return None
    if kept < _RETOLD_BELOW:
        edits = tuple(one for one in edits if one.kind not in _WITHOUT_WHOLE_SENTENCES)
    minutes, days = _late(release.published, printed.published)
    return Fidelity(
        release=release.id, print=printed.id, late_minutes=minutes, late_days=days, kept=kept,
        edits=edits,
    )  # fmt: skip


def release_first(one: PressItem, other: PressItem) -> tuple[PressItem, PressItem]:
    """Two items, the release before the print: the canonical item of a story, else the one that was
    published first.
    """
    if one.story == other.story and "canonical" in (one.relation, other.relation):
        return (one, other) if one.relation == "canonical" else (other, one)
    return (other, one) if _moment(other.published) < _moment(one.published) else (one, other)


def _moment(published: str) -> tuple[str, str]:
    """By the day, then the time, if there is one."""
    return published[:10], published


def _text(item: Told | PressItem) -> Text:
    body = clean_characters(item.body)
    kept: list[str] = []
    at = 0
    for start, end in attribution_spans(body):
        is_in_sentence = body[at:start].rstrip(" ,")[-1:] not in _SENTENCE_ENDS
        tail = "." if is_in_sentence and body[start:end].rstrip().endswith(".") else ""
        kept += [body[at:start], tail]
        at = max(at, end)
    kept.append(body[at:])
    lines = "".join(kept).splitlines()
    text = "\n".join(line for line in lines if not is_press_line(line))
    return Text(title=item.title, body=text, language=item.language)


def _kept(body: str, edits: tuple[Edit, ...]) -> float:
    total = sum(len(words(one.text)) for one in sentences(body))
    dropped = sum(
        len(words(edit.before)) for edit in edits
        if edit.field == "body" and edit.before is not None and edit.after is None
    )  # fmt: skip
    return round(max(0, total - dropped) / total, 3) if total else 0.0


def _late(release: str, printed: str) -> tuple[int | None, int]:
    days = (date.fromisoformat(printed[:10]) - date.fromisoformat(release[:10])).days
    if len(release) <= len("2026-03-04") or len(printed) <= len("2026-03-04"):
        return None, days
    one, other = (datetime.fromisoformat(text).astimezone(ALMATY) for text in (release, printed))
    return round((other - one).total_seconds() / 60), (other.date() - one.date()).days
