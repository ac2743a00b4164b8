"""Labels of times that stand in lines of their own, such as «Обновлено» above or below a time."""

from collections.abc import Callable
from functools import cached_property

from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.times.dated_lines import MAY_BE_TIME
from pipeline.times.time_labels import TimeKind, time_label

_MAX_LABELS_IN_A_ROW = 3


class LabelLines:
    """What such lines of a page say of the times in others."""

    def __init__(self, lines: list[Line], lacks_label: Callable[[int], bool]) -> None:
        """`lacks_label` says whether a line, by its number, has times and no label."""
        self._lines = lines
        self._lacks_label = lacks_label
        self._known: dict[int, TimeKind | None] = {}

    def kind(self, at: int) -> TimeKind | None:
        """What they say of the times in line `at`, which lacks a label."""
        if self._labels and at not in self._known:
            run = self._run(at)
            self._known |= dict.fromkeys(run) | self._kinds_of_run(run)
        return self._known.get(at)

    @cached_property
    def _labels(self) -> dict[int, TimeKind]:
        return {
            at: label
            for at, line in enumerate(self._lines)
            if (label := time_label(line.outside_links)) and not _is_heading(line)
        }

    def _run(self, at: int) -> list[int]:
        """The numbers of a line of a time and of those next to it that are times or labels."""
        return [*reversed(self._beside(at, -1)), at, *self._beside(at, 1)]

    def _beside(self, at: int, step: int) -> list[int]:
        found: list[int] = []
        labels = 0
        for other in range(at + step, len(self._lines) if step > 0 else -1, step):
            labels = 0 if self._lacks_label(other) else labels + 1
            if labels > _MAX_LABELS_IN_A_ROW or (labels and other not in self._labels):
                break
            found.append(other)
        return found

    def _kinds_of_run(self, run: list[int]) -> dict[int, TimeKind]:
        """What labels say of times that stand in turns, or all labels before all times; otherwise
        each label speaks of the time right after it.
        """
        labels = {at: self._labels[at] for at in run if not self._lacks_label(at)}
        times = [at for at in run if at not in labels]
        if len(labels) == len(times) and (run[0] in labels or self._may_follow(labels)):
            return dict(zip(times, labels.values(), strict=True))
        return {at: labels[at - 1] for at in times if at - 1 in labels}

    def _may_follow(self, labels: dict[int, TimeKind]) -> bool:
        """Whether labels may belong to the times before them. A single one of a change must be a
        line of its own in small letters: «Обновлено» alone lacks its time.
        """
        named = [*labels]
        if len(named) == 1 and labels[named[0]] == "modified":
            line = self._lines[named[0]]
            if line.link_share > 0 or not line.text[:1].islower():
                return False
        after = self._lines[named[-1] + 1 : named[-1] + 2]
        return not any(self._lines[at].text.endswith(":") for at in named) and not any(
            MAY_BE_TIME.search(line.text) for line in after
        )


def _is_heading(line: Line) -> bool:
    return any(one.tag in HEADING_TAGS for one in (line.element, *line.inside.iterancestors()))
