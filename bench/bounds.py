"""How the verdict on labelled pairs changes with each bound of the comparison.

`python -m bench.bounds --pairs FILE [FILE …]` varies one bound at a time over the pairs of all
files and prints F1 and the number of wrong pairs. *Left out*: a topic is a set of texts that pairs
connect; each topic is judged with the number of common words that serves the other topics best
(the middle of those with the fewest wrong pairs), so no pair has a part in the bound by which it
is judged.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median_low
from types import ModuleType
from typing import NamedTuple

from bench.labelled import Labelled, LabelledPair, read_labelled, score
from pipeline.connected import connected_component
from pipeline.similarity import conflicts, passages, relatedness, shares

_WORDS = range(12, 41)
"""Values of RELATED_WORDS that are tried for the topics left out."""
_VARIED: tuple[tuple[ModuleType, str, Sequence[float]], ...] = (
    (relatedness, "RELATED_WORDS", (15, 18, 20, 21, 22, 23, 24, 25, 26, 28, 30, 34)),
    (relatedness, "RELATED_FROM", (0.0, 0.15, 0.175, 0.2, 0.225, 0.25, 0.3)),
    (passages, "GAP_WORDS", (6, 8, 10, 12, 16)),
    (passages, "PASSAGE_WORDS", (6, 8, 10, 12, 14)),
    (shares, "OPENING_WORDS", (0, 20, 25, 30, 40)),
    (shares, "OPENING_WEIGHT", (0.25, 0.5, 0.75)),
    (conflicts, "COUNTERPART_WORDS", (0, 8, 12, 16, 20, 24, 30)),
    (conflicts, "FEWEST_NUMBERS", (1, 2, 3, 4)),
    (conflicts, "AGREEING", (0.5, 1, 2, 3, 4)),
    (conflicts, "BRIEF_WORDS", (0, 80, 100, 120)),
)


class _Topic(NamedTuple):
    """Pairs whose texts are connected, with the formulae of their file."""

    pairs: tuple[LabelledPair, ...]
    formulae: frozenset[int]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    topics = [topic for file in parser.parse_args().pairs for topic in _topics(read_labelled(file))]
    print(f"{sum(len(topic.pairs) for topic in topics)} pairs of {len(topics)} topics\n")
    print("| bound | value | F1 | wrong | F1, left out | wrong, left out |")
    print("|---|---:|---:|---:|---:|---:|")
    for module, name, values in _VARIED:
        for value in values:
            with _changed(module, name, value):
                print(f"| {name} | {value} | {' | '.join(_row(topics, name))} |", flush=True)


def _topics(labelled: Labelled) -> Iterator[_Topic]:
    beside: dict[str, set[str]] = {}
    for pair in labelled.pairs:
        beside.setdefault(pair.one.id, set()).add(pair.other.id)
        beside.setdefault(pair.other.id, set()).add(pair.one.id)
    formulae, waiting = labelled.formulae(), set(beside)
    while waiting:
        texts = connected_component(min(waiting), beside.__getitem__)
        waiting -= texts
        pairs = tuple(pair for pair in labelled.pairs if pair.one.id in texts)
        yield _Topic(pairs, formulae)


def _row(topics: Sequence[_Topic], name: str) -> Iterator[str]:
    yield from _figures(topics, [_verdicts(topic) for topic in topics])
    if name == "RELATED_WORDS":
        yield from ("", "")
        return
    by_words: dict[int, list[list[bool]]] = {}
    for words in _WORDS:
        with _changed(relatedness, "RELATED_WORDS", words):
            by_words[words] = [_verdicts(topic) for topic in topics]
    chosen = [_best_words(topics, by_words, but=at) for at in range(len(topics))]
    yield from _figures(topics, [by_words[words][at] for at, words in enumerate(chosen)])


def _verdicts(topic: _Topic) -> list[bool]:
    return [relatedness.verdict(p.one, p.other, topic.formulae).related for p in topic.pairs]


def _best_words(
    topics: Sequence[_Topic], by_words: Mapping[int, Sequence[Sequence[bool]]], *, but: int
) -> int:
    wrong = {
        words: sum(
            said != pair.same
            for at, (topic, verdicts) in enumerate(zip(topics, said_of, strict=True))
            if at != but
            for pair, said in zip(topic.pairs, verdicts, strict=True)
        )
        for words, said_of in by_words.items()
    }
    fewest = min(wrong.values())
    return median_low(words for words, count in wrong.items() if count == fewest)


def _figures(topics: Sequence[_Topic], said: Sequence[Sequence[bool]]) -> tuple[str, str]:
    pairs = [pair for topic in topics for pair in topic.pairs]
    found = score(pairs, [one for verdicts in said for one in verdicts])
    return f"{found.f1:.3f}", str(len(found.wrong))


@contextmanager
def _changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


if __name__ == "__main__":
    main()
