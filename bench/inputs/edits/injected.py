"""Edits put into articles: those of the article's own list, and such as can be made of any text."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bench.inputs.edits.articles import NO_EDIT, Article, SentencePair
from pipeline.edits.between import Text

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[–—«“\"А-ЯӘҒҚҢӨҰҮҺІA-Z])|\n")
_SMALL_WORD = re.compile(r"\b[а-яәғқңөұүһіa-z]{7,}\b")
_QUOTED = re.compile(r"[«»“”\"–-]")
_LOOK_ALIKE = str.maketrans("аеосрх", "aeocpx")
_KINDS_TOGETHER = 3
_AROUND = {
    "ru": ("Об этом сообщила редакция.", "Подробности станут известны позже."),
    "kk": ("Бұл туралы редакция хабарлады.", "Толығырақ мәлімет кейін белгілі болады."),
    "en": ("The newsroom reported this.", "Details will be known later."),
}


@dataclass(frozen=True, slots=True)
class Injected:
    """An article before and after, and the kinds of the edits between."""

    before: Text
    after: Text
    kinds: tuple[str, ...]
    told: str
    """What was done, for reading."""


def injected(articles: Sequence[Article], seed: int) -> Iterator[Injected]:
    """All edits of the lists, each alone and some together; then generic ones."""
    chance = random.Random(seed)
    for article in articles:
        yield from _of_list(article)
        yield from _together(article, chance)
        yield from _of_sentences(article, articles, chance)
        yield from _mistyped(article, chance)
        yield from _without_edit(article)
        yield _titled(article)


def with_edited_sentence(pairs: Sequence[SentencePair]) -> Iterator[Injected]:
    """Texts of three sentences, of which the one between is edited."""
    for pair in pairs:
        first, last = _AROUND[pair.language]
        before, after = (
            Text(title=None, body=f"{first} {one} {last}", language=pair.language)
            for one in (pair.before, pair.after)
        )
        kinds = () if pair.kind == NO_EDIT else (pair.kind,)
        yield Injected(before, after, kinds, f"{pair.before!r} -> {pair.after!r}")


def _of_list(article: Article) -> Iterator[Injected]:
    body = article.text.body
    for one in article.replacements:
        if body.count(one.was) != 1:
            raise ValueError(f"stands {body.count(one.was)} times: {one.was!r}")
        after = body.replace(one.was, one.now)
        kinds = () if one.kind == NO_EDIT else (one.kind,)
        yield _changed(article, after, kinds, f"{one.was!r} -> {one.now!r}")


def _together(article: Article, chance: random.Random) -> Iterator[Injected]:
    """Edits of three paragraphs at once."""
    body = article.text.body
    for _ in range(len(article.replacements) // 2):
        chosen = chance.sample(article.replacements, _KINDS_TOGETHER)
        places = {body[: body.index(one.was)].count("\n\n") for one in chosen}
        if len(places) < _KINDS_TOGETHER or any("\n\n" in one.was for one in chosen):
            continue
        after = body
        for one in chosen:
            after = after.replace(one.was, one.now)
        kinds = [one.kind for one in chosen if one.kind != NO_EDIT]
        told = "; ".join(f"{one.was!r} -> {one.now!r}" for one in chosen)
        yield _changed(article, after, tuple(kinds), told)


def _of_sentences(
    article: Article, articles: Sequence[Article], chance: random.Random
) -> Iterator[Injected]:
    body = article.text.body
    paragraphs = body.split("\n\n")
    others = [
        one for one in articles if one.text.language == article.text.language and one != article
    ]
    for number, paragraph in enumerate(paragraphs):
        rest = paragraphs[:number] + paragraphs[number + 1 :]
        sentences = _SENTENCE.split(paragraph)
        at = chance.randrange(len(rest) + 1)
        if len(sentences) == 1 and at != number:
            moved = "\n\n".join([*rest[:at], paragraph, *rest[at:]])
            yield _changed(article, moved, ("sentence-moved",), f"moved to {at}: {paragraph!r}")
        if len(sentences) == 2 and not _QUOTED.search(paragraph):
            swapped = body.replace(paragraph, " ".join(reversed(sentences)))
            yield _changed(article, swapped, ("sentence-moved",), f"swapped: {paragraph!r}")
        if others:
            new = _SENTENCE.split(chance.choice(others).text.body.split("\n\n")[-1])[0]
            added = "\n\n".join([*paragraphs[:number], new, *paragraphs[number:]])
            yield _changed(article, added, ("sentence-added",), f"added: {new!r}")


def _mistyped(article: Article, chance: random.Random) -> Iterator[Injected]:
    body = article.text.body
    for found in chance.sample(list(_SMALL_WORD.finditer(body)), 12):
        word = found[0]
        at = chance.randrange(1, len(word) - 2)
        slip = chance.choice([
            word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ])  # fmt: skip
        if slip != word:
            was = body[: found.start()] + slip + body[found.end() :]
            before = replace(article.text, body=was)
            yield Injected(before, article.text, ("typography",), f"{slip!r} -> {word!r}")


def _without_edit(article: Article) -> Iterator[Injected]:
    body = article.text.body
    straight = re.sub("[«»“”]", '"', body)
    forms = {
        "straight marks": straight,
        "curly marks": re.sub(
            r'(?<=\w)[»"”]|[»"”](?=[,.\s])', "”", re.sub(r'[«“]|"(?=\w)', "“", body)
        ),
        "dashes": body.replace("–", "—").replace("- ", "— "),
        "no-break spaces": body.replace(" ", "\u00a0"),
        "soft hyphens": re.sub(r"(?<=\w{3})(?=\w{3})", "\u00ad", body),
        "look-alikes": body.translate(_LOOK_ALIKE) if article.text.language != "en" else body,
        "one line each": body.replace("\n\n", "\n"),
        "more space": body.replace(". ", ".  ").replace("\n\n", "\n\n\n"),
        "zero width": body.replace(" ", " \u200b"),
    }
    for name, after in forms.items():
        yield _changed(article, after, (), name)


def _titled(article: Article) -> Injected:
    title = article.text.title or ""
    after = replace(article.text, title=" ".join(title.split()[1:]) + " 2")
    return Injected(article.text, after, ("title",), "another title")


def _changed(article: Article, body: str, kinds: tuple[str, ...], told: str) -> Injected:
    body = re.sub(r"\n{3,}", "\n\n", body) if kinds else body
    return Injected(article.text, replace(article.text, body=body.strip()), kinds, told)
