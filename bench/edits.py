"""How well edits are told by kind, on edits put into texts in three languages.

`python -m bench.edits` prints, for each kind and language, the share of texts in which exactly the
edits that were put in were told, each with its kind; the texts without edits of which some were
told; and what a comparison takes, beside a word diff by `difflib`. With `--held-out`, articles and
edits are others: bounds are chosen without a look at these. With `--wrong`, the wrong ones are
printed.
"""

import argparse
import difflib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.inputs.edits.articles import NO_EDIT, articles, sentence_pairs
from bench.inputs.edits.injected import Injected, injected, with_edited_sentence
from pipeline.edits.between import Text, edits_between

_ARTICLE_WORDS = 2_000
_ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Judged:
    """What was told of one text."""

    injected: Injected
    found: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether just the edits were told that there are."""
        return Counter(self.found) == Counter(self.injected.kinds)


def judged(cases: Sequence[Injected]) -> list[Judged]:
    """What is told of each text."""
    return [
        Judged(case, tuple(edit.kind for edit in edits_between(case.before, case.after)))
        for case in cases
    ]


def milliseconds(cases: Sequence[Injected]) -> dict[str, float]:
    """The median time of a processor for comparing two texts of some 2,000 words: with edits in
    three of its paragraphs, and in three paragraphs of each article that it consists of; beside
    that a word diff of the latter.
    """
    chosen: list[Injected] = []
    for case in {case.before.body: case for case in cases if len(case.kinds) == 3}.values():
        if sum(len(one.before.body.split()) for one in chosen) < _ARTICLE_WORDS:
            chosen.append(case)
    before = "\n\n".join(case.before.body for case in chosen)
    few = "\n\n".join([chosen[0].after.body, *(case.before.body for case in chosen[1:])])
    many = "\n\n".join(case.after.body for case in chosen)
    one, two, three = (Text(title=None, body=body, language="ru") for body in (before, few, many))
    words, words_now = before.split(), many.split()
    return {
        "words": float(len(words)),
        "three edits": _median_ms(lambda: edits_between(one, two)),
        f"{3 * len(chosen)} edits": _median_ms(lambda: edits_between(one, three)),
        "difflib": _median_ms(
            lambda: difflib.SequenceMatcher(None, words, words_now, autojunk=False).get_opcodes()
        ),
    }


def _median_ms(act: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        act()
        taken.append((time.process_time() - start) * 1_000)
    return round(median(taken), 2)


def measured(seed: int, *, is_held_out: bool) -> tuple[dict[str, object], list[Judged]]:
    """The figures, and what was told of each text."""
    cases = [
        *injected(articles(is_held_out=is_held_out), seed),
        *with_edited_sentence(sentence_pairs(is_held_out=is_held_out)),
    ]
    found = judged(cases)
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        kinds = one.injected.kinds
        name = kinds[0] if len(kinds) == 1 else "several" if kinds else NO_EDIT
        right[name][one.injected.before.language].append(one.is_right)
    table = {
        name: {language: _share(told) for language, told in sorted(by_language.items())}
        for name, by_language in sorted(right.items())
    }
    with_edits = [one.is_right for one in found if one.injected.kinds]
    without = [one.is_right for one in found if not one.injected.kinds]
    figures: dict[str, object] = {
        "texts": len(found),
        "right": _share(with_edits)["share"],
        "edits told of texts without": without.count(False),
        "kinds": table,
        "milliseconds": milliseconds([one.injected for one in found]),
    }
    return figures, found


def _share(told: Sequence[bool]) -> dict[str, float]:
    return {"texts": len(told), "share": round(sum(told) / len(told), 4) if told else 1.0}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="bench.edits", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures, found = measured(chosen.seed, is_held_out=chosen.held_out)
    if chosen.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        _print(figures)
    if chosen.wrong:
        for one in found:
            if not one.is_right:
                print(f"{one.injected.kinds} told as {one.found}: {one.injected.told}")


def _print(figures: dict[str, object]) -> None:
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for key, shares in value.items():
                print(f"  {key:18} {shares}")
        else:
            print(f"{name}: {value}")


if __name__ == "__main__":
    main()
