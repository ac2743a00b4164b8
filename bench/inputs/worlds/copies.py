"""What becomes of a piece in print elsewhere: the kinds of copies, each a change of its text."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.inputs.worlds.prose import Prose
from bench.inputs.worlds.words import Language, stock

Paragraph = tuple[str, ...]
"""Its sentences."""
Body = tuple[Paragraph, ...]

_ATTRIBUTED: Mapping[Language, tuple[str, ...]] = {
    "ru": (
        ", сообщает Kazpravda.kz.", ", передает корреспондент Kazpravda.kz.",
        ", сообщает Kazpravda.kz со ссылкой на пресс-службу Сената.",
    ),
    "kk": (", деп хабарлайды Kazpravda.kz.",),
    "en": (", Kazpravda.kz reports.",),
}  # fmt: skip
_WORD = re.compile(r"\b[а-яёәғқңөұүһіa-z]{4,}\b")
_ENDINGS = (
    ("ого", "ому"), ("ому", "ым"), ("ой", "ую"), ("ая", "ой"), ("ла", "ли"), ("ло", "ет"),
    ("ие", "ия"), ("ия", "ию"), ("ом", "е"), ("ды", "п отыр"), ("ді", "ген"), ("ed", "s"),
)  # fmt: skip
_JOINED = {"ru": (", а также ", ", при этом ", " и "), "kk": (", ал ", " және "), "en": (", and ",)}
_SCALES = {
    "млн": ("миллионов", "млн."), "млрд": ("миллиардов", "млрд."), "тыс.": ("тысяч",),
    "процента": ("%", "проц."), "percent": ("%", "per cent"), "пайыз": ("%",),
}  # fmt: skip
_HOUR = re.compile(r"\b(\d{1,2}):(\d\d)\b")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_YEAR = re.compile(r"( \d{1,2} [а-я]+) 20\d\d года")
_FULL_NAME = re.compile(r"\b([А-ЯЁA-Z][а-яёa-z]+) ([А-ЯЁA-Z][а-яёa-z]{4,})\b")
_NAME = re.compile(r"\b([А-ЯЁ])[а-яё]+ ([А-ЯЁ][а-яё]{4,})\b")
_NUMBER = re.compile(r"\d+")
_SHORTEST = 36
"""Words that a cut piece keeps at least: a text of fewer than thirty is nobody's copy."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece as one outlet prints it."""

    title: str
    body: Body
    language: Language

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self.body)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.body for sentence in paragraph]


def title_of(sentences: Sequence[str], chance: random.Random) -> str:
    """A title made of words near the beginning of a text."""
    words = chance.choice(sentences[:3]).rstrip(".").split()
    return " ".join(words[: chance.randint(5, 9)])


Copying = Callable[[Printed, random.Random], Printed]


def verbatim(piece: Printed, chance: random.Random) -> Printed:
    return piece if chance.random() < 0.5 else retitled(piece, chance)


def attributed(piece: Printed, chance: random.Random) -> Printed:
    first = piece.sentences[0].rstrip(".") + chance.choice(_ATTRIBUTED[piece.language])
    body = ((first, *piece.body[0][1:]), *piece.body[1:])
    return retitled(replace(piece, body=body), chance)


def retitled(piece: Printed, chance: random.Random) -> Printed:
    return replace(piece, title=title_of(piece.sentences, chance))


def reworded(piece: Printed, chance: random.Random) -> Printed:
    """With 5 to 20 % of its words replaced."""
    return reworded_by(piece, chance.uniform(0.05, 0.2), chance)


def reworded_throughout(piece: Printed, chance: random.Random) -> Printed:
    """With 20 to 35 % of its words replaced, and its sentences cut in another way."""
    return reworded_by(rejoined(piece, chance), chance.uniform(0.2, 0.35), chance)


def retold(piece: Printed, chance: random.Random) -> Printed:
    """With 35 to 50 % of its words replaced: numbers, names and quotation marks stay."""
    return retitled(reworded_by(piece, chance.uniform(0.35, 0.5), chance), chance)


def shortened(piece: Printed, chance: random.Random) -> Printed:
    """With some sentences left out here and there."""
    share = chance.uniform(0.1, 0.4)
    kept = [sentence for sentence in piece.sentences if chance.random() > share]
    return _of_sentences(piece, kept) if _count(kept) >= _SHORTEST else piece


def rejoined(piece: Printed, chance: random.Random) -> Printed:
    """With sentences run together and split, and words changed on the way."""
    made: list[str] = []
    for sentence in piece.sentences:
        first, comma, rest = sentence.partition(", ")
        if made and chance.random() < 0.4:
            between = chance.choice(_JOINED[piece.language])
            made[-1] = made[-1].rstrip(".") + between + sentence[0].lower() + sentence[1:]
        elif comma and len(first.split()) > 4 and chance.random() < 0.5:
            made += [first + ".", rest[0].upper() + rest[1:]]
        else:
            made.append(sentence)
    return reworded_by(_of_sentences(piece, made), chance.uniform(0.02, 0.1), chance)


def reordered(piece: Printed, chance: random.Random) -> Printed:
    return replace(piece, body=tuple(chance.sample(piece.body, len(piece.body))))


def with_own_opening(piece: Printed, chance: random.Random) -> Printed:
    """Below a first paragraph of the outlet's own, which may take the place of the first."""
    own = _own(piece, chance.randint(20, 45), chance)
    rest = piece.body[1:] if len(piece.body) > 2 and chance.random() < 0.5 else piece.body
    return retitled(replace(piece, body=(*own, *rest)), chance)


def cut(piece: Printed, chance: random.Random) -> Printed:
    """15 to 60 % of it in a row, more often than not its beginning."""
    wanted = max(_SHORTEST, round(piece.words * chance.uniform(0.15, 0.6)))
    sentences = piece.sentences
    first = 0 if chance.random() < 0.6 else chance.randrange(len(sentences))
    last = first
    while last < len(sentences) and _count(sentences[first:last]) < wanted:
        last += 1
    while first and _count(sentences[first:last]) < wanted:
        first -= 1
    return retitled(_of_sentences(piece, sentences[first:last]), chance)


def expanded(piece: Printed, chance: random.Random) -> Printed:
    """With the outlet's own text around it, 50 to 80 % of the whole."""
    share = chance.uniform(0.5, 0.8)
    added = round(piece.words * share / (1 - share))
    before = chance.randint(0, added)
    around = [_own(piece, words, chance) for words in (before, added - before)]
    return retitled(replace(piece, body=(*around[0], *piece.body, *around[1])), chance)


def half_quoted(piece: Printed, chance: random.Random) -> Printed:
    """A post with words of its own that quotes one half, not to the letter."""
    sentences = piece.sentences
    half = max(_SHORTEST, piece.words // 2)
    last = 1
    while _count(sentences[:last]) < half and last < len(sentences):
        last += 1
    half_of_it = sentences[:last] if chance.random() < 0.5 else sentences[-last:]
    quoted = _of_sentences(piece, half_of_it)
    quoted = chance.choice((reworded, rejoined, renumbered))(quoted, chance)
    own = [_own(piece, round(half * chance.uniform(0.2, 0.5)), chance) for _ in range(2)]
    return retitled(replace(piece, body=(*own[0], *quoted.body, *own[1])), chance)


def corrected(piece: Printed, chance: random.Random) -> Printed:
    """With one number or one misprint put right."""
    numbers = list(_NUMBER.finditer(piece.text))
    body = piece.text
    if numbers and chance.random() < 0.6:
        found = chance.choice(numbers)
        other = str(int(found.group()) + chance.choice((1, 2, 10)))
        body = body[: found.start()] + other + body[found.end() :]
    else:
        word = chance.choice(list(_WORD.finditer(body)))
        at = word.start() + 1
        body = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
    return replace(piece, body=_parted(body))


def renumbered(piece: Printed, chance: random.Random) -> Printed:
    """With numbers, hours, dates and names written in another way."""
    text = _HOUR.sub(r"\1.\2", piece.text)
    for scale, others in _SCALES.items():
        text = re.sub(rf"(?<=\d) {re.escape(scale)}", f" {chance.choice(others)}", text)
    text = _DECIMAL.sub(".", text)
    text = _YEAR.sub(r"\1", text)
    return replace(piece, body=_parted(_NAME.sub(r"\1. \2", text)))


def other_account(piece: Printed, own: Printed) -> Printed:
    """What is no copy: another's own text that tells the same numbers and names."""
    numbers, names = iter(_NUMBER.findall(piece.text)), iter(_FULL_NAME.findall(piece.text))

    def number(hit: re.Match[str]) -> str:
        return next(numbers, hit.group())

    def name(hit: re.Match[str]) -> str:
        return " ".join(next(names, hit.groups()))

    def told(sentence: str) -> str:
        return _FULL_NAME.sub(name, _NUMBER.sub(number, sentence))

    return replace(own, body=tuple(tuple(told(one) for one in part) for part in own.body))


def several(piece: Printed, chance: random.Random) -> Printed:
    """Changed in two or three ways at once."""
    ways: tuple[Copying, ...] = (
        reworded, shortened, reordered, with_own_opening, renumbered, rejoined, attributed,
    )  # fmt: skip
    for way in chance.sample(ways, chance.randint(2, 3)):
        piece = way(piece, chance)
    return piece


KINDS: Mapping[str, Copying] = {
    "verbatim": verbatim,
    "attributed": attributed,
    "reworded": reworded,
    "reworded throughout": reworded_throughout,
    "retold": retold,
    "shortened": shortened,
    "rejoined": rejoined,
    "reordered": reordered,
    "own opening": with_own_opening,
    "cut": cut,
    "expanded": expanded,
    "half quoted": half_quoted,
    "renumbered": renumbered,
    "several": several,
}
"""Copies in either source. A correction and an updated toll are of the piece's own source."""
PARTIAL = frozenset({"cut", "expanded", "half quoted", "several"})
"""Kinds of which two copies of one piece may have nothing in common."""


def reworded_by(piece: Printed, share: float, chance: random.Random) -> Printed:
    """With this share of its words replaced, evenly: no numbers, no names."""
    names = ("masculine", "adjectives") if piece.language == "ru" else ("nouns", "adjectives")
    others = [word for name in names for word in stock(piece.language, name)]

    def other(word: re.Match[str]) -> str:
        if chance.random() >= share:
            return word.group()
        for ending, changed in _ENDINGS:
            if word.group().endswith(ending) and chance.random() < 0.6:
                return word.group().removesuffix(ending) + changed
        return chance.choice(others)

    body = tuple(tuple(_WORD.sub(other, one) for one in paragraph) for paragraph in piece.body)
    return replace(piece, body=body)


def _own(piece: Printed, words: int, chance: random.Random) -> Body:
    """Paragraphs of the outlet's own."""
    if words < 6:
        return ()
    sentences = Prose(piece.language, chance).sentences(words)
    return tuple(tuple(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _of_sentences(piece: Printed, sentences: list[str]) -> Printed:
    return replace(
        piece, body=tuple(tuple(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
    )


def _parted(text: str) -> Body:
    return tuple((paragraph,) for paragraph in text.split("\n\n"))


def _count(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
