"""Negation in Russian, Kazakh and English."""

import re

_WORDS_TEXT = """
не нет ни нельзя без никогда никто никого никому никем ничто ничего ничем нигде никак никуда
никакой никакого никакая никаких емес емеспін емеспіз жоқ жоғын ешқашан
ешкім ештеңе ешбір ешқандай not no never without none nobody nothing nowhere neither nor
cannot
"""
_WORDS = frozenset(_WORDS_TEXT.split())
_HELPERS_TEXT = """
somebody someone something somewhere everybody everyone кто-нибудь кое біреу бәрі
больше уже еще пока вообще совсем енді әлі мүлдем longer yet
быть был была было были будет будут есть есте имеется имеются можно может могут следует
нужно с со все всё всегда кто то же бар болды болады болған еді екен керек be is are was
were been being am do does did done have has had will would shall should can could may might
must with any some always ever to it there the a an
"""
_HELPERS = frozenset(_HELPERS_TEXT.split())
"""What comes or goes with a negation: «нет» for «есть», "did not approve" for "approved"."""
_CONTRACTED = re.compile(r"[a-z]+n['’]t")
_PREFIXES = ("не", "без", "бес", "un", "in", "im", "ir", "il", "dis", "non", "бей")
_MIN_BASE = 4
_INFIX = re.compile(r"[ыіу]?[мбп][ае]")
_VERB_ENDING = re.compile(
    r"(?:[дт][ыі]|[аеи]?й?[дт][ыі]|[аеи]ды|[аеи]ді|[ғқгк][ае]н|[аеий]|[аеы]?[рс]|[ыі]?п|с[ае]|у|"
    r"с[ыі]н|[ғқгк][ыі]|тын|тін|йтын|йтін|атын|етін|йды|йді|уы|уі|мақ|мек|ған|ген|қан|кен)"
    r"(?:м|ң|қ|к|лар|лер|дар|дер|тар|тер|мын|мін|мыз|міз|сың|сің|сыз|сіз|ңыз|ңіз|пын|пін|н[ыі]ң|н[ае]|"
    r"[дт][ае]|д[ыі]|н[ыі]|нан|нен|ға|ге|ын|ін|ы|і)*"
)
_WITHOUT = re.compile(r"с[ыі]з(?:д[ыі]қ?)?")
_MIN_STEM = 2
_TWICE = re.compile(r"(.)\1+")


def is_negation(word: str) -> bool:
    """Whether a word in small letters negates."""
    return word in _WORDS or bool(_CONTRACTED.fullmatch(word))


def is_helper(word: str) -> bool:
    """Whether a word may come or go with a negation."""
    return word in _HELPERS


_IRREGULAR_TEXT = """
win won say said tell told give gave take took go went come came meet met hold held make
made find found get got pay paid leave left send sent spend spent rise rose fall fell grow
grew see saw know knew become became begin began build built buy bought bring brought keep
kept lead led lose lost run ran speak spoke stand stood write wrote draw drew choose chose
break broke think thought sell sold feel felt hear heard let let mean meant read read sit
sat teach taught understand understood agree agreed
"""
_BASE = dict(zip(_IRREGULAR_TEXT.split()[1::2], _IRREGULAR_TEXT.split()[::2], strict=True))


def base_form(word: str) -> str:
    """The base of an irregular past form in English, else the word."""
    return _BASE.get(word, word)


def are_opposite(one: str, other: str) -> bool:
    """Whether one of two words in small letters is the other's negation by a part of it.

    >>> are_opposite("возможно", "невозможно"), are_opposite("қабылдады", "қабылдамады")
    (True, True)
    >>> are_opposite("принят", "отклонен"), are_opposite("барады", "келмейді")
    (False, False)
    """
    if _TWICE.sub(r"\1", one) == _TWICE.sub(r"\1", other):
        return False  # «тапады» for «таппады» is a slip
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _MIN_BASE and any(longer == prefix + shorter for prefix in _PREFIXES):
        return True
    return _is_kazakh_negation(one, other) or _is_kazakh_negation(other, one)


def _is_kazakh_negation(plain: str, negated: str) -> bool:
    """Whether the second is the first with the suffix -ма (-ме, -ба, -бе, -па, -пе) in it."""
    common = 0
    for letter, other in zip(plain, negated, strict=False):
        if letter != other:
            break
        common += 1
    for stem in range(common, _MIN_STEM - 1, -1):
        infix = _INFIX.match(negated, stem)
        if infix and _VERB_ENDING.fullmatch(negated, infix.end()) and _is_plain(plain, stem):
            return True
        if _WITHOUT.fullmatch(negated, stem) and common - stem <= 1 and len(plain) - stem <= 4:
            return stem >= 3
        if common - stem >= 2:
            break
    return False


def _is_plain(word: str, stem: int) -> bool:
    infix = _INFIX.match(word, stem)
    if infix and _VERB_ENDING.fullmatch(word, infix.end()):
        return False
    return bool(_VERB_ENDING.fullmatch(word, stem)) or bool(
        re.fullmatch(r"[ыіл]+[дтғгқк]\w+", word[stem:])
    )
