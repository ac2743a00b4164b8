"""What looking for translations costs an item, as an archive grows.

`python -m bench.translation_cost --items 2000 [--languages ru kk en] [--shuffled]` ingests invented
items of one source, 9 to 40 pieces a day and 250 words each, in batches of 20, in the order of
their days or in none. It prints for each tenth of them, in milliseconds of processor time an item,
what finding translations took and all the rest of ingest; before that, what reading a recorded page
takes.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from unittest.mock import patch

from sqlite_utils import Database

from bench.inputs.captured_items import captured_item
from bench.inputs.trilingual import LANGUAGES, Account, Newsroom
from bench.throughput import reading_rate
from pipeline.clock import utc_now
from pipeline.ingest import settle
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import ClassifiedCapture
from pipeline.store.database import open_for_writing
from pipeline.translations.derive import derive_translations
from spiders.sources import SOURCES

_BATCH = 20
_CHARACTERS = 1_700
"""Some 250 words."""
_WORD_FORMS = 40_000
_LETTERS = {
    "ru": "абвгдежзиклмнопрстуя", "kk": "абғгдежзіқлмңопрстұя", "en": "abcdefghiklmnoprstuv",
}  # fmt: skip
_FIRST_DAY = date(2016, 1, 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=["ru"])
    parser.add_argument("--shuffled", action="store_true")
    asked = parser.parse_args()
    items = list(islice(Press(asked.languages).items(), asked.items))
    if asked.shuffled:
        random.Random(1).shuffle(items)
    print(f"reading a page: {1000 / reading_rate():.2f} ms", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, translations, rest in measured(Path(folder) / "bench.db", items):
            print(f"to {number}: translations {translations:.2f} ms, rest of ingest {rest:.2f} ms")


def measured(path: Path, items: list[ClassifiedCapture]) -> Iterator[tuple[int, float, float]]:
    """After each tenth of the items: how many there are, and what each of that tenth cost."""
    seconds = 0.0

    def timed(db: Database, urls: Collection[str]) -> set[str]:
        nonlocal seconds
        start = time.process_time()
        written = derive_translations(db, urls)
        seconds += time.process_time() - start
        return written

    each = max(len(items) // 10, 1)
    source = SOURCES["kazpravda"]
    with (
        closing(open_for_writing(path, SOURCES.values())) as db,
        patch.object(settle, "derive_translations", timed),
    ):
        for first in range(0, len(items), each):
            tenth = items[first : first + each]
            seconds, start = 0.0, time.process_time()
            for at in range(0, len(tenth), _BATCH):
                ingest(db, source, Batch(examined=tenth[at : at + _BATCH]), now=utc_now())
            total = time.process_time() - start
            share = 1000 / len(tenth)
            yield first + len(tenth), seconds * share, (total - seconds) * share


class Press:
    """Captures of items with names and figures in prose of a large vocabulary, day after day."""

    def __init__(self, languages: Collection[str]) -> None:
        self._languages = languages
        self._dice = random.Random(1)
        self._words = {language: self._vocabulary(language) for language in LANGUAGES}
        self._newsroom = Newsroom(1, words=self._words)

    def items(self) -> Iterator[ClassifiedCapture]:
        """Without an end."""
        numbers = count()
        for day in count():
            told = self._newsroom.accounts(1, self._dice.randint(1, 32))
            first = min(account.day for account in told)
            for account in self._dice.sample(told, len(told)):
                if account.language in self._languages:
                    at = _FIRST_DAY + timedelta(days=day) + (account.day - first)
                    yield self._captured(account, next(numbers), at)

    def _captured(self, told: Account, number: int, day: date) -> ClassifiedCapture:
        sentences = told.body.replace(". ", ".\n").split("\n")
        while sum(map(len, sentences)) < _CHARACTERS:
            sentences.append(self._sentence(told.language))
        self._dice.shuffle(sentences)
        time_seen = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        return captured_item(
            "kazpravda", number, " ".join(sentences), time_seen, language=told.language,
            title=self._sentence(told.language),
        )  # fmt: skip

    def _sentence(self, language: str) -> str:
        words = self._dice.sample(self._words[language], 12)
        return " ".join([words[0].title(), *words[1:]]) + "."

    def _vocabulary(self, language: str) -> list[str]:
        """Word forms as often as they are in texts, by Zipf's law."""
        letters = _LETTERS[language]
        forms = [
            "".join(self._dice.choices(letters, k=self._dice.randint(2, 11)))
            for _ in range(_WORD_FORMS)
        ]
        weights = [1 / (rank + 3) for rank in range(_WORD_FORMS)]
        return self._dice.choices(forms, weights, k=5 * _WORD_FORMS)


if __name__ == "__main__":
    main()
