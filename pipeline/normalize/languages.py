"""The language of a text, by its letters and its commonest words: `ru`, `kk` or `en`."""

import re
import unicodedata

from pipeline.normalize.lost_letters import LOST_CHARACTER

_KAZAKH_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
_KAZAKH_LETTER = re.compile(f"[{_KAZAKH_LETTERS}]")
_KAZAKH_WORD = re.compile(rf"[{_KAZAKH_LETTERS}][\u0400-\u04ff]*")
"""A word that has such a letter, from the first of them on."""
_LATIN_WORD = re.compile(r"[a-z\u00df-\u02af\u1e00-\u1eff]+")
_CYRILLIC_BYTES = range(0xD0, 0xD4)
"""The first bytes of the letters from U+0400 to U+04FF in UTF-8."""
_LATIN_BYTES = (*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", *range(0xC3, 0xCA))
"""The Latin letters without accents, and the first bytes of those from U+00C0 to U+027F."""
_SCRIPTS = bytes(
    ord("c") if byte in _CYRILLIC_BYTES else ord("l") if byte in _LATIN_BYTES else ord(" ")
    for byte in range(256)
)
_FURTHER_BYTES = bytes(range(0x80, 0xC0))
"""The bytes of a letter in UTF-8 behind its first one."""
_MAX_LOST = 0.05
"""Lost letters for each word."""
_MIN_LETTERS = 60
_MIN_SCRIPT_SHARE = 0.7
_MIN_KAZAKH_SHARE = 0.38
"""Of a Kazakh text's words, at least so many have a letter that Russian lacks."""
_MAX_RUSSIAN_SHARE = 0.28
"""Of a Russian text's words, at most so many."""

_ENGLISH_WORDS = frozenset(
    _LATIN_WORD.findall(
        "the of and to in is for that with as by from it are this his have which not their its "
        "been they but who she had would you after about said into more than when there could were "
        "these what can he on at was or will we"
    )
)
_KAZAKH_WORDS = frozenset(
    _LATIN_WORD.findall(
        "jane usin turali tirali bul osi bolip boldi bolgan boladi bolatin bolmasa degen dedi onin "
        "ozinin boiinsa memleket memlekettik arkili keiin deiin emes sondai sondiktan sonin nemese "
        "tiis barlik arbir jili jil jildin kerek kajet birak gana tagi etu etken eken sebebi otir "
        "kazir kezinde bugin retinde bolu men kazak kazakstan kazakstannin respublikasi "
        "respublikasinin jumis jogari ulken jatir jatkan elimizdin aldinda mumkin kamtamasiz"
    )
)
"""As `_in_one_alphabet` writes them. Few of them are words of languages near to Kazakh too."""
_MIN_ENGLISH_WORDS = 0.15
"""Of the words. English news has 0.25 to 0.4, other languages in Latin letters below 0.1."""
_MIN_ANY_ENGLISH = 0.05
_MIN_MARKED = 0.2
"""Of the words. Kazakh in Latin letters has 0.3 and more with a letter such as ı, ǵ, ş or ú."""
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
    scripts = _scripts(text)
    cyrillic, latin = scripts.count(b"c"), scripts.count(b"l")
    letters = cyrillic + latin
    if letters < _MIN_LETTERS:
        return None
    if latin >= _MIN_SCRIPT_SHARE * letters:
        return _clear_in_latin(text)
    if cyrillic < latin:
        return None
    words = len(scripts.replace(b"l", b" ").split())
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
    if language == "kk":
        return True
    scripts = _scripts(text)
    cyrillic, latin = scripts.count(b"c"), scripts.count(b"l")
    return cyrillic >= latin if language == "ru" else latin >= cyrillic


def is_rather_kazakh(text: str) -> bool:
    """Whether a text in Latin letters has next to none of the commonest words of English, and many
    with letters that English lacks: a list of names has neither.
    """
    words = _latin_words(text)
    english = sum(word in _ENGLISH_WORDS for word in words)
    marked = sum(not word.isascii() for word in words)
    return english < _MIN_ANY_ENGLISH * len(words) and marked >= _MIN_MARKED * len(words)


def language_by_letters(text: str) -> str:
    """The language of any text: Kazakh by its own letters, else Russian or English by the script;
    in Latin letters Kazakh where its commonest words are more than those of English.

    Russian texts contain Kazakh names, so more than one Cyrillic letter in twelve must be
    Kazakh's own.
    """
    scripts = _scripts(text)
    cyrillic, latin = scripts.count(b"c"), scripts.count(b"l")
    if len(_KAZAKH_LETTER.findall(text)) * 12 > cyrillic:
        return "kk"
    if cyrillic >= latin:
        return "ru"
    words = _latin_words(text)
    own = len(_KAZAKH_WORDS.intersection(_in_one_alphabet(words)))
    english = len(_ENGLISH_WORDS.intersection(words))
    return "kk" if own >= _MIN_DIFFERENT_WITHOUT_ADDRESS and own > english else "en"


def _scripts(text: str) -> bytes:
    """A byte for each character: `c` for a Cyrillic letter, `l` for a Latin one, else a space."""
    return text.encode("utf-8", "replace").translate(_SCRIPTS, _FURTHER_BYTES)


def _clear_in_latin(text: str) -> str | None:
    words = _latin_words(text)
    is_english = _has_many(words, _ENGLISH_WORDS, _MIN_ENGLISH_WORDS)
    is_kazakh = _has_many(_in_one_alphabet(words), _KAZAKH_WORDS, _MIN_KAZAKH_WORDS)
    if is_english == is_kazakh:
        return None
    return "en" if is_english else "kk"


def _has_many(words: list[str], common: frozenset[str], min_share: float) -> bool:
    found = [word for word in words if word in common]
    return len(set(found)) >= _MIN_DIFFERENT and len(found) >= min_share * len(words)


def _latin_words(text: str) -> list[str]:
    return _LATIN_WORD.findall(_APOSTROPHES.sub("", text).lower())


def _in_one_alphabet(words: list[str]) -> list[str]:
    """Words in one form for all Latin alphabets of Kazakh and the usual transliterations: without
    accents, one letter for each of those that these write differently.
    """
    plain = " ".join(words)
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    for written, letter in _DIGRAPHS:
        plain = plain.replace(written, letter)
    return plain.translate(_ONE_LETTER).split()
