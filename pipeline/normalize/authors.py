"""Who wrote a text: names, lines of names."""

import re

from pipeline.normalize.attribution import attribution
from pipeline.normalize.sentences import has_finite_verb

_NAME_WORD = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w’'-]*\.?")
_SHARE_NAME = re.compile(
    r"facebook|telegram|whatsapp|twitter|instagram|youtube|вконтакте|linkedin|поделиться|бөлісу|"
    r"share|печать|print|казахстанская|kazakhstanskaya|kazpravda",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(
    r"^(?:авторы?(?: текста)?|текст|мәтін(?:ді дайындаған)?|by|authors?)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_FULL_NAME_WORDS = (2, 4)


def is_name(text: str) -> bool:
    """Whether a text is a person's name: two to four words, each with a capital or an initial."""
    low, high = _FULL_NAME_WORDS
    words = re.sub(r"\.(?=\w)", ". ", text).split()
    return (
        low <= len(words) <= high
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and not _SHARE_NAME.search(text)
    )


def is_author_line(text: str) -> bool:
    """Whether a line names authors: names first, perhaps with offices, and no sentence."""
    line = _AUTHOR_LABEL.sub("", text.strip())
    first = line.split(",", maxsplit=1)[0].strip()
    ends = line[-1:] in (".", "!", "?", "…") and not re.search(r"\b\w\.$", line)
    is_sentence = has_finite_verb(line) or bool(attribution((line,)))
    alone = all(is_name(part) for part in re.split(r"\s+(?:и|and|және)\s+", first))
    return alone and not ends and not is_sentence and len(line.split()) <= 30


def author_names(line: str) -> tuple[str, ...]:
    """The authors of one line, as on the page; an office stays with its name.

    >>> author_names("Айгуль Омарова, доктор наук, Ержан Сеитов")
    ('Айгуль Омарова, доктор наук', 'Ержан Сеитов')
    """
    line = _AUTHOR_LABEL.sub("", line.strip())
    names: list[str] = []
    for part in re.split(
        r"\s*[,;]\s*|\s+(?:и|және)\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІ])|\s+and\s+(?=[A-Z])", line
    ):
        if names and not is_name(part):
            names[-1] = f"{names[-1]}, {part}"
        elif part:
            names.append(part)
    return tuple(names)
