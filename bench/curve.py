"""How far a text may be altered and still be recognised as the same piece.

`python -m bench.curve --each 200` prints, for every alteration and language, the share of pairs
that are related, and that have the right relation for the alteration; and the share that peers take
for the same. The texts: `bench/inputs/altered.py`.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bench.inputs.altered import LANGUAGES, Press, Sentences, flat
from bench.labelled import LabelledPair
from bench.peers import peers
from pipeline.similarity.compared_text import Text
from pipeline.similarity.relatedness import HIGH_FROM, RELATED_FROM, Pair, verdict
from pipeline.similarity.shingles import shingles_of

Made = tuple[Sentences, Sentences]
_PEERS = ("datasketch", "rensa")
"""Those that are asked, by package; simhash has its place in the table of `bench.stories`."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=200, help="pairs of each kind and language")
    each = parser.parse_args().each
    others = [(name, verdict) for name, verdict in peers() if name.startswith(_PEERS)]
    print(f"related from {RELATED_FROM}, high from {HIGH_FROM}, {each} pairs a language")
    names = [*(f"{what} {language}" for what in ("related", "right") for language in LANGUAGES)]
    names += [name for name, _ in others]
    print(f"| alteration | {' | '.join(names)} |\n|---|{'---:|' * len(names)}")
    for name, right, make in alterations():
        pairs = {language: _made(language, make, each) for language in LANGUAGES}
        weighed = {
            language: [verdict(one.one, one.other, frozenset()).pair for one in own]
            for language, own in pairs.items()
        }
        shares = [
            *(_mean(bool(p and p.related) for p in own) for own in weighed.values()),
            *(_mean(relation_of(p) == right for p in own) for own in weighed.values()),
            *(_mean(says(p) for own in pairs.values() for p in own) for _, says in others),
        ]
        print(f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} |", flush=True)


def alterations() -> Iterator[tuple[str, str, Callable[[Press], Made]]]:
    """Every alteration, with the relation that the altered text has to the first one."""
    for percent in (2, 5, 10, 15, 20, 25, 30):
        yield f"{percent} % of words changed", "reprint", _reworded(percent / 100)
    yield "sentences in another order", "reprint", _with(Press.reordered)
    yield "another first sentence", "reprint", _with(Press.retitled)
    for keep in (75, 45, 40, 30, 20):
        relation = "reprint" if keep > 70 else "excerpt"
        yield f"cut to {keep} %", relation, _cut(keep / 100)
    for own in (25, 55, 60, 70, 80):
        relation = "reprint" if own < 30 else "expanded"
        yield f"{own} % added", relation, _expanded(own / 100)
    yield "a quoted tenth in 300 own words", "none", _quoting
    yield "unrelated", "none", lambda press: (press.text(), press.text())


def relation_of(pair: Pair | None) -> str:
    """The relation of the altered text, b, to the first one, a."""
    if pair is None or not pair.related:
        return "none"
    if min(pair.share_a, pair.share_b) >= HIGH_FROM:
        return "reprint"
    return "expanded" if pair.share_a > pair.share_b else "excerpt"


def text_of(name: str, sentences: Sentences) -> Text:
    """A made text as the product compares it."""
    found = flat(sentences)
    return Text(
        id=name, source=name, day=date(2026, 1, 1), title=(), words=len(found),
        digest=" ".join(found), shingles=shingles_of(found),
    )  # fmt: skip


def _made(language: str, make: Callable[[Press], Made], each: int) -> list[LabelledPair]:
    press = Press(language, seed=1)
    return [_compared(*make(press)) for _ in range(each)]


def _mean(hits: Iterable[bool]) -> float:
    found = list(hits)
    return sum(found) / len(found)


def _compared(one: Sentences, other: Sentences) -> LabelledPair:
    return LabelledPair(one=text_of("a", one), other=text_of("b", other), label="")


def _with(alter: Callable[[Press, Sentences], Sentences]) -> Callable[[Press], Made]:
    def make(press: Press) -> Made:
        text = press.text()
        return text, alter(press, text)

    return make


def _reworded(share: float) -> Callable[[Press], Made]:
    return _with(lambda press, text: press.reworded(text, share))


def _cut(keep: float) -> Callable[[Press], Made]:
    return _with(lambda press, text: press.cut(text, keep))


def _expanded(own: float) -> Callable[[Press], Made]:
    return _with(lambda press, text: press.expanded(text, own))


def _quoting(press: Press) -> Made:
    text = press.text(300)
    return text, [*press.text(150), *press.cut(text, 0.1), *press.text(150)]


if __name__ == "__main__":
    main()
