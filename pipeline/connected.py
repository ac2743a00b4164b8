"""Connected components of a graph that is given by each node's neighbours."""

from collections.abc import Callable, Iterable


def connected_component(start: str, neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be reached from `start`, itself included."""
    component: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in component:
            component.add(one)
            waiting += neighbours(one)
    return component
