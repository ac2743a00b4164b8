"""One value, for a person or for a script."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kazpress.console import output, print_json

if TYPE_CHECKING:
    from rich.console import Console


class Recorded(Protocol):
    """A value that a script can have as JSON."""

    def record(self) -> Any:
        """The value as JSON has it."""


_View = TypeVar("_View", bound=Recorded)


def shown(view: _View, draw: "Callable[[Console, _View], None]", *, as_json: bool) -> None:
    """Print a value's record as JSON, or draw the value for a person."""
    if as_json:
        print_json(view.record())
    else:
        draw(output(), view)
