"""A site's own labels, told by their words: what shares, counts or prints, leads to other pages,
tags, names its staff.

A label is nothing but words of its kind. A note is more, so what only begins like one is text: a
line that tells what somebody says or did, or goes on after the note's words.
"""

import re
from typing import Literal

from pipeline.labels.counters import (
    AMOUNT,
    COUNTED_BY_SIGN,
    FIGURE,
    MAX_LABEL_CHARACTERS,
    are_page_numbers,
    is_counter,
)
from pipeline.labels.rights_notes import is_note_on_site, is_rights_note
from pipeline.labels.share_labels import MAY_SHARE, is_share_wording
from pipeline.labels.staff import is_staff_note
from pipeline.normalize.words import words
from pipeline.remembered import remembered

SiteLabel = Literal[
    "share", "counter", "tool", "rights", "invitation", "navigation", "staff", "age", "rule"
]  # fmt: skip
"""What shares the page; how often it was read, or how it is rated; what is done with it; whose it
is and who may use it; subscribe; other pages; who edited it; readers from which age; a row of
marks between parts of a text, which is no paragraph.
"""
_DIALOGUE_DASH = re.compile(r"[–—-]\s")
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


def site_label(text: str, names: tuple[str, ...] = ()) -> SiteLabel | None:
    """What label of a page a line is nothing but, by its words; `names` are the source's.

    >>> site_label("Поделиться: 14"), site_label("Поделиться опытом"), site_label("345 просмотров")
    ('share', None, 'counter')
    """
    label = _label_by_words(text) if len(text) <= MAX_LABEL_CHARACTERS else None
    if label is None and (is_rights_note(text) or _is_note_on_named_site(text, names)):
        return "rights"
    return label


def _is_note_on_named_site(text: str, names: tuple[str, ...]) -> bool:
    """Whether a note on a site or its cookies names the source: others may be text."""
    return any(name in text.lower() for name in names) and is_note_on_site(text)


@remembered
def _label_by_words(text: str) -> SiteLabel | None:
    lower = text.lower()
    has_figures = FIGURE.search(lower) is not None
    if not (has_figures or text.count(" ") < _MAX_TOOL_WORDS or MAY_SHARE.search(lower)):
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
    if is_share_wording(lower, found):
        return "share"
    if has_figures and is_counter(lower, found):
        return "counter"
    if has_figures and are_page_numbers(found):
        return "navigation"
    return _label_by_grammar([word for word in found if not AMOUNT.fullmatch(word)]) or (
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
    return "counter" if COUNTED_BY_SIGN.fullmatch(lower) else None


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
