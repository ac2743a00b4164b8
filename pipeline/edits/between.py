"""The edits between two states of a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.edits.aligned import aligned
from pipeline.edits.as_seen import as_seen, changed_stretch
from pipeline.edits.edit import Edit, EditKind
from pipeline.edits.sentence_changes import changes
from pipeline.edits.sentence_pairs import Aligned
from pipeline.edits.sentence_split import Sentence, sentences
from pipeline.labels.site_labels import site_label
from pipeline.normalize.characters import clean_characters
from pipeline.normalize.homoglyphs import repaired
from pipeline.normalize.words import words
from pipeline.particulars.names import KnownNames
from pipeline.particulars.wordings import Token, Wording

_MAX_SENTENCE = 10_000
"""Characters of a sentence before and after; what has more is a list or a table."""
_MAX_READ = 100_000
"""Characters of changed sentences, some second's worth; those of an article are fewer."""
_OF_PAGE = re.compile(
    r"\W*(?:(?:читайте|смотрите) также|(?:материалы |новости )?по теме|сондай-ақ оқыңыз|"
    r"тағы оқыңыз|тақырып бойынша|read also|see also|related(?: news)?|теги|тегтер|tags)\s*[:：]"
    r"|(?:#\w+[\s,]*)+\Z",
    re.IGNORECASE,
)
"""What leads to other pages, and tags."""
_SPACES = re.compile(r"[^\S\n]+")
_OF_EACH = 100
"""Characters for which each sentence counts at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What of an item is compared."""

    title: str | None
    body: str
    language: str


def edits_between(before: Text, after: Text, *, is_copy: bool = False) -> tuple[Edit, ...]:
    """The edits that made one state of a text the other: of the title, then in the order of the
    body. What a reader does not see is none: quotation marks or dashes of another form, other
    white space, look-alike letters. Of a copy, which may be a retelling, two sentences have to be
    much alike to stand for each other.
    """
    titles = _of_titles(_clean(before.title or ""), _clean(after.title or ""))
    return (*titles, *_Bodies(before, after, is_copy=is_copy).edits())


def _clean(text: str) -> str:
    return _SPACES.sub(" ", repaired(clean_characters(text))[0])


def _of_titles(before: str, after: str) -> Iterator[Edit]:
    if as_seen(before) == as_seen(after):
        return
    kind: EditKind = "title"
    if before and after and "".join(words(before)) == "".join(words(after)):
        kind = "typography"
    was, now = changed_stretch(before, after)
    yield Edit(
        kind=kind, field="title", before=before or None, after=after or None, was=was, now=now
    )


class _Bodies:
    """Two bodies, read as far as they differ."""

    def __init__(self, before: Text, after: Text, *, is_copy: bool) -> None:
        self._is_copy = is_copy
        self._texts = _clean(before.body), _clean(after.body)
        self._wordings = tuple(Wording(text, after.language) for text in self._texts)
        self._sentences = tuple(map(sentences, self._texts))
        self._read = 0

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames(self._texts)

    def edits(self) -> Iterator[Edit]:
        """All edits, in order."""
        if self._texts[0] == self._texts[1]:
            return
        edits = (edit for pair in self._pairs() for edit in self._edits_of(pair))
        yield from _replaced(edits)

    def _pairs(self) -> list[Aligned]:
        return aligned(*self._sentences, is_copy=self._is_copy)

    def _edits_of(self, pair: Aligned) -> Iterator[Edit]:
        here = [self._sentences[0][at] for at in pair.before]
        there = [self._sentences[1][at] for at in pair.after]
        before, after = (" ".join(one.text for one in side) or None for side in (here, there))
        if all(map(_is_of_page, filter(None, (before, after)))):
            return
        if before is None or after is None:
            yield self._whole(here, there, before, after)
            return
        if not pair.is_equal and self._may_read(len(before) + len(after)):
            yield from self._inside(here, there, before, after, is_told_anew=pair.is_told_anew)
        elif not pair.is_equal:
            yield Edit(kind="sentence-reworded", field="body", before=before, after=after)
        if pair.is_moved:
            yield Edit(kind="sentence-moved", field="body", before=before, after=after)

    def _may_read(self, characters: int) -> bool:
        """Whether a changed sentence is looked into: the first of them are, and none of a length
        that no sentence has.
        """
        self._read += characters + _OF_EACH
        return characters <= _MAX_SENTENCE and self._read <= _MAX_READ

    def _whole(
        self,
        here: Sequence[Sentence],
        there: Sequence[Sentence],
        before: str | None,
        after: str | None,
    ) -> Edit:
        """A sentence that one text has alone; a part of what somebody says, where he says more."""
        kind: EditKind = "sentence-added" if before is None else "sentence-removed"
        side, (one,) = (1, there) if before is None else (0, here)
        wording = self._wordings[side]
        number = wording.quotation_at(one.start, one.end)
        if number is not None:
            quotation = wording.quotations[number]
            if quotation.end - quotation.start > one.end - one.start + 1:
                return Edit(
                    kind="quotation",
                    field="body",
                    before=before,
                    after=after,
                    was=before,
                    now=after,
                )
        return Edit(kind=kind, field="body", before=before, after=after)

    def _inside(
        self,
        here: Sequence[Sentence],
        there: Sequence[Sentence],
        before: str,
        after: str,
        *,
        is_told_anew: bool,
    ) -> Iterator[Edit]:
        """What changed in a sentence."""
        tokens, tokens_now = (
            wording.tokens([(one.start, one.end) for one in side], self._known)
            for wording, side in zip(self._wordings, (here, there), strict=True)
        )
        found = changes(tokens, tokens_now, is_told_anew=is_told_anew)
        for change in found:
            was, now = _said(self._texts[0], change.was), _said(self._texts[1], change.now)
            if was == now:  # words in another order, or in quotation marks
                was, now = changed_stretch(before, after)
            yield Edit(kind=change.kind, field="body", before=before, after=after, was=was, now=now)
        if not found and as_seen(before) != as_seen(after):
            was, now = changed_stretch(before, after)
            yield Edit(
                kind="typography", field="body", before=before, after=after, was=was, now=now
            )


def _is_of_page(sentence: str) -> bool:
    """Whether a line is the page's, not the text's: it counts, or leads to other pages."""
    return site_label(sentence) in ("counter", "share") or bool(_OF_PAGE.match(sentence))


def _said(text: str, tokens: Sequence[Token]) -> str | None:
    """The words of a change; where they do not stand together, with … between."""
    parts: list[list[int]] = []
    for one in sorted(tokens, key=lambda token: token.start):
        if parts and not any(map(str.isalnum, text[parts[-1][1] : one.start])):
            parts[-1][1] = one.end
        else:
            parts.append([one.start, one.end])
    return " … ".join(" ".join(text[start:end].split()) for start, end in parts) or None


def _replaced(edits: Iterator[Edit]) -> Iterator[Edit]:
    """A part of a quotation that was removed, and one that was added in its place, as one edit."""
    last: Edit | None = None
    for edit in edits:
        if (
            last
            and _is_part(last)
            and _is_part(edit)
            and last.after is None
            and edit.before is None
        ):
            last = replace(last, after=edit.after, now=edit.now)
            continue
        if last:
            yield last
        last = edit
    if last:
        yield last


def _is_part(edit: Edit) -> bool:
    return edit.kind == "quotation" and None in (edit.before, edit.after)
