"""Names in a text: of persons, places and organisations, in Russian, Kazakh and English.

A name has a capital letter. At the beginning of a sentence any word has one, so there a name is
told by what it is: a known place or given name, a surname's ending, an abbreviation; or because it
stands elsewhere in the texts with a capital letter, and nowhere with a small one.
"""

import re
from collections.abc import Iterable

_PLACES = """
казатомпром казахтелеком казмунайгаз казгидромет самрук байтерек kazatomprom kazakhtelecom samruk
baiterek
сенат мажилис мәжіліс парламент правительств үкімет нацбанк акорд ақорда senate mazhilis majilis
parliament
астан алмат шымкент қарағанд караганд актоб ақтөбе актау ақтау атырау павлодар костана
қостана кокшета көкшета тараз туркестан түркістан кызылорд қызылорда семе семей өскемен усть
уральск петропавл талдыкорган талдықорған жезказган жезқазған экибастуз екібастұз темиртау
балхаш балқаш байконур байқоңыр конаев қонаев абай жетісу жетысу улытау ұлытау мангист
маңғыста акмол ақмола жамбыл казахстан қазақстан росси ресей кита қытай узбекист өзбекстан
кыргызст қырғызстан таджикист тәжікстан туркменист түрікменстан турци түркия сша ақш европ
еуропа ази германи франци япони жапони коре инди үндістан иран азербайдж әзербайжан грузи
армени беларус украин монголи моңғолия афганист пакистан египет москв мәскеу пекин ташкент
бишкек душанбе ашхабад анкар баку лондон берлин брюссел женев нью вашингтон токио сеул париж
варшав минск киев каспи иртыш ертіс сырдарь аляск astana almaty shymkent karagand aktobe
aktau atyrau pavlodar kostana kokshetau taraz turkestan turkist kyzylorda semey ural oskemen
kazakh russia china uzbek kyrgyz tajik turkmen turkey turkiye europe asia germany france
japan korea india iran azerbaijan georgia armenia belarus ukraine mongolia afghanistan
pakistan moscow beijing tashkent bishkek dushanbe ankara baku london berlin brussels geneva
washington tokyo seoul paris caspian irtysh zhambyl mangist abai zhetisu ulytau akmola
"""
"""Stems."""
_GIVEN = """
ерлан асан даурен дәурен нурлан нұрлан айгул айгүл арман асхат асқат бахыт бақыт берик берік
болат гульнар гүлнар данияр дархан динар ерболат ермек жанар жанат жанна жомарт канат қанат
касым қасым мадина максат мақсат марат маулен мәулен мурат мұрат нуржан нұржан нурсултан
нұрсұлтан олжас руслан рустам сабит сәбит салтанат сауле сәуле серик серік талгат талғат
тимур тимұр тлек айдос алмас аскар асқар бауыржан галымжан ғалымжан даниял ерик ерік жасулан
кайрат қайрат куаныш қуаныш мирас александр алексе андре анна антон виктор владимир дмитри
евгени екатерин елен иван игор ирин константин максим мари михаил наталь никола ольг павел
петр серге светлан татьян юли юри yerlan erlan nurlan arman askhat bakhyt berik bolat
daniyar darkhan zhanar kanat kassym madina marat maulen murat nurzhan olzhas ruslan saule
serik talgat timur aidos askar bauyrzhan kairat john james mary michael david peter paul
anna
"""
_OFFICES = re.compile(
    r"(?:президент|премьер|министр(?!ств|лі)|глав|председател|спикер|депутат|сенатор|аким(?!ат)|секретар|посол|"
    r"посл|закон|кодекс|конституци|послани|указ|постановлени|господин|госпож|уважаем|дорог|республик|"
    r"төраға|төрайым|төрағас|елбас|басш|әкім(?!д)|мәжілісмен|хатш|елші|заң|жарлық|жолдау|құрмет|мырза|ханым|"
    r"president|prime|minister(?!i)|chair|speaker|deput|senator|akim|secretar|ambassador|head|law|bill|code|"
    r"constitution|address|decree|mr|mrs|ms|dr|vice|republic|act|state|the|of)\w{0,5}",
    re.IGNORECASE,
)
"""Offices and documents, which some write with a capital letter."""
_SURNAME = re.compile(
    r"\w{2,}(?:[оеё]в|баев|беков|ұлы|улы|қызы|кызы|[оe]v|yev|bayev|bekov|uly|kyzy)\w{0,3}"
)
_BEFORE_ITS_KIND = re.compile(
    r"(?!(?:өз|әр|осы|сол|бұл|мына|туған|көрші|бас|басқа|бүкіл|барлық|кей|кейбір|қай|жаңа|ескі|ірі|шағын|үлкен|"
    r"кіші|шалғай|алыс|жақын|еліміздің|елдің|облыс|аудан|ауыл|қала|солтүстік|оңтүстік|шығыс|батыс|орталық)\b"
    r"|\w+(?:ғы|гі|қы|кі|дық|дік|тық|тік|лық|лік|ған|ген|қан|кен|атын|етін|ның|нің|дың|дің|тың|тің)\b)\w+\s+"
    r"(?:ауыл|аудан|қала|облы|кент|өзен)[сы]?[ыі]\w{0,6}"
    r"|(?!(?:город|сель|совет|мор|завод)ск|\w+ческ)\w{2,}ск(?:ий|ого|ому|им|ом|ая|ой|ую)\s+"
    r"(?:район|област|округ)\w{0,3}"
    r"|(?!(?:the|an?|this|that|each|every|another|any|some|one|no|our|your|their|its|his|her|my|"
    r"new|old|urban|suburban|whole|entire|same|home|west|east|north|south|border|mountain|remote|small|large|big|poor|rich|"
    r"near|inner|outer|upper|lower|health|school|first|second|next|last)\b"
    r"|\w+(?:al|ed|ing|ern|ous|ive|ary|ful|est|ier|ic|ish|by)\b)\w+\s+"
    r"(?:district|region|village|oblast|city)(?:['’]s)?",
    re.IGNORECASE,
)
"""A place's name before the word for what it is, and no word that may stand there as well."""
_CASE = re.compile(
    r"(?:ого|ому|ами|ями|ыми|ими|ой|ою|ей|ею|ью|ом|ем|ём|ым|им|ам|ям|ах|ях|а|я|у|ю|е|и|ы|о|"
    r"[ндт][ыі]ң|[дт][ае]н?|н[ае]н?|[ғқгк][ае]|[мбп]ен|[ндт][ыі]|[ыі]н[ыі]ң|[ыі]н[ае]н?|[ыі]нд[ае]|с[ыі]|[ыі]|"
    r"['’]s|s|['’])?\Z"
)
_PLACE_ENDING = re.compile(
    rf"{_CASE.pattern}|[йьъ]|[яюи]|ью|ей|[иыа]?й?н?ск\w{{2,3}}|тан|стан\w{{0,3}}|лық|лік"
)
_SOFT_CASE = re.compile(r"[йьъ]\Z")
_SAME_FROM = 3
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"(?<=[^\W_],\s)[^\W\d_]+|(?<=[^\W_]\s)[^\W\d_]+")
"""A word behind another one in its sentence."""
_STEM = 5
_PLACE_STEMS, _GIVEN_STEMS = tuple(_PLACES.split()), tuple(_GIVEN.split())


_STATE = re.compile(
    r"(?:казахстан|қазақстан|kazakhstan|сенат|senate|мажилис|мәжіліс|mazhilis|majilis|парламент|"
    r"parliament|правительств|үкімет)\w{0,4}|рк|қр",
    re.IGNORECASE,
)


class KnownNames:
    """Which words stand in texts with a capital letter inside a sentence, and which with a small
    one.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._capital: set[str] = set()
        self._small: set[str] = set()
        lines = {line for text in texts for line in text.splitlines()}
        for line in lines:
            for word in _INSIDE.findall(line):
                (self._capital if word[0].isupper() else self._small).add(_stem(word))

    def begins_with_name(self, word: str, following: str) -> bool:
        """Whether the first word of a sentence is a name; `following` is the word behind it."""
        lower = word.lower()
        if len(word) > 1 and not word[1:].islower():
            return True  # «МЧС», «КазМунайГаз»
        if _OFFICES.fullmatch(word):
            return False
        is_person = is_given_name(word) or bool(_SURNAME.fullmatch(following.lower()))
        if _is_place(lower) or (is_person and following[:1].isupper()):
            return True
        stem = _stem(word)
        if stem in self._small:
            return False
        if stem in self._capital or _BEFORE_ITS_KIND.fullmatch(f"{word} {following}"):
            return True
        return len(word) > 5 and bool(_SURNAME.fullmatch(lower))


def _is_place(word: str) -> bool:
    return word.startswith(_PLACE_STEMS) and any(
        word.startswith(stem) and _PLACE_ENDING.fullmatch(word, len(stem)) for stem in _PLACE_STEMS
    )


def is_name_inside(word: str) -> bool:
    """Whether a word that does not begin its sentence is a name, by itself."""
    return word[0].isupper() and not _OFFICES.fullmatch(word) and word != "I"


def is_of_state(name: str) -> bool:
    """Whether a name is one of the state or its institutions, which come and go with an office:
    «спикер Сената», «Президент РК».
    """
    return bool(_STATE.fullmatch(name))


def is_given_name(word: str) -> bool:
    """Whether a word is a known given name, in any case."""
    lower = word.lower()
    return lower.startswith(_GIVEN_STEMS) and any(
        lower.startswith(stem) and len(lower) - len(stem) <= 4 for stem in _GIVEN_STEMS
        if lower[0] == stem[0]
    )  # fmt: skip


def same_name(one: str, other: str) -> bool:
    """Whether two words are one name in two cases.

    >>> same_name("Ибраев", "Ибраевым"), same_name("Ибраев", "Ибраимов")
    (True, False)
    """
    one, other = one.lower(), other.lower()
    if one == other:
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    for stem in range(shared, max(_SAME_FROM, shared - 2) - 1, -1):
        rests = one[stem:], other[stem:]
        if all(
            _CASE.fullmatch(rest) or (_SOFT_CASE.fullmatch(rest) and all(rests)) for rest in rests
        ):
            return True
    return False


def _stem(word: str) -> str:
    return word.lower().replace("ё", "е")[:_STEM]
