"""Who made the picture, whom the text names as its source, who wrote it."""

import re

_PICTURE = (
    r"(?:фото(?:графи[ияй])?|фотографы?|снимк[иа]|инфографика|коллаж|иллюстраци[яи]|видео|"
    r"сурет(?:тер)?(?:ді|ті)?(?:\s+(?:түсірген|авторы))?|photos?|photographs?|pictures?|video)"
)
_CREDIT_NAMED = re.compile(
    rf"(?:^|[\s(\[.,;«\"“]){_PICTURE}(?:\s*[:：©]|\s+[–—-]\s|\s+by\b)\s*(?P<who>.+?)\W*$",
    re.IGNORECASE,
)
_CREDIT_COLON = re.compile(rf"^\W*(?!вид|vid){_PICTURE}\s*[:：©]", re.IGNORECASE)
_CREDIT_BARE = re.compile(rf"^\W*{_PICTURE}\s+(?P<who>\S.*?)\W*$", re.IGNORECASE)
_CREDIT_AFTER = re.compile(r"^\W*(?P<who>\S.*?)\s+(?:фотосы|суреті|сурет)\W*$", re.IGNORECASE)
_MADE = re.compile(
    r"(?:предоставлен|сделан|взят|снят)\w*|из|с|от|и|архив\w*|автор\w*|редакци\w*|организатор\w*|"
    r"пресс-\w+|служб\w*|агентств\w*|министерств\w*|сайт\w*|канал\w*|личн\w*|семейн\w*|открыт\w*|"
    r"источник\w*|героя?|героини|соцсет\w*|акимат\w*|област\w*|район\w*|город\w*|"
    r"from|the|of|courtesy|archives?|and|by|press|service|office|"
    r"баспасөз|қызметі\w*|мұрағат\w*|ашық|дереккөз\w*",
    re.IGNORECASE,
)
_MOST_CREDIT_WORDS = 30
_MOST_BARE_CREDIT_WORDS = 14
_MOST_CAPTION_WORDS = 8
"""A longer line that tells something is a sentence, even if it begins with «Фото:»."""

_VERB = (
    r"(?:сообща(?:ет|ют)|сообщили в|переда[её]т|передают|информиру(?:ет|ют)|пишет|"
    r"деп (?:хабарлайды|хабарлады|жазады|мәлімдеді)|хабарлайды|хабарлады|reports?|according to)"
)
_VERB_AFTER = (
    r"(?:сообща(?:ет|ют)|переда[её]т|информирует|пишет|(?:деп )?(?:хабарлайды|хабарлады|жазады)|"
    r"reports?|reported|writes)"
)
_WHO = r"[^.,;:!?«»\"]+?(?:\.[a-z]{2,3}\b)?"
_ATTRIBUTION = re.compile(
    rf"(?:(?P<apart>[,–—-]\s*|^)|\s){_VERB}\s+(?:наш\s+)?(?:корр(?:еспондент|\.)\s+)?"
    rf"(?P<who>{_WHO})(?:\s+со ссылкой на\s+(?P<link>{_WHO}))?\W*$",
    re.IGNORECASE,
)
_ATTRIBUTION_AFTER = re.compile(
    rf"(?:,\s*|\bдеп\s+)(?:the\s+)?(?P<who>{_WHO})(?:\s+тілшісі)?\s+{_VERB_AFTER}\W*$",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"\w\.[a-z]{2,3}\b|пресс-служб|агентств|баспасөз|press", re.IGNORECASE)
_NAME_WORD = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w’'-]*\.?")
_SHARE_NAME = re.compile(
    r"facebook|telegram|whatsapp|twitter|instagram|youtube|вконтакте|linkedin|поделиться|бөлісу|"
    r"share|печать|print|казахстанская|kazakhstanskaya|kazpravda",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?!(?:отдел|журнал|филиал|генерал|капитал|материал|персонал|канал|портал|зал|дел|сил|тел|или)"
    r"\w{0,3}\b)[а-яё]{2,}(?:лся|лась|лись|лось|ется|ются|ится|ятся|[аяи][ею]т|[аеияы]л[аи]?)\b"
    r"|\b[а-яәғқңөұүһі]{2,}(?:ды|ді|ты|ті)\W*$|\b(?:said|met|held|took|[a-z]{3,}ed)\b"
)
_AUTHOR_LABEL = re.compile(
    r"^(?:авторы?(?: текста)?|текст|мәтін(?:ді дайындаған)?|by|authors?)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_FULL_NAME_WORDS = (2, 4)


def is_credit_line(text: str) -> bool:
    """Whether a line is the credit of a picture: «Фото: Сенат», «инфографика Н. Ляликовой».

    Where no colon says so, every word must be a name's or an owner's, so that a sentence that
    begins with «Фото» is none.
    """
    count = len(text.split())
    if count > _MOST_CREDIT_WORDS or text.rstrip()[-1:] in (":", ";"):
        return False
    if _CREDIT_COLON.match(text):
        return count <= _MOST_CAPTION_WORDS or not _TELLS.search(text)
    if after := _CREDIT_AFTER.match(text):
        return is_name(after["who"]) or after["who"].lower().startswith("автор")
    bare = _CREDIT_BARE.match(text)
    return bare is not None and count <= _MOST_BARE_CREDIT_WORDS and _names_makers(bare["who"])


def _names_makers(text: str) -> bool:
    words = re.findall(r"[\w@/.-]+", text)
    return all(
        word[:1].isupper() or "." in word.strip(".") or word[:1] == "@" or _MADE.fullmatch(word)
        for word in words
        if word.strip("/.-")
    )


def image_credit(text: str) -> str | None:
    """Whom a caption or credit line names as the maker of the picture.

    >>> image_credit("Фото: пресс-служба Сената")
    'пресс-служба Сената'
    """
    if found := _CREDIT_NAMED.search(text):
        return _trimmed(found["who"])
    if not is_credit_line(text):
        return None
    bare = _CREDIT_BARE.match(text)
    told = bare and re.match(r"предоставлен|сделан|из\b|с\b|from\b|courtesy", bare["who"])
    return _trimmed(bare["who"]) if bare and not told else text.strip()


def attribution(first_paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a text names as its source, at the end of its first two paragraphs.

    >>> attribution(("Стороны обсудили вопросы, сообщает Kazpravda.kz",))
    ('Kazpravda.kz',)
    """
    named = [
        name
        for paragraph in first_paragraphs[:2]
        for sentence in re.split(r"(?<=[.!?])\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z«\"])", paragraph)
        for name in _sources(sentence)
    ]
    return tuple(dict.fromkeys(_trimmed(name) for name in named if len(name.split()) <= 8))


def _sources(sentence: str) -> list[str]:
    """Whom one sentence names at its end; without a comma before, only what is surely an outlet."""
    found = _ATTRIBUTION.search(sentence)
    if found:
        apart = found["apart"] is not None
        named = [found["who"], *([found["link"]] if found["link"] else [])]
        return [who for who in named if _is_outlet(who, sure=not apart)]
    after = _ATTRIBUTION_AFTER.search(sentence)
    return [after["who"]] if after and _is_outlet(after["who"], sure=False) else []


def _is_outlet(who: str, *, sure: bool) -> bool:
    """Whether the words after «сообщает» name somebody rather than go on telling."""
    if _OUTLET.search(who):
        return True
    return not sure and bool(re.search(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]", who))


def is_name(text: str) -> bool:
    """Whether a text is a person's name: two to four words, each with a capital or an initial."""
    low, high = _FULL_NAME_WORDS
    words = re.sub(r"\.(?=\w)", ". ", text).split()
    return (
        low <= len(words) <= high
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and not _SHARE_NAME.search(text)
    )


def tells(text: str) -> bool:
    """Whether a text has a word that by its ending is most likely a finite verb."""
    return bool(_TELLS.search(text))


def is_author_line(text: str) -> bool:
    """Whether a line names authors: names first, perhaps with offices, and no sentence."""
    line = _AUTHOR_LABEL.sub("", text.strip())
    first = line.split(",", maxsplit=1)[0].strip()
    ends = line[-1:] in (".", "!", "?", "…") and not re.search(r"\b\w\.$", line)
    is_sentence = tells(line) or bool(attribution((line,)))
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


def _trimmed(text: str) -> str:
    text = text.strip().strip("\"'“”„‚").strip()
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.rstrip(" ,;]").strip()
