"""Invented items, as a crawl hands them over to be stored."""

from datetime import datetime

from pipeline.archive.exchange import payload_digest
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.reading import Reading

_ADDRESSES = {
    "senate": "https://senate.parlam.kz/ru-RU/news/details/{number}",
    "kazpravda": "https://kazpravda.kz/n/item-{number}/",
}


def captured_item(
    source: str, number: int, body: str, time: datetime,
    *, language: str = "ru", title: str | None = None,
) -> ClassifiedCapture:  # fmt: skip
    """The capture of an article with this number and text, published that day."""
    url = item_address(source, number)
    reading = Reading(
        language=language, title=title or f"Заголовок {number}", body=body,
        published=time.date().isoformat(), published_precision="day",
    )  # fmt: skip
    capture = Capture(
        source=source, url=url, target=url, time=time, status=200,
        digest=payload_digest(url.encode()), article=True,
    )  # fmt: skip
    return ClassifiedCapture(capture=capture, outcome="reading", reading=reading)


def item_address(source: str, number: int) -> str:
    """The address of the article with this number."""
    return _ADDRESSES[source].format(number=number)
