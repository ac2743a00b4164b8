"""Social networks, messengers, shops of applications: their names, and where links to them lead."""

import re
from typing import Literal
from urllib.parse import urlsplit

Place = Literal["channel", "post", "share", "shop"]
"""An account on a network, one of its posts, the form that shares a page there; an application in a
shop of them."""
NETWORKS = (
    r"telegram|телеграм|whats ?app|в[оа]тсап|viber|вайбер|instagram|инстаграм|facebook|фейсбук|"
    r"you ?tube|ютуб|tik ?tok|тикток|twitter|твиттер|вконтакте|vk\b|threads\b|одноклассник|дзен\b|"
    r"linkedin|google news|соцсет|социальн\w+ сет|әлеуметтік желі|social (?:media|network)"
)
NETWORK_NAME = re.compile(NETWORKS, re.IGNORECASE)
NETWORK_IN_LOWER = re.compile(NETWORKS)
"""The same for text in lower case: much faster."""
NETWORK_WORD = re.compile(rf"(?:{NETWORKS})\w*")
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
