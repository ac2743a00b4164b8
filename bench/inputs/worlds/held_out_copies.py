"""Copies of a second hand: other ways of changing a piece than those of `copies.py`."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bench.inputs.worlds.copies import Copying, Printed, attributed, cut, retitled, reworded_by
from bench.inputs.worlds.prose import Prose

_SHORTEST = 40
_WORD = re.compile(r"\S+")
_QUOTED = re.compile(r"^«(?P<said>.+)», — (?P<who>.+)\.$")
_SAYING = re.compile(r"^(?P<who>[^:«]{5,60}): «(?P<said>.+)»\.$")
_WHOLE = re.compile(r"(?<![\d,.:])\b([2-9]|1[0-9])\b(?![\d,.:])")
_LONG = re.compile(r"(?<![\d,.:])(?:\d{3}|\d{1,2},\d)(?![\d,.:])")
_ABOUT = {"ru": "около", "kk": "шамамен", "en": "about"}
_HOUR = re.compile(r"\b[вВ] \d{1,2}:\d\d ")
_NAME = re.compile(r"\b([А-ЯЁA-Z][а-яёa-z]+) ([А-ЯЁA-Z][а-яёa-z]{4,})\b")
_IN_WORDS = (
    "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_SHORTENED = {
    "области": "обл.", "область": "обл.", "район": "р-н", "района": "р-на", "тенге": "тг",
    "процента": "проц.", "человек": "чел.", "министр": "мин.", "миллиардов": "млрд",
    "миллионов": "млн", "года": "г.", "году": "г.", "директор": "дир.", "percent": "pct",
}  # fmt: skip
_SUBHEADS = {
    "ru": ("Что изменится", "К слову", "Цифры и факты", "Мнение", "Что дальше", "Справка"),
    "kk": ("Не өзгереді", "Айта кетейік", "Анықтама"),
    "en": ("What changes", "Background", "What next"),
}


def begun(piece: Printed, chance: random.Random) -> Printed:
    """Its first paragraphs alone, and where the rest is."""
    kept = [piece.body[0]]
    while sum(len(one.split()) for part in kept for one in part) < _SHORTEST and len(kept) < len(
        piece.body
    ):
        kept.append(piece.body[len(kept)])
    where = ("Полный текст читайте на официальном сайте.",)
    return retitled(replace(piece, body=(*kept, where)), chance)


def commented(piece: Printed, chance: random.Random) -> Printed:
    """With a remark of the outlet's own below each paragraph."""
    prose = Prose(piece.language, chance)
    body = tuple(
        part
        for paragraph in piece.body
        for part in ((paragraph, (prose.sentence(),)) if chance.random() < 0.7 else (paragraph,))
    )
    return retitled(replace(piece, body=body), chance)


def in_words(piece: Printed, chance: random.Random) -> Printed:
    """With small numbers in words."""
    ours = _each(piece, lambda one: _WHOLE.sub(lambda hit: _IN_WORDS[int(hit[1]) - 2], one))
    return attributed(ours if piece.language == "ru" else piece, chance)


def reported(piece: Printed, chance: random.Random) -> Printed:
    """With direct speech made indirect."""

    def told(sentence: str) -> str:
        hit = _QUOTED.match(sentence) or _SAYING.match(sentence)
        if hit is None:
            return sentence
        said = hit["said"][0].lower() + hit["said"][1:]
        return f"{hit['who'][0].upper()}{hit['who'][1:]} считает, что {said}."

    return retitled(_each(piece, told), chance)


def condensed(piece: Printed, chance: random.Random) -> Printed:
    """With the end of most sentences left out."""

    def shorter(sentence: str) -> str:
        words = sentence.rstrip(".").split()
        if len(words) < 8 or chance.random() < 0.3:
            return sentence
        return " ".join(words[: round(len(words) * chance.uniform(0.55, 0.9))]).rstrip(",—") + "."

    return retitled(_each(piece, shorter), chance)


def typeset(piece: Printed, chance: random.Random) -> Printed:
    """In other quotation marks, dashes and spaces, without ё."""
    marks = str.maketrans({"«": "“", "»": "”", "—": "–", "–": "-", "ё": "е", "Ё": "Е"})
    ours = _each(piece, lambda one: one.translate(marks).replace(" - ", "\u00a0- "))
    return retitled(ours, chance)


def abbreviated(piece: Printed, chance: random.Random) -> Printed:
    ours = _each(piece, lambda one: _WORD.sub(lambda hit: _SHORTENED.get(hit[0], hit[0]), one))
    return retitled(ours, chance)


def shuffled(piece: Printed, chance: random.Random) -> Printed:
    """With all its sentences in another order, as a list."""
    sentences = chance.sample(piece.sentences, len(piece.sentences))
    return retitled(replace(piece, body=tuple((one,) for one in sentences)), chance)


def subheaded(piece: Printed, chance: random.Random) -> Printed:
    """With headings between paragraphs and a line that names the source at the end."""
    body: list[tuple[str, ...]] = []
    for paragraph in piece.body:
        if body and chance.random() < 0.4:
            body.append((chance.choice(_SUBHEADS[piece.language]),))
        body.append(paragraph)
    if piece.language == "ru":
        body.append(("Фото: пресс-служба Сената.",))
    return retitled(replace(piece, body=tuple(body)), chance)


def swapped(piece: Printed, chance: random.Random) -> Printed:
    """With neighbouring words changing places, in one of ten to one of six."""
    share = chance.uniform(0.1, 0.17)

    def other_order(sentence: str) -> str:
        words = sentence.rstrip(".").split()
        for at in range(1, len(words) - 1):
            if chance.random() < share:
                words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words) + "."

    return _each(piece, other_order)


def from_the_middle(piece: Printed, chance: random.Random) -> Printed:
    """Without its beginning and its end."""
    quarter = len(piece.sentences) // 4
    kept = piece.sentences[quarter : len(piece.sentences) - quarter]
    if sum(len(one.split()) for one in kept) < _SHORTEST:
        return piece
    parts = tuple(tuple(kept[at : at + 3]) for at in range(0, len(kept), 3))
    return retitled(replace(piece, body=parts), chance)


def retold_in_part(piece: Printed, chance: random.Random) -> Printed:
    """A post that retells one half in fewer words, below and above its own."""
    half = replace(piece, body=piece.body[: max(2, round(len(piece.body) * 0.6))])
    told = swapped(condensed(half, chance), chance)
    prose = Prose(piece.language, chance)
    before, after = (
        prose.sentences(round(told.words * chance.uniform(0.1, 0.4))) for _ in range(2)
    )
    return retitled(replace(piece, body=(tuple(before), *told.body, tuple(after))), chance)


def paraphrased(piece: Printed, chance: random.Random) -> Printed:
    """Each sentence in other words, in another order, and shorter."""
    return reworded_by(swapped(condensed(piece, chance), chance), chance.uniform(0.15, 0.3), chance)


def rounded(piece: Printed, chance: random.Random) -> Printed:
    """With most long and broken numbers given roughly, and a word that says so."""
    about = _ABOUT[piece.language]

    def roughly(hit: re.Match[str]) -> str:
        if chance.random() < 0.4:
            return hit[0]
        if "," in hit[0]:
            return f"{about} {round(float(hit[0].replace(',', '.')))}"
        return f"{about} {round(int(hit[0]), -1)}"

    return retitled(_each(piece, lambda one: _LONG.sub(roughly, one)), chance)


def renamed(piece: Printed, chance: random.Random) -> Printed:
    """With names by surname alone, or the surname first, and no hours."""
    way = chance.choice((r"\2", r"\2 \1"))
    ours = _each(piece, lambda one: _HOUR.sub("", _NAME.sub(way, one)))
    return retitled(ours, chance)


def rounded_and_reworded(piece: Printed, chance: random.Random) -> Printed:
    return rounded(reworded_by(piece, chance.uniform(0.05, 0.15), chance), chance)


def with_news(piece: Printed, chance: random.Random) -> Printed:
    """Below a new first sentence, as a later edition has it."""
    news = Prose(piece.language, chance).sentence()
    return replace(piece, body=((f"Обновлено. {news}",), *piece.body))


KINDS: Mapping[str, Copying] = {
    "begun": begun,
    "commented": commented,
    "in words": in_words,
    "rounded": rounded,
    "rounded and reworded": rounded_and_reworded,
    "renamed": renamed,
    "reported": reported,
    "condensed": condensed,
    "typeset": typeset,
    "abbreviated": abbreviated,
    "shuffled": shuffled,
    "subheaded": subheaded,
    "swapped": swapped,
    "from the middle": from_the_middle,
    "retold in part": retold_in_part,
    "paraphrased": paraphrased,
    "cut": cut,
}
PARTIAL = frozenset(
    {"begun", "condensed", "from the middle", "retold in part", "cut", "commented", "paraphrased"}
)


def _each(piece: Printed, change: Callable[[str], str]) -> Printed:
    return replace(
        piece, body=tuple(tuple(change(one) for one in paragraph) for paragraph in piece.body)
    )
