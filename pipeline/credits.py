"""Who made the picture, whom the text names as its source, who wrote it."""

import re

_CREDIT_LINE = re.compile(
    r"^\W*(?:(?:фото|сурет(?:ті түсірген)?|photos?|видео|инфографика|коллаж|иллюстрация)\s*[:：©]"
    r"|photos? by\b|(?:фото|инфографика|коллаж|иллюстрация)\s(?!.*[.!?…]\W*$))",
    re.IGNORECASE,
)
_CREDIT_NAMED = re.compile(
    r"\b(?:фото|сурет(?:ті түсірген)?|photos?)\s*(?:[:：–—-]|by\b)\s*(?P<who>.+?)\W*$",
    re.IGNORECASE,
)
_CREDIT_BARE = re.compile(r"^\W*фото\s+(?!предоставлен|из\b|с\b)(?P<who>.+?)\s*$", re.IGNORECASE)

_SAYS = (
    r"(?:сообща(?:ет|ют)|сообщили в|переда[её]т|передают|информиру(?:ет|ют)|пишет|"
    r"хабарлайды|хабарлады|деп хабарлайды|reports?|according to)"
)
_ATTRIBUTION = re.compile(
    rf"(?:^|[\s,–—-]){_SAYS}\s+(?:наш\s+)?(?:корр(?:еспондент|\.)\s+)?(?P<who>[^.,;:!?«»\"]+(?:\.[a-z]{{2,3}}\b)?)"
    r"\s*(?:со ссылкой на\s+(?P<link>[^.,;:!?«»\"]+))?\W*$",
    re.IGNORECASE,
)
_SITE_SAYS = re.compile(
    r"(?P<who>\b[A-Za-z][\w-]*\.(?:kz|com|org)\b)(?:\s+\S+){0,3}\W*$", re.IGNORECASE
)
_NAME = re.compile(r"^(?:[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w’'-]*\.?\s?){1,4}$")
_FULL_NAME_WORDS = (2, 4)


def is_credit_line(text: str) -> bool:
    """Whether a line is the credit of a picture: «Фото: Сенат», «инфографика Н. Ляликовой»."""
    return bool(_CREDIT_LINE.match(text)) and len(text.split()) <= 14 and not text.endswith(":")


def image_credit(text: str) -> str | None:
    """Whom a caption or credit line names as the maker of the picture.

    >>> image_credit("Фото: пресс-служба Сената")
    'пресс-служба Сената'
    """
    found = _CREDIT_NAMED.search(text) or _CREDIT_BARE.match(text)
    if found:
        return _trimmed(found["who"])
    return text.strip() if is_credit_line(text) else None


def attribution(first_paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a text names as its source, at the end of its first two paragraphs.

    >>> attribution(("Стороны обсудили вопросы, сообщает Kazpravda.kz",))
    ('Kazpravda.kz',)
    """
    named: list[str] = []
    for paragraph in first_paragraphs[:2]:
        for sentence in re.split(r"(?<=[.!?])\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z«\"])", paragraph):
            found = _ATTRIBUTION.search(sentence)
            if found:
                named += [who for who in (found["who"], found["link"]) if who and _is_outlet(who)]
            elif site := _SITE_SAYS.search(sentence):
                named.append(site["who"])
    return tuple(dict.fromkeys(_trimmed(name) for name in named if len(name.split()) <= 8))


def _is_outlet(who: str) -> bool:
    """Whether the words after «сообщает» name somebody rather than go on telling."""
    return bool(re.search(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|пресс-служб|агентств|баспасөз", who))


def is_name(text: str) -> bool:
    """Whether a text is a person's name: two to four words, each with a capital or an initial."""
    low, high = _FULL_NAME_WORDS
    words = text.replace(".", ". ").split()
    return low <= len(words) <= high and bool(_NAME.match(text))


def is_author_line(text: str) -> bool:
    """Whether a line names authors: names first, perhaps with offices, and no sentence."""
    first = text.split(",", maxsplit=1)[0].strip()
    ends = text.rstrip()[-1:] in ".!?…" and not re.search(r"\b[А-ЯA-Z]\.$", text.rstrip())
    return is_name(first) and not ends and len(text.split()) <= 30 and not attribution((text,))


def author_names(line: str) -> tuple[str, ...]:
    """The authors of one line, as on the page; an office stays with its name.

    >>> author_names("Айгуль Омарова, доктор наук, Ержан Сеитов")
    ('Айгуль Омарова, доктор наук', 'Ержан Сеитов')
    """
    line = re.sub(
        r"^(?:авторы?|автор текста|текст|мәтін|by|authors?)\s*:?\s+",
        "",
        line.strip(),
        flags=re.IGNORECASE,
    )
    names: list[str] = []
    for part in re.split(r"\s*[,;]\s*|\s+и\s+(?=[А-ЯЁ])|\s+and\s+(?=[A-Z])", line):
        if names and not is_name(part):
            names[-1] = f"{names[-1]}, {part}"
        elif part:
            names.append(part)
    return tuple(names)


def _trimmed(text: str) -> str:
    text = text.strip().strip("\"'“”„‚").strip()
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.rstrip(" ,;]").strip()
