"""One set of captures with every relation in it, at the real bounds."""

from datetime import date

from pipeline.model.capture import ClassifiedCapture
from tests.pipeline.worlds.captures import (
    decision,
    imported,
    kaz,
    missing,
    moved,
    page,
    prose,
    sen,
    unchanged,
)

DIGEST, FIRST_PART, SECOND_PART = kaz("digest"), sen(1), sen(2)
EARLY_EXCERPT, WHOLE = kaz("excerpt"), sen(3)
OF_TWO, ONE_OF_TWO, OTHER_OF_TWO = kaz("of-two"), sen(4), sen(5)
CHAIN = kaz("chain-1"), kaz("chain-2"), kaz("chain-3")
SERIES = tuple(kaz(f"series-{n}") if n % 3 else sen(100 + n) for n in range(11))
MOVED, NEW_PLACE = kaz("moved"), kaz("new-place")
VOID = tuple(kaz(f"void-{n}") for n in range(3))
ARTICLE = kaz("article")
EMPTY = tuple(kaz(f"empty-{n}") for n in range(20))
LOOKALIKE, ORIGINAL = kaz("lookalike"), sen(6)
UPDATED, OLD = kaz("updated"), kaz("old")
SHORT = kaz("short"), sen(7)
JOINED, PARTED = (kaz("joined"), sen(8)), (sen(9), kaz("parted"))
UNDONE = kaz("undone-1"), kaz("undone-2")
FORGOTTEN = kaz("forgotten-1"), kaz("forgotten-2")
TRANSLATED = kaz("translated"), kaz("translated", "kk"), kaz("translated", "en")
_DAY = date(2026, 3, 2)
FOLDED = imported(prose("а", 60), _DAY)
ALONE = imported(prose("т", 50), _DAY)


def everything() -> list[ClassifiedCapture]:
    """The captures, in no order that matters."""
    return [*_shared(), *_crossing(), *_addresses(), *_decided()]


def _shared() -> list[ClassifiedCapture]:
    first, second, whole = prose("п", 60), prose("в", 60), prose("ц", 120)
    one, two = prose("о", 80).split(), prose("д", 80).split()
    ends, middles, starts = prose("е", 50), prose("с", 60), prose("н", 75)
    same = "Сенат принял закон о торговле, и в нём есть нормы о хозяйстве сёл. " * 5
    return [
        page(FIRST_PART, 1, first),
        page(SECOND_PART, 2, second),
        page(DIGEST, 3, f"{first}\n\n{second}"),
        page(EARLY_EXCERPT, 0, " ".join(whole.split()[30:80])),
        page(WHOLE, 30, whole),
        page(ONE_OF_TWO, 1, " ".join(one)),
        page(OTHER_OF_TWO, 1, " ".join(two)),
        page(OF_TWO, 5, " ".join([*one[-44:], *two[-46:]])),
        page(CHAIN[0], 1, f"{starts} {middles}", published="2026-03-01"),
        page(CHAIN[1], 2, f"{middles} {ends}"),
        page(CHAIN[2], 3, f"{ends} {prose('х', 50)}"),
        page(ORIGINAL, 1, same),
        page(LOOKALIKE, 2, same.translate(str.maketrans("сеоах", "ceoax")).upper()),
        page(OLD, 1, prose("у", 90)),
        page(UPDATED, 8, f"{prose('у', 90)} {prose('э', 10)}"),
        page(kaz("later"), 200, f"{prose('у', 60)} {prose('ю', 50)}", published="2026-03-10"),
        *(page(url, 1, "Сенат собрался", title="Коротко") for url in SHORT),
    ]


def _crossing() -> list[ClassifiedCapture]:
    form = prose("ф", 70)
    return [
        *(page(url, n, f"{form} {prose('щ' * (n + 1), 30)}") for n, url in enumerate(SERIES)),
        page(sen(50), 40, form),
        *(page(url, n, prose("ш", 50)) for n, url in enumerate(EMPTY)),
        page(EMPTY[4], 90, prose("я", 60)),
    ]


def _addresses() -> list[ClassifiedCapture]:
    article = prose("а", 60)
    return [
        page(MOVED, 1, prose("м", 60)),
        moved(MOVED, 20, NEW_PLACE),
        page(NEW_PLACE, 21, f"{prose('м', 60)} {prose('ж', 5)}"),
        *(page(url, 1, prose("з" * (n + 1), 50)) for n, url in enumerate(VOID)),
        *(moved(url, 30 + n, kaz("front")) for n, url in enumerate(VOID)),
        page(ARTICLE, 4, f"Лид новости.\n\n{article}"),
        FOLDED,
        ALONE,
        missing(ARTICLE, 40),
        missing(ARTICLE, 70),
        unchanged(DIGEST, 60, of=3),
        page(TRANSLATED[0], 1, prose("л", 50), alternates=TRANSLATED[1:2]),
        page(TRANSLATED[1], 2, prose("қ", 50), alternates=TRANSLATED[2:]),
        page(TRANSLATED[2], 3, prose("w", 50)),
    ]


def _decided() -> list[ClassifiedCapture]:
    text = prose("ч", 60)
    alone = ALONE.text_id
    assert alone
    return [
        page(JOINED[0], 1, prose("б", 50)),
        page(JOINED[1], 2, prose("г", 50)),
        decision("join", *JOINED, 100),
        page(PARTED[0], 1, text),
        page(PARTED[1], 2, text),
        decision("part", *PARTED, 101),
        page(UNDONE[0], 1, prose("и", 50)),
        page(UNDONE[1], 2, prose("й", 50)),
        decision("join", *UNDONE, 102),
        decision("part", UNDONE[1], UNDONE[0], 103),
        page(FORGOTTEN[0], 1, prose("ң", 50)),
        page(FORGOTTEN[1], 2, prose("ү", 50)),
        decision("join", *FORGOTTEN, 102),
        decision("forget", *FORGOTTEN, 103),
        decision("join", ARTICLE, alone, 104),
        decision("join", sen(999), DIGEST, 105),  # of an item that never comes
        decision("join", MOVED, VOID[0], 106),
    ]
