"""Whether a line is a sentence: by a finite verb, its length, its last character."""

import re

from pipeline.normalize.attribution import attribution

_FINITE_VERB = re.compile(
    r"\b(?!(?:отдел|журнал|филиал|генерал|капитал|материал|персонал|канал|портал|зал|дел|сил|тел|или)"
    r"\w{0,3}\b)[а-яё]{2,}(?:лся|лась|лись|лось|ется|ются|ится|ятся|[аяи][ею]т|[аеияы]л[аи]?)\b"
    r"|\b[а-яәғқңөұүһі]{2,}(?:ды|ді|ты|ті)\W*$|\b(?:said|met|held|took|[a-z]{3,}ed)\b"
)


def has_finite_verb(text: str) -> bool:
    """Whether a text has a word that by its ending is most likely a finite verb."""
    return bool(_FINITE_VERB.search(text))


def is_sentence(line: str) -> bool:
    """Whether a line is running text rather than a label."""
    words = len(line.split())
    return (
        words >= 10
        or (words >= 4 and (line[-1:] in '.!?…»"' or has_finite_verb(line)))
        or bool(attribution((line,)))
    )
