"""Why a request brought no answer."""

from scrapy import Request
from twisted.python.failure import Failure

_WORDS = {
    "DNSLookupError": ("dns", "the host's name is not known"),
    "CannotResolveHostError": ("dns", "the host's name is not known"),
    "TimeoutError": ("timeout", "no answer in time"),
    "DownloadTimeoutError": ("timeout", "no answer in time"),
    "ConnectionRefusedError": ("refused-connection", "the connection is refused"),
    "DownloadConnectionRefusedError": ("refused-connection", "the connection is refused"),
    "ResponseDataLossError": ("cut-off", "the answer was cut off"),
    "DownloadFailedError": ("no-answer", "the connection broke off"),
    "DownloadCancelledError": ("too-large", "the answer is too large"),
}


def failure_reason(failure: Failure) -> tuple[str, str]:
    """A short word and a sentence."""
    name = failure.type.__name__ if failure.type else "Error"
    short, sentence = _WORDS.get(name, ("no-answer", f"{name}: {failure.getErrorMessage()}"))
    return short, " ".join(sentence.split())[:300]


def failed_request(failure: Failure) -> Request:
    """The request that brought no answer."""
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
    return request
