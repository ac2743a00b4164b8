"""The dates and times of day in a text: days, months, years, weekdays, hours, and those told from
the day of writing, such as «вчера». Two wordings of one date have one key.
"""

import re
from collections.abc import Iterator

from pipeline.particulars.hours import hours_in
from pipeline.particulars.span import Span
from pipeline.times.dates import month_number

_MONTH_NAMES = (
    ("январ[ьяюе]м?|январём", "қаңтар", "January|Jan"),
    ("феврал[ьяюе]м?|февралём", "ақпан", "February|Feb"),
    ("март[аеу]?|мартом", "наурыз", "March|Mar"),
    ("апрел[ьяюе]м?", "сәуір", "April|Apr"),
    ("ма[йяюе]м?", "мамыр", "May"),
    ("июн[ьяюе]м?", "маусым", "June|Jun"),
    ("июл[ьяюе]м?", "шілде", "July|Jul"),
    ("август[аеу]?|августом", "тамыз", "August|Aug"),
    ("сентябр[ьяюе]м?|сентябрём", "қыркүйе[кг]", "September|Sept?"),
    ("октябр[ьяюе]м?|октябрём", "қазан", "October|Oct"),
    ("ноябр[ьяюе]м?|ноябрём", "қараша", "November|Nov"),
    ("декабр[ьяюе]м?|декабрём", "желтоқсан", "December|Dec"),
)
"""In the cases of Russian. May and March are words of English, so capitals tell months."""
_KAZAKH_ENDING = r"(?:[ыіндткғг][а-яәғқңөұүһі]{0,6})?"
_STEMS = tuple(f"(?:{ru}|(?:{kk}){_KAZAKH_ENDING}|{en})" for ru, kk, en in _MONTH_NAMES)
_MONTH = rf"(?:{'|'.join(_STEMS)})\b\.?"
_MONTHS = tuple(re.compile(rf"{stems}\.?") for stems in _STEMS)
_YEAR = r"(?:19|20)\d\d"
_YEAR_WORD = r"(?:[-\s]*(?:год\w{0,3}|жыл\w{0,6}|гг?\b\.?|жж?\b\.?|г\.\s?г\.|year\b))"
_ORDINAL = (
    r"(?:-?(?:го|е|ое|му|ші|шы|інші|ыншы|с?[ыі]н(?:д?[ае]н?|[ыі]ң|[ыі])|сы|сі|st|nd|rd|th)\b)?"
)
_DAY = r"(?<![\d.,:/])(?:[0-2]?\d|3[01])"
_RANGE = rf"(?:(?P<first>{_DAY}){_ORDINAL}(?:\s*[-–—]\s*|\s+(?:по|и|до|to|and|мен|бен|пен)\s+))?"
_NO_UNIT = r"(?!\d|[.,]\d|\s?(?:%|процент|пайыз|percent|тыс|мың|млн|млрд|трлн|mln|million|billion))"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 5 марта 2026 года, 5–7 марта, 5-наурызда, the 5th of March, 2026
        rf"{_RANGE}(?P<day>{_DAY}){_ORDINAL}(?:\s+of)?[\s-]+(?P<month>{_MONTH})"
        rf"(?:[\s,]+(?P<year>{_YEAR}){_YEAR_WORD}?(?!\d))?",
        # 2026 жылғы 5 наурыз
        rf"(?<!\d)(?P<year>{_YEAR}){_YEAR_WORD}[\s,]+{_RANGE}(?P<day>{_DAY})[\s-]+"
        rf"(?P<month>{_MONTH})",
        # March 5, 2026
        rf"\b(?P<month>{_MONTH})\s+(?P<day>{_DAY}){_ORDINAL}(?!\d|[.,]\d)"
        rf"(?:,?\s+(?P<year>{_YEAR})(?!\d))?",
        # 05.03.2026, 5/3/26
        rf"(?P<day>{_DAY})(?P<mark>[./])(?P<month>[01]?\d)(?P=mark)(?P<year>{_YEAR}|\d\d)(?![\d/]|\.\d)"
        rf"{_YEAR_WORD}?",
        # 2026-03-05
        rf"(?<!\d)(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        # 05.03
        rf"(?<![\d.,:/])(?P<day>0\d|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2])(?<!\.[1]\d){_NO_UNIT}(?!\.\d)",
        # марте 2026 года; 2026 жылғы наурызда
        rf"\b(?P<month>{_MONTH})(?:[\s,]+(?P<year>{_YEAR}){_YEAR_WORD}?(?!\d))?",
        rf"(?<!\d)(?P<year>{_YEAR}){_YEAR_WORD}[\s,]+(?P<month>{_MONTH})",
    )
)
_DECADES = re.compile(
    r"(?<![\d.,-])(?P<decade>[1-9]0)-(?:(?:х|е|ых|м)\b(?:\s+год\w{0,3})?|жылдар\w{0,4})"
)
_MONTH_ALONE = re.compile(rf"\b(?P<month>{_MONTH})")
_YEARS = re.compile(
    rf"(?<![\d.,])(?P<first>{_YEAR})(?:(?:\s*[-–—/]\s*(?P<last>{_YEAR}|\d\d))?(?:{_YEAR_WORD}|-(?:е|х|ых)\b|s\b)"
    rf"|\s*[-–—]\s*(?P<until>{_YEAR})(?!\d))"
    rf"|(?:\b(?:[Вв]|[Дд]о|[Кк]|[Сс]|[Пп]о|[Оо]т|[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Tt]o|of|[Aa]fter"
    rf"|[Bb]efore|[Dd]uring)\s+|\()(?P<alone>{_YEAR})\b(?!\s*[-–—]\s*\d|{_YEAR_WORD}|[.,]\d|\s?%|\s+[^\W\d_]{{3,}}(?:ов|ам|ах|ей|s)\b)"
)
_WEEKDAYS = (
    "понедельник|дүйсенбі|Monday", "вторник|сейсенбі|Tuesday", "сред(?:у|ам)|сәрсенбі|Wednesday",
    "четверг|бейсенбі|Thursday", "пятниц|жұма(?=\\b|да|ға|нан|дан)|Friday", "суббот|сенбі|Saturday",
    "воскресень|жексенбі|Sunday",
)  # fmt: skip
_TOLD = {
    "d-2": "позавчера|алдыңғы күні",
    "d-1": r"вчера|вчерашн\w+|накануне|кеше|кешегі|yesterday",
    "d0": r"сегодня|сегодняшн\w+|бүгін|бүгінгі|today|tonight",
    "d1": r"завтра|завтрашн\w+|ертең|ертеңгі|tomorrow",
    "d2": "послезавтра|бүрсігүні",
    "y-1": r"былтыр\w*",
    "y0": r"биыл\w*",
    "morning": r"утром|таңертең\w*|(?:in the|this) morning",
    "noon": "дн[её]м|в полдень|түсте|at noon|(?:in the|this) afternoon",
    "evening": "вечером|кешке|кешкісін|(?:in the|this) evening",
    "night": "ночью|түнде|at night",
    "midnight": "в полночь|түн ортасында|at midnight",
    "spring": "весн(?:ой|ою|а|ы|у|е)|көктемде|in (?:the )?spring",
    "summer": "лето|летом|жазда|in (?:the )?summer",
    "autumn": "осень|осенью|осени|күзде|in (?:the )?(?:autumn|fall)",
    "winter": "зим(?:ой|а|ы|у|е)|қыста|in (?:the )?winter",
}
_PERIODS = (
    ("week", "недел\\w{1,3}|апта\\w{0,5}|week"),
    ("month", "месяц\\w{0,2}|ай(?:да|ы|дың|ға)?|month"),
    ("quarter", "квартал\\w{0,2}|тоқсан\\w{0,3}|quarter"), ("year", "год\\w{0,2}|жыл\\w{0,5}|year"),
)  # fmt: skip
_SEASONS = (
    ("winter", "зим(?:ой|а|у|ы)|қыс\\w{0,3}|winter"),
    ("spring", "весн(?:ой|а|у|ы)|көктем\\w{0,3}|spring"),
    ("summer", "лето|летом|лета|жаз\\w{0,3}|summer"),
    ("autumn", "осен(?:ь|ью|и)|күз\\w{0,3}|autumn|fall"),
)
_WHICH = (
    ("-1", "прошл\\w{2,3}|минувш\\w{2,3}|прошедш\\w{2,3}|өткен|last|previous"),
    ("0", "эт(?:от|ой|ом|ого|у|а)|нынешн\\w{2,3}|текущ\\w{2,3}|осы|ағымдағы|this|current"),
    ("1", "следующ\\w{2,3}|будущ\\w{2,3}|предстоящ\\w{2,3}|келесі|алдағы|келер|next|coming"),
)  # fmt: skip
_PARTS = (
    ("start", r"начал(?:[оаеу]|ом)", r"бас(?:ы\w{0,4}|тап)", "(?:start|beginning)"),
    ("middle", r"середин\w{1,2}", r"ортас\w{1,4}", "middle"),
    ("end", r"кон(?:ец|ц\w{1,2})", r"соң\w{1,4}|аяғ\w{1,4}", "end"),
)
_NOT_WHEN = r"(?!\w+(?:ой|ью|ом)\b)"
"""«Начала зимой» tells what began when, «начала зимы» a time."""
_WORDINGS = {
    **{
        f"w{number}": rf"(?:(?:во?|on)\s+)?(?:{stems})\w{{0,4}}"
        for number, stems in enumerate(_WEEKDAYS, 1)
    },
    **_TOLD,
    **{
        f"{period}{which}": rf"(?:{chosen})\s+(?:{named})"
        for period, named in (*_PERIODS, *_SEASONS)
        for which, chosen in _WHICH
    },
    **{
        f"{period} {part}": rf"{russian}\s+{_NOT_WHEN}(?:{named})"
        rf"|(?<!\d\s)(?:{named})\s+(?:{kazakh})|(?:the\s+)?{english}\s+of\s+(?:the\s+)?(?:{named})"
        for period, named in (*_PERIODS, *_SEASONS)
        for part, russian, kazakh, english in _PARTS
    },
}
_KEYS = tuple(_WORDINGS)
_WEEKDAY_KEYS = frozenset(_KEYS[: len(_WEEKDAYS)])
_IN_WORDS = re.compile(
    rf"\b(?:{'|'.join(f'({words})' for words in _WORDINGS.values())})\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")


def dates_in(text: str) -> list[Span]:
    """The dates and times of day in a text, in order; none lies in another.

    >>> [found.key for found in dates_in("Вчера, 5 марта 2026 года, в 10:30")]
    ['d-1', '2026-03-05', 'T10:30']
    >>> dates_in("05.03.2026")[0].key
    '2026-03-05'
    """
    found = list(_in_words(text))
    found += _days(text)
    if _DIGIT.search(text):
        found += [*hours_in(text), *_years(text)]
    return _apart(found)


def _days(text: str) -> Iterator[Span]:
    forms = _FORMS if _DIGIT.search(text) else (_MONTH_ALONE,)
    for form in forms:
        for match in form.finditer(text):
            named = match.groupdict()
            month = _month_number(named["month"])
            day, year = int(named.get("day") or 0), named.get("year") or ""
            if not 1 <= month <= 12 or day > 31:
                continue
            if len(year) == 2:
                year = f"20{year}"
            first = f"{int(named['first']):02}/" if named.get("first") else ""
            key = f"{year}-{month:02}" + (f"-{first}{day:02}" if day else "")
            yield Span(match.start(), _end(match), key)


def _month_number(name: str) -> int:
    if name.isdigit():
        return int(name)
    known = month_number(name.rstrip("."))
    if known:
        return known
    return next((n for n, form in enumerate(_MONTHS, 1) if form.fullmatch(name)), 0)


def _years(text: str) -> Iterator[Span]:
    for match in _DECADES.finditer(text):
        yield Span(match.start(), match.end(), f"{match['decade']}s")
    for match in _YEARS.finditer(text):
        if match["alone"]:
            yield Span(match.start("alone"), match.end("alone"), match["alone"])
        else:
            last = match["last"] or match["until"] or ""
            last = last and f"/{last[-2:]}"
            yield Span(match.start(), _end(match), match["first"] + last)


def _in_words(text: str) -> Iterator[Span]:
    for match in _IN_WORDS.finditer(text):
        key = _KEYS[(match.lastindex or 1) - 1]
        is_weekday_of_english = key in _WEEKDAY_KEYS and match[0][0].isascii()
        if not (is_weekday_of_english and match[0].islower()):
            yield Span(match.start(), match.end(), key)


def _end(match: re.Match[str]) -> int:
    """Without a comma or a full stop that may end the sentence."""
    end = match.end()
    while match.string[end - 1] in " ,\u00a0" or (
        match.string[end - 1] == "." and end == len(match.string)
    ):
        end -= 1
    return end


def _apart(found: list[Span]) -> list[Span]:
    """The longer of those that overlap."""
    kept: list[Span] = []
    for one in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept
