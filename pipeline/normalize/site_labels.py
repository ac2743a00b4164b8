"""A site's own labels, told by their words: what shares, counts or prints, leads to other pages,
tags, names its staff; notes on rights, invitations to a source's channels or to report errors.

A label is nothing but words of its kind. A note is more, so what only begins like one is text: a
line that tells what somebody says or did, or goes on after the note's words.

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

SiteLabel = Literal[
    "share", "counter", "tool", "rights", "invitation", "navigation", "staff", "age", "rule"
]  # fmt: skip
"""What shares the page; how often it was read, or how it is rated; what is done with it; whose it
is and who may use it; subscribe; other pages; who edited it; readers from which age; a row of
marks between parts of a text, which is no paragraph.
"""

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
_KEYS = re.compile(
    r"\b(?:ctrl|control|cmd|command)\b\W{0,3}(?:(?:и|мен|and)\W+)?enter\b", re.IGNORECASE
)
_MISTAKE = re.compile(
    r"\b(?:ошиб[оа]?к\w*|опечат\w+|неточност\w+|қате\w*|typos?|errors?|mistakes?)\b", re.IGNORECASE
)
_MARK_TEXT = re.compile(r"выдел|белгіле|select|highlight", re.IGNORECASE)
_QUESTION = re.compile(r"\W{0,20}(?P<asked>[^.!?…]{3,60})\?\s*(?P<then>.*)")
_TELL_US = re.compile(
    r"(?:(?:сообщи|напиши|выдели|нажми|отправь)(?:те)?|(?:(?:бізге|редакцияға) )?"
    r"(?:хабарла|жаз|белгіле)\w{0,3}(?:ңыз|ңіз)\w*|"
    r"белгілеп|tell us|report (?:it|this|us|a|the)|let us|select|press|click)\b",
    re.IGNORECASE,
)
_MISTAKE_ELSEWHERE = re.compile(
    r"\b(?:во?|на|in|on|with)\W+(?!(?:[\w-]+\W+){0,2}(?:текст|стать|материал|новост|публикаци|"
    r"заметк|сайт|страниц|тексе|(?:web)?(?:site|page)\b|text|article|story))",
    re.IGNORECASE,
)
"""In a question on mistakes: those are not in the site's text, but in a bill or a list."""
_TOLD_OTHERS = re.compile(
    r"\b(?:во|в|to)\W+(?!(?:[\w-]+\W+){0,2}(?:редакци|комментари|форм|чат|бот|личк|личн|директ|"
    rf"(?:us|our|editors?|newsroom)\b|{_NETWORKS}))",
    re.IGNORECASE,
)
"""Whom to tell of a mistake, if that is not the site."""
_OFFER = re.compile(
    r"\b(?:новост|главно|сам(?:ое|ые|ая)\b|больше\b|ещ[её]\b|жаңалық|басты|news\b|latest\b|more\b)",
    re.IGNORECASE,
)
"""What a channel offers."""
_MAX_OFFER_WORDS, _MAX_OWN_OFFER_WORDS = 5, 7
_SHARES = frozenset(words(
    "поделиться поделитесь поделись поделились репост бөлісу бөлісіңіз бөлісіңіздер бөлісті"
    " share shares shared tweet"
))  # fmt: skip
_MAY_SHARE = re.compile("подел|репост|бөліс|share|tweet")
"""In lower case: one of these stands in each label that shares."""
_FIGURE = re.compile(r"\d")
_BESIDE_SHARES = _SHARES | frozenset(words(
    "новостью статьей материалом страницей ссылкой этой этим в на с из со соц социальных сетях сети"
    " сетью соцсетях соцсети друзьями всеми раз раза всего"
    " понравилась понравился понравилось статья материал новость вам ли"
    " әлеуметтік желілерде желіде желі достарыңызбен жаңалықпен мақаламен осы бұл рет барлығы"
    " ұнады ұнаса мақала жаңалық ма па те де та да"
    " this the page article story news post on in to with via friends social media times total"
    " like liked enjoyed did do you if it your please"
))  # fmt: skip
_COUNTED = re.compile(
    r"просмотр\w{0,3}|просмотрел[иао]?|просмотрено|прочит\w{2,3}|прочтени[йяе]|комментари\w{1,2}|"
    r"обсудить|лайк\w{0,2}|дизлайк\w{0,2}|нравится|репост\w{0,2}|қарал\w{2,5}|көріл\w{2,5}|оқылды|"
    r"оқылым\w{0,4}|пікір\w{0,5}|ұнады|views?|viewed|comments?|likes?|reposts?|shares?|tweets?"
)
_COUNTED_WITH_FIGURES = re.compile(
    r"скача(?:ли|но|л)|скачивани[йяе]|загрузок|сохранили|оценили|рекомендуют|реакци[йия]|"
    r"рейтинг\w{0,2}|оценк[аи]|оценок|ұнайды|ұнатты|ұнаған|жуктел\w{2,5}|жуктеу(?:лер)?|бағалады|"
    r"скачать|download|read|reads|downloads?|downloaded|saves?|saved|reactions?|claps?|ratings?|rated|liked"
)
"""What is counted too, in the form for comparing; without figures these words may be a heading."""
_BESIDE_COUNTED = frozenset(words(
    "раз раза всего тыс тысяч тысячи млн миллион миллиона миллионов рет барлығы мың миллион саны"
    " количество число times total of number thousand million"
    " мин минут минуты минута время чтения чтение на оқу уақыты минуттық min mins minute minutes"
    " reading read time"
    " голосов голоса голос балл балла баллов средняя средний из человек пользователей читателей"
    " статьи материала новости мақала мақаланың article story"
    " дауыс орташа пайдаланушы пайдаланушылар оқырман оқырмандар адам"
    " votes vote average out stars user users reader readers people"
))  # fmt: skip
_AMOUNT = re.compile(r"\d+[kкmм]?|тыс|млн|мың")
"""As words, for comparing: 1.3K is 1 and 3к."""
_DIALOGUE_DASH = re.compile(r"[–—-]\s")
_ABBREVIATION = re.compile(r"(?<=тыс|млн|мин|min)\.$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAGE_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_MIN_PAGE_NUMBERS = 3
_READING_TIME = re.compile(
    r"\W*(?:время (?:чтения|на чтение)|читать|оқу уақыты|reading time)\W*\d+\W*(?:мин|min)\w*\W*|"
    r"\W*\d+\s*(?:min|minutes?) read\W*",
    re.IGNORECASE,
)
_COUNTED_BY_SIGN = re.compile(r"[\W\d]*(?:👁|👀|👍|👎|💬|🗨|❤|♥|🔁)[\W\d]*")
_TOOLS = frozenset(tuple(words(label)) for label in (
    "печать", "печатать", "версия для слабовидящих",
    "версия для печати", "распечатать", "распечатать новость", "распечатать статью",
    "распечатать страницу", "отправить на печать", "слушать новость", "слушать статью",
    "прослушать новость", "прослушать статью", "копировать ссылку", "скопировать ссылку",
    "ссылка скопирована", "добавить в избранное", "в избранное", "оставить комментарий",
    "добавить комментарий", "написать комментарий",
    "басып шығару", "баспаға шығару", "басып шығару нұсқасы", "жаңалықты тыңдау",
    "мақаланы тыңдау", "сілтемені көшіру", "таңдаулыларға қосу", "таңдаулыға қосу",
    "бетбелгіге қосу", "басып шығаруға арналған нұсқа", "пікір қалдыру", "пікір жазу",
    "добавить в закладки",
    "сохранить в закладки", "в закладки", "print", "print article", "print story",
    "print this story", "print page", "print version",
    "print this page", "print this article", "printable version", "copy link", "copy the link",
    "link copied", "add to favorites", "add to favourites", "add to bookmarks",
    "bookmark this page", "save article", "leave a comment", "add a comment", "post a comment",
    "listen to this article",
    "listen to the article",
))  # fmt: skip
_PAGES = frozenset(tuple(words(label)) for label in (
    "наверх", "вверх", "назад", "вернуться", "вернуться назад", "вернуться наверх", "к началу",
    "в начало", "вернуться к списку", "назад к списку", "вернуться к новостям", "к списку новостей",
    "к списку", "вернуться к списку новостей", "главная", "главная страница", "лента новостей",
    "на главную", "вернуться на главную", "новости партнеров", "новости наших партнеров",
    "артқа", "артқа қайту", "кері", "кері қайту", "жоғарыға", "жоғары қарай", "тізімге оралу",
    "басты бет", "басты бетке", "серіктестер жаңалықтары", "серіктестеріміздің жаңалықтары",
    "up", "top", "back", "go back", "to top", "to the top", "back to top", "back to list",
    "back to news",
    "back to the list", "back to home", "partner news", "news from our partners", "partners news",
))  # fmt: skip
_Grammar = tuple[SiteLabel, frozenset[str], frozenset[str], int]
"""A kind of labels: the words of which each has one, those that may stand beside, and the least
number of words.
"""
_GRAMMARS: tuple[_Grammar, ...] = (
    ("invitation", frozenset(words(
        "подписаться подпишись подпишитесь подписывайтесь рассылка рассылку"
" жазылу жазылыңыз жазылыңыздар"
        " subscribe newsletter newsletters"
    )), frozenset(words(
        "на нашу наш наши нас новости новостную еженедельную ежедневную электронную email e mail"
        " канал газету журнал обновления уведомления бесплатно сейчас сегодня по почте"
        " біздің жаңалықтарға таратылымға таратылымымызға хабарламаларға газетке газетімізге арнаға"
        " арнамызға қазір join our the to for sign up get us now here free today daily weekly your"
        " a by in news updates"
    )), 1),
    ("tool", frozenset(words("оцените оценить бағалаңыз бағалаңыздар rate")), frozenset(words(
        "материал статью новость публикацию страницу текст эту этот мақаланы жаңалықты материалды"
        " мәтінді осы бұл this the article page story post news"
    )), 2),
    ("navigation", frozenset(words(
        "следующая следующий предыдущая предыдущий келесі алдыңғы next previous prev"
    )), frozenset(words(
        "статья новость материал запись публикация мақала жаңалық материал жазба article story"
        " post news"
    )), 2),
    ("navigation", frozenset(words(
        "назад вернуться перейти оралу өту back return"
    )), frozenset(words(
        "к ко на в списку всем новостям новостей материалам публикациям статьям разделу главную"
        " главной страницу начало наверх"
        " барлық жаңалықтар жаңалықтарға тізіміне тізімге материалдар мақалалар басты бетке"
        " to the list of all news articles stories publications home main page top"
    )), 2),
    ("navigation", frozenset(words("все барлық all more")), frozenset(words(
        "читать смотреть новости материалы статьи публикации раздела рубрики автора"
" дня сайта этого этой"
        " жаңалықтар мақалалар материалдар жарияланымдар осы бөлімнің айдардың автордың"
        " news articles stories posts the of section from this author by"
    )), 2),
)  # fmt: skip
_MAX_GRAMMAR_WORDS = 7
_MAX_TOOL_WORDS = max(_MAX_GRAMMAR_WORDS, *map(len, _TOOLS), *map(len, _PAGES))
_AGE = re.compile(r"\W*(?:0|6|12|16|18|21)\s?\+\W*")
_RULE = re.compile(r"\s*([*=~•·–—-])(?:\s*\1){2,}\s*")
_PERSON = r"(?-i:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.’'-]*)"
_STAFF = re.compile(
    r"\W{0,5}(?:(?:(?:выпускающий |литературный |ответственный |дежурный |жауапты |шығарушы )?"
    r"(?:редактор(?:ы|лар|лары)?|корректор(?:ы|лар)?)|(?:copy |duty )?editors?|proofreaders?)"
    r"\s*[:：–—]|"
    r"(?:өңдеген|редакциялаған)\s*[:：]?|"
    r"(?:additional )?(?:reporting|editing|writing|edited)(?: and (?:reporting|editing|writing))?"
    rf"(?: in [^.,;:]{{2,20}})? by:?)\s*{_PERSON}(?:(?:,| |, | and | и | және |; ){_PERSON}){{1,9}}"
    r"(?:[;,] [^!?]{2,300})?\W*",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r".{3,200}\bcontributed (?:reporting|(?:to|for) this (?:report|story|article))"
    r"(?=\W*$|[.;)\]]|,? (?:from|in) (?-i:[A-Z]))",
    re.IGNORECASE,
)
_COMMENTS = frozenset(words(
    "комментарии комментарий комментариев обсуждение обсуждения пікір пікірлер comment comments"
    " reply"
))  # fmt: skip
_BESIDE_COMMENTS = frozenset(words(
    "оставить оставьте добавить написать читать все показать посмотреть ваш ваши свой к статье"
    " новости материалу пока нет қалдыру қалдырыңыз жазу қосу барлық сіздің барлығы көру жоқ"
    " leave post add view show see read write all a your the no yet on to this article cancel"
))  # fmt: skip
_TAGS_LABEL = re.compile(
    r"\W*(?:теги|тэги|тег|тегтер|тэгтер|х[еэ]штег\w*|метки|ключевые слова|кілт сөздер|tags?|"
    r"keywords|hashtags?)\s*[:：]\s*",
    re.IGNORECASE,
)
_MAX_TAG_WORDS = 4
_MAX_TAGS_LABEL = 20
_MAX_LABEL_CHARACTERS = 100
_PAST_VERB = re.compile(
    r"\b(?!(?:материал|портал|канал|журнал|персонал|сигнал|оригинал|филиал|генерал|капитал)"
    r"\w{0,3}\b)"
    r"[а-яё]{2,}(?:[аеияыу]л[аи]?|л[аи]сь|лось|лся)\b|"
    r"(?:(?<![аейи])(?<!міндет)|(?<=[мбп][ае]))(?:ды|ді|ты|ті)\W*$"
)
"""In lower case: no note tells what happened."""
_SAYS = re.compile(
    r"[,»”\"]\s*(?:[–—-]\s*)?(?:"
    r"(?:как )?[а-яё]{2,}(?:[аеияыу]л[аи]?|л[аи]сь|лось|лся|[аяеш]ет|[ауюя]ют|ит)\b|"
    r"(?:деп|деді|дейді|дескен)\b|"
    r"(?:[\w’'-]+ ){0,4}?(?:said|says?|told|tells?|ask(?:s|ed)|explain(?:s|ed)|add(?:s|ed)|"
    r"not(?:es|ed)|warn(?:s|ed)|remind(?:s|ed)|recall(?:s|ed)|urg(?:es|ed)|stress(?:es|ed)|"
    r"argu(?:es|ed)|believes?|thinks?|wrote|writes?)\b)|"
    r"\bдеп (?:[\w-]+ ){0,3}\w{2,}(?:ды|ді|ты|ті)\b"
)
"""In lower case: a clause that tells who says what stands before."""
_YEARS = r"(?:19|20)\d\d"
_NOTE_ENDS = rf"(?=\s*(?:$|[.;!|/©()–—]|,?\s*(?:©|{_YEARS})))"
"""So that the words before are a note, not the beginning of a sentence."""
_KEPT = r"құқық\w*(?: (?!мен\b|және\b)\w+){0,3} (?:қорғаулы|(?:қорғал|сақтал)(?:ған|ады))"
"""Of rights, in Kazakh."""
_OWNER = r"(?-i:[A-Z«][\w.«»-]*)(?: (?:of|the|and|(?-i:[A-Z«][\w.«»-]*))){0,9}"
_COPYRIGHT = (
    rf"(?:©(?!\s*[–—-]\s)|{_YEARS}\W{{0,3}}©|"
    rf"copyright\b(?:\W*(?:©|\(c\)|[:：]|{_YEARS}|$)| (?:by )?{_OWNER}{_NOTE_ENDS})|"
    r"все права (?:на (?:[\w-]+ ){0,2}(?:материал|текст|фото|стать|публикаци|контент)\w* "
    r"(?:[\w-]+ ){0,3})?(?:защищены|охраняются)"
    rf"(?: законом)?(?: {_OWNER})?{_NOTE_ENDS}|"
    rf"all rights (?:are )?reserved(?: (?:to|by) {_OWNER})?{_NOTE_ENDS}|"
    rf"(?:барлық|авторлық) {_KEPT}{_NOTE_ENDS}|авторлық құқық\w*\W*(?:[©:\d]|$))"
)
"""Not «Авторлық құқық туралы заң» nor "Copyright law", which a text may be about."""
_COPYRIGHT_NOTE = re.compile(rf"[^\w©«\"“„]{{0,20}}{_COPYRIGHT}", re.IGNORECASE)
_OPINION_NOTE = re.compile(
    r"\W{0,20}(?:(?:мнени[ея]|позици[яи]|точк[аи] зрения) (?:редакции|автор\w+)\b[^.!?]{0,40}"
    r"\bне (?:всегда |обязательно )?совпада|"
    r"редакция (?:[\w-]+ ){0,3}не (?:нес[её]т ответственност|отвечает за|"
    r"(?:всегда )?разделя\w+ (?:мнени|позици|точк))|"
    r"(?:автор|редакция)\w*[^.!?]{0,40}(?:пікір|көзқарас|ұстаным)\w*[^.!?]{0,60}"
    r"(?:с[әа](?:йкес|й) (?:келме|болма)|бірдей болма)|редакция\w*[^.!?]{0,60}жауап(?:ты емес|"
    r"кершілік алмайды|кершілігі жоқ| бермейді)|"
    r"(?:the )?(?:views?|opinions?)\b[^.!?]{0,60}\bexpressed\b[^.!?]{0,80}?(?:"
    r"\b(?:are|is) (?:\w+ )?(?:that|those) of (?:the|its|their) (?:author|writer|contributor)|"
    r"\b(?:do|does|may) not (?:\w+ )?(?:reflect|represent|coincide))|"
    r"the editor\w*[^.!?]{0,30}\b(?:not|no) (?:be )?(?:responsib|liab))",
    re.IGNORECASE,
)
_REGISTRATION_NOTE = re.compile(
    r"\W{0,20}(?:(?:\w+ )?(?:издание|газета|сайт|сми|агентство)\b[^.!?]{0,60}\bзарегистрирован\w*"
    r"[^!?]{0,120}(?:свидетельств|№)|свидетельство о (?:постановке на уч[её]т|регистрации))",
    re.IGNORECASE,
)
_REPRINTS = (
    r"перепечат|копирован|воспроизвед|цитирован|тиражирован|reprint|reproduc|republi|copying|"
    r"quot(?:ing|ation)"
)
_USES = r"использован|распространен|заимствован|use\b|using\b"
_USE_OPENS = re.compile(
    r"\W{0,20}(?:no part of \w+ \w+ |"
    r"(?:при|и|или|либо|any|no|all|when|and|or|(?:люб|полн|частичн|коммерческ)\w+)[ ,]+){0,6}"
    rf"(?:may be )?(?:{_REPRINTS}|{_USES})|"
    r"[^.!?]{0,40}(?:материал|мақала|мәтін|ақпарат|жаңалық)\w*[^.!?]{0,60}"
    r"(?:көшір|пайдалан|бас[қу]|басып|жариял)"
)
"""In lower case, as those below: what a note on the use of texts is about, and what it demands."""
_REPRINTED = re.compile(rf"{_REPRINTS}|көшір|басып|басқан|басу")
_TEXTS_USED = re.compile(
    r"материал|публикаци|стат(?:ь|ей)|текст|контент|новост|информаци|content|article|material|"
    r"texts?\b|information|мақала|жаңалық|мәтін|ақпарат"
)
_NOT_OF_SITE = re.compile(r"(?:информаци|сведени)\w* об?\b|материал\w* (?:[\w-]+ )?дел[ао]?\b")
"""What others' rules are about: data on people, the papers of a case."""
_LINK_WANTED = re.compile(
    r"ссылк|указани\w+ (?:на )?(?:источник|автор)|\blink\b|attribution|сілтеме"
)
_LEAVE_WANTED = re.compile(
    r"разрешени|согласи|запрещ|не допуска|permission|consent|prohibit|forbidden|not allowed|рұқсат|"
    r"тыйым|келісім"
)
_EDITORS = re.compile(
    r"редакци|сайт|правообладател|издани|портал|агентств|газет|письменн|editor|publisher|website|"
    r"written|copyright|жазбаша"
)
_DEMANDS = re.compile(
    r"обязательн|обязан|разреш|допуска|возможн|запрещ|только|необходим|требу|нужн|must\b|requir|"
    r"allowed|permit|may (?:not )?be|prohibit|forbid|mandatory|only\b|"
    r"міндетті|тыйым|рұқсат|қажет|керек"
)
_MAY_BE_RIGHTS_NOTE = re.compile(
    r"\W{0,20}(?:©|(?:19|20)\d\d\W|все права|all rights|copyright|барлық|автор|мнени|позици|"
    r"точк|редакци|the |views?\b|opinion|при |и |или |any |no |when |люб|полн|частичн|коммерч|"
    r"перепеч|копиров|воспроизв|цитиров|тиражир|использ|распростр|заимств|use |using|reprint|"
    r"reprod|republi|copying|quot|(?:\S+ ){0,3}(?:материал|мақала|мәтін|ақпарат|жаңалық))"
)
"""In lower case: how each of these notes begins."""
_RIGHTS_NOTE_BEGINNING = 80
_MAX_LEGAL_NOTE_WORDS = 80
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
    lower = text.lower()
    if ("?" not in text and "enter" not in lower) or _SAYS.search(lower):
        return False
    if "enter" in lower and _KEYS.search(text):
        return "?" in text or bool(_MISTAKE.search(text) or _MARK_TEXT.search(text))
    asked = _QUESTION.match(text) if "?" in text else None
    if asked is None or _MISTAKE.search(asked["asked"]) is None:
        return False
    told = _TELL_US.match(asked["then"])
    return told is not None and not (
        _MISTAKE_ELSEWHERE.search(asked["asked"]) or _TOLD_OTHERS.search(asked["then"])
    )


def is_copyright_note(text: str) -> bool:
    """Whether a text is a note that begins by saying whose the rights are.

    >>> is_copyright_note("© Сенат"), is_copyright_note("Copyright law was discussed")
    (True, False)
    """
    return _COPYRIGHT_NOTE.match(text) is not None and not _tells(text.lower())


def is_legal_note(text: str) -> bool:
    """Whether a text is one of the site's own sentences, which may stand below any article: on
    rights, on the use of its texts, on opinions, on its registration, on cookies.

    >>> is_legal_note("При полном или частичном использовании материалов ссылка обязательна.")
    True
    """
    return is_rights_note(text) or _is_note_on_site(text)


@remembered
def is_rights_note(text: str) -> bool:
    """Whether a text is a note on whose the rights are, who may use the texts, whose opinions these
    are.
    """
    if not _MAY_BE_RIGHTS_NOTE.match(text[:_RIGHTS_NOTE_BEGINNING].lower()):
        return False
    lower = text.lower()
    return (
        _COPYRIGHT_NOTE.match(text) is not None
        or _OPINION_NOTE.match(text) is not None
        or _is_note_on_use(lower)
    ) and not _tells(lower)


def _is_note_on_use(lower: str) -> bool:
    """Whether a text says under which condition the site's texts may be used."""
    if not _USE_OPENS.match(lower) or not _DEMANDS.search(lower) or _NOT_OF_SITE.search(lower):
        return False
    is_short = lower.count(" ") < _MAX_LEGAL_NOTE_WORDS
    of_texts, reprints = _TEXTS_USED.search(lower), _REPRINTED.search(lower)
    wants_link = _LINK_WANTED.search(lower) and (of_texts or reprints)
    wants_leave = _LEAVE_WANTED.search(lower) and of_texts and (reprints or _EDITORS.search(lower))
    return is_short and bool(wants_link or wants_leave)


def _tells(lower: str) -> bool:
    """Whether a text tells what happened, or what somebody says: no note does."""
    return _PAST_VERB.search(lower) is not None or _SAYS.search(lower) is not None


def _is_note_on_site(text: str) -> bool:
    return _REGISTRATION_NOTE.match(text) is not None or _is_cookie_note(text, text.lower())


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
    if label is None and (is_rights_note(text) or _is_note_on_named_site(text, names)):
        return "rights"
    return label


def _is_note_on_named_site(text: str, names: tuple[str, ...]) -> bool:
    """Whether a note on a site or its cookies names the source: others may be text."""
    return any(name in text.lower() for name in names) and _is_note_on_site(text)


@remembered
def _label_by_words(text: str) -> SiteLabel | None:
    lower = text.lower()
    has_figures = _FIGURE.search(lower) is not None
    if not (has_figures or text.count(" ") < _MAX_TOOL_WORDS or _MAY_SHARE.search(lower)):
        return None
    found = words(lower)
    if not found or (has_figures and len(found) == 1):
        return _label_of_signs(lower)
    if _is_spoken(text, found):
        return None
    if tuple(found) in _TOOLS:
        return "tool"
    if tuple(found) in _PAGES:
        return "navigation"
    if _is_share_label(lower, found):
        return "share"
    if has_figures and _is_counter(lower, found):
        return "counter"
    if has_figures and _are_page_numbers(found):
        return "navigation"
    return _label_by_grammar([word for word in found if not _AMOUNT.fullmatch(word)]) or (
        "staff" if is_staff_note(text) else None
    )


def _is_spoken(text: str, found: list[str]) -> bool:
    """Whether a line is somebody's words in a talk: it ends as a sentence, and has a dash before it
    or is one word.
    """
    return text[-1] in ".!?…" and (
        _DIALOGUE_DASH.match(text) is not None
        or (len(found) == 1 and ((found[0],) in _PAGES or (found[0],) in _TOOLS))
    )


def _label_of_signs(lower: str) -> SiteLabel | None:
    if _AGE.fullmatch(lower):
        return "age"
    if _RULE.fullmatch(lower):
        return "rule"
    return "counter" if _COUNTED_BY_SIGN.fullmatch(lower) else None


def _are_page_numbers(found: list[str]) -> bool:
    """Whether words are numbers that rise by one, as those of pages and stars do: 1 2 3."""
    if len(found) < _MIN_PAGE_NUMBERS or not all(map(_PAGE_NUMBER.fullmatch, found)):
        return False
    first = int(found[0])
    return [int(one) for one in found] == list(range(first, first + len(found)))


def _label_by_grammar(found: list[str]) -> SiteLabel | None:
    """The kind of label that words are nothing but."""
    if len(found) > _MAX_GRAMMAR_WORDS:
        return None
    for kind, heads, beside, least in _GRAMMARS:
        if (
            len(found) >= least
            and not heads.isdisjoint(found)
            and all(word in heads or word in beside for word in found)
        ):
            return kind
    return None


def is_staff_note(text: str) -> bool:
    """Whether a line is nothing but who edited a text, or helped with it.

    >>> is_staff_note("Редактор: Ерлан Сатпаев"), is_staff_note("Редактор: Я не согласен.")
    (True, False)
    """
    is_staff = _STAFF.fullmatch(text) is not None and not _tells(text.lower())
    return is_staff or _CONTRIBUTED.match(text) is not None


def is_comments_label(text: str) -> bool:
    """Whether a line is nothing but the label of readers' comments, or of the form for them.

    >>> is_comments_label("Комментарии (3)"), is_comments_label("Комментарии экспертов")
    (True, False)
    """
    if len(text) > _MAX_LABEL_CHARACTERS:
        return False
    found = words(text)
    return not _COMMENTS.isdisjoint(found) and all(
        word in _COMMENTS or word in _BESIDE_COMMENTS or word.isdigit() for word in found
    )


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
        return _are_counts_of(networks, rest)
    return lower[-1] != "?" and all(
        word in _BESIDE_SHARES or _AMOUNT.fullmatch(word) for word in rest
    )


def _are_counts_of(networks: list[str], rest: list[str]) -> bool:
    """Whether a line is names of networks with numbers; one name with a year may be a heading."""
    if not networks or not all(map(_AMOUNT.fullmatch, rest)):
        return False
    amounts = " ".join(rest)
    return _FIGURE.search(amounts) is not None and (
        len(networks) > 1 or _YEAR.fullmatch(amounts) is None
    )


def _is_counter(lower: str, found: list[str]) -> bool:
    if _COUNTED_BY_SIGN.fullmatch(lower) or _READING_TIME.fullmatch(lower):
        return True
    if _ABBREVIATION.sub("", lower)[-1] in ".!?…;":
        return False
    named = [word for word in found if not _AMOUNT.fullmatch(word)]
    if any(map(_COUNTED_WITH_FIGURES.fullmatch, named)):
        amounts = " ".join(word for word in found if _AMOUNT.fullmatch(word))
        is_counted = _FIGURE.search(amounts) is not None and _YEAR.fullmatch(amounts) is None
        return is_counted and all(map(_is_of_count, named))
    return any(map(_COUNTED.fullmatch, named)) and all(
        word in _BESIDE_COUNTED or _COUNTED.fullmatch(word) for word in named
    )


def _is_of_count(word: str) -> bool:
    return (
        word in _BESIDE_COUNTED
        or _COUNTED.fullmatch(word) is not None
        or _COUNTED_WITH_FIGURES.fullmatch(word) is not None
    )


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
        parts = [part for part in re.split(r"[,;#|]", text[label.end() :]) if part.strip()]
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
    if _SAYS.search(lower):
        return False
    follows = _FOLLOW.search(lower) is not None
    if not (is_linked or follows or _NETWORK_IN_LOWER.search(lower)):
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
        and not _SAYS.search(text.lower())
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
