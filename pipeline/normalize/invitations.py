"""Lines that invite readers: to a source's channels on networks, or to report an error.

Networks are social ones, messengers, and shops of applications.
"""

import re
from typing import Literal
from urllib.parse import urlsplit

from pipeline.normalize.sentences import has_finite_verb

Place = Literal["channel", "post", "share", "shop"]
"""An account on a network, one of its posts, the form that shares a page there; an application in a
shop of them."""

_NETWORKS = (
    r"telegram|телеграм|whats ?app|в[оа]тсап|viber|вайбер|instagram|инстаграм|facebook|фейсбук|"
    r"you ?tube|ютуб|tik ?tok|тикток|twitter|твиттер|вконтакте|vk\b|threads\b|одноклассник|дзен\b|"
    r"linkedin|google news|соцсет|социальн\w+ сет|әлеуметтік желі|social (?:media|network)"
)
NETWORK_NAME = re.compile(_NETWORKS, re.IGNORECASE)
_NETWORK_IN_LOWER = re.compile(_NETWORKS)
"""The same for text in lower case: much faster."""
_HOSTS = frozenset([
    "t.me", "telegram.me", "telegram.org", "wa.me", "whatsapp.com", "viber.com", "instagram.com",
    "facebook.com", "fb.com", "fb.me", "fb.watch", "youtube.com", "youtu.be", "tiktok.com", "x.com",
    "twitter.com", "t.co", "vk.com", "vk.ru", "vkvideo.ru", "ok.ru", "threads.net", "threads.com",
    "linkedin.com", "dzen.ru", "zen.yandex.ru", "news.google.com", "flipboard.com", "max.ru",
])  # fmt: skip
_SHOP_HOSTS = frozenset({"apps.apple.com", "play.google.com", "appgallery.huawei.com"})
_POST_HOSTS = frozenset({"youtu.be", "t.co", "fb.watch"})
_SHARE = re.compile(r"/(?:share\w*|intent|send)\b|[?&](?:url|u|text)=")
_POST = re.compile(
    r"/(?:p|reels?|tv|stor(?:y|ies)|status(?:es)?|posts?|watch|shorts|videos?|photos?|permalink|"
    r"topic|live)\b|/(?:wall|video|photo|clip)-?\d|/(?!channel|groups|club)[\w-]+/\d+/?$"
)
_FOLLOW = re.compile(r"подпи(?:сывайтесь|шитесь|саться)\b|жазылыңыз|subscribe\b|follow us\b")
"""In lower case."""
_CHANNEL = (
    rf"(?:{_NETWORKS}|канал|рассылк|паблик|страниц|групп|аккаунт|приложени|арна|парақша|"
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
_KEYS = re.compile(
    r"\b(?:ctrl|control|cmd|command)\b\W{0,3}(?:(?:и|мен|and)\W+)?enter\b", re.IGNORECASE
)
_MISTAKE = re.compile(
    r"\b(?:ошиб[оа]?к\w*|опечат\w+|неточност\w+|қате\w*|typos?|errors?|mistakes?)\b", re.IGNORECASE
)
_MARK_TEXT = re.compile(r"выдел|белгіле|select|highlight", re.IGNORECASE)
_QUESTION = re.compile(r"\W{0,20}(?P<asked>[^.!?…]{3,60})\?\s*(?P<then>.*)")
_TELL_US = re.compile(
    r"(?:сообщи|напиши|выдели|нажми|отправь|хабарла|жаз|белгіле|tell|report|let us|select|press|"
    r"click)\w*",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:новост|главно|сам(?:ое|ые|ая)\b|больше\b|ещ[её]\b|жаңалық|басты|news\b|latest\b|more\b)",
    re.IGNORECASE,
)
"""What a channel offers."""
_MAX_OFFER_WORDS = 5


def network_place(href: str) -> Place | None:
    """What a link leads to on a network: an account, one of its posts, or the form that shares a
    page; None elsewhere.

    >>> network_place("https://t.me/kp"), network_place("https://t.me/kp/12")
    ('channel', 'post')
    """
    if "//" not in href:
        return None
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if host in _SHOP_HOSTS:
        return "shop"
    if not any(host == one or host.endswith(f".{one}") for one in _HOSTS):
        return None
    if _SHARE.search(f"{parts.path}?{parts.query}"):
        return "share"
    return "post" if host in _POST_HOSTS or _POST.search(parts.path) else "channel"


def is_error_report(text: str) -> bool:
    """Whether a short line asks for reports of errors in the text: by the keys to press, or by a
    question and what to do then.

    >>> is_error_report("Нашли ошибку? Выделите её и нажмите Ctrl+Enter")
    True
    """
    if "enter" in text.lower() and _KEYS.search(text):
        return "?" in text or bool(_MISTAKE.search(text) or _MARK_TEXT.search(text))
    asked = _QUESTION.match(text) if "?" in text else None
    return bool(asked and _MISTAKE.search(asked["asked"]) and _TELL_US.match(asked["then"]))


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
    follows = _FOLLOW.search(lower) is not None
    if not (is_linked or follows or _NETWORK_IN_LOWER.search(lower)):
        return False
    if is_link and follows:
        return True
    is_ours = says_we(text) or any(name in lower for name in names)
    offers = is_linked and _OFFER.search(text) is not None
    if offers and len(text.split()) <= _MAX_OFFER_WORDS:
        return not has_finite_verb(text)
    if _IMPERATIVE.search(text) is None:
        is_own = is_ours or _names_networks_alone(text) or (offers and _is_nobodys(text))
        return is_linked and not _has_verb(text) and is_own
    return is_ours or (is_linked and follows and _is_nobodys(text))


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
