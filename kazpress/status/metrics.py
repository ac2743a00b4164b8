"""`kazpress status --prometheus`: the state of the sources in Prometheus' text format (0.0.4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kazpress.status.activity import Crawls
from kazpress.status.source_status import SourceStatus
from pipeline.clock import moment
from pipeline.normalize.characters import clean_characters

_Labels = dict[str, str]
_Sample = tuple[_Labels, float]
_LEDGER = {
    "requests": ("requests", "Requests that crawls sent, robots.txt and repeated ones included."),
    "unanswered": ("unanswered_requests", "Requests that brought no answer."),
    "bytes": ("received_bytes", "Bodies of answers, in bytes as they came."),
    "not_modified": ("not_modified_responses", "Answers 304."),
    "refusals": ("refusals", "Answers that refuse us: 401, 403, 429, challenge pages."),
    "pauses": ("pauses", "Answers with a Retry-After."),
    "too_early": ("early_requests", "Requests sent before they were due."),
    "robots_asked": ("robots_requests", "Requests for robots.txt."),
    "robots_closed": ("robots_closed", "Crawls that robots.txt did not let begin."),
    "robots_forbidden": ("robots_forbidden", "Addresses that robots.txt forbids."),
}  # fmt: skip
_SEVERITIES = {"warning": 1, "critical": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Metric:
    name: str
    type: Literal["gauge", "counter"]
    help: str
    samples: Iterable[_Sample]


def metrics_text(statuses: Sequence[SourceStatus]) -> str:
    """The metrics of all sources. A value that is not known has no sample."""
    return "".join(line for metric in _metrics(statuses) for line in _lines(metric))


def _metrics(statuses: Sequence[SourceStatus]) -> Iterator[_Metric]:
    yield from _finding_metrics(statuses)
    yield from _content_metrics(statuses)
    yield from _crawl_metrics(statuses)
    for column, (name, text) in _LEDGER.items():
        yield _Metric(
            name=f"{name}_total", type="counter", help=text,
            samples=[(_of(one), one.politeness_totals[column]) for one in statuses],
        )  # fmt: skip
    spaces = statuses[0].disk if statuses else ()
    for name, text in (("free", "Room that is left"), ("total", "Size")):
        yield _gauge(
            f"disk_{name}_bytes", f"{text} of the file system that holds a part of the data.",
            [
                ({"holds": what}, disk.free_bytes if name == "free" else disk.total_bytes)
                for disk in spaces for what in disk.holds
            ],
        )  # fmt: skip


def _finding_metrics(statuses: Sequence[SourceStatus]) -> Iterator[_Metric]:
    yield _gauge(
        "source_enabled", "Whether a source is crawled: 1 or 0.",
        [(_of(one), int(one.enabled)) for one in statuses],
    )  # fmt: skip
    yield _gauge(
        "source_status", "0 ok, 1 warning, 2 critical; 0 for a source that is not crawled.",
        [(_of(one), _worst(one)) for one in statuses],
    )  # fmt: skip
    counted: dict[tuple[str, str, str], int] = {}
    for one in statuses:
        for finding in one.findings:
            key = one.source, finding.kind, finding.severity
            counted[key] = counted.get(key, 0) + 1
    yield _gauge(
        "findings", "What needs a look, by kind.",
        [
            ({"source": source, "kind": kind, "severity": severity}, count)
            for (source, kind, severity), count in counted.items()
        ],
    )  # fmt: skip


def _content_metrics(statuses: Sequence[SourceStatus]) -> Iterator[_Metric]:
    yield _gauge("items", "Items.", [(_of(one), one.items) for one in statuses])
    yield _gauge("stories", "Stories with an item of the source.",
                 [(_of(one), one.stories) for one in statuses])  # fmt: skip
    yield _gauge(
        "addresses", "Known addresses of articles, by state.",
        [(_of(one, state=state), n) for one in statuses for state, n in one.addresses.items()],
    )  # fmt: skip
    yield _gauge(
        "waiting_addresses",
        "Addresses to ask: new ones, those of backfills, failed and stored ones again.",
        [
            (_of(one, kind=kind), getattr(one.waiting, kind))
            for one in statuses for kind in ("news", "backfills", "again", "visits")
        ],
    )  # fmt: skip
    yield _gauge(
        "failures", "Addresses on the list of failures, by what they are of, and by reason.",
        [
            (_of(one, what=cause.what, reason=cause.reason), cause.count)
            for one in statuses for cause in one.failures_by_cause
        ],
    )  # fmt: skip
    yield _time("newest_item_published", "Latest publication of an item.", statuses,
                [one.last_published for one in statuses])  # fmt: skip
    yield _time("newest_item_seen", "When an item last came in.", statuses,
                [one.last_new_item for one in statuses])  # fmt: skip


def _crawl_metrics(statuses: Sequence[SourceStatus]) -> Iterator[_Metric]:
    yield _Metric(
        name="crawls_total", type="counter", help="Crawls that have ended, by outcome.",
        samples=[
            (_of(one, outcome=outcome), count)
            for one in statuses for outcome, count in one.crawls_by_outcome.items()
        ],
    )  # fmt: skip
    yield _gauge(
        "crawl_running", "Whether a crawl of the source runs: 1 or 0.",
        [(_of(one), int(one.crawls.now.state == "crawling")) for one in statuses],
    )  # fmt: skip
    yield _gauge(
        "crawls_killed_in_a_row", "How many of the newest crawls were killed, one after another.",
        [(_of(one), one.crawls.killed_in_a_row) for one in statuses],
    )  # fmt: skip
    crawls: list[Crawls] = [one.crawls for one in statuses]
    for name, text, times in (
        ("last_crawl_start", "When the newest crawl began.", [one.last_started for one in crawls]),
        ("last_crawl_end", "When a crawl last ended, and was not killed.",
         [one.last_ended for one in crawls]),
        ("next_crawl", "When the source is crawled next.", [one.next_crawl for one in statuses]),
        ("rest_end", "Until when the source is left alone.", [one.now.until for one in crawls]),
    ):  # fmt: skip
        yield _time(name, text, statuses, times)


def _of(one: SourceStatus, **labels: str) -> _Labels:
    return {"source": one.source, **labels}


def _worst(one: SourceStatus) -> int:
    found = [_SEVERITIES[finding.severity] for finding in one.findings]
    return max(found, default=0) if one.enabled else 0


def _gauge(name: str, text: str, samples: Iterable[_Sample]) -> _Metric:
    return _Metric(name=name, type="gauge", help=text, samples=samples)


def _time(
    name: str, text: str, statuses: Sequence[SourceStatus], times: Sequence[str | None]
) -> _Metric:
    samples = [
        (_of(one), moment(time).timestamp())
        for one, time in zip(statuses, times, strict=True)
        if time is not None
    ]
    return _gauge(f"{name}_timestamp_seconds", text, samples)


def _lines(metric: _Metric) -> Iterator[str]:
    name = f"kazpress_{metric.name}"
    yield f"# HELP {name} {metric.help}\n# TYPE {name} {metric.type}\n"
    for labels, value in metric.samples:
        pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{pairs}}} {value:.16g}\n"


def _escaped(text: str) -> str:
    clean = clean_characters(text)
    return clean.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
