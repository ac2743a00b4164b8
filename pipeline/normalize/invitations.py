"""Words of a page's furniture: invitations to a source's channels on networks or to report errors,
labels that share, count or print, notes on rights.

Networks are social ones, messengers, and shops of applications.
"""

import re
from typing import Literal
from urllib.parse import urlsplit

from pipeline.normalize.sentences import has_finite_verb
from pipeline.normalize.words import words
from pipeline.remembered import remembered

Place = Literal["channel", "post", "share", "shop"]
"""An account on a network, one of its posts, the form that shares a page there; an application in a
shop of them."""

SiteLabel = Literal["share", "counter", "tool", "rights"]
"""What shares the page, how often it was read and the like, what is done with it, whose it is."""

_NETWORKS = (
    r"telegram|телеграм|whats ?app|в[оа]тсап|viber|вайбер|instagram|инстаграм|facebook|фейсбук|"
    r"you ?tube|ютуб|tik ?tok|тикток|twitter|твиттер|вконтакте|vk\b|threads\b|одноклассник|дзен\b|"
    r"linkedin|google news|соцсет|социальн\w+ сет|әлеуметтік желі|social (?:media|network)"
)
NETWORK_NAME = re.compile(_NETWORKS, re.IGNORECASE)
_NETWORK_IN_LOWER = re.compile(_NETWORKS)
"""The same for text in lower case: much faster."""
_NETWORK_WORD = re.compile(rf"(?:{_NETWORKS})\w*")
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
_SHARES = frozenset(words(
    "поделиться поделитесь поделись поделились репост бөлісу бөлісіңіз бөлісіңіздер бөлісті"
    " share shares shared tweet"
))  # fmt: skip
_BESIDE_SHARES = _SHARES | frozenset(words(
    "новостью статьей материалом страницей ссылкой этой этим в на с из со соц социальных сетях сети"
    " сетью соцсетях соцсети друзьями всеми раз раза всего"
    " әлеуметтік желілерде желіде желі достарыңызбен жаңалықпен мақаламен осы бұл рет барлығы"
    " this the page article story news post on in to with via friends social media times total"
))  # fmt: skip
_COUNTED = re.compile(
    r"просмотр\w{0,3}|просмотрел[иао]?|просмотрено|прочит\w{2,3}|прочтени[йяе]|комментари\w{1,2}|"
    r"обсудить|лайк\w{0,2}|дизлайк\w{0,2}|нравится|репост\w{0,2}|қарал\w{2,5}|көріл\w{2,5}|оқылды|"
    r"оқылым\w{0,4}|пікір\w{0,3}|ұнады|views?|viewed|comments?|likes?|reposts?|shares?|tweets?"
)
_BESIDE_COUNTED = frozenset(words(
    "раз раза всего тыс млн рет барлығы мың саны количество число k times total of number"
    " мин минут минуты минута время чтения чтение на оқу уақыты минуттық min mins minute minutes"
    " reading read time"
))  # fmt: skip
_READING_TIME = re.compile(
    r"\W*(?:время (?:чтения|на чтение)|читать|оқу уақыты|reading time)\W*\d+\W*(?:мин|min)\w*\W*|"
    r"\W*\d+\s*(?:min|minutes?) read\W*",
    re.IGNORECASE,
)
_COUNTED_BY_SIGN = re.compile(r"[\W\d]*(?:👁|👀|👍|👎|💬|🗨|❤|♥|🔁)[\W\d]*")
_TOOLS = frozenset(tuple(words(label)) for label in (
    "версия для печати", "распечатать", "распечатать новость", "распечатать статью",
    "распечатать страницу", "отправить на печать", "слушать новость", "слушать статью",
    "прослушать новость", "прослушать статью", "копировать ссылку", "скопировать ссылку",
    "ссылка скопирована", "добавить в избранное", "в избранное", "оставить комментарий",
    "добавить комментарий", "написать комментарий", "вернуться к списку", "назад к списку",
    "басып шығару", "баспаға шығару", "басып шығару нұсқасы", "жаңалықты тыңдау", "мақаланы тыңдау",
    "сілтемені көшіру", "таңдаулыларға қосу", "пікір қалдыру", "пікір жазу", "тізімге оралу",
    "print version", "print this page", "print this article", "printable version", "copy link",
    "copy the link", "link copied", "add to favorites", "leave a comment", "add a comment",
    "post a comment", "back to top", "back to list", "listen to this article",
    "listen to the article",
))  # fmt: skip
_TAGS_LABEL = re.compile(
    r"\W*(?:теги|тэги|тег|тегтер|тэгтер|х[еэ]штег\w*|метки|ключевые слова|кілт сөздер|tags?|"
    r"keywords|hashtags?)\s*[:：]\s*",
    re.IGNORECASE,
)
_MAX_TAG_WORDS = 4
_MAX_TAGS_LABEL = 20
_MAX_LABEL_CHARACTERS = 100
_KEPT = r"құқық\w*(?: (?!мен\b|және\b)\w+){0,3} (?:қорғаулы|(?:қорғал|сақтал)(?:ған|ады))"
"""Of rights, in Kazakh."""
_SAYS_RIGHTS = re.compile(
    rf"права защищены|права охраняются|rights reserved|{_KEPT}|"
    r"(?:©|copyright|\(c\))\W*(?:19|20)\d\d|(?:19|20)\d\d\W*©",
    re.IGNORECASE,
)
_COPYRIGHT = (
    r"(?:©|copyright\b(?! (?!by\b)(?-i:[a-z]))|все права (?:защищены|охраняются)|"
    rf"all rights reserved|(?:барлық|авторлық) {_KEPT}|авторлық құқық\w*\W*(?:[©:\d]|$))"
)
"""Not «Авторлық құқық туралы заң» nor "Copyright law", which a text may be about."""
_COPYRIGHT_NOTE = re.compile(rf"\W{{0,20}}{_COPYRIGHT}", re.IGNORECASE)
_LEGAL_NOTE = re.compile(
    rf"\W{{0,20}}(?:{_COPYRIGHT}|"
    r"перепечатка\b|при (?:[\w-]+ ){0,5}?(?:использовании|перепечатке|копировании|цитировании)\b"
    r"(?: (?:[\w-]+ ){0,4}?материал|[^.!?]{0,80}\b(?:активная )?(?:гипер)?ссылка\b)|"
    r"(?:любое |полное |частичное )?(?:использование|копирование|воспроизведение|цитирование)\b"
    r"[^.!?]{0,60}материал[^.!?]{0,90}(?:ссылк|разреш|запрещ|соглас)|"
    r"мнени[ея] (?:редакции|автор\w+)\b[^.!?]{0,40}\bне (?:всегда )?совпада|редакция не нес[её]т|"
    r"[^.!?]{0,40}материал[^.!?]{0,60}(?:көшір|пайдалан|бас[қу]|жариялан)[^.!?]{0,60}сілтеме|"
    r"(?:any )?(?:use|reproduction|reprinting|copying) of [^.!?]{0,40}(?:materials?|content)\b|"
    r"when (?:using|reprinting|quoting)\b[^.!?]{0,40}materials?|"
    r"(?:\w+ )?(?:издание|газета|сайт|сми|агентство)\b[^.!?]{0,60}\bзарегистрирован\w*[^!?]{0,120}"
    r"(?:свидетельств|№)|свидетельство о (?:постановке на уч[её]т|регистрации))",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"\b(?:cookies?|куки)\b")
"""In lower case."""
_SITE_SPEAKS = re.compile(
    r"\bвы\b.{0,40}(?:соглаша|принима)|\b(?:мы|наш\w*|этот|этом|данный) (?:сайт\w* )?использу|"
    r"\bсайт использует|нажимая|\byou\b.{0,40}(?:agree|accept|consent)|"
    r"\bby (?:continuing|using)|\bwe use|\b(?:this|our) (?:web)?site uses|"
    r"\b(?:сіз|біз)\b|келісесіз",
    re.IGNORECASE,
)
_MAX_COOKIE_NOTE_WORDS = 40


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


def is_copyright_note(text: str) -> bool:
    """Whether a text begins by saying whose the rights are.

    >>> is_copyright_note("© Сенат"), is_copyright_note("Copyright law was discussed")
    (True, False)
    """
    return _COPYRIGHT_NOTE.match(text) is not None


def is_legal_note(text: str) -> bool:
    """Whether a text is one of the site's own sentences, which may stand below any article: on
    rights, on the use of its texts, on its registration, on cookies.

    >>> is_legal_note("При полном или частичном использовании материалов ссылка обязательна.")
    True
    """
    return _LEGAL_NOTE.match(text) is not None or _is_cookie_note(text, text.lower())


def _is_cookie_note(text: str, lower: str) -> bool:
    return (
        ("cookie" in lower or "куки" in lower)
        and _COOKIES.search(lower) is not None
        and len(text.split()) <= _MAX_COOKIE_NOTE_WORDS
        and _SITE_SPEAKS.search(text) is not None
    )


def site_label(text: str, names: tuple[str, ...] = ()) -> SiteLabel | None:
    """What label of a page a line is nothing but, by its words; `names` are the source's.

    >>> site_label("Поделиться: 14"), site_label("Поделиться опытом"), site_label("345 просмотров")
    ('share', None, 'counter')
    """
    label = _label_by_words(text) if len(text) <= _MAX_LABEL_CHARACTERS else None
    return label or ("rights" if _is_note_on_rights(text, names) else None)


@remembered
def _label_by_words(text: str) -> SiteLabel | None:
    lower = text.lower()
    found = words(lower)
    if tuple(found) in _TOOLS:
        return "tool"
    if _is_share_label(lower, found):
        return "share"
    return "counter" if any(map(str.isdigit, lower)) and _is_counter(lower, found) else None


@remembered
def is_count(text: str) -> bool:
    """Whether a line is nothing but a number, or what it counts, such as views, with or without it.

    >>> is_count("348"), is_count("Қаралды: 348"), is_count("Просмотры")
    (True, True, True)
    """
    if not any(map(str.isalpha, text)):
        return True
    lower = text.lower()
    return len(text) <= _MAX_LABEL_CHARACTERS and _is_counter(lower, words(lower))


def _is_share_label(lower: str, found: list[str]) -> bool:
    networks = _NETWORK_IN_LOWER.findall(lower)
    rest = words(_NETWORK_WORD.sub(" ", lower)) if networks else found
    if _SHARES.isdisjoint(found):
        return len(networks) > 1 and rest != [] and all(map(str.isdigit, rest))
    return lower[-1] != "?" and all(word in _BESIDE_SHARES or word.isdigit() for word in rest)


def _is_counter(lower: str, found: list[str]) -> bool:
    if _COUNTED_BY_SIGN.fullmatch(lower) or _READING_TIME.fullmatch(lower):
        return True
    named = [word for word in found if not word.isdigit()]
    return (
        lower[-1] not in ".!?…;"
        and any(map(_COUNTED.fullmatch, named))
        and all(word in _BESIDE_COUNTED or _COUNTED.fullmatch(word) for word in named)
    )


def _is_note_on_rights(text: str, names: tuple[str, ...]) -> bool:
    """Whether a legal note says whose all rights are, or names the source: others may be text."""
    if not is_legal_note(text):
        return False
    lower = text.lower()
    return any(name in lower for name in names) or _SAYS_RIGHTS.search(text) is not None


def labelled_tags(text: str) -> tuple[str, ...]:
    """The tags in a line that is hashtags, or tags behind their label; none of other lines.

    >>> labelled_tags("#степь #Сенат РК"), labelled_tags("Теги: степь, Сенат")
    (('степь', 'Сенат РК'), ('степь', 'Сенат'))
    """
    if text.startswith("#"):
        longest = 1 if text.count("#") == 1 else _MAX_TAG_WORDS - 1
        parts = text.split("#")[1:]
    elif label := _TAGS_LABEL.match(text) if ":" in text[:_MAX_TAGS_LABEL] else None:
        longest = _MAX_TAG_WORDS
        parts = re.split(r"[,;#|]", text[label.end() :].removeprefix("#"))
    else:
        return ()
    tags = tuple(tag.strip(" ,;#|") for tag in parts)
    is_tags = all(1 <= len(tag.split()) <= longest for tag in tags) and text[-1] not in ".!?…"
    return tags if is_tags else ()


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
