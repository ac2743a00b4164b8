"""Letters that a program could not write, and for which it put question marks.

A database in an older encoding does so: «за?ды ма??лдады», or «????? ???» for whole words.
"""

import re
from collections.abc import Sequence

LOST_CHARACTER = "\ufffd"
"""What decoders put for bytes that they cannot decode."""

_TOKEN = re.compile(r"\S+")
_LOWER, _UPPER = "а-яёәғқңөұүһі", "А-ЯЁӘҒҚҢӨҰҮҺІ"
_IN_WORD = re.compile(
    rf"(?:(?<=[{_LOWER}{_UPPER}])|(?<![^\s«\"“„(\[-]))\?+(?=[{_LOWER}])|"
    rf"(?:(?<=[{_UPPER}])|(?<![^\s«\"“„(\[-]))\?+(?=[{_UPPER}]{{2}})"
)
"""In the middle of a Cyrillic word or at its beginning, where no sentence ends."""
_MAY_BE_LOST = re.compile(rf"\?[{_LOWER}{_UPPER}]|(?<![^\W\d_?])\?+(?!\w)")
"""Not behind the last letter of a word: quickly told."""
_WITHOUT_LETTERS = re.compile(r"[\W\d_]*+")
_MIN_TOKENS = 2
"""One word alone may be mistyped."""


def with_lost_letters(text: str) -> str:
    """The text with U+FFFD in place of the question marks that stand for lost letters: within
    words, and in successive words of nothing else. Marks that end a sentence stay, however many.

    >>> with_lost_letters("Кто? Что?? Сенат за?ды ма??лдады").count(LOST_CHARACTER)
    3
    """
    if "?" not in text or not _MAY_BE_LOST.search(text):
        return text
    tokens = list(_TOKEN.finditer(text))
    lost = [at for at in range(len(tokens)) if _is_lost(tokens, at)]
    if len(lost) < _MIN_TOKENS:
        return text
    parts, end = [], 0
    for at in lost:
        token = tokens[at]
        parts += [text[end : token.start()], _marked(token[0])]
        end = token.end()
    return "".join((*parts, text[end:]))


def _marked(token: str) -> str:
    if _WITHOUT_LETTERS.fullmatch(token):
        return token.replace("?", LOST_CHARACTER)
    return _IN_WORD.sub(lambda found: LOST_CHARACTER * len(found[0]), token)


def _is_lost(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a token has lost letters: a word in which some are, or one of several in a row that
    are question marks alone, one of them with two or more.
    """
    token = tokens[at][0]
    if "?" not in token:
        return False
    if not _WITHOUT_LETTERS.fullmatch(token):
        return _IN_WORD.search(token) is not None
    beside = [one[0] for one in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    alone = [one for one in beside if "?" in one and _WITHOUT_LETTERS.fullmatch(one)]
    return bool(alone) and any("??" in one for one in (token, *alone))
