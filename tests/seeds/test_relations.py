"""The recorded site's pieces stand to each other as they were written to (seeds/relations.toml)."""

import tomllib
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import records
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from tests.pipeline.worlds.captures import SOURCES, items, new_database, take
from tests.pipeline.worlds.pieces import pieces_of
from tests.seeds.recorded_site import FOLDER, RECORDED


@dataclass(frozen=True)
class Recorded:
    db: Database
    items: dict[str, dict[str, Any]]
    relations: dict[str, list[dict[str, Any]]]

    def stories(self, addresses: list[str]) -> set[str]:
        return {self.items[address]["story"] for address in addresses}

    def is_pair(self, one: str, other: str) -> bool:
        a, b = sorted(self.items[address]["id"] for address in (one, other))
        row = self.db.conn.execute("SELECT related FROM pairs WHERE a = ? AND b = ?", (a, b))
        return row.fetchone() is not None


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    db = new_database()
    for source in SOURCES.values():
        site = Site(source, source.base_url)
        for record in records(RECORDED):
            capture = capture_of(record.exchange, site)
            if capture is not None:
                take(db, classify(capture, record.exchange.payload, site))
    text = (FOLDER / "relations.toml").read_text(encoding="utf-8")
    return Recorded(db, items(db), tomllib.loads(text))


def test_prints_and_excerpts_are_in_the_story_of_the_release(recorded: Recorded) -> None:
    for expected in recorded.relations["related"]:
        own = recorded.items[expected["item"]]
        canonical = recorded.items[expected["canonical"]]
        assert own["story"] == canonical["story"]
        assert (own["relation"], canonical["relation"]) == (expected["relation"], "canonical")


def test_what_only_quotes_is_a_pair_and_a_story_of_its_own(recorded: Recorded) -> None:
    for expected in recorded.relations["quoting"]:
        one, other = expected["item"], expected["quoted"]
        assert len(recorded.stories([one, other])) == 2
        russian = recorded.items[one]["language"] == "ru"
        assert recorded.is_pair(one, other) is russian  # the English ones report independently


def test_a_digest_is_a_story_of_its_own_and_so_is_each_part(recorded: Recorded) -> None:
    for expected in recorded.relations["digest"]:
        addresses = [expected["item"], *expected["parts"]]
        assert len(recorded.stories(addresses)) == len(addresses)
        assert all(recorded.is_pair(expected["item"], part) for part in expected["parts"])


def test_a_piece_is_one_in_all_languages_with_its_copies(recorded: Recorded) -> None:
    translations = [expected["items"] for expected in recorded.relations["translations"]]
    copies = [[one["item"], one["canonical"]] for one in recorded.relations["related"]]
    for addresses in (*translations, *copies):
        assert len({recorded.items[address]["piece"] for address in addresses}) == 1
    pieces = pieces_of(list(recorded.items.values()))
    assert {one["id"]: one["piece"] for one in recorded.items.values()} == pieces
    stories = {one["story"] for one in recorded.items.values()}
    assert len(set(pieces.values())) < len(stories) < len(recorded.items)


def test_a_series_and_pieces_of_one_title_are_stories_of_their_own(recorded: Recorded) -> None:
    for expected in (*recorded.relations["series"], *recorded.relations["same_title"]):
        for one, other in combinations(expected["items"], 2):
            assert len(recorded.stories([one, other])) == 2
