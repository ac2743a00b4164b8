"""Verdicts of other methods on the same pairs: exact Jaccard, and those of datasketch, rensa and
simhash that are installed (`pip install -e '.[bench]'`). All get the same sets of three-word
shingles.
"""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

from bench.labelled import LabelledPair
from pipeline.similarity.compared_text import Text

Verdict = Callable[[LabelledPair], bool]
Index = Callable[[str, set[int]], int]
"""Takes a text's shingles in under a name; how many of those taken in before are the same to it."""

_PERMUTATIONS = 128
_SIMHASH_BITS_APART = 3
"""As Manku, Jain, Das Sarma 2007 have it for pages of the web."""


def peers() -> Iterator[tuple[str, Verdict]]:
    """Every peer at hand, by name."""
    for bound in (0.3, 0.5):
        yield f"exact Jaccard ≥ {bound}", _jaccard(bound)
    for package, bound, verdict in (
        ("datasketch", 0.3, _datasketch), ("datasketch", 0.5, _datasketch),
        ("rensa", 0.3, _rensa), ("rensa", 0.5, _rensa),
    ):  # fmt: skip
        if find_spec(package):
            name = "MinHashLSH" if package == "datasketch" else "RMinHash"
            yield f"{package} {name}, {_PERMUTATIONS} permutations, {bound}", verdict(bound)
    if find_spec("simhash"):
        for apart in (_SIMHASH_BITS_APART, 16):
            yield f"simhash, 64 bits, {apart} apart", _simhash(apart)


def indexes() -> Iterator[tuple[str, Index]]:
    """What of the peers finds its own candidates, by name."""
    for bound in (0.3, 0.5):
        if find_spec("datasketch"):
            yield f"datasketch MinHashLSH, {_PERMUTATIONS} permutations, {bound}", _index(bound)


def _index(bound: float) -> Index:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=bound, num_perm=_PERMUTATIONS)

    def take(name: str, shingles: set[int]) -> int:
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([one.to_bytes(8, "big") for one in shingles])
        found = len(index.query(sketch))
        index.insert(name, sketch)
        return found

    return take


def _jaccard(bound: float) -> Verdict:
    def verdict(pair: LabelledPair) -> bool:
        one, other = set(pair.one.shingles), set(pair.other.shingles)
        return len(one & other) >= bound * len(one | other)

    return verdict


def _datasketch(bound: float) -> Verdict:
    def verdict(pair: LabelledPair) -> bool:
        take = _index(bound)
        take("one", set(pair.one.shingles))
        return bool(take("other", set(pair.other.shingles)))

    return verdict


def _rensa(bound: float) -> Verdict:
    from rensa import RMinHash

    def sketch(text: Text) -> RMinHash:
        made = RMinHash(num_perm=_PERMUTATIONS, seed=42)
        made.update([f"{one:016x}" for one in set(text.shingles)])
        return made

    def verdict(pair: LabelledPair) -> bool:
        return bool(sketch(pair.one).jaccard(sketch(pair.other)) >= bound)

    return verdict


def _simhash(apart: int) -> Verdict:
    from simhash import Simhash

    def verdict(pair: LabelledPair) -> bool:
        one, other = (
            Simhash([f"{one:016x}" for one in text.shingles], f=64)
            for text in (pair.one, pair.other)
        )
        return bool(one.distance(other) <= apart)

    return verdict
