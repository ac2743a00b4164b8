"""The language of a text, by its letters and its commonest words: `ru`, `kk` or `en`."""

import re
import unicodedata

from pipeline.normalize.lost_letters import LOST_CHARACTER

_KAZAKH_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
_KAZAKH = re.compile(f"[{_KAZAKH_LETTERS}]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0259\u1e00-\u1eff]+")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC_LETTERS = "\u0400-\u0481\u048a-\u052f"
_CYRILLIC_WORD, _KAZAKH_WORD = (
    re.compile(rf"[{letters}][^\W\d_]*") for letters in (_CYRILLIC_LETTERS, _KAZAKH_LETTERS)
)
"""Words that have such a letter, from the first of them on."""
_MAX_LOST = 0.05
"""Lost letters for each word."""
_MIN_LETTERS = 60
_MIN_SCRIPT_SHARE = 0.7
_MIN_KAZAKH_SHARE = 0.38
"""Of a Kazakh text's words, at least so many have a letter that Russian lacks."""
_MAX_RUSSIAN_SHARE = 0.28
"""Of a Russian text's words, at most so many."""

_ENGLISH_WORDS = frozenset(
    _WORD.findall(
        "the of and to in is for that with as by from it are this his have which not their its "
        "been they but who she had would you after about said into more than when there could were "
        "these what can he on at was or will we"
    )
)
_KAZAKH_WORDS = frozenset(
    _WORD.findall(
        "jane usin turali tirali bul osi bolip boldi bolgan boladi bolatin bolmasa degen dedi onin "
        "ozinin boiinsa memleket memlekettik arkili keiin deiin emes sondai sondiktan sonin nemese "
        "tiis barlik arbir jili jil jildin kerek kajet birak gana tagi etu etken eken sebebi otir "
        "kazir kezinde bugin retinde bolu men kazak kazakstan kazakstannin respublikasi "
        "respublikasinin jumis jogari ulken jatir jatkan elimizdin aldinda mumkin kamtamasiz"
    )
)
"""As `_kazakh_words` writes them. Few of them are words of languages near to Kazakh too."""
_MIN_ENGLISH_WORDS = 0.15
"""Of the words. English news has 0.25 to 0.4, other languages in Latin letters below 0.1."""
_MIN_KAZAKH_WORDS = 0.08
"""Of the words. Kazakh has some 0.15, the languages near to it 0.03 and less."""
_MIN_DIFFERENT = 4
"""One word or two of a language are common in many others."""
_MIN_DIFFERENT_WITHOUT_ADDRESS = 2

_APOSTROPHES = re.compile("['`´‘’\u02b9\u02bb\u02bc]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_DIGRAPHS = (("zh", "j"), ("sh", "s"), ("gh", "g"), ("ng", "n"))
_ONE_LETTER = str.maketrans("ıywqəŋ", "iiukan")


def clear_language(text: str) -> str | None:
    """`kk`, `ru` or `en` where letters and words of a text leave no doubt, else None.

    Seven letters in ten must be of one script; half of them are enough where the Cyrillic part is
    Kazakh, whatever it quotes. In Kazakh more than every second word has a letter that Russian
    lacks. A Russian text with many Kazakh names stays below the bounds, a Kazakh text that quotes
    Russian above them. Latin letters alone say nothing, for Kazakh has several
    alphabets of them: there the commonest words of a language must be many. Between the bounds,
    for short texts, and where letters are lost, which may have been Kazakh's own, None.
    """
    cyrillic, latin = _count(_CYRILLIC, text), _count(_LATIN, text)
    letters = cyrillic + latin
    if letters < _MIN_LETTERS:
        return None
    if latin >= _MIN_SCRIPT_SHARE * letters:
        return _clear_in_latin(text)
    if cyrillic < latin:
        return None
    words = len(_CYRILLIC_WORD.findall(text))
    if not words or text.count(LOST_CHARACTER) > _MAX_LOST * words:
        return None
    share = len(_KAZAKH_WORD.findall(text)) / words
    if share >= _MIN_KAZAKH_SHARE:
        return "kk"
    is_russian = share <= _MAX_RUSSIAN_SHARE and cyrillic >= _MIN_SCRIPT_SHARE * letters
    return "ru" if is_russian else None


def fits_script(text: str, language: str) -> bool:
    """Whether most letters of a text are of the script that a language is written in; Kazakh is
    written in both.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    return language == "kk" or (cyrillic >= latin if language == "ru" else latin >= cyrillic)


def language_by_letters(text: str) -> str:
    """The language of any text: Kazakh by its own letters, else Russian or English by the script;
    in Latin letters Kazakh where its commonest words are more than those of English.

    Russian texts contain Kazakh names, so more than one Cyrillic letter in twelve must be
    Kazakh's own.
    """
    cyrillic = _count(_CYRILLIC, text)
    kazakh = _count(_KAZAKH, text)
    if kazakh * 12 > cyrillic:
        return "kk"
    if cyrillic >= _count(_LATIN, text):
        return "ru"
    own = len(set(_kazakh_words(text)) & _KAZAKH_WORDS)
    english = len(set(_english_words(text)) & _ENGLISH_WORDS)
    return "kk" if own >= _MIN_DIFFERENT_WITHOUT_ADDRESS and own > english else "en"


def _count(runs: re.Pattern[str], text: str) -> int:
    """The number of letters in all runs of them."""
    return sum(map(len, runs.findall(text)))


def _clear_in_latin(text: str) -> str | None:
    is_english = _has_many(_english_words(text), _ENGLISH_WORDS, _MIN_ENGLISH_WORDS)
    is_kazakh = _has_many(_kazakh_words(text), _KAZAKH_WORDS, _MIN_KAZAKH_WORDS)
    if is_english == is_kazakh:
        return None
    return "en" if is_english else "kk"


def _has_many(words: list[str], common: frozenset[str], min_share: float) -> bool:
    found = [word for word in words if word in common]
    return len(set(found)) >= _MIN_DIFFERENT and len(found) >= min_share * len(words)


def _english_words(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHES.sub("", text).lower())


def _kazakh_words(text: str) -> list[str]:
    """The words in one form for all Latin alphabets of Kazakh and the usual transliterations:
    without accents and apostrophes, one letter for each of those that these write differently.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).lower())
    plain = _ACCENTS.sub("", plain)
    for written, letter in _DIGRAPHS:
        plain = plain.replace(written, letter)
    return _WORD.findall(plain.translate(_ONE_LETTER))
