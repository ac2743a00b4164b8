"""How much of a page each step reads, on its own and with the others: `python -m bench.reading`.

The pages are those of both sites that the tests hold: recorded ones, the recorded site's and the
replicas'; once as they are, once with every class and id name replaced. A page counts where title,
date (to the minute where the page tells it) and the words of the body are right.
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from random import Random, SystemRandom

from pipeline.model.reading import STEPS, Reading, Step
from tests.pipeline.reading.renamed import Sample, samples

_WAYS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("all three", STEPS),
    ("without layout", ("structured", "generic")),
    ("without structured", ("layout", "generic")),
    ("without generic", ("layout", "structured")),
    ("layout alone", ("layout",)),
    ("structured alone", ("structured",)),
    ("generic alone", ("generic",)),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="of the other names; drawn if not given")
    seed = parser.parse_args().seed
    seed = SystemRandom().randrange(10**6) if seed is None else seed
    plain = list(samples())
    print(f"{len(plain)} pages, names drawn by seed {seed}; all / title / date / body")
    for title, pages in (
        ("as they are", plain),
        ("other names", [page.renamed(Random(seed)) for page in plain]),
    ):
        for source in ("kazpravda", "senate"):
            print(f"{source}, {title}")
            for way, steps in _WAYS:
                print(f"  {way:20}{_row([p for p in pages if p.source == source], steps)}")


def _row(pages: Iterable[Sample], steps: tuple[Step, ...]) -> str:
    right: Counter[str] = Counter()
    weakest: Counter[str] = Counter()
    total = 0
    for page in pages:
        found = page.read(steps)
        wrong = page.wrong(found)
        total += 1
        right["all"] += not wrong
        right.update(name for name in ("title", "date", "body") if name not in wrong)
        weakest[found.weakest if isinstance(found, Reading) else "none"] += 1
    shares = " / ".join(f"{right[n] / total:6.1%}" for n in ("all", "title", "date", "body"))
    read = ", ".join(f"{name} {weakest[name]}" for name in (*STEPS, "none") if weakest[name])
    return f"{shares}   ({read})"


if __name__ == "__main__":
    main()
