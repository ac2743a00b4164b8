"""Picture credits: lines such as «Фото: Сенат», and whom they name."""

import re
from collections.abc import Iterable

from pipeline.normalize.authors import is_name
from pipeline.normalize.characters import without_marks_around
from pipeline.normalize.sentences import has_finite_verb
from pipeline.remembered import remembered

_PICTURE = (
    r"(?:(?:(?:источник|автор|иллюстративное|архивное|тематическое)\s+)?фото(?:графи[ияй])?|фотографы?|"
    r"фотосурет|картинка|скриншот|сним(?:ок|к[иа])|инфографика|коллаж|иллюстраци[яи]|видео|"
    r"(?:сурет|фото)(?:тер|лар)?(?:[дт]і|ны|ды)?(?:\s+(?:түсірген|авторы|ұсынған|берген))?|"
    r"бейне(?:жазба|ролик)?|"
    r"(?:photos?|images?|pictures?)(?:\s+credits?)?|photographs?|videos?)"
    r"(?:\s*(?:и|/|,|және|мен|and|&)\s*(?:фото|видео|сурет|бейне|photos?|videos?))?"
)
_CREDIT_NAMED = re.compile(
    rf"(?:^|[\s(\[.,;«\"“]){_PICTURE}(?:\s*[:：©]|\s+[–—-]\s|\s+by\b)\s*(?P<who>.+?)\W*$",
    re.IGNORECASE,
)
_CREDIT_COLON = re.compile(rf"^\W*(?!вид|бейне|vid){_PICTURE}\s*[:：©]", re.IGNORECASE)
_FILM_COLON = re.compile(
    r"^\W*(?:видео|бейне\w{0,5}|videos?)\s*[:：©]\s*(?P<who>.+?)\W*$", re.IGNORECASE
)
"""Of a film the words behind the colon may be its title."""
_WITHOUT_MAKER = re.compile(
    r"\W*(?:(?:иллюстративн|архивн|тематическ|постановочн)\w{2,3} (?:фото(?:графия)?|снимок|"
    r"изображение|картинка)|(?:фото(?:графия)?|снимок) (?:иллюстративн|архивн|постановочн)\w{2,3}|"
    r"(?:көрнекі|мұрағаттағы) (?:сурет|фото)|(?:illustrative|archive|stock|file) "
    r"(?:photo|image|picture)s?)\W*",
    re.IGNORECASE,
)
"""A picture of something else, by nobody who is named."""
_COURTESY = re.compile(
    r"^\W*(?:photo|image|picture|video)s?\s+(?:courtesy\s*(?:of\b|:)|(?:provided|supplied)\s+by\b)"
    r"(?!.*\b(?:is|are|was|were|has|have|had|will)\b)\s*\S",
    re.IGNORECASE,
)
_CREDIT_BARE = re.compile(rf"^\W*{_PICTURE}\s+(?P<who>\S.*?)\W*$", re.IGNORECASE)
_CREDIT_AFTER = re.compile(r"^\W*(?P<who>\S.*?)\s+(?:фотосы|суреті|сурет)\W*$", re.IGNORECASE)
_MAKER_WORD = re.compile(
    r"(?:предоставлен|сделан|взят|снят)\w*|из|с|от|и|архив\w*|автор\w*|редакци\w*|организатор\w*|"
    r"пресс-\w+|служб\w*|агентств\w*|министерств\w*|сайт\w*|канал\w*|личн\w*|семейн\w*|открыт\w*|"
    r"источник\w*|героя?|героини|соцсет\w*|акимат\w*|област\w*|район\w*|город\w*|"
    r"from|the|of|courtesy|archives?|and|by|press|service|office|"
    r"баспасөз|қызметі\w*|мұрағат\w*|ашық|дереккөз\w*",
    re.IGNORECASE,
)
_MAY_NAME_PICTURE = re.compile(
    "фото|картинк|скриншот|сним|инфографик|коллаж|иллюстрац|видео|сурет|бейне|photo|image|picture|video"
)
"""In lower case: one of these stands in each credit."""
_SENTENCES = re.compile(r"(?<=\w{3}[.!?])\s+")
_MAX_CREDIT_WORDS = 30
_MAX_CREDIT_CHARACTERS = 500
_MAX_BARE_CREDIT_WORDS = 14
_SHORT_CREDIT_WORDS = 8
"""A longer line with a finite verb is a sentence, even if it begins with «Фото:»."""


def is_credit_line(text: str) -> bool:
    """Whether a line (`one_line`) is a picture's credit: «Фото: Сенат», «инфографика Н. Ляликовой».

    In a line without colon every word must be a name or a word for makers and owners, so that no
    sentence that begins with «Фото» is taken for a credit.
    """
    count = text.count(" ") + 1
    if count > _MAX_CREDIT_WORDS or len(text) > _MAX_CREDIT_CHARACTERS:
        return False
    lower = text.lower()
    if not _MAY_NAME_PICTURE.search(lower) or text.rstrip()[-1:] in (":", ";"):
        return False
    if film := _FILM_COLON.match(text):
        return count <= _SHORT_CREDIT_WORDS and _names_makers(film["who"])
    if _WITHOUT_MAKER.fullmatch(text):
        return True
    if _COURTESY.match(text):
        return count <= _MAX_BARE_CREDIT_WORDS
    if _CREDIT_COLON.match(text):
        return count <= _SHORT_CREDIT_WORDS or not has_finite_verb(text)
    if ("сурет" in lower or "фотосы" in lower) and (after := _CREDIT_AFTER.match(text)):
        return is_name(after["who"]) or after["who"].lower().startswith("автор")
    bare = _CREDIT_BARE.match(text)
    return bare is not None and count <= _MAX_BARE_CREDIT_WORDS and _names_makers(bare["who"])


def _names_makers(text: str) -> bool:
    """Whether every word is a name, an address or a word for makers and owners."""
    words = re.findall(r"[\w@/.-]+", text)
    return all(
        word[:1].isupper()
        or "." in word.strip(".")
        or word[:1] == "@"
        or _MAKER_WORD.fullmatch(word)
        for word in words
        if word.strip("/.-")
    )


@remembered
def image_credit(text: str) -> str | None:
    """The maker of the picture whom a caption or credit line names; None where it names nobody.

    >>> image_credit("Фото: пресс-служба Сената")
    'пресс-служба Сената'
    """
    if not _MAY_NAME_PICTURE.search(text.lower()):
        return None
    if found := _CREDIT_NAMED.search(text, max(0, len(text) - _MAX_CREDIT_CHARACTERS)):
        return without_marks_around(found["who"])
    *_, last = _SENTENCES.split(text)
    if last != text and is_credit_line(last):
        return image_credit(last)
    if not is_credit_line(text) or _WITHOUT_MAKER.fullmatch(text):
        return None
    bare = _CREDIT_BARE.match(text)
    is_phrase = bare and re.match(
        r"предоставлен|сделан|из\b|с\b|from\b|courtesy|provided|supplied", bare["who"]
    )
    return without_marks_around(bare["who"]) if bare and not is_phrase else text.strip()


def first_credit(lines: Iterable[str]) -> str | None:
    """The first maker of a picture whom one of the lines names; None where none does."""
    return next((maker for line in lines if (maker := image_credit(line))), None)
