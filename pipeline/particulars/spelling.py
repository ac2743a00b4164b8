"""Whether a word was only mistyped."""

from collections.abc import Sequence

_MIN_LETTERS = 5
_LONG_WORD = 8


def is_mistyped(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two stretches of words in small letters differ in nothing but a slip: one letter of a
    word of five or more, two of a long one, two letters that changed places; a word that stood
    twice.

    >>> is_mistyped(["парламенский"], ["парламентский"]), is_mistyped(["мир"], ["пир"])
    (True, False)
    """
    if len(was) != len(now):
        return _stood_twice(was, now) or _stood_twice(now, was)
    return bool(was) and all(
        one == other or _is_slip(one, other) for one, other in zip(was, now, strict=True)
    )


def _stood_twice(was: Sequence[str], now: Sequence[str]) -> bool:
    return len(was) == 2 and len(now) == 1 and was[0] == was[1] == now[0]


def _is_slip(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if len(one) == len(other) == _MIN_LETTERS - 1:
        return one != other and sorted(one) == sorted(other) and _distance(one, other) == 1
    if shorter < _MIN_LETTERS - 1 or max(len(one), len(other)) < _MIN_LETTERS:
        return False
    if one.removeprefix("в") == other.removeprefix("вы") or one.removeprefix(
        "вы"
    ) == other.removeprefix("в"):
        return False  # «введён» and «выведен»
    far = _distance(one, other)
    if far == 2:
        return shorter >= _LONG_WORD and one[:2] == other[:2] and one[-2:] == other[-2:]
    return far == 1 and one[0] == other[0]


def _distance(one: str, other: str) -> int:
    """How many letters are added, left out, changed, or swapped with the next one; 3 for more."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        earlier, before, row = before, row, [n]
        for m, found in enumerate(other, 1):
            least = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != found))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == found:
                least = min(least, earlier[m - 2] + 1)
            row.append(least)
    return min(3, row[-1])
