"""Articles and sentences with what an editor may do to them: those by which bounds were chosen, and
those that were held out.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.edits.between import Text

_FOLDER = Path(__file__).parent
NO_EDIT = "none"
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\n")


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words of an article, and those that an editor puts in their place."""

    kind: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence before and after an edit."""

    language: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what may be done to it."""

    text: Text
    replacements: tuple[Replacement, ...]


def articles(*, is_held_out: bool) -> list[Article]:
    """Those by which bounds were chosen, or those that were not looked at."""
    name = "held_out.toml" if is_held_out else "tuned.toml"
    tables = tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))["article"]
    return [
        Article(
            Text(title=table["title"], body=table["body"].strip(), language=table["language"]),
            tuple(_replacement(line) for line in table["edits"].strip().splitlines()),
        )
        for table in tables
    ]


def _replacement(line: str) -> Replacement:
    kind, was, now = (_ESCAPE.sub(_meant, part.strip()) for part in line.split("|"))
    return Replacement(kind, was, now)


def _meant(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else "\n"


def sentence_pairs(*, is_held_out: bool) -> list[SentencePair]:
    """Sentences, each with one edit, or with none."""
    name = "held_out_sentences.txt" if is_held_out else "tuned_sentences.txt"
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]
    return [SentencePair(*line.split(" | ")) for line in lines]
