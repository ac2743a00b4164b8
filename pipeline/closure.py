"""What hangs together: a walk along neighbours until there are no more."""

from collections.abc import Callable, Iterable


def closure(start: str, neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be reached from `start`, itself included."""
    group: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in group:
            group.add(one)
            waiting += neighbours(one)
    return group
