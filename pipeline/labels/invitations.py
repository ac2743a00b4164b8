"""Invitations to a source's channels, to a newsletter and the like."""

import re

from pipeline.normalize.networks import NETWORK_IN_LOWER, NETWORK_NAME, NETWORKS
from pipeline.normalize.sentences import has_finite_verb, says

_FOLLOW = re.compile(r"подпи(?:сывайтесь|шитесь|саться)\b|жазылыңыз|subscribe\b|follow us\b")
"""In lower case."""
_CHANNEL = (
    rf"(?:{NETWORKS}|канал|рассылк|паблик|страниц|групп|аккаунт|приложени|арна|парақша|"
    r"channel|newsletter|page|account|app\b)"
)
_OURS = re.compile(
    r"\b(?:мы|нас|нам|нами|біз\w{0,5}|we|(?-i:us))\b|\w{3}(?:мыз|міз)\w{0,3}\b|"
    rf"\b(?:наш\w{{0,3}}|our)\W+(?:[\w-]+\W+){{0,2}}(?:[\w-]+-)?{_CHANNEL}",
    re.IGNORECASE,
)
"""The first person plural, of the three languages; «наш» only of a channel."""
_NOBODYS_CHANNEL = re.compile(
    rf"{_CHANNEL}\w*(?:-[а-яё]+)?(?:\W*$|[,.!:]|\W+(?:и|в|чтобы|and|to|on)\b)", re.IGNORECASE
)
"""A channel without the name of anybody behind it."""
_IMPERATIVE = re.compile(
    r"(?:^|[.!?…:;,]\s+)[^\w«\"“„–—-]*(?:\w+(?:йте|ите|ьте)(?:сь)?|subscribe|follow|join|read|watch|"
    r"find|get|stay|check|like|download|tap|click)\b|\w(?:ңыз|ңіз)(?:дар|дер)?(?=\W*(?:[.!?…]|$))",
    re.IGNORECASE,
)
_PRESENT_VERB = re.compile(r"\b\w{2,}(?:[уюая]т|ит)\b")
_INVITES = re.compile(
    r"(?:^|[.!?:]\s+)\W*(?:click here|tap here|sign up|subscribe|follow|join|chat with us|"
    r"download|get|подпи(?:шитесь|сывайтесь))\b|\bжазылыңыз(?:дар)?(?=[.,!]|$)",
    re.IGNORECASE,
)
_INVITED_TO = re.compile(
    r"\b(?:newsletter|inbox|mailing list|click here|subscribe (?:to|here|now)|subscription|"
    r"on (?:facebook|twitter|instagram)|messenger|(?:our|the) [\w ]{0,15}app\b|free trial|"
    r"рассылк\w+|на (?:нашу )?газету|хабарлама\w*|газет(?:ке|імізге))",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:новост|главно|сам(?:ое|ые|ая)\b|больше\b|ещ[её]\b|жаңалық|басты|news\b|latest\b|more\b)",
    re.IGNORECASE,
)
"""What a channel offers."""
_MAX_OFFER_WORDS, _MAX_OWN_OFFER_WORDS = 5, 7


def is_invitation(
    text: str, names: tuple[str, ...], *, is_linked: bool = False, is_link: bool = False
) -> bool:
    """Whether a short line invites to the channels of a source with these names: it has an
    imperative, or no verb, and says «мы», «наш», or names the source.

    `is_linked` where its links lead to networks, `is_link` where nearly all of it is a link.

    >>> is_invitation("Больше новостей – в нашем Telegram-канале", (), is_linked=True)
    True
    >>> is_invitation("Об этом министр написал в своём Telegram-канале", (), is_linked=True)
    False
    """
    lower = text.lower()
    if says(lower):
        return False
    follows = _FOLLOW.search(lower) is not None
    if not (is_linked or follows or NETWORK_IN_LOWER.search(lower)):
        return False
    if is_link and follows:
        return True
    is_ours = says_we(text) or any(name in lower for name in names)
    is_short = text[-1:] not in (".", "!", "?", "…") and len(text.split()) <= _MAX_OWN_OFFER_WORDS
    offers_ours = is_ours and is_short and _OFFER.search(text) is not None
    offers = is_linked and _OFFER.search(text) is not None
    if offers and len(text.split()) <= _MAX_OFFER_WORDS:
        return not has_finite_verb(text)
    if _IMPERATIVE.search(text) is None:
        is_own = is_ours or _names_networks_alone(text) or (offers and _is_nobodys(text))
        return (is_linked or offers_ours) and not _has_verb(text) and is_own
    is_plain = is_short and _OFFER.search(text) is not None and not re.search('[«“":]', text)
    return is_ours or ((is_plain or (is_linked and follows)) and _is_nobodys(text))


def invites_to_subscribe(text: str) -> bool:
    """Whether a line of any site invites to a newsletter, a subscription, a network or the like.

    >>> invites_to_subscribe("Sign up for our weekly newsletter and get the news first.")
    True
    """
    return (
        _INVITED_TO.search(text) is not None
        and _INVITES.search(text) is not None
        and not says(text.lower())
    )


def says_we(text: str) -> bool:
    """Whether a text says «мы» in some form, or «наш» of a channel."""
    return _OURS.search(text) is not None


def _has_verb(text: str) -> bool:
    return has_finite_verb(text) or _PRESENT_VERB.search(text) is not None


def _names_networks_alone(text: str) -> bool:
    """Whether a text is nothing but names of networks, as in a bar of links."""
    return re.search(r"[^\W\d]{3,}", NETWORK_NAME.sub("", text)) is None


def _is_nobodys(text: str) -> bool:
    """Whether a text names a channel, and nobody whose channel it is."""
    rest = NETWORK_NAME.sub("", text).split()[1:]
    return _NOBODYS_CHANNEL.search(text) is not None and not any(
        word.strip('«"“(')[:1].isupper() for word in rest
    )
