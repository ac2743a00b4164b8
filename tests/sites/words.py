"""The word material of the replica's invented articles: no sentence in it comes from anywhere.

Each language has forms by part of speech, and patterns that say how parts of speech follow each
other. The sentences mean nothing and their endings do not agree; their letters, lengths and
punctuation are what a reader of pages meets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["ru", "kk", "en"]
Part = Literal["noun", "adjective", "verb", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language's forms, patterns, names and labels."""

    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    verbs: tuple[str, ...]
    links: tuple[str, ...]
    """Prepositions, conjunctions and adverbs."""
    patterns: tuple[str, ...]
    """One letter a word: n noun, a adjective, v verb, l link."""
    names: tuple[str, ...]
    tags: tuple[str, ...]
    months: tuple[str, ...]
    """As they stand in a date."""


def _forms(stems: str, endings: str) -> tuple[str, ...]:
    """Every stem with every ending; `-` is the empty ending."""
    return tuple(
        stem + ending.replace("-", "") for stem in stems.split() for ending in endings.split()
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _names(given: str, family: str) -> tuple[str, ...]:
    return tuple(f"{first} {last}" for first in given.split() for last in family.split())


_RU = Lexicon(
    nouns=_forms(
        "договор комитет проект закон район завод форум архив музей-завод маршрут регион стандарт "
        "бюджет причал мост склад контракт институт лагерь-городок сезон совет устав проспект "
        "канал элеватор питомник театр аэропорт вокзал кабинет фонд совхоз отдел экспорт транзит "
        "посев ледник табун аул перевал хребет источник кластер реестр тариф подрядчик механик",
        "- а у ом е ы ов ам ами ах",
    ),
    adjectives=_forms(
        "нов совместн региональн открыт северн степн общественн сезонн районн ежегодн зернов "
        "водн молодежн дополнительн надёжн подробн отдельн устойчив горн учебн почётн крупн "
        "экспортн цифров безопасн старинн заметн природн семейн временн",
        "ый ого ому ым ая ой ую ое ые ых ыми",
    ),
    verbs=_forms(
        "рассмотрел обсудил подчеркнул отметил утвердил построил открыл сообщил предложил "
        "поддержал увеличил сократил завершил осмотрел доложил напомнил поручил назвал посетил "
        "согласовал оценил проверил запустил отремонтировал подготовил вручил выделил перенёс "
        "объединил упростил",
        "- а и о",
    ),
    links=_words(
        "в на под при для около вместе сегодня вчера также затем после между через благодаря "
        "наряду ранее впервые отныне уже осенью весной и или однако поэтому вокруг"
    ),
    patterns=("anvanln", "nvlan", "lanvan", "anlnvan", "nvanlan", "lnvnlan", "anvnan"),
    names=_names("Әли Айгерим Тимур Сауле Олег Вера", "Кумисбай Тортай Ледовских"),
    tags=_words("степь зерно вода дорога Халық школа музей экспорт парк наука"),
    months=_words(
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    ),
)

_KK = Lexicon(
    nouns=_forms(
        "жоба ауыл қала құжат жұмыс маман орман қоғам ғалым жайлау арна дала тарау бастау қойма "
        "сауда мұра шатқал тоғай айлақ қыстау таңба жазба сынақ",
        "- да дан ға ны лар ларды ларға лардан мызда",
    )
    + _forms(
        "мектеп кеңес өлке көпір өзен іргелес мереке егін кесте шешім есеп бөлім көрме дерек "
        "жетекші көше түлек іссапар үлгі тізбек",
        "- де ден ге ні лер лерді лерге лерден мізде",
    ),
    adjectives=_words(
        "жаңа ашық кең өңірлік бірлескен маусымдық ауылдық мәдени тұрақты сенімді қосымша биік "
        "қауіпсіз көне көрнекті табиғи отбасылық уақытша жедел жастар құрметті жылдық сандық ірі "
        "негізгі үздік терең салқын жарық арнайы"
    ),
    verbs=_forms(
        "қара аш айт баста құра таныс арна сына тап жаса", "ды дық ған ғаны ып атын мақ са"
    )
    + _forms("бекіт көрсет өткіз зертте жеткіз бөл күшейт іріктеп", "ді дік ген гені іп етін мек"),
    links=_words(
        "және үшін туралы бүгін кеше кейін дейін арқылы бірге сондай-ақ алғаш осылай жуырда ал "
        "сонда енді әрі бойынша күзде көктемде"
    ),
    patterns=("annlv", "nanlv", "lannv", "anlanv", "nlanav", "lnannv", "nnlanv"),
    names=_names("Әсел Бақыт Гүлнар Дәурен Жанат", "Құмтас Өрікбай Шіліктібек"),
    tags=_words("дала егін су жол мектеп мұражай өнер ғылым"),
    months=_words(
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
    ),
)

_EN = Lexicon(
    nouns=_forms(
        "harbour ledger orchard canal committee granary meadow workshop railway archive museum "
        "bridge tariff draft saddle pasture lantern quarry reservoir timetable foundry seminar "
        "almanac turbine vineyard pavilion charter customs-post depot glacier mill nursery-bed "
        "observatory parcel quorum registry sluice tannery viaduct warehouse yard beacon cellar "
        "district engine ferry garden hangar island junction kiln laboratory market",
        "- s 's",
    ),
    adjectives=_words(
        "northern seasonal joint public regional annual reliable narrow detailed modest spacious "
        "digital alpine rural copper wooden silver hidden temporary eager distant careful lively "
        "frozen painted generous thorough civic maritime quiet woven amber brisk candid durable "
        "earnest fertile gradual humble idle jagged keen lunar mellow nimble opaque placid quaint "
        "rugged sturdy tidy uneven vivid weary young zonal"
    ),
    verbs=_forms(
        "review open examin restor measur support extend expand present invit repair deliver "
        "inspect mention renew enlarg propos record repaint transfer survey welcom unload "
        "gather balanc mend",
        "ed ing",
    ),
    links=_words(
        "near beyond within after before while although beside toward during yesterday today "
        "meanwhile hence gladly rarely often across under without because therefore once and"
    ),
    patterns=("anvanln", "nvlan", "lanvan", "anlnvan", "nvanlan", "lnvnlan", "anvnan"),
    names=_names("Aruzhan Dana Marat Nadia Timur", "Quillfeather Steppeworth Almasbrook"),
    tags=_words("steppe grain water roads schools museums science crafts"),
    months=_words(
        "January February March April May June July August September October November December"
    ),
)

LEXICONS: Final[dict[Language, Lexicon]] = {"ru": _RU, "kk": _KK, "en": _EN}


def clock_date(language: Language, day: int, month: int, year: int) -> str:
    """A date in the genitive with its year, as Kazpravda writes it in Russian.

    The Kazakh and English forms are not known of the site; these are CLDR's.

    >>> clock_date("ru", 4, 3, 2026)
    '4 марта 2026 г.'
    """
    name = LEXICONS[language].months[month - 1]
    if language == "kk":
        return f"{year} ж. {day} {name}"
    return f"{day} {name} {year} г." if language == "ru" else f"{name} {day}, {year}"
