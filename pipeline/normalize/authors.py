"""Who wrote a text: personal names, and lines that consist of them."""

import re

from pipeline.normalize.attribution import PRESS_SERVICE, attribution
from pipeline.normalize.invitations import NETWORK_NAME
from pipeline.normalize.sentences import has_finite_verb
from pipeline.remembered import remembered

_NAME_WORD = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w’'-]*\.?")
_NO_PERSON = re.compile(
    r"поделиться|бөлісу|share|печать|print|казахстанская|kazakhstanskaya|kazpravda",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(
    r"^(?:авторы?(?: текста)?|текст|мәтін(?:ді дайындаған)?|by|authors?)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:и|and|және)\s+")
_INITIAL = re.compile(r"\.(?=\w)")
_MIN_NAME_WORDS, _MAX_NAME_WORDS = 2, 4
_MAX_AUTHOR_LINE_WORDS = 30
_MAX_AUTHOR_LINE_CHARACTERS = 1_000


@remembered
def is_name(text: str) -> bool:
    """Whether a text is a person's name: two to four words with capitals, some perhaps initials."""
    words = _INITIAL.sub(". ", text).split()
    return (
        _MIN_NAME_WORDS <= len(words) <= _MAX_NAME_WORDS
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and not any(one.search(text) for one in (_NO_PERSON, PRESS_SERVICE, NETWORK_NAME))
    )


@remembered
def is_author_line(text: str) -> bool:
    """Whether a line names authors: names first, offices perhaps after them, and no sentence."""
    if len(text) > _MAX_AUTHOR_LINE_CHARACTERS:
        return False
    line = _AUTHOR_LABEL.sub("", text.strip())
    first = line.split(",", maxsplit=1)[0].strip()
    if not all(map(is_name, _AND.split(first))) or len(line.split()) > _MAX_AUTHOR_LINE_WORDS:
        return False
    has_full_stop = line[-1:] in (".", "!", "?", "…") and not re.search(r"\b\w\.$", line)
    return not (has_full_stop or has_finite_verb(line) or attribution((line,)))


def author_names(line: str) -> tuple[str, ...]:
    """The authors in one line, as on the page; an office stays with the name before it. A press
    service is none.

    >>> author_names("Айгуль Омарова, доктор наук, Ержан Сеитов")
    ('Айгуль Омарова, доктор наук', 'Ержан Сеитов')
    """
    line = _AUTHOR_LABEL.sub("", line.strip())
    names: list[list[str]] = []
    for part in re.split(
        r"\s*[,;]\s*|\s+(?:и|және)\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІ])|\s+and\s+(?=[A-Z])", line
    ):
        if names and not is_name(part):
            names[-1].append(part)
        elif part and not PRESS_SERVICE.search(part):
            names.append([part])
    return tuple(", ".join(parts) for parts in names)
