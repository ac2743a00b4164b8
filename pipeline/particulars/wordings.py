"""A stretch of a text as tokens: words, names, numbers, dates, marks; each with what it says."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.particulars.days import dates_in
from pipeline.particulars.figures import numbers_in
from pipeline.particulars.names import KnownNames, is_name_inside
from pipeline.particulars.quotations import Quotation, quotations
from pipeline.particulars.span import Span

TokenKind = Literal["word", "name", "number", "date", "mark"]

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_TOKEN = re.compile(rf"{_WORD.pattern}|\d+|[^\w\s]|_")
_HOUR_AFTER = re.compile(r"\s+(?:час\w{0,2}\s+)?(?:утра|вечера|ночи)\b|\s+o['’]clock\b")
_HOUR_BEFORE = re.compile(r"(?:сағат|таңғы|кешкі|түнгі|түскі)\s\Z")
"""Beside the words of a number that is a time of day."""
_ENDS_SENTENCE = frozenset(".!?…:")
_OPENS = frozenset('«“„"')


@dataclass(frozen=True, slots=True)
class Token:
    """A token, with its place as for slices of the whole text."""

    kind: TokenKind
    key: str
    """The same for two wordings of one thing: a word in small letters, a number's value."""
    text: str
    start: int
    end: int
    quotation: int | None = None
    """The number of the quotation that it stands in."""
    is_weak: bool = False


class Wording:
    """A text with its quotations, read stretch by stretch."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self._language = language

    @cached_property
    def quotations(self) -> list[Quotation]:
        """What the whole text quotes."""
        return quotations(self.text)

    def tokens(self, stretches: Sequence[tuple[int, int]], known: KnownNames) -> list[Token]:
        """The tokens of sentences, each given by its start and end."""
        return [token for start, end in stretches for token in self._of_sentence(start, end, known)]

    def quotation_at(self, start: int, end: int) -> int | None:
        """The number of the quotation that a stretch stands in."""
        number = bisect_right(self._starts, start) - 1
        return number if number >= 0 and end <= self.quotations[number].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.quotations]

    def _of_sentence(self, start: int, end: int, known: KnownNames) -> Iterator[Token]:
        sentence = self.text[start:end]
        dates = dates_in(sentence)
        numbers = numbers_in(sentence, self._language)
        for token in _tokens(sentence, dates, numbers, known):
            begin, finish = token.start + start, token.end + start
            number = self.quotation_at(begin, finish)
            one = None if number is None else self.quotations[number]
            is_name = bool(one and one.is_name) and token.kind == "word"
            yield Token(
                kind="name" if is_name else token.kind, key=token.key, text=token.text,
                start=begin, end=finish,
                quotation=None if one is None or one.is_name else number, is_weak=token.is_weak,
            )  # fmt: skip


def _tokens(
    sentence: str, dates: list[Span], numbers: list[Span], known: KnownNames
) -> Iterator[Token]:
    spans: list[tuple[Span, TokenKind]] = [(one, "date") for one in dates]
    ends = [one.end for one in dates]
    for one in numbers:
        following = bisect_right(ends, one.start)
        if following == len(dates) or dates[following].start >= one.end:
            is_hour = _HOUR_AFTER.match(sentence, one.end) or _HOUR_BEFORE.search(
                sentence, 0, one.start
            )
            spans.append((one, "date" if is_hour else "number"))
    at, begins = 0, True
    for span, kind in [*sorted(spans, key=lambda one: one[0].start), (None, "mark")]:
        stop = span.start if span else len(sentence)
        for found in _TOKEN.finditer(sentence, at, stop):
            yield _token(sentence, found, known, begins=begins)
            word = found[0]
            opens = word in _OPENS and not sentence[found.start() - 1 : found.start()].strip()
            begins = (begins and not word[0].isalnum()) or opens or word in _ENDS_SENTENCE
        if span:
            text = sentence[span.start : span.end]
            key = f"{kind} {span.key}"
            yield Token(kind, key, text, span.start, span.end, is_weak=span.is_weak)
            at, begins = span.end, False


def _token(sentence: str, found: re.Match[str], known: KnownNames, *, begins: bool) -> Token:
    word, start, end = found[0], found.start(), found.end()
    if not word[0].isalpha():
        return Token("mark", word, word, start, end)
    kind: TokenKind = "word"
    if word[0].isupper():
        if len(word) == 1:
            is_name = sentence[end : end + 1] == "."
        elif begins:
            following = _WORD.search(sentence, end, end + 40)
            is_name = known.begins_with_name(word, following[0] if following else "")
        else:
            is_name = is_name_inside(word)
        kind = "name" if is_name else "word"
    return Token(kind, word.lower().replace("ё", "е"), word, start, end)
