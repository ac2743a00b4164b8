"""The entities of a text: its telling numbers, and the names in it, by keys that are the same in
every language. A person too recognises a piece in another language by them.
"""

import json
import re
from dataclasses import dataclass
from itertools import islice

from pipeline.store.rows import to_json
from pipeline.translations.name_keys import name_key
from pipeline.translations.number_keys import number_keys

_READ_CHARACTERS = 24_000
"""Only the beginning of a text is read, some three thousand words: a law's may have megabytes."""
_MOST_ENTITIES = 150
"""Of a text's numbers, and of its names, the first so many are kept."""

_LETTER = r"[^\W\d_]"
_CAPITAL = f"[{''.join(letter for letter in map(chr, range(0x530)) if letter.isupper())}]"
"""Latin, Greek and Cyrillic; `re` knows no class for them."""
_FIRST = rf"{_CAPITAL}(?<!{_LETTER}.)(?<!{_LETTER}['’ʼ].)"
_REST = rf"{_LETTER}*(?:['’ʼ]{_LETTER}+)*"
_NAME = re.compile(rf"{_FIRST}{_REST}(?:(?:[ -]|(?<={_FIRST})\. ?){_CAPITAL}{_REST})*")
"""A run of capitalised words, with a full stop after initials alone."""
_WORDS = re.compile(_CAPITAL + _REST)
_SENTENCE_END = frozenset(".!?…:;\n")
_OFFICES = """
Senate Speaker Chairman Chairwoman Chair President Parliament Mazhilis Majilis Minister Ministry
Government Committee Commission Council Deputy Deputies Republic Constitution Constitutional Kazakh
Kazakhstan Kazakhstani Astana Almaty State Head Prime National Assembly Department Ambassador
Embassy Secretary General Chamber House Court Law Code Akim Akimat Region District Street Address
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July
August September October November December Central Asia Asian European Russian Chinese Turkish
German French English American Federation International Organization Union United Nations Photo
Press Service Kazpravda Kazinform Telegram Facebook Nauryz
Казахстан Казахстана Қазақстан Қазақстандық Казахской Қазақ Сенат Сенаттың Спикер Президент
Парламент Мажилис Мәжіліс Министр Министрлік Правительство Үкімет Комитет Комиссия Төраға Төрағасы
Төрайым Палата Республика Республикасы Конституция Мемлекет Басшы Басшысы Ассамблея Департамент
Посол Елші Глава Председатель Государство Комиссиясы Комитеті Министрі Министрлігі Наурыз Фото
Сурет Пресс Центральной Азия Азии Орталық Астана Алматы Астанада Алматыда
"""
"""Offices, institutions, days, nationalities, and what stands in the whole country's press every
day. English writes them with a capital letter where Russian and Kazakh do not always.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """What a text can be recognised by in another language: keys, each with the words of the text
    that first gave it.
    """

    numbers: dict[str, str]
    names: dict[str, str]

    def as_json(self) -> str:
        """As they are stored."""
        return to_json({"numbers": self.numbers, "names": self.names})


def entities_in(body: str, language: str) -> Entities:
    """The entities of a body."""
    read = body
    if len(body) > _READ_CHARACTERS:
        read = body[:_READ_CHARACTERS].rpartition(" ")[0]
    return Entities(numbers=_first(number_keys(read, language)), names=_first(_names(read)))


def entities_from_json(stored: str) -> Entities:
    """The entities that `Entities.as_json` made."""
    return Entities(**json.loads(stored))


def _first(found: dict[str, str]) -> dict[str, str]:
    return dict(islice(found.items(), _MOST_ENTITIES))


def _names(text: str) -> dict[str, str]:
    """The names of a text by their keys. A name is a run of capitalised words; it counts once, by
    its last word that is no office: «Сенат Төрағасы Мәулен Әшімбаев» counts as Әшімбаев. A single
    word that begins a sentence is none.
    """
    found: dict[str, str] = {}
    for name in _NAME.finditer(text):
        words = _WORDS.findall(name[0])
        for word in reversed(words[1:] if _begins_sentence(text, name.start()) else words):
            key = None if len(word) == 1 or word.isupper() else name_key(word)
            if key and key not in _COMMON:
                found.setdefault(key, word)
                break
    return found


def _begins_sentence(text: str, at: int) -> bool:
    """Whether no word of the sentence stands before this place."""
    while at and not text[at - 1].isalpha():
        at -= 1
        if text[at] in _SENTENCE_END:
            return True
    return at == 0


_COMMON = frozenset(key for word in _OFFICES.split() if (key := name_key(word)))
