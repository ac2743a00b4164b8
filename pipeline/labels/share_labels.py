"""Labels that share a page, with their counters."""

import re

from pipeline.labels.counters import AMOUNT, FIGURE, YEAR
from pipeline.normalize.networks import NETWORK_IN_LOWER, NETWORK_WORD
from pipeline.normalize.words import words

_SHARES = frozenset(words(
    "поделиться поделитесь поделись поделились репост бөлісу бөлісіңіз бөлісіңіздер бөлісті"
    " share shares shared tweet"
))  # fmt: skip
MAY_SHARE = re.compile("подел|репост|бөліс|share|tweet")
"""In lower case: one of these stands in each label that shares."""
_BESIDE_SHARES = _SHARES | frozenset(words(
    "новостью статьей материалом страницей ссылкой этой этим в на с из со соц социальных сетях сети"
    " сетью соцсетях соцсети друзьями всеми раз раза всего"
    " понравилась понравился понравилось статья материал новость вам ли"
    " әлеуметтік желілерде желіде желі достарыңызбен жаңалықпен мақаламен осы бұл рет барлығы"
    " ұнады ұнаса мақала жаңалық ма па те де та да"
    " this the page article story news post on in to with via friends social media times total"
    " like liked enjoyed did do you if it your please"
))  # fmt: skip


def is_share_wording(lower: str, found: list[str]) -> bool:
    """Whether a text in lower case, of these words, shares a page, or counts who did."""
    networks = NETWORK_IN_LOWER.findall(lower)
    rest = words(NETWORK_WORD.sub(" ", lower)) if networks else found
    if _SHARES.isdisjoint(found):
        return _are_counts_of(networks, rest)
    return lower[-1] != "?" and all(
        word in _BESIDE_SHARES or AMOUNT.fullmatch(word) for word in rest
    )


def _are_counts_of(networks: list[str], rest: list[str]) -> bool:
    """Whether a line is names of networks with numbers; one name with a year may be a heading."""
    if not networks or not all(map(AMOUNT.fullmatch, rest)):
        return False
    amounts = " ".join(rest)
    return FIGURE.search(amounts) is not None and (
        len(networks) > 1 or YEAR.fullmatch(amounts) is None
    )
