"""Notes on a site's rights: whose the texts are, who may use them, whose opinions these are."""

import re

from pipeline.normalize.sentences import tells
from pipeline.remembered import remembered

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


def is_copyright_note(text: str) -> bool:
    """Whether a text is a note that begins by saying whose the rights are.

    >>> is_copyright_note("© Сенат"), is_copyright_note("Copyright law was discussed")
    (True, False)
    """
    return _COPYRIGHT_NOTE.match(text) is not None and not tells(text.lower())


def is_legal_note(text: str) -> bool:
    """Whether a text is one of the site's own sentences, which may stand below any article: on
    rights, on the use of its texts, on opinions, on its registration, on cookies.

    >>> is_legal_note("При полном или частичном использовании материалов ссылка обязательна.")
    True
    """
    return is_rights_note(text) or is_note_on_site(text)


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
    ) and not tells(lower)


def _is_note_on_use(lower: str) -> bool:
    """Whether a text says under which condition the site's texts may be used."""
    if not _USE_OPENS.match(lower) or not _DEMANDS.search(lower) or _NOT_OF_SITE.search(lower):
        return False
    is_short = lower.count(" ") < _MAX_LEGAL_NOTE_WORDS
    of_texts, reprints = _TEXTS_USED.search(lower), _REPRINTED.search(lower)
    wants_link = _LINK_WANTED.search(lower) and (of_texts or reprints)
    wants_leave = _LEAVE_WANTED.search(lower) and of_texts and (reprints or _EDITORS.search(lower))
    return is_short and bool(wants_link or wants_leave)


def is_note_on_site(text: str) -> bool:
    """Whether a text is a note on a site's registration or its cookies."""
    return _REGISTRATION_NOTE.match(text) is not None or _is_cookie_note(text, text.lower())


def _is_cookie_note(text: str, lower: str) -> bool:
    return (
        ("cookie" in lower or "куки" in lower)
        and _COOKIES.search(lower) is not None
        and len(text.split()) <= _MAX_COOKIE_NOTE_WORDS
        and _SITE_SPEAKS.search(text) is not None
    )
